/*
 * --preview: what would go out and what would not, for the operator; and what stops a copy, which
 * is also told when one is refused.
 */
#include "cli/gate.h"
#include "cli/load.h"

#include <string.h>

enum { SHOWN_IDS = 40, SHOWN_PAIRS = 20 };

static const char *row_name(parley_screen *s, const parley_view *view, uint32_t i)
{
    const parley_view_row *row = parley_view_row_at(view, i);
    for (uint32_t k = 0; row->id != NULL && k < parley_view_rows(view); k++) {
        const parley_view_row *other = parley_view_row_at(view, k);
        if (k != i && other->id != NULL && strcmp(other->id, row->id) == 0) {
            return parley_screen_format(s, "%s:%s", row->section, row->id); /* not the only one */
        }
    }
    return row->id != NULL ? row->id
                           : parley_screen_format(s, "%s:%u", row->section, (unsigned)row->number);
}

/* "claims c3", "responses 2": as people read it. */
static const char *row_words(parley_screen *s, const parley_view_row *row)
{
    return row->id != NULL ? row->id
                           : parley_screen_format(s, "%s[%u]", row->section, (unsigned)row->number);
}

const char *cli_view_counts(parley_screen *screen, const parley_view *view, bool withheld)
{
    const char *text = "";
    uint32_t rows = parley_view_rows(view);
    for (uint32_t i = 0; i < rows;) {
        const char *section = parley_view_row_at(view, i)->section;
        const char *one = parley_view_row_at(view, i)->one;
        uint64_t count = 0;
        for (; i < rows && strcmp(parley_view_row_at(view, i)->section, section) == 0; i++) {
            count += (parley_view_row_at(view, i)->withheld != PARLEY_WITHHELD_NOT) == withheld;
        }
        if (count > 0) {
            text = parley_screen_format(screen, "%s%s%s %s", text, text[0] != '\0' ? ", " : "",
                                        parley_screen_number(screen, count),
                                        count == 1 ? one : section);
        }
    }
    parley_texts members = parley_view_members(view);
    for (uint32_t k = 0; withheld && k < members.count; k++) {
        text = parley_screen_format(screen, "%s%sthe %s", text, text[0] != '\0' ? ", " : "",
                                    members.at[k]);
    }
    return text;
}

/* -------------------------------------------------------------------------- pairs */

/* How a label is changed: a command for a case on disk, a line for a case file. */
static void show_change(cli_call *call, parley_screen *s, const char *what, const char *label)
{
    bool quoted = strpbrk(label, " []") != NULL;
    if (parley_store_is(call->path)) {
        parley_screen_addf(s, PARLEY_INK_PLAIN,
                           quoted ? "parley edit %s %s 'label:%s'" : "parley edit %s %s label:%s",
                           call->path, what, label);
    } else {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "in %s, %s: label: %s", call->path, what, label);
    }
}

static void show_pair(cli_call *call, parley_screen *s, const parley_view *view,
                      const parley_view_pair *pair)
{
    const char *row = row_name(s, view, pair->row);
    const char *on = row_name(s, view, pair->on);
    parley_screen_begin(s, 2, 4);
    parley_screen_addf(s, PARLEY_INK_HEADING, "%s", row);
    if (pair->says[0] != '\0') {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " says \"%s\"", pair->says);
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, "; it leans on ");
    parley_screen_addf(s, PARLEY_INK_HEADING, "%s", on);
    if (pair->on_says[0] != '\0') {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " \"%s\"", pair->on_says);
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, ", which only %s may see", pair->may_see);
    parley_screen_end(s);
    if (pair->behind_count > 0) {
        parley_screen_begin(s, 4, 6);
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s leans in turn on ", on);
        for (uint32_t k = 0; k < pair->behind_count && k < SHOWN_IDS; k++) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "%s%s", k > 0 ? ", " : "",
                               row_name(s, view, pair->behind[k]));
        }
        parley_screen_addf(s, PARLEY_INK_PLAIN, "%s, which would have to go out too",
                           pair->behind_count > SHOWN_IDS ? " ..." : "");
        parley_screen_end(s);
    }
    parley_screen_begin(s, 4, 6);
    parley_screen_add(s, PARLEY_INK_PLAIN, "keep back: ");
    show_change(call, s, row, pair->may_see);
    parley_screen_end(s);
    parley_screen_begin(s, 4, 6);
    parley_screen_add(s, PARLEY_INK_PLAIN, "let out: ");
    show_change(call, s, on, pair->wider);
    parley_screen_end(s);
}

/* Words that a relay stops: whose, why, and what would settle it. */
static void show_carried(cli_call *call, parley_screen *s, const parley_view *view,
                         const parley_view_pair *pair)
{
    const char *row = row_name(s, view, pair->row);
    const char *relay = row_name(s, view, pair->on);
    parley_screen_begin(s, 2, 4);
    parley_screen_add(s, PARLEY_INK_HEADING, row);
    if (pair->says[0] != '\0') {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " says \"%s\"", pair->says);
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, "; relay %s: %s", relay, pair->permission);
    parley_screen_end(s);
    parley_screen_begin(s, 4, 6);
    parley_screen_add(s, PARLEY_INK_PLAIN, "keep back: ");
    show_change(call, s, row, pair->may_see);
    parley_screen_end(s);
    parley_screen_begin(s, 4, 6);
    parley_screen_addf(
        s, PARLEY_INK_PLAIN, "let out: ask %s, and record under may-say of %s what it allows",
        strcmp(pair->may_see, "team") == 0 ? "whose they are" : pair->may_see, relay);
    parley_screen_end(s);
}

static void show_group(cli_call *call, parley_screen *s, const parley_view *view, bool carried)
{
    uint32_t pairs = parley_view_pairs(view);
    uint32_t count = 0;
    for (uint32_t i = 0; i < pairs; i++) {
        count += (parley_view_pair_at(view, i)->permission != NULL) == carried;
    }
    if (count == 0) {
        return;
    }
    const char *what = count == 1 ? "a record" : parley_screen_format(s, "%u records", count);
    parley_screen_begin(s, 0, 2);
    if (carried) {
        parley_screen_addf(s, PARLEY_INK_WARN,
                           "Nothing goes out: %s for %s would carry words that may not be passed "
                           "on:",
                           what, cli_value(call, CLI_OPT_FOR));
    } else {
        parley_screen_addf(s, PARLEY_INK_WARN,
                           "Nothing goes out: %s that %s may see %s on what it may not. Either "
                           "keep the one back or let the other out:",
                           what, cli_value(call, CLI_OPT_FOR), count == 1 ? "leans" : "lean");
    }
    parley_screen_end(s);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < pairs && shown < SHOWN_PAIRS; i++) {
        const parley_view_pair *pair = parley_view_pair_at(view, i);
        if ((pair->permission != NULL) == carried) {
            (carried ? show_carried : show_pair)(call, s, view, pair);
            shown++;
        }
    }
    if (count > shown) {
        parley_screen_begin(s, 2, 4);
        parley_screen_addf(s, PARLEY_INK_DIM, "... and %s more; --preview --json lists them all",
                           parley_screen_number(s, count - shown));
        parley_screen_end(s);
    }
}

void cli_show_pairs(cli_call *call, parley_screen *s, const parley_view *view)
{
    show_group(call, s, view, false);
    show_group(call, s, view, true);
}

/* -------------------------------------------------------------------------- page */

/* Ids of one section that are withheld for one reason, as many as fit. */
static void show_withheld(parley_screen *s, const parley_view *view)
{
    uint32_t rows = parley_view_rows(view);
    bool first = true;
    for (uint32_t i = 0; i < rows;) {
        const char *section = parley_view_row_at(view, i)->section;
        uint32_t told = 0;
        uint32_t count = 0;
        for (; i < rows && strcmp(parley_view_row_at(view, i)->section, section) == 0; i++) {
            const parley_view_row *row = parley_view_row_at(view, i);
            if (row->withheld == PARLEY_WITHHELD_NOT) {
                continue;
            }
            if (count++ == 0) {
                parley_screen_label(s, first ? "WITHHELD" : "");
                parley_screen_addf(s, PARLEY_INK_PLAIN, "%s:", section);
                first = false;
            }
            if (told < SHOWN_IDS) {
                told++;
                parley_screen_addf(s, PARLEY_INK_PLAIN, " %s%s",
                                   row->id != NULL
                                       ? row->id
                                       : parley_screen_format(s, "%u", (unsigned)row->number),
                                   row->withheld == PARLEY_WITHHELD_LATER  ? " (later)"
                                   : row->withheld == PARLEY_WITHHELD_NEED ? " (not needed)"
                                                                           : "");
            }
        }
        if (count > told) {
            parley_screen_addf(s, PARLEY_INK_DIM, " and %s more",
                               parley_screen_number(s, count - told));
        }
        if (count > 0) {
            parley_screen_end(s);
        }
    }
    parley_texts members = parley_view_members(view);
    if (members.count > 0) {
        parley_screen_label(s, first ? "WITHHELD" : "");
        for (uint32_t k = 0; k < members.count; k++) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, "%sthe %s", k > 0 ? ", " : "", members.at[k]);
        }
        parley_screen_end(s);
        first = false;
    }
    if (first) {
        parley_screen_line(s, "WITHHELD", PARLEY_INK_PLAIN, "nothing");
    }
}

static void show_numbers(parley_screen *s, const parley_view *view)
{
    uint32_t told = 0;
    for (uint32_t i = 0; i < parley_view_rows(view); i++) {
        const parley_view_row *row = parley_view_row_at(view, i);
        if (row->shown == NULL || strcmp(row->shown, row->id) == 0) {
            continue;
        }
        if (told++ == 0) {
            parley_screen_label(s, "THEIR NUMBERS");
        }
        if (told <= SHOWN_IDS) {
            parley_screen_itemf(s, PARLEY_INK_PLAIN, "%s is our %s", row->shown, row->id);
        }
    }
    if (told > SHOWN_IDS) {
        parley_screen_itemf(s, PARLEY_INK_DIM, "and %s more",
                            parley_screen_number(s, told - SHOWN_IDS));
    }
    if (told > 0) {
        parley_screen_end(s);
    }
}

static void show_mentions(parley_screen *s, const parley_view *view)
{
    uint32_t count = parley_view_mentions(view);
    for (uint32_t i = 0; i < count && i < SHOWN_PAIRS; i++) {
        const parley_view_mention *m = parley_view_mention_at(view, i);
        const parley_view_row *of = parley_view_row_at(view, m->of);
        bool named = (of->id != NULL && strcmp(of->id, m->word) == 0) ||
                     (of->name != NULL && strcmp(of->name, m->word) == 0);
        parley_screen_label(s, i == 0 ? "LOOK AT" : "");
        parley_screen_addf(s, PARLEY_INK_WARN, "the words of %s %s '%s', which is withheld",
                           row_words(s, parley_view_row_at(view, m->row)),
                           named ? "name" : "repeat", m->word);
        parley_screen_end(s);
    }
    if (count > SHOWN_PAIRS) {
        parley_screen_line(
            s, "", PARLEY_INK_DIM,
            parley_screen_format(s, "... and %u more", (unsigned)(count - SHOWN_PAIRS)));
    }
}

static void show_page(cli_call *call, const parley_view *view, const parley_case *c)
{
    parley_screen *s = call->screen;
    const char *goes = cli_view_counts(s, view, false);
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_HEADING, "A copy for %s", cli_value(call, CLI_OPT_FOR));
    parley_screen_addf(s, PARLEY_INK_DIM, "  (this page is for you, not for them)");
    parley_screen_end(s);
    if (c != NULL) {
        char day[40] = "none";
        if (parley_case_as_of(c).form != PARLEY_DATE_UNKNOWN) {
            parley_date_print(parley_case_as_of(c), day, sizeof(day));
        }
        parley_screen_linef(s, "TITLE", PARLEY_INK_PLAIN, "%s", parley_case_title(c));
        parley_screen_linef(s, "AS OF", PARLEY_INK_PLAIN, "%s", day);
    }
    parley_screen_line(s, c != NULL ? "GOES OUT" : "MAY BE SEEN", PARLEY_INK_PLAIN,
                       goes[0] != '\0' ? goes : "no record");
    show_withheld(s, view);
    show_numbers(s, view);
    show_mentions(s, view);
    if (parley_view_pairs(view) > 0) {
        parley_screen_blank(s);
        cli_show_pairs(call, s, view);
    }
}

/* --------------------------------------------------------------------------- JSON */

static void json_row(parley_json *j, const parley_view_row *row)
{
    parley_json_key(j, "section");
    parley_json_string(j, row->section);
    parley_json_key(j, "id");
    parley_json_string(j, row->id);
    parley_json_key(j, "number");
    parley_json_uint(j, row->number);
}

static void json_pairs(parley_json *j, const parley_view *view, bool carried)
{
    parley_json_key(j, carried ? "carried" : "leaning");
    parley_json_array(j);
    for (uint32_t i = 0; i < parley_view_pairs(view); i++) {
        const parley_view_pair *pair = parley_view_pair_at(view, i);
        if ((pair->permission != NULL) != carried) {
            continue;
        }
        parley_json_object(j);
        parley_json_key(j, "record");
        parley_json_object(j);
        json_row(j, parley_view_row_at(view, pair->row));
        parley_json_object_end(j);
        parley_json_key(j, "says");
        parley_json_string(j, pair->says);
        parley_json_key(j, "line");
        parley_json_uint(j, pair->span.line);
        if (carried) {
            parley_json_key(j, "relay");
            parley_json_string(j, parley_view_row_at(view, pair->on)->id);
            parley_json_key(j, "because");
            parley_json_string(j, pair->permission);
            parley_json_key(j, "owner");
            parley_json_string(j, pair->may_see);
            parley_json_object_end(j);
            continue;
        }
        parley_json_key(j, "on");
        parley_json_object(j);
        json_row(j, parley_view_row_at(view, pair->on));
        parley_json_object_end(j);
        parley_json_key(j, "on_says");
        parley_json_string(j, pair->on_says);
        parley_json_key(j, "may_see");
        parley_json_string(j, pair->may_see);
        parley_json_key(j, "wider");
        parley_json_string(j, pair->wider);
        parley_json_key(j, "behind");
        parley_json_array(j);
        for (uint32_t k = 0; k < pair->behind_count; k++) {
            parley_json_object(j);
            json_row(j, parley_view_row_at(view, pair->behind[k]));
            parley_json_object_end(j);
        }
        parley_json_array_end(j);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
}

static void show_json(cli_call *call, const parley_view *view, const parley_case *c)
{
    static const char *const why[] = {NULL, "label", "later", "not-needed"};
    parley_json json;
    parley_json_begin(&json, call->out);
    parley_json_object(&json);
    parley_json_key(&json, "for");
    parley_json_string(&json, cli_value(call, CLI_OPT_FOR));
    parley_json_key(&json, "goes");
    parley_json_bool(&json, c != NULL);
    parley_json_key(&json, "title");
    parley_json_string(&json, c != NULL ? parley_case_title(c) : NULL);
    parley_json_key(&json, "records");
    parley_json_array(&json);
    for (uint32_t i = 0; i < parley_view_rows(view); i++) {
        const parley_view_row *row = parley_view_row_at(view, i);
        parley_json_object(&json);
        json_row(&json, row);
        parley_json_key(&json, "shown");
        parley_json_string(&json, row->shown);
        parley_json_key(&json, "withheld");
        parley_json_string(&json, why[row->withheld]);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    parley_json_key(&json, "members");
    parley_json_array(&json);
    parley_texts members = parley_view_members(view);
    for (uint32_t k = 0; k < members.count; k++) {
        parley_json_string(&json, members.at[k]);
    }
    parley_json_array_end(&json);
    parley_json_key(&json, "mentions");
    parley_json_array(&json);
    for (uint32_t i = 0; i < parley_view_mentions(view); i++) {
        const parley_view_mention *m = parley_view_mention_at(view, i);
        parley_json_object(&json);
        json_row(&json, parley_view_row_at(view, m->row));
        parley_json_key(&json, "word");
        parley_json_string(&json, m->word);
        parley_json_object_end(&json);
    }
    parley_json_array_end(&json);
    json_pairs(&json, view, false);
    json_pairs(&json, view, true);
    parley_json_object_end(&json);
    parley_json_finish(&json);
}

int cli_preview(cli_call *call)
{
    parley_error err = PARLEY_ERROR_INIT;
    parley_case_options options = PARLEY_CASE_OPTIONS_INIT;
    parley_case *c = NULL;
    parley_view *view = call->gate->view;
    int exit = CLI_DONE;
    parley_diagnostics *list = parley_diagnostics_new(call->ctx);
    if (list == NULL) {
        parley_fail(&err, PARLEY_NOMEM, "out of memory");
        return cli_fail(call, &err);
    }
    options.audience = cli_value(call, CLI_OPT_FOR);
    cli_date(call, CLI_OPT_AS_OF, &options.as_of);
    cli_gate_read(call, &options);
    parley_status status = cli_read_case(call, &c, call->path, &options, list, NULL, &err);
    if (status != PARLEY_OK && parley_view_pairs(view) == 0) {
        exit = cli_bad_case(call, list, &err);
    } else {
        if (call->json) {
            show_json(call, view, c);
        } else {
            show_page(call, view, c);
        }
        if (call->gate->to[0] != '\0') {
            cli_gate_check_name(call, call->gate->to, view);
        }
        exit = c != NULL ? CLI_DONE : CLI_FINDING;
    }
    parley_case_free(c);
    parley_diagnostics_free(list);
    return exit;
}
