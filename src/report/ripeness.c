/*
 * The page of `parley show --ripeness`: is this the moment? Of each party what it is known to see,
 * on whose words, our readings apart; then the principals side by side. Nothing is added up.
 */
#include "report/desk_parts.h"
#include "report/json_parts.h"
#include "report/ripeness_page.h"
#include "report/wording.h"

#include <parley/ripeness.h>
#include <parley/screens.h>

static const char *const labels[PARLEY_MOMENT_COUNT] = {"",        "stalemate",  "its cost",
                                                        "way out", "who speaks", "spoilers"};

/* What a state says of each thing; by parley_ripe_state. */
static const char *state_words(parley_moment of, parley_ripe_state state)
{
    static const char *const words[PARLEY_MOMENT_COUNT][PARLEY_RIPE_BOTH + 1] = {
        {"", "", "", "", ""},
        {"not known", "sees one", "sees one in part", "sees none", "says both"},
        {"not known", "more than it will bear", "hard to bear", "can bear it", "says both"},
        {"not known", "sees one", "sees one in part", "sees none", "says both"},
        {"not known", "somebody can", "somebody can in part", "nobody can", "says both"},
        {"not known", "somebody could", "somebody could in part", "nobody could", "says both"}};
    return words[of][state];
}

static const char *sight_words(parley_moment of, parley_sight sees)
{
    static const parley_ripe_state states[] = {PARLEY_RIPE_NOT_KNOWN, PARLEY_RIPE_SO,
                                               PARLEY_RIPE_IN_PART, PARLEY_RIPE_NOT_SO};
    return sees == PARLEY_SIGHT_NONE ? "" : state_words(of, states[sees]);
}

/* "sees none: time is on its side"; "answered offer-30: accepts"; "Ana Brandt (president) bound
 * it". */
static const char *said(parley_screen *s, const parley_case *c, const parley_ripe_line *line)
{
    if (line->response >= 0) {
        const parley_response *r = parley_case_response(c, line->response);
        const parley_proposal *p = parley_case_proposal(c, r->proposal);
        return parley_screen_format(s, "answered %s: %s", p->name != NULL ? p->name : p->record.id,
                                    word_response(s, c, r));
    }
    if (line->person >= 0) {
        const parley_person *person = parley_case_person(c, line->person);
        const char *office =
            person->office != NULL ? parley_screen_format(s, " (%s)", person->office) : "";
        return parley_screen_format(
            s, "%s%s bound it", person->name != NULL ? person->name : person->record.id, office);
    }
    const parley_perception *row = parley_case_perception(c, line->perception);
    const char *sees = sight_words(line->of, line->sees);
    const char *text = row->text != NULL ? row->text
                       : row->claim >= 0 ? parley_case_claim(c, row->claim)->says
                                         : NULL;
    bool who = row->who.party >= 0 || row->who.words != NULL || row->who.source >= 0;
    return parley_screen_format(s, "%s%s%s%s%s", sees, sees[0] != '\0' && who ? ", " : "",
                                who ? word_voice(s, c, &row->who, true) : "",
                                (sees[0] != '\0' || who) && text != NULL ? ": " : "",
                                text != NULL ? text : "");
}

/* "13 Mar, on record c3"; "a column, 13 Mar, outlet c20"; "our reading m1, from c1 c2". */
static const char *basis(parley_screen *s, const parley_case *c, const parley_ripe_line *line)
{
    const char *when = line->date.form == PARLEY_DATE_UNKNOWN
                           ? ""
                           : parley_screen_format(s, "%s, ", word_date(s, c, line->date));
    const char *gone = line->replaced ? ", replaced since" : "";
    if (line->voice == PARLEY_RIPE_OURS) {
        const parley_perception *row = parley_case_perception(c, line->perception);
        word_list from = {.count = 0};
        for (uint32_t k = 0; k < row->from.count; k++) {
            word_push(&from, word_claim(c, row->from.at[k]));
        }
        return parley_screen_format(s, "%sour reading %s%s%s", when, row->record.id,
                                    from.count > 0 ? ", from " : ", leans on nothing",
                                    word_join(s, &from, " "));
    }
    if (line->claim < 0) {
        return parley_screen_format(s, "%s%s%s", when,
                                    line->response >= 0 ? word_basis(line->basis) : "nobody named",
                                    gone);
    }
    bool others = line->voice == PARLEY_RIPE_OTHERS;
    const parley_claim *claim = parley_case_claim(c, line->claim);
    return parley_screen_format(s, "%s%s%s%s%s", others ? word_voices(s, c, &claim->by) : "",
                                others ? ", " : "", when, desk_who_says(s, c, line->claim, false),
                                gone);
}

static void one_line(parley_screen *s, const parley_case *c, const parley_ripe_line *line)
{
    bool ours = line->voice == PARLEY_RIPE_OURS;
    parley_screen_addf(s,
                       ours             ? PARLEY_INK_OURS
                       : line->replaced ? PARLEY_INK_DIM
                                        : PARLEY_INK_PLAIN,
                       ours ? "[%s]" : "%s", said(s, c, line));
    parley_screen_addf(s, PARLEY_INK_DIM, " (%s)", basis(s, c, line));
    parley_screen_end(s);
}

static bool principal(const parley_case *c, uint32_t party)
{
    return desk_has_role(c, (int32_t)party, PARLEY_ROLE_PRINCIPAL);
}

/* Principals always, so that what is not known stands there; others where something is typed. */
static bool wanted(const parley_ripeness *r, const parley_case *c, uint32_t party, int32_t only)
{
    bool typed = false;
    for (uint32_t i = 0; i < parley_ripeness_size(r); i++) {
        const parley_ripe_line *line = parley_ripeness_at(r, i);
        typed = typed || (line->party == (int32_t)party && line->perception >= 0);
    }
    return only >= 0 ? only == (int32_t)party : principal(c, party) || typed;
}

static void one_party(parley_screen *s, const parley_ripeness *r, const parley_case *c,
                      uint32_t party)
{
    parley_screen_begin(s, 0, 2);
    parley_screen_add(s, PARLEY_INK_PARTY, word_party(c, (int32_t)party));
    parley_screen_end(s);
    for (int of = PARLEY_MOMENT_STALEMATE; of < PARLEY_MOMENT_COUNT; of++) {
        const char *label = parley_screen_format(s, "  %s", labels[of]);
        bool first = true;
        for (uint32_t i = 0; i < parley_ripeness_size(r); i++) {
            const parley_ripe_line *line = parley_ripeness_at(r, i);
            if (line->party == (int32_t)party && (int)line->of == of) {
                parley_screen_label(s, first ? label : "");
                one_line(s, c, line);
                first = false;
            }
        }
        if (first) {
            parley_screen_line(s, label, PARLEY_INK_DIM, "not known");
        }
    }
}

/* One voice of all principals on one thing; false: nothing is known. */
static bool side_by_side(parley_screen *s, const parley_ripeness *r, const parley_case *c,
                         parley_moment of, parley_ripe_voice voice, const char **out)
{
    word_list list = {.count = 0};
    bool some = false;
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if (principal(c, p)) {
            parley_ripe_state state = parley_ripeness_state(r, (int32_t)p, of, voice);
            some = some || state != PARLEY_RIPE_NOT_KNOWN;
            word_push(&list, parley_screen_format(s, "%s: %s", word_party(c, (int32_t)p),
                                                  state_words(of, state)));
        }
    }
    *out = word_join(s, &list, " · ");
    return some;
}

static void the_principals(parley_screen *s, const parley_ripeness *r, const parley_case *c)
{
    static const char *const by[] = {"", "others say: ", "as we read it: "};
    bool any = false;
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        any = any || principal(c, p);
    }
    if (!any) {
        return;
    }
    word_plain(s, PARLEY_INK_HEADING, "THE PRINCIPALS, in their own words");
    for (int of = PARLEY_MOMENT_STALEMATE; of <= PARLEY_MOMENT_WAY_OUT; of++) {
        const char *text = NULL;
        side_by_side(s, r, c, (parley_moment)of, PARLEY_RIPE_OWN, &text);
        parley_screen_line(s, parley_screen_format(s, "  %s", labels[of]), PARLEY_INK_PLAIN, text);
        for (int v = PARLEY_RIPE_OTHERS; v < PARLEY_RIPE_VOICES; v++) {
            if (side_by_side(s, r, c, (parley_moment)of, (parley_ripe_voice)v, &text)) {
                bool ours = v == PARLEY_RIPE_OURS;
                parley_screen_label(s, "");
                parley_screen_addf(s, ours ? PARLEY_INK_OURS : PARLEY_INK_DIM,
                                   ours ? "[%s%s]" : "%s%s", by[v], text);
                parley_screen_end(s);
            }
        }
    }
}

parley_status parley_page_ripeness(parley_screen *s, parley_ctx *ctx, const parley_case *c,
                                   int32_t party, parley_date at, parley_error *err)
{
    parley_ripeness *r = NULL;
    parley_status status = parley_ripeness_new(&r, ctx, c, at, err);
    if (status != PARLEY_OK) {
        return status;
    }
    bool some = false;
    word_heading(s, c);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if (wanted(r, c, p, party)) {
            one_party(s, r, c, p);
            some = true;
        }
    }
    if (party < 0) {
        the_principals(s, r, c);
    }
    word_plain(s, PARLEY_INK_DIM,
               some ? "What each is known to see, in the words of whoever says so; nothing is "
                      "added up, and the latest words of each count."
                    : "No principal and no perception is typed.");
    parley_ripeness_free(r);
    return PARLEY_OK;
}

/* ------------------------------------------------------------------------ JSON */

static void line_json(parley_json *j, const parley_case *c, const parley_ripe_line *line)
{
    const parley_perception *row =
        line->perception >= 0 ? parley_case_perception(c, line->perception) : NULL;
    const parley_response *answer =
        line->response >= 0 ? parley_case_response(c, line->response) : NULL;
    parley_json_object(j);
    json_key_string(j, "of", parley_words_word(PARLEY_WORDS_MOMENT, line->of));
    json_key_string(j, "perception", row != NULL ? row->record.id : NULL);
    json_key_string(
        j, "sees",
        line->sees != PARLEY_SIGHT_NONE ? parley_words_word(PARLEY_WORDS_SIGHT, line->sees) : NULL);
    json_key_string(j, "words",
                    row == NULL         ? NULL
                    : row->text != NULL ? row->text
                    : row->claim >= 0   ? parley_case_claim(c, row->claim)->says
                                        : NULL);
    if (row != NULL && (row->who.party >= 0 || row->who.words != NULL || row->who.source >= 0)) {
        json_voice(j, "who", c, &row->who);
    } else {
        json_key_string(j, "who",
                        line->person >= 0 ? parley_case_person(c, line->person)->record.id : NULL);
    }
    json_key_string(j, "answered",
                    answer != NULL ? parley_case_proposal(c, answer->proposal)->record.id : NULL);
    json_key_string(j, "answer",
                    answer != NULL ? parley_words_word(PARLEY_WORDS_ANSWER, answer->answer) : NULL);
    json_key_string(j, "voice", parley_ripe_voice_word(line->voice));
    json_key_string(j, "basis", parley_words_word(PARLEY_WORDS_BASIS, line->basis));
    json_key_date(j, "date", line->date);
    json_key_string(j, "claim", id_claim(c, line->claim));
    json_ids(j, "from", c, row != NULL ? row->from : (parley_ids){NULL, 0}, id_claim);
    parley_json_key(j, "replaced");
    parley_json_bool(j, line->replaced);
    parley_json_object_end(j);
}

parley_status parley_page_ripeness_json(parley_json *j, parley_ctx *ctx, const parley_case *c,
                                        int32_t party, parley_date at, parley_error *err)
{
    parley_ripeness *r = NULL;
    parley_status status = parley_ripeness_new(&r, ctx, c, at, err);
    if (status != PARLEY_OK) {
        return status;
    }
    parley_json_object(j);
    json_case(j, c);
    json_key_date(j, "at", at);
    parley_json_key(j, "ripeness");
    parley_json_array(j);
    for (uint32_t p = 0; p < parley_case_parties(c); p++) {
        if (!wanted(r, c, p, party)) {
            continue;
        }
        parley_json_object(j);
        json_key_string(j, "party", id_party(c, (int32_t)p));
        parley_json_key(j, "principal");
        parley_json_bool(j, principal(c, p));
        for (int v = 0; v < PARLEY_RIPE_VOICES; v++) {
            parley_json_key(j, parley_ripe_voice_word((parley_ripe_voice)v));
            parley_json_object(j);
            for (int of = PARLEY_MOMENT_STALEMATE; of < PARLEY_MOMENT_COUNT; of++) {
                parley_ripe_state state =
                    parley_ripeness_state(r, (int32_t)p, (parley_moment)of, (parley_ripe_voice)v);
                json_key_string(j, parley_words_word(PARLEY_WORDS_MOMENT, (size_t)of),
                                parley_ripe_state_word(state));
            }
            parley_json_object_end(j);
        }
        parley_json_key(j, "lines");
        parley_json_array(j);
        for (uint32_t i = 0; i < parley_ripeness_size(r); i++) {
            if (parley_ripeness_at(r, i)->party == (int32_t)p) {
                line_json(j, c, parley_ripeness_at(r, i));
            }
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_ripeness_free(r);
    return PARLEY_OK;
}

/* --------------------------------------------------------------------- a sheet */

parley_status ripeness_section(sheet *sh, parley_screen *s, parley_ctx *ctx, const parley_case *c,
                               int32_t party, parley_error *err)
{
    parley_ripeness *r = NULL;
    const parley_date always = PARLEY_DATE_INIT;
    parley_status status = parley_ripeness_new(&r, ctx, c, always, err);
    if (status != PARLEY_OK) {
        return status;
    }
    sheet_section(sh, "RIPENESS");
    for (uint32_t i = 0; i < parley_ripeness_size(r); i++) {
        const parley_ripe_line *line = parley_ripeness_at(r, i);
        if (line->party == party && line->perception >= 0 && !line->replaced) {
            bool ours = line->voice == PARLEY_RIPE_OURS;
            sheet_addf(sh, ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN,
                       desk_who_says(s, c, line->claim, ours), "%s: %s", labels[line->of],
                       said(s, c, line));
        }
    }
    parley_ripeness_free(r);
    return PARLEY_OK;
}
