/*
 * The pages of `parley relay`: one card for words carried, and the morning list of all of them. It
 * stops a carrier before anything that is not recorded as allowed.
 */
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/wording.h"

#include <string.h>

#include <parley/desk.h>
#include <parley/screens.h>

static const char *name_of(parley_screen *s, const parley_case *c, const parley_voice *v)
{
    if (v->person >= 0) {
        return parley_case_person(c, v->person)->name;
    }
    return word_voice(s, c, v, false);
}

static bool given(const parley_voice *v)
{
    return v->party >= 0 || v->person >= 0 || v->source >= 0 || v->words != NULL;
}

static const char *allowed(parley_permission permission)
{
    switch (permission) {
    case PARLEY_MAY_PUBLIC:
        return "yes, they are public";
    case PARLEY_MAY_EXACT:
        return "yes, in exactly these words";
    case PARLEY_MAY_SENSE:
        return "yes, the sense of it";
    case PARLEY_MAY_UNATTRIBUTED:
        return "yes, without saying whose";
    case PARLEY_MAY_NOT:
        return "NO, it was refused";
    case PARLEY_MAY_RUN_OUT:
        return "permission HAS RUN OUT";
    case PARLEY_MAY_NOT_RECORDED:
        return "permission NOT RECORDED";
    }
    return "";
}

static void permission(parley_screen *s, const char *label, const char *what, parley_permission p)
{
    bool yes = parley_permission_allows(p);
    parley_screen_label(s, label);
    parley_screen_addf(s, yes ? PARLEY_INK_GOOD : PARLEY_INK_BAD, "%s: %s", what, allowed(p));
    if (!yes) {
        parley_screen_add(s, PARLEY_INK_BAD, "   STOP");
    }
    parley_screen_end(s);
}

static void add_day(parley_screen *s, const parley_case *c, parley_date d)
{
    if (d.form != PARLEY_DATE_UNKNOWN) {
        parley_screen_addf(s, PARLEY_INK_DIM, ", %s", word_date(s, c, d));
    }
}

static bool done(const parley_relay_step *step)
{
    return step->typed && (step->words == NULL ||
                           (strcmp(step->words, "none") != 0 && strcmp(step->words, "no") != 0));
}

static const char *act_words(const parley_case *c, const parley_relay *r)
{
    return parley_words_word(PARLEY_WORDS_ACT, parley_case_claim(c, r->words.at[0])->act);
}

static void words(parley_screen *s, const parley_case *c, const parley_relay *r,
                  const parley_relay_card *card)
{
    parley_screen_label(s, "WORDS");
    if (r->words.count == 0) {
        parley_screen_add(s, PARLEY_INK_WARN, "no claim is typed for them");
    }
    for (uint32_t k = 0; k < r->words.count; k++) {
        const parley_claim *claim = parley_case_claim(c, r->words.at[k]);
        const char *said = claim->says;
        if (said == NULL && claim->about.formula != NULL) {
            said = word_formula(s, c, claim->about.formula, true);
        }
        if (k > 0) {
            parley_screen_newline(s);
        }
        parley_screen_add(s, PARLEY_INK_PLAIN, said != NULL ? said : "no words typed");
        parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", claim->record.id);
    }
    if (card->soft) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_WARN, "%s, not accept: do not strengthen",
                           act_words(c, r));
    }
    parley_screen_end(s);
}

static void to_do(parley_screen *s, const parley_case *c, const parley_relay *r,
                  const parley_relay_card *card)
{
    const char *owner = word_party(c, r->owner.party);
    const char *other = word_voice(s, c, &r->to, false);
    word_list list = {.count = 0};
    if (!parley_permission_allows(card->words)) {
        word_push(&list, parley_screen_format(
                             s,
                             card->words == PARLEY_MAY_RUN_OUT
                                 ? "ask %s whether its words may still be passed on, and how long"
                             : card->words == PARLEY_MAY_NOT
                                 ? "do not carry these words: %s refused it"
                                 : "record whether %s allowed its words to be passed on, and how "
                                   "(exact words, sense, unattributed)",
                             owner));
    }
    if (card->assured && !parley_permission_allows(card->assurance)) {
        word_push(&list, parley_screen_format(
                             s,
                             card->assurance == PARLEY_MAY_NOT
                                 ? "keep the assurance to yourself: %s refused to have it passed on"
                                 : "record whether %s allowed its assurance to be passed on, and "
                                   "how (exact words, sense, unattributed)",
                             owner));
    }
    if (!card->assured) {
        word_push(&list, parley_screen_format(s, "ask %s whether it meant what it said", owner));
    }
    if (card->state == PARLEY_RELAY_TO_CARRY) {
        word_push(&list, parley_screen_format(s, "carry them to %s", other));
    }
    if (card->carried && !done(&r->read_back)) {
        word_push(&list, parley_screen_format(s, "ask %s what it understood", other));
    }
    if (card->against[0] >= 0) {
        word_push(&list, "clear up the public and the private version with their owner first");
    }
    if (list.count > 0) {
        parley_screen_line(s, "TO DO", PARLEY_INK_PLAIN, word_join(s, &list, "; "));
    }
}

static void card_page(parley_screen *s, const parley_case *c, int32_t i,
                      const parley_relay_card *card)
{
    const parley_relay *r = parley_case_relay(c, i);
    parley_screen_begin(s, 0, 4);
    parley_screen_addf(s, PARLEY_INK_TITLE, "%s  %s to %s, carried by %s", r->record.id,
                       name_of(s, c, &r->owner), name_of(s, c, &r->to), name_of(s, c, &r->carrier));
    parley_screen_end(s);
    words(s, c, r, card);
    parley_screen_label(s, "SAID");
    if (done(&r->said)) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "in %s",
                           r->said.publicity != NULL ? r->said.publicity : "a way not recorded");
        add_day(s, c, r->said.date);
    } else {
        parley_screen_add(s, PARLEY_INK_WARN, "where and when is not recorded");
    }
    parley_screen_end(s);
    parley_screen_label(s, "MEANT?");
    if (card->assured) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "asked by %s; %s by %s",
                           given(&r->meant.asked_by) ? name_of(s, c, &r->meant.asked_by)
                                                     : "whom "
                                                       "is not "
                                                       "recorded",
                           r->meant.answer,
                           given(&r->meant.by) ? name_of(s, c, &r->meant.by)
                                               : "whom is not recorded");
        if (r->meant.publicity != NULL) {
            parley_screen_addf(s, PARLEY_INK_DIM, ", in %s", r->meant.publicity);
        }
        add_day(s, c, r->meant.date);
    } else {
        parley_screen_add(s, PARLEY_INK_WARN, "nobody asked, as far as is recorded");
    }
    parley_screen_end(s);
    permission(s, "MAY BE SAID", "words", card->words);
    if (card->assured) {
        permission(s, "", "assurance", card->assurance);
    }
    if (r->may_say_until.form != PARLEY_DATE_UNKNOWN) {
        parley_screen_linef(s, "", PARLEY_INK_DIM, "until %s", word_date(s, c, r->may_say_until));
    }
    if (card->against[0] >= 0) {
        parley_screen_linef(s, "TWO VERSIONS", PARLEY_INK_BAD,
                            "%s and %s, one in public and one not, cannot both hold",
                            word_claim(c, card->against[0]), word_claim(c, card->against[1]));
    }
    parley_screen_label(s, "CARRIED");
    if (card->carried) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s to %s", name_of(s, c, &r->carrier),
                           name_of(s, c, &r->to));
        add_day(s, c, r->carried.date);
        if (r->carried.source >= 0) {
            parley_screen_add(s, PARLEY_INK_DIM, " (reported)");
        }
        if (card->carried_unallowed) {
            parley_screen_add(s, PARLEY_INK_BAD, "; without a permission on record for all of it");
        }
    } else {
        parley_screen_add(s, PARLEY_INK_PLAIN, "not yet");
    }
    parley_screen_end(s);
    parley_screen_label(s, "READ BACK");
    if (done(&r->read_back)) {
        parley_screen_add(s, PARLEY_INK_PLAIN,
                          r->read_back.answer != NULL  ? r->read_back.answer
                          : r->read_back.words != NULL ? r->read_back.words
                                                       : "yes");
        add_day(s, c, r->read_back.date);
    } else {
        parley_screen_addf(s, PARLEY_INK_WARN, "none: what %s understood is not recorded",
                           word_voice(s, c, &r->to, false));
    }
    parley_screen_end(s);
    to_do(s, c, r, card);
}

static const char *state_words(parley_screen *s, const parley_relay_card *card)
{
    switch (card->state) {
    case PARLEY_RELAY_STOPPED:
        return parley_screen_format(
            s, "STOP: %s: %s", parley_permission_allows(card->words) ? "assurance" : "words",
            allowed(parley_permission_allows(card->words) ? card->assurance : card->words));
    case PARLEY_RELAY_TO_ASK:
        return "ask whether it was meant";
    case PARLEY_RELAY_TO_CARRY:
        return "may be carried";
    case PARLEY_RELAY_TO_HEAR:
        return "carried, not read back";
    case PARLEY_RELAY_READ_BACK:
        return "read back";
    }
    return "";
}

parley_status parley_page_relay(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                int32_t relay, uint32_t *stopped, parley_error *err)
{
    parley_relay_card card;
    int32_t day = parley_case_day(c);
    *stopped = 0;
    word_heading(s, c);
    const parley_column columns[4] = {{.heading = "RELAY"},
                                      {.heading = "FROM, TO", .flexible = true},
                                      {.heading = "CARRIER", .flexible = true},
                                      {.heading = "STANDS", .flexible = true, .fill = true}};
    parley_table *t = relay < 0 ? parley_table_new(s, columns, 4, 0, 2) : NULL;
    for (uint32_t i = 0; i < parley_case_relays(c); i++) {
        if (relay >= 0 && relay != (int32_t)i) {
            continue;
        }
        parley_status status = parley_relay_look(&card, ctx, c, (int32_t)i, day, err);
        if (status != PARLEY_OK) {
            return status;
        }
        *stopped += card.state == PARLEY_RELAY_STOPPED;
        if (relay >= 0) {
            card_page(s, c, relay, &card);
            continue;
        }
        const parley_relay *r = parley_case_relay(c, (int32_t)i);
        parley_table_cell(t, PARLEY_INK_HEADING, r->record.id);
        parley_table_cellf(t, PARLEY_INK_PARTY, "%s to %s", name_of(s, c, &r->owner),
                           name_of(s, c, &r->to));
        parley_table_cell(t, PARLEY_INK_PLAIN, name_of(s, c, &r->carrier));
        parley_table_cell(t, card.state == PARLEY_RELAY_STOPPED ? PARLEY_INK_BAD : PARLEY_INK_PLAIN,
                          state_words(s, &card));
    }
    parley_table_print(t);
    if (parley_case_relays(c) == 0) {
        parley_screen_begin(s, 0, 0);
        parley_screen_add(s, PARLEY_INK_DIM, "No words are being carried in this case.");
        parley_screen_end(s);
    }
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

parley_status parley_page_relay_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                     int32_t relay, uint32_t *stopped, parley_error *err)
{
    parley_relay_card card;
    int32_t day = parley_case_day(c);
    *stopped = 0;
    parley_json_object(j);
    json_case(j, c);
    parley_json_key(j, "relays");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_case_relays(c); i++) {
        if (relay >= 0 && relay != (int32_t)i) {
            continue;
        }
        parley_status status = parley_relay_look(&card, ctx, c, (int32_t)i, day, err);
        if (status != PARLEY_OK) {
            return status;
        }
        const parley_relay *r = parley_case_relay(c, (int32_t)i);
        *stopped += card.state == PARLEY_RELAY_STOPPED;
        parley_json_object(j);
        json_key_string(j, "relay", r->record.id);
        json_voice(j, "owner", c, &r->owner);
        json_voice(j, "to", c, &r->to);
        json_voice(j, "carrier", c, &r->carrier);
        json_ids(j, "words", c, r->words, id_claim);
        json_key_string(j, "state", parley_relay_state_word(card.state));
        json_key_string(j, "words_may_be_said", parley_permission_word(card.words));
        json_key_string(j, "assurance", card.assured ? r->meant.answer : NULL);
        json_key_string(j, "assurance_may_be_said",
                        card.assured ? parley_permission_word(card.assurance) : NULL);
        json_key_date(j, "until", r->may_say_until);
        parley_json_key(j, "carried");
        parley_json_bool(j, card.carried);
        parley_json_key(j, "carried_unallowed");
        parley_json_bool(j, card.carried_unallowed);
        parley_json_key(j, "read_back");
        parley_json_bool(j, done(&r->read_back));
        parley_json_key(j, "commits_to_nothing");
        parley_json_bool(j, card.soft);
        parley_json_key(j, "versions_against");
        parley_json_array(j);
        for (int k = 0; k < 2 && card.against[0] >= 0; k++) {
            parley_json_string(j, id_claim(c, card.against[k]));
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    return PARLEY_OK;
}
