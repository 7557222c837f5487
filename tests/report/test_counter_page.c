/*
 * The page of ideas: what has to stand on it word for word, what may never stand on it, its width,
 * and hostile text.
 */
#include "deal/deal_check.h"

#include <parley/screens.h>

typedef struct counter {
    desk d;
    parley_text *text;
} counter;

static const char *print(counter *k, const char *to, const char *by, uint32_t nearest,
                         uint32_t width, bool json)
{
    parley_screen_options options = PARLEY_SCREEN_OPTIONS_INIT;
    parley_error err = PARLEY_ERROR_INIT;
    parley_counter_page page = {k->d.c, desk_analyse(&k->d, NULL), -1, -1, nearest};
    page.proposal = to == NULL ? -1 : desk_find(&k->d, "proposals", to);
    page.by = by == NULL ? -1 : desk_find(&k->d, "parties", by);
    options.width = width;
    parley_text_free(k->text);
    k->text = parley_text_new(k->d.ctx, SIZE_MAX);
    assert_non_null(k->text);
    if (json) {
        parley_json j;
        parley_json_begin(&j, k->text);
        check_ok(parley_page_counter_json(&j, k->d.ctx, &page, &err), &err);
    } else {
        parley_screen *screen = NULL;
        check_ok(parley_screen_new(&screen, k->d.ctx, k->text, &options, &err), &err);
        check_ok(parley_page_counter(screen, k->d.ctx, &page, &err), &err);
        check_ok(parley_screen_status(screen, &err), &err);
        parley_screen_free(screen);
    }
    return parley_text_data(k->text);
}

static counter begin(const char *name)
{
    return (counter){desk_open(name), NULL};
}

static void end(counter *k)
{
    parley_text_free(k->text);
    desk_close(&k->d);
}

static void says_at(const char *page, const char *what, bool wanted, const char *file, int line)
{
    if ((strstr(page, what) != NULL) != wanted) {
        print_error("%s '%s' in\n%s\n", wanted ? "no" : "there is", what, page);
        _fail(file, line);
    }
}
#define says(page, what) says_at((page), (what), true, __FILE__, __LINE__)
#define never_says(page, what) says_at((page), (what), false, __FILE__, __LINE__)

static void fits_at(const char *page, size_t width, const char *file, int line)
{
    for (const char *at = page; *at != '\0';) {
        const char *stop = strchr(at, '\n');
        size_t n = stop != NULL ? (size_t)(stop - at) : strlen(at);
        if (parley_utf8_width(at, n) > width) {
            print_error("too wide: %.*s\n", (int)n, at);
            _fail(file, line);
        }
        at += n + (stop != NULL);
    }
}
#define fits(page, width) fits_at((page), (width), __FILE__, __LINE__)

static void the_halt_reads_as_ideas_a_to_e(void **state)
{
    (void)state;
    counter k = begin("halt-2025.yaml");
    const char *page = print(&k, "offer-30", NULL, 0, 80, false);
    says(page, "Ideas of the mediation team; no party has proposed or accepted them.\n");
    says(page, "A SHORTEN  duration 15 days, not 30 days, arms continue      credit: column, c21\n"
               "           meets ru-rearm · meets ua-safe · needs United States\n"
               "           Russia: still asks for arms stopped (c3)\n"
               "           neither side asked on duration 15 days\n");
    says(page,
         "B NARROW   arms limited, intelligence limited; keeps         credit: column, c22\n");
    says(page, "meets ru-rearm in part · meets ua-safe · needs United States\n");
    says(page, "C NAME     monitor american, third or joint (ours); keeps");
    says(page, "contradicts no term and no reading");
    says(page, "D ADD      sequel roadmap; keeps duration 30 days            credit: column, c23\n"
               "           meets ru-last in part\n");
    says(page,
         "E STAGE    15 days, then 15 days more only once there is         ours (A with C)\n");
    says(page, "NOT MET BY ANY  Russia: Kursk surrender (c3)");
    says(page, "Options nobody has");
    says(page, "Leave under escort (ours)");
    says(page, "ASKED, REFUSED BY NOBODY: Russia: sequel roadmap or causes (c5; idea D)\n");
    never_says(page, "\nF ");
    never_says(page, "%");
    fits(page, 80);
    end(&k);
}

static void relocation_tells_how_a_flag_is_lifted_and_what_is_left(void **state)
{
    (void)state;
    counter k = begin("relocation-2025.yaml");
    const char *page = print(&k, NULL, NULL, 0, 80, false);
    says(page, "Nothing was tabled by name; no concern is typed.\n");
    says(page, "KEPT OUT        6 packages (w1, forcible transfer). To use one, a named person\n");
    says(page, "flags: w1: lifted: {by: NAME, office: OFFICE,\n");
    says(page, "The name and the reason are then printed with every such idea.\n");
    says(page, "LEFT            destination stay (ours)");
    says(page, "needs People of Gaza");
    says(page, "People of Gaza not asked on destination");
    never_says(page, "sudan");
    never_says(page, "There are more");
    fits(page, 80);
    end(&k);
}

static void who_opened_a_flag_stands_with_every_package_that_uses_it(void **state)
{
    (void)state;
    char *bytes = desk_file("relocation-2025.yaml");
    char *lifted = text_insert(bytes, "    law: forcible-transfer\n",
                               "    lifted: {by: \"Jane Roe\", office: \"legal adviser\", date: "
                               "2025-03-13, because: \"for a test\"}\n");
    counter k = {desk_text(lifted), NULL};
    const char *page = print(&k, NULL, NULL, 7, 200, false);
    uint32_t times = 0;
    for (const char *at = page; (at = strstr(at, "w1 opened by Jane Roe")) != NULL; at++) {
        times++;
    }
    assert_int_equal(times, 6);
    end(&k);
    free(lifted);
    free(bytes);
}

static void every_shipped_case_fits_and_says_something_in_text_and_json(void **state)
{
    (void)state;
    static const char *const names[] = {"halt-2025.yaml",     "relocation-2025.yaml",
                                        "shuttle-2022.yaml",  "seven-steps-2022.yaml",
                                        "exchange-2023.yaml", "tutorial-river.yaml"};
    for (size_t i = 0; i < CHECK_COUNT(names); i++) {
        counter k = begin(names[i]);
        const char *page = print(&k, NULL, NULL, 3, 80, false);
        says(page, "Ideas of the mediation team");
        never_says(page, "  \n");
        fits(page, 80);
        page = print(&k, NULL, NULL, 3, 60, false);
        fits(page, 60);
        page = print(&k, NULL, NULL, 3, 80, true);
        says(page, "\"ideas\": [");
        says(page, "\"nearest_complete\"");
        end(&k);
    }
}

static void by_a_party_says_what_was_left_out(void **state)
{
    (void)state;
    counter k = begin("halt-2025.yaml");
    const char *page = print(&k, NULL, "ru", 0, 80, false);
    says(page, "that cross recorded terms of Russia itself (--by)");
    never_says(page, "credit: column, c21");
    page = print(&k, NULL, "ru", 0, 80, true);
    says(page, "\"by\": \"ru\"");
    says(page, "\"own_terms_only\": true");
    end(&k);
}

static void hostile_text_stays_on_its_line(void **state)
{
    (void)state;
    char *bytes = desk_file("halt-2025.yaml");
    char *named = text_insert(bytes, "parties:\n",
                              "  zz: {name: \"\\e[31mred\\u202e\\nnext\", roles: [principal]}\n");
    counter k = {desk_text(named), NULL};
    const char *page = print(&k, NULL, NULL, 0, 80, false);
    never_says(page, "\x1b");
    never_says(page, "\u202e");
    fits(page, 80);
    end(&k);
    free(named);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_halt_reads_as_ideas_a_to_e),
        cmocka_unit_test(relocation_tells_how_a_flag_is_lifted_and_what_is_left),
        cmocka_unit_test(who_opened_a_flag_stands_with_every_package_that_uses_it),
        cmocka_unit_test(every_shipped_case_fits_and_says_something_in_text_and_json),
        cmocka_unit_test(by_a_party_says_what_was_left_out),
        cmocka_unit_test(hostile_text_stays_on_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
