/* The enumerations as data: every list is whole, and words are found as people write them. */
#include "support/torture.h"

#include <parley/words.h>

static int find(parley_word_list list, const char *word)
{
    return parley_words_find(list, word, strlen(word));
}

static void every_list_has_a_name_and_words_with_meanings(void **state)
{
    (void)state;
    for (int l = 0; l < PARLEY_WORDS_COUNT; l++) {
        parley_word_list list = (parley_word_list)l;
        assert_true(parley_words_name(list)[0] != '\0');
        assert_true(parley_words_about(list)[0] != '\0');
        assert_true(parley_words_size(list) > 2);
        for (size_t i = 0; i < parley_words_size(list); i++) {
            assert_non_null(parley_words_word(list, i));
            assert_true(parley_words_meaning(list, i)[0] != '\0');
        }
        assert_null(parley_words_word(list, parley_words_size(list)));
        assert_null(parley_words_meaning(list, parley_words_size(list)));
    }
    assert_int_equal(parley_words_size(PARLEY_WORDS_COUNT), 0);
    assert_string_equal(parley_words_name(PARLEY_WORDS_COUNT), "");
    assert_string_equal(parley_words_about(PARLEY_WORDS_COUNT), "");
}

static void sizes_are_those_of_the_enumerations(void **state)
{
    (void)state;
    assert_int_equal(parley_words_size(PARLEY_WORDS_ACT), PARLEY_ACT_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_FIRMNESS), PARLEY_FIRMNESS_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_BASIS), PARLEY_BASIS_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_CLASS), PARLEY_CLASS_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_ANSWER), PARLEY_ANSWER_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_ROLE), PARLEY_ROLE_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_TABLE), PARLEY_TABLE_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_LIST), PARLEY_LIST_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_MODE), PARLEY_MODE_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_RUNG), PARLEY_RUNG_COUNT);
    assert_int_equal(parley_words_size(PARLEY_WORDS_SOURCE_KIND), PARLEY_SOURCE_KIND_COUNT);
}

static void every_word_is_found_at_its_place_and_only_there(void **state)
{
    (void)state;
    for (int l = 0; l < PARLEY_WORDS_COUNT; l++) {
        parley_word_list list = (parley_word_list)l;
        for (size_t i = 0; i < parley_words_size(list); i++) {
            const char *word = parley_words_word(list, i);
            assert_int_equal(find(list, word), word[0] == '\0' ? -1 : (int)i);
        }
    }
}

static void blanks_and_underscores_count_as_hyphens(void **state)
{
    (void)state;
    assert_int_equal(find(PARLEY_WORDS_ACT, "accept-if"), PARLEY_ACT_ACCEPT_IF);
    assert_int_equal(find(PARLEY_WORDS_ACT, "accept if"), PARLEY_ACT_ACCEPT_IF);
    assert_int_equal(find(PARLEY_WORDS_ACT, "accept_if"), PARLEY_ACT_ACCEPT_IF);
    assert_int_equal(find(PARLEY_WORDS_FIRMNESS, "red line tested"), PARLEY_FIRMNESS_RED_TESTED);
}

static void what_is_no_word_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(find(PARLEY_WORDS_ACT, ""), -1);
    assert_int_equal(find(PARLEY_WORDS_ACT, "Accept"), -1);
    assert_int_equal(find(PARLEY_WORDS_ACT, "accep"), -1);
    assert_int_equal(find(PARLEY_WORDS_ACT, "accept-"), -1);
    assert_int_equal(parley_words_find(PARLEY_WORDS_ACT, "accept-if", 6), PARLEY_ACT_ACCEPT);
    assert_int_equal(parley_words_find(PARLEY_WORDS_ACT, "say\0", 4), -1);
    assert_int_equal(find(PARLEY_WORDS_COUNT, "say"), -1);
}

static void classes_kinds_and_rungs_tell_what_they_stand_for(void **state)
{
    (void)state;
    assert_true(parley_class_on_record(PARLEY_CLASS_ON_RECORD));
    assert_true(parley_class_on_record(PARLEY_CLASS_ON_RECORD_INSTITUTION));
    assert_true(parley_class_on_record(PARLEY_CLASS_DOCUMENT));
    assert_true(parley_class_on_record(PARLEY_CLASS_PARTY_ABOUT_ITSELF));
    assert_false(parley_class_on_record(PARLEY_CLASS_NONE));
    assert_false(parley_class_on_record(PARLEY_CLASS_OUTLET));
    assert_false(parley_class_on_record(PARLEY_CLASS_BARE));
    assert_false(parley_class_on_record(PARLEY_CLASS_COUNT));
    assert_true(parley_source_kind_published(PARLEY_SOURCE_OUTLET));
    assert_true(parley_source_kind_published(PARLEY_SOURCE_POLL));
    assert_false(parley_source_kind_published(PARLEY_SOURCE_MEETING));
    assert_false(parley_source_kind_published(PARLEY_SOURCE_KIND_COUNT));
    assert_string_equal(parley_rung_heading(PARLEY_RUNG_ACCEPTED), "what was accepted");
    assert_string_equal(parley_rung_kind(PARLEY_RUNG_READINGS), "reading");
    assert_string_equal(parley_rung_heading(PARLEY_RUNG_COUNT), "");
    assert_string_equal(parley_rung_kind(PARLEY_RUNG_COUNT), "");
    assert_int_equal(parley_rung_basis(PARLEY_RUNG_RULES), PARLEY_BASIS_RULES);
    assert_int_equal(parley_rung_basis(PARLEY_RUNG_ASKS), PARLEY_BASIS_RECORD);
    assert_int_equal(parley_rung_basis(PARLEY_RUNG_REPORTED), PARLEY_BASIS_REPORTED);
    assert_int_equal(parley_rung_basis(PARLEY_RUNG_READINGS), PARLEY_BASIS_READING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_list_has_a_name_and_words_with_meanings),
        cmocka_unit_test(sizes_are_those_of_the_enumerations),
        cmocka_unit_test(every_word_is_found_at_its_place_and_only_there),
        cmocka_unit_test(blanks_and_underscores_count_as_hyphens),
        cmocka_unit_test(what_is_no_word_is_not_found),
        cmocka_unit_test(classes_kinds_and_rungs_tell_what_they_stand_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
