/*
 * The page of `parley why`: from a position, rung, sticking point or record back to the claims and
 * sources it rests on. A repeat is no confirmation; copies of one report are one original; our
 * readings are marked as ours.
 */
#include "report/why.h"
#include "report/json_parts.h"
#include "report/report_internal.h"
#include "report/status_page.h"
#include "report/wording.h"

#include <parley/evidence.h>
#include <string.h>

static const char *const firm[] = {"said",     "aspiration",      "ask", "position", "condition",
                                   "red line", "red line, tested"};

static const char *source_name(const parley_case *c, int32_t source)
{
    return source < 0 ? "no source given" : parley_case_source(c, source)->name;
}

static const char *ids_of(parley_screen *s, const parley_case *c, parley_ids ids)
{
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < ids.count; k++) {
        word_push(&list, word_claim(c, ids.at[k]));
    }
    return word_join(s, &list, " ");
}

static const char *speaker(parley_screen *s, const parley_case *c, const parley_claim *claim)
{
    int32_t person = claim->by.count == 1 ? claim->by.at[0].person : -1;
    if (person < 0) {
        return claim->by.count == 0 ? "nobody named" : word_voices(s, c, &claim->by);
    }
    const parley_person *row = parley_case_person(c, person);
    return row->office == NULL
               ? parley_screen_format(s, "%s, %s", row->name, word_party(c, row->party))
               : parley_screen_format(s, "%s (%s), %s", row->name, row->office,
                                      word_party(c, row->party));
}

static bool to_confirm(const parley_terms *terms, const parley_moves *moves, int32_t claim)
{
    for (uint32_t i = 0; i < parley_terms_shifts(terms); i++) {
        const parley_shift *shift = parley_terms_shift(terms, i);
        if (shift->later == claim && status_to_confirm(moves, shift)) {
            return true;
        }
    }
    return false;
}

/* Who said it to whom, when, and through whom it reached us; the second time in one line. */
static void claim_block(parley_screen *s, const parley_why_page *page, const why_found *found,
                        int32_t i)
{
    const parley_case *c = page->c;
    const parley_claim *claim = parley_case_claim(c, i);
    const char *who = speaker(s, c, claim);
    const char *when = word_date(s, c, claim->record.happened);
    const char *to =
        claim->to.count > 0 ? parley_screen_format(s, " to %s", word_voices(s, c, &claim->to)) : "";
    parley_screen_ends(s, PARLEY_INK_PLAIN,
                       parley_screen_format(s, " %-4s %s, %s%s", claim->record.id, when, who, to),
                       PARLEY_INK_DIM, word_class(s, claim));
    if (found->shown[i]) {
        parley_screen_begin(s, 6, 6);
        parley_screen_add(s, PARLEY_INK_DIM, "as above");
        parley_screen_end(s);
        return;
    }
    found->shown[i] = true;
    parley_screen_begin(s, 6, 6);
    const char *said = claim->says;
    if (said == NULL && claim->about.formula != NULL) {
        said = word_matter(s, c, claim);
    }
    said = said == NULL && claim->about.text != NULL ? word_about(c, &claim->about) : said;
    parley_screen_addf(s, PARLEY_INK_PLAIN, "%s%s%s",
                       parley_words_word(PARLEY_WORDS_ACT, claim->act), said != NULL ? ": " : "",
                       said != NULL ? said : "");
    parley_screen_newline(s);
    parley_screen_addf(s, PARLEY_INK_DIM, "in %s", source_name(c, claim->source));
    for (uint32_t k = 0; k < claim->chain.count; k++) {
        if (claim->chain.at[k] != claim->source) {
            parley_screen_addf(s, PARLEY_INK_DIM, ", %s %s",
                               k + 1 == claim->chain.count ? "going back to" : "through",
                               source_name(c, claim->chain.at[k]));
        }
    }
    if (claim->record.learned.form != PARLEY_DATE_UNKNOWN &&
        parley_date_compare(claim->record.learned, claim->record.happened) != 0) {
        parley_screen_addf(s, PARLEY_INK_DIM, "; learned %s",
                           word_date(s, c, claim->record.learned));
    }
    if (claim->hedge != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "; hedged: \"%s\"", claim->hedge);
    }
    if (claim->scope != NULL) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, "; narrower: %s", claim->scope);
    }
    if (claim->grade != NULL) {
        parley_screen_addf(s, PARLEY_INK_DIM, "; graded %s", claim->grade);
    }
    if (claim->repeats.count > 0) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_WARN, "repeats %s: no confirmation",
                           ids_of(s, c, claim->repeats));
    }
    if (claim->replaces.count > 0) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_PLAIN, "replaces %s", ids_of(s, c, claim->replaces));
        if (to_confirm(parley_deal_terms(page->deal), found->moves, i)) {
            parley_screen_add(s, PARLEY_INK_WARN, ", and is softer in source: to confirm");
        }
    }
    for (int32_t by = why_replaced_by(c, i, 0); by >= 0; by = why_replaced_by(c, i, by + 1)) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_WARN, "replaced by %s, %s", word_claim(c, by),
                           word_date(s, c, parley_case_claim(c, by)->record.happened));
    }
    parley_screen_end(s);
}

static void reading_block(parley_screen *s, const parley_case *c, int32_t i)
{
    const parley_reading *r = parley_case_reading(c, i);
    parley_screen_ends(
        s, PARLEY_INK_OURS,
        parley_screen_format(s, " %-4s %s", r->record.id, word_date(s, c, r->record.happened)),
        PARLEY_INK_OURS, "our reading");
    parley_screen_begin(s, 6, 6);
    parley_screen_addf(s, PARLEY_INK_OURS, "because %s",
                       r->because != NULL ? r->because : "(no reason typed)");
    parley_screen_newline(s);
    if (r->from.count == 0) {
        parley_screen_add(s, PARLEY_INK_WARN, "leans on no claim");
    } else {
        parley_screen_addf(s, PARLEY_INK_DIM, "leans on %s", ids_of(s, c, r->from));
    }
    parley_screen_end(s);
}

static const char *standing(parley_screen *s, const parley_term *term)
{
    if (term->basis == PARLEY_BASIS_READING) {
        return "our reading";
    }
    const char *how = term->mode == PARLEY_MODE_ACCEPTS ? "accepted" : firm[term->firmness];
    return term->basis == PARLEY_BASIS_REPORTED ? parley_screen_format(s, "%s, reported only", how)
                                                : parley_screen_format(s, "%s, on record", how);
}

static void summary(parley_screen *s, const parley_case *c, const parley_term *term)
{
    uint32_t originals = why_originals(c, term);
    uint32_t repeats = term->claims.count - term->support.count;
    if (term->basis == PARLEY_BASIS_READING) {
        return;
    }
    parley_screen_begin(s, 1, 3);
    parley_screen_addf(s, PARLEY_INK_HEADING, "%s",
                       originals == 0   ? "NO CLAIM"
                       : originals == 1 ? "ONE ORIGINAL"
                                        : parley_screen_format(s, "%u ORIGINALS", originals));
    parley_screen_addf(s, PARLEY_INK_PLAIN, ": said %s",
                       term->support.count == 1
                           ? "once"
                           : parley_screen_format(s, "%u times", term->support.count));
    if (repeats > 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, ", repeated %s",
                           repeats == 1 ? "once" : parley_screen_format(s, "%u times", repeats));
    }
    if (term->firmness == PARLEY_FIRMNESS_RED_TESTED) {
        parley_screen_add(s, PARLEY_INK_PLAIN, "; tested by an offer that was refused");
    }
    parley_screen_end(s);
}

static void used_in(parley_screen *s, const parley_why_page *page, const why_found *found,
                    int32_t i)
{
    const parley_term *term = parley_terms_at(parley_deal_terms(page->deal), (uint32_t)i);
    parley_screen_label(s, " USED IN");
    if (page->apart) { /* which issues are counted may hang on any word of the case */
        parley_screen_addf(s, PARLEY_INK_PLAIN,
                           "the ladder from \"%s\" on, if its issues are counted",
                           parley_words_word(PARLEY_WORDS_RUNG, term->rung));
        parley_screen_add(s, PARLEY_INK_DIM, " · sticking points: parley blocks");
        parley_screen_end(s);
        return;
    }
    if (parley_deal_set_aside(page->deal, (uint32_t)i)) {
        parley_screen_add(s, PARLEY_INK_DIM, "nothing: it is about an issue that is not counted");
        parley_screen_end(s);
        return;
    }
    parley_screen_addf(s, PARLEY_INK_PLAIN, "the ladder from \"%s\" on",
                       parley_words_word(PARLEY_WORDS_RUNG, term->rung));
    word_list list = {.count = 0};
    for (uint32_t k = 0; k < found->points.count; k++) {
        const sticking_set *set = &found->points.set[k];
        for (uint32_t t = 0; t < set->terms; t++) {
            if (set->term[t] == i) {
                word_push(&list, parley_screen_format(s, "%u", k + 1));
            }
        }
    }
    if (list.count + list.dropped > 0) {
        parley_screen_addf(s, PARLEY_INK_PLAIN, " · sticking point%s %s%s",
                           list.count == 1 ? "" : "s", word_join(s, &list, " "),
                           found->points.complete && list.dropped == 0 ? "" : " and more");
    }
    parley_screen_end(s);
}

/* What would meet a concern, wholly and in part. */
static void met_lines(parley_screen *s, const parley_concern *concern)
{
    word_list met = {.count = 0};
    for (uint32_t m = 0; m < concern->met_by.count; m++) {
        word_push(&met, concern->met_by.at[m].text);
    }
    word_list part = {.count = 0};
    for (uint32_t m = 0; m < concern->in_part.count; m++) {
        word_push(&part, concern->in_part.at[m].text);
    }
    if (met.count + part.count > 0) {
        parley_screen_newline(s);
        parley_screen_addf(s, PARLEY_INK_DIM, "%s%s%s%s", met.count > 0 ? "met by " : "",
                           word_join(s, &met, ", or by "),
                           part.count == 0  ? ""
                           : met.count == 0 ? "in part by "
                                            : "; in part by ",
                           word_join(s, &part, ", "));
    }
}

static void term_block(parley_screen *s, const parley_why_page *page, const why_found *found,
                       int32_t i)
{
    const parley_case *c = page->c;
    const parley_term *term = parley_terms_at(parley_deal_terms(page->deal), (uint32_t)i);
    parley_screen_blank(s);
    parley_screen_ends(s,
                       term->basis == PARLEY_BASIS_READING ? PARLEY_INK_OURS : PARLEY_INK_HEADING,
                       parley_screen_format(s, "%s: %s %s", word_party(c, term->party),
                                            parley_words_word(PARLEY_WORDS_MODE, term->mode),
                                            word_held(s, c, term->mode == PARLEY_MODE_REFUSES,
                                                      term->formula, false)),
                       PARLEY_INK_DIM, standing(s, term));
    for (uint32_t k = 0; k < term->claims.count; k++) {
        claim_block(s, page, found, term->claims.at[k]);
    }
    for (uint32_t k = 0; k < term->responses.count; k++) {
        const parley_response *r = parley_case_response(c, term->responses.at[k]);
        if (r->claim < 0) {
            parley_screen_begin(s, 1, 6);
            parley_screen_addf(s, PARLEY_INK_PLAIN, "an answer to %s without a claim",
                               parley_case_proposal(c, r->proposal)->record.id);
            parley_screen_end(s);
        }
    }
    for (uint32_t k = 0; k < term->readings.count; k++) {
        reading_block(s, c, term->readings.at[k]);
    }
    summary(s, c, term);
    for (uint32_t k = 0; k < parley_case_concerns(c); k++) {
        const parley_concern *concern = parley_case_concern(c, (int32_t)k);
        if (!why_behind(found, concern, term)) {
            continue;
        }
        parley_screen_label(s, " BEHIND IT");
        parley_screen_addf(s, concern->ours ? PARLEY_INK_OURS : PARLEY_INK_PLAIN, "%s: %s%s%s%s",
                           concern->record.id, concern->text != NULL ? concern->text : "",
                           concern->ours ? " (our reading)" : "", concern->claim >= 0 ? " " : "",
                           word_claim(c, concern->claim));
        met_lines(s, concern);
        parley_screen_end(s);
    }
    used_in(s, page, found, i);
}

parley_status parley_page_why(parley_screen *s, parley_ctx *ctx, const parley_why_page *page,
                              parley_error *err)
{
    const parley_case *c = page->c;
    why_found found;
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                         : why_find(&found, ctx, page, arena, err);
    if (status == PARLEY_OK) {
        status = parley_moves_derive(&found.moves, ctx, c, NULL, err);
    }
    if (status != PARLEY_OK) {
        parley_arena_free(arena);
        return status;
    }
    word_heading(s, c);
    parley_screen_begin(s, 0, 2);
    parley_screen_addf(s, PARLEY_INK_PLAIN, "Why \"%s\" (%s)", page->what, found.kind);
    parley_screen_end(s);
    if (found.claim >= 0) {
        claim_block(s, page, &found, found.claim);
        if (found.terms == 0) {
            parley_screen_begin(s, 1, 3);
            parley_screen_addf(s, PARLEY_INK_DIM, "%s",
                               parley_terms_in_force(parley_deal_terms(page->deal), found.claim)
                                   ? "It binds nothing: shown, never counted."
                                   : "It is no longer in force.");
            parley_screen_end(s);
        }
    }
    if (found.concern >= 0) {
        const parley_concern *concern = parley_case_concern(c, found.concern);
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, concern->ours ? PARLEY_INK_OURS : PARLEY_INK_HEADING, "%s: %s%s",
                           word_party(c, concern->party),
                           concern->text != NULL ? concern->text : concern->record.id,
                           concern->ours ? " (our reading)" : "");
        met_lines(s, concern);
        parley_screen_end(s);
    }
    if (found.rule >= 0) {
        const parley_rule *rule = parley_case_rule(c, found.rule);
        parley_screen_begin(s, 0, 2);
        parley_screen_addf(s, PARLEY_INK_HEADING, "%s", word_formula(s, c, rule->formula, false));
        parley_screen_add(s, PARLEY_INK_PLAIN, " holds in every package");
        if (rule->because != NULL) {
            parley_screen_addf(s, PARLEY_INK_PLAIN, ", because %s", rule->because);
        }
        parley_screen_add(s, PARLEY_INK_DIM,
                          parley_deal_rule_set_aside(page->deal, found.rule)
                              ? " (about issues that are not counted here)"
                              : " (from the rung \"rules\" on; a rule is nobody's wish)");
        parley_screen_end(s);
    }
    for (uint32_t i = 0; i < found.terms; i++) {
        term_block(s, page, &found, found.term[i]);
    }
    if (found.alsos > 0) {
        parley_screen_blank(s);
        parley_screen_begin(s, 0, 2);
        parley_screen_add(s, PARLEY_INK_HEADING,
                          found.concern >= 0 || found.proposal >= 0 || found.desk ? "CLAIMS"
                                                                                  : "ALSO SAID");
        parley_screen_add(
            s, PARLEY_INK_DIM,
            found.concern >= 0 || found.proposal >= 0 || found.desk ? "" : " (binds nothing)");
        parley_screen_end(s);
        for (uint32_t i = 0; i < found.alsos; i++) {
            claim_block(s, page, &found, found.also[i]);
        }
    }
    if (found.terms + found.alsos == 0 && found.claim < 0 && found.rule < 0) {
        parley_screen_begin(s, 0, 2);
        parley_screen_add(s, PARLEY_INK_DIM, "Nothing in the case speaks about it.");
        parley_screen_end(s);
    }
    parley_moves_free(found.moves);
    parley_arena_free(arena);
    return PARLEY_OK;
}

/* ---------------------------------------------------------------------- JSON */

static void json_claim(parley_json *j, const parley_why_page *page, int32_t i)
{
    const parley_case *c = page->c;
    const parley_claim *claim = parley_case_claim(c, i);
    parley_json_object(j);
    json_key_string(j, "claim", claim->record.id);
    json_key_date(j, "date", claim->record.happened);
    json_key_date(j, "learned", claim->record.learned);
    json_voices(j, "by", c, &claim->by);
    json_voices(j, "to", c, &claim->to);
    json_key_string(j, "act", parley_words_word(PARLEY_WORDS_ACT, claim->act));
    json_key_string(j, "about", claim->about.text);
    json_key_string(j, "says", claim->says);
    json_key_string(j, "class", parley_words_word(PARLEY_WORDS_CLASS, claim->cls));
    json_key_string(j, "source", id_source(c, claim->source));
    json_ids(j, "chain", c, claim->chain, id_source);
    json_key_string(j, "original", id_source(c, parley_evidence_origin(c, i)));
    json_key_string(j, "hedge", claim->hedge);
    json_key_string(j, "scope", claim->scope);
    json_key_string(j, "grade", claim->grade);
    json_ids(j, "repeats", c, claim->repeats, id_claim);
    json_ids(j, "replaces", c, claim->replaces, id_claim);
    parley_json_key(j, "replaced_by");
    parley_json_array(j);
    for (int32_t by = why_replaced_by(c, i, 0); by >= 0; by = why_replaced_by(c, i, by + 1)) {
        parley_json_string(j, id_claim(c, by));
    }
    parley_json_array_end(j);
    parley_json_key(j, "in_force");
    parley_json_bool(j, parley_terms_in_force(parley_deal_terms(page->deal), i));
    parley_json_object_end(j);
}

static void json_traced(parley_json *j, const parley_why_page *page, const why_found *found,
                        int32_t i)
{
    const parley_case *c = page->c;
    const parley_term *term = parley_terms_at(parley_deal_terms(page->deal), (uint32_t)i);
    parley_json_object(j);
    parley_json_key(j, "term");
    json_term(j, c, term);
    json_key_string(j, "rung", parley_words_word(PARLEY_WORDS_RUNG, term->rung));
    json_key_string(j, "firmness",
                    term->firmness == PARLEY_FIRMNESS_UNSTATED
                        ? NULL
                        : parley_words_word(PARLEY_WORDS_FIRMNESS, term->firmness));
    parley_json_key(j, "originals");
    parley_json_uint(j, why_originals(c, term));
    parley_json_key(j, "claims");
    parley_json_array(j);
    for (uint32_t k = 0; k < term->claims.count; k++) {
        json_claim(j, page, term->claims.at[k]);
    }
    parley_json_array_end(j);
    parley_json_key(j, "readings");
    parley_json_array(j);
    for (uint32_t k = 0; k < term->readings.count; k++) {
        const parley_reading *r = parley_case_reading(c, term->readings.at[k]);
        parley_json_object(j);
        json_key_string(j, "reading", r->record.id);
        json_key_date(j, "date", r->record.happened);
        json_key_string(j, "because", r->because);
        json_ids(j, "from", c, r->from, id_claim);
        parley_json_object_end(j);
    }
    parley_json_array_end(j);
    parley_json_key(j, "concerns");
    parley_json_array(j);
    for (uint32_t k = 0; k < parley_case_concerns(c); k++) {
        if (why_behind(found, parley_case_concern(c, (int32_t)k), term)) {
            parley_json_string(j, parley_case_concern(c, (int32_t)k)->record.id);
        }
    }
    parley_json_array_end(j);
    parley_json_key(j, "sticking_points");
    parley_json_array(j);
    for (uint32_t k = 0; k < found->points.count; k++) {
        for (uint32_t t = 0; t < found->points.set[k].terms; t++) {
            if (found->points.set[k].term[t] == i) {
                parley_json_uint(j, k + 1);
            }
        }
    }
    parley_json_array_end(j);
    parley_json_key(j, "counted");
    if (page->apart) {
        parley_json_null(j);
    } else {
        parley_json_bool(j, !parley_deal_set_aside(page->deal, (uint32_t)i));
    }
    parley_json_object_end(j);
}

parley_status parley_page_why_json(parley_json *j, parley_ctx *ctx, const parley_why_page *page,
                                   parley_error *err)
{
    why_found found;
    parley_arena *arena = parley_arena_new(ctx);
    parley_status status = arena == NULL ? parley_fail(err, PARLEY_NOMEM, "out of memory")
                                         : why_find(&found, ctx, page, arena, err);
    if (status != PARLEY_OK) {
        parley_arena_free(arena);
        return status;
    }
    parley_json_object(j);
    json_case(j, page->c);
    json_key_string(j, "what", page->what);
    json_key_string(j, "kind", found.kind);
    if (found.rule >= 0) {
        const parley_rule *rule = parley_case_rule(page->c, found.rule);
        parley_text *text = parley_text_new(ctx, parley_ctx_limits(ctx)->text_bytes);
        if (text != NULL) {
            parley_formula_print(rule->formula, parley_case_names(page->c), text);
        }
        json_key_string(j, "formula", text != NULL ? parley_text_data(text) : NULL);
        json_key_string(j, "because", rule->because);
        parley_text_free(text);
    }
    parley_json_key(j, "terms");
    parley_json_array(j);
    for (uint32_t i = 0; i < found.terms; i++) {
        json_traced(j, page, &found, found.term[i]);
    }
    parley_json_array_end(j);
    parley_json_key(j, "claims");
    parley_json_array(j);
    if (found.claim >= 0) {
        json_claim(j, page, found.claim);
    }
    for (uint32_t i = 0; i < found.alsos; i++) {
        json_claim(j, page, found.also[i]);
    }
    parley_json_array_end(j);
    parley_json_key(j, "sticking_points_complete");
    parley_json_bool(j, found.points.complete);
    parley_json_object_end(j);
    parley_json_finish(j);
    parley_arena_free(arena);
    return PARLEY_OK;
}
