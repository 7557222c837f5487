/*
 * Fuzz target of the engines and pages: any bytes as a YAML case; what reads as a case is analysed,
 * and every page is printed, as text and as JSON.
 *
 * Only limits may stop a page of a case that was read: every other failure is a defect. Nothing
 * printed may move a cursor.
 */
#include "case/document.h"

#include <parley/home.h>
#include <parley/screens.h>
#include <parley/worktext.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct desk {
    parley_ctx *ctx;
    const parley_case *c;
    parley_deal *deal;
    parley_screen *screen;
    parley_text *out;
} desk;

static void good(parley_status status)
{
    PARLEY_ASSERT(status == PARLEY_OK || status == PARLEY_LIMIT || status == PARLEY_NOTFOUND);
}

static parley_json begin(desk *d)
{
    parley_json json;
    parley_text_clear(d->out);
    parley_json_begin(&json, d->out);
    return json;
}

/* Where agreement dies, and what could be done. */
static void bargaining(desk *d)
{
    parley_json json;
    parley_deals_page deals = {
        .c = d->c, .deal = d->deal, .path = "x", .list = true, .list_most = 3};
    const parley_blocks_page blocks = {d->c, d->deal, PARLEY_TERMS_OPTIONS_INIT, false};
    const parley_bridges_page bridges = {
        .c = d->c, .deal = d->deal, .rung = -1, .party = -1, .most = 4};
    const parley_ask_page ask = {d->c, d->deal, PARLEY_TERMS_OPTIONS_INIT, -1, true};
    bool found = false;
    const parley_counter_page counter = {.c = d->c, .deal = d->deal, .proposal = -1, .by = -1};
    parley_home *home = NULL;
    good(parley_home_new(&home, d->ctx, d->deal, d->c, NULL, NULL));
    deals.home = home;
    good(parley_page_deals(d->screen, &deals, NULL));
    json = begin(d);
    good(parley_page_deals_json(&json, d->ctx, &deals, NULL));
    parley_home_free(home);
    good(parley_page_blocks(d->screen, d->ctx, &blocks, NULL));
    json = begin(d);
    good(parley_page_blocks_json(&json, d->ctx, &blocks, NULL));
    good(parley_page_bridges(d->screen, d->ctx, &bridges, &found, NULL));
    json = begin(d);
    good(parley_page_bridges_json(&json, d->ctx, &bridges, &found, NULL));
    good(parley_page_ask(d->screen, d->ctx, &ask, NULL));
    json = begin(d);
    good(parley_page_ask_json(&json, d->ctx, &ask, NULL));
    good(parley_page_counter(d->screen, d->ctx, &counter, NULL));
    json = begin(d);
    good(parley_page_counter_json(&json, d->ctx, &counter, NULL));
}

static void more_desk_pages(desk *d)
{
    const parley_show_page show = {
        .c = d->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    parley_linked linked[64];
    parley_json json;
    good(parley_page_candidates(d->screen, d->ctx, d->c, -1, PARLEY_DATE_INIT, NULL));
    json = begin(d);
    good(parley_page_candidates_json(&json, d->ctx, d->c, -1, PARLEY_DATE_INIT, NULL));
    good(parley_page_blocs(d->screen, d->ctx, &show, NULL));
    json = begin(d);
    good(parley_page_blocs_json(&json, d->ctx, &show, NULL));
    parley_page_levers(d->screen, d->c, -1, PARLEY_DATE_INIT);
    json = begin(d);
    parley_page_levers_json(&json, d->c, -1, PARLEY_DATE_INIT);
    good(parley_page_agenda(d->screen, d->ctx, d->c, NULL));
    json = begin(d);
    good(parley_page_agenda_json(&json, d->ctx, d->c, NULL));
    good(parley_page_ripeness(d->screen, d->ctx, d->c, -1, PARLEY_DATE_INIT, NULL));
    json = begin(d);
    good(parley_page_ripeness_json(&json, d->ctx, d->c, -1, PARLEY_DATE_INIT, NULL));
    good(parley_page_standing(d->screen, d->ctx, d->c, -1, NULL));
    json = begin(d);
    good(parley_page_standing_json(&json, d->ctx, d->c, -1, NULL));
    if (parley_case_links(d->c) <= 64) {
        for (uint32_t i = 0; i < 64; i++) { /* the case stands for every second one it links to */
            linked[i] = (parley_linked){i % 2 == 0 ? d->c : NULL, i % 3 == 0 ? "not there" : NULL};
        }
        good(parley_page_links(d->screen, d->ctx, d->c, linked, -1, NULL));
        json = begin(d);
        good(parley_page_links_json(&json, d->ctx, d->c, linked, -1, NULL));
    }
}

static void desk_pages(desk *d)
{
    parley_json json;
    uint32_t found = 0;
    good(parley_page_contradictions(d->screen, d->ctx, &(parley_contradictions_page){.c = d->c},
                                    &found, NULL));
    json = begin(d);
    good(parley_page_contradictions_json(&json, d->ctx, &(parley_contradictions_page){.c = d->c},
                                         &found, NULL));
    good(parley_page_figures(d->screen, d->ctx, d->c, NULL));
    json = begin(d);
    good(parley_page_figures_json(&json, d->ctx, d->c, NULL));
    good(parley_page_relay(d->screen, d->ctx, d->c, -1, &found, NULL));
    for (uint32_t i = 0; i < parley_case_relays(d->c) && i < 2; i++) {
        good(parley_page_relay(d->screen, d->ctx, d->c, (int32_t)i, &found, NULL));
    }
    json = begin(d);
    good(parley_page_relay_json(&json, d->ctx, d->c, -1, &found, NULL));
    bool two = parley_case_parties(d->c) > 1;
    good(parley_page_channels(d->screen, d->ctx, d->c, two ? 0 : -1, two ? 1 : -1, NULL));
    json = begin(d);
    good(parley_page_channels_json(&json, d->ctx, d->c, -1, -1, NULL));
    more_desk_pages(d);
    parley_page_meet(d->screen, d->c, -1);
    parley_page_favours(d->screen, d->c, -1);
    good(parley_page_promises(d->screen, d->ctx, d->c, -1, &found, NULL));
    json = begin(d);
    parley_page_meet_json(&json, d->c, -1);
}

/* Every data block of an HTML page is one JSON value, and nothing in it could end it. */
static void data_blocks(desk *d, const char *html)
{
    static const char begin_block[] = "<script type=\"application/json\">";
    for (const char *at = html; (at = strstr(at, begin_block)) != NULL;) {
        at += strlen(begin_block);
        size_t length = strcspn(at, "<>&");
        parley_document *document = NULL;
        PARLEY_ASSERT(strncmp(at + length, "</script>", 9) == 0);
        good(parley_document_read(&document, d->ctx, "x.json", at, length, NULL, NULL));
        PARLEY_ASSERT(document != NULL);
        parley_document_free(document);
    }
}

static void whole_page(desk *d)
{
    parley_case_page page = {d->c, PARLEY_WRITING_HTML, PARLEY_CHARTS_DATA};
    parley_text_clear(d->out);
    good(parley_page_case(d->screen, d->out, d->ctx, &page, NULL));
    data_blocks(d, parley_text_data(d->out));
    page.writing = PARLEY_WRITING_MARKDOWN;
    good(parley_page_case(d->screen, d->out, d->ctx, &page, NULL));
}

static void papers(desk *d)
{
    parley_json json;
    whole_page(d);
    for (int writing = 0; writing < 3; writing++) {
        if (parley_case_parties(d->c) > 0) {
            good(parley_page_brief(d->screen, d->out, d->ctx, d->c, 0, (parley_writing)writing,
                                   NULL));
        }
        good(parley_page_digest(d->screen, d->out, d->ctx, d->c, INT32_MIN, (parley_writing)writing,
                                NULL));
    }
    for (uint32_t i = 0; i < parley_case_claims(d->c) && i < 3; i++) {
        const parley_why_page why = {d->c, d->deal, parley_case_claim(d->c, (int32_t)i)->record.id,
                                     false};
        good(parley_page_why(d->screen, d->ctx, &why, NULL));
        json = begin(d);
        good(parley_page_why_json(&json, d->ctx, &why, NULL));
    }
    const parley_show_page show = {
        .c = d->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    good(parley_page_show(d->screen, d->ctx, &show, NULL));
    const parley_moves_page moves = {
        .c = d->c, .terms = PARLEY_TERMS_OPTIONS_INIT, .party = -1, .issue = -1};
    good(parley_page_moves(d->screen, d->ctx, &moves, NULL));
    json = begin(d);
    good(parley_page_moves_json(&json, d->ctx, &moves, NULL));
    parley_worktext *work = NULL;
    parley_status made_text = parley_worktext_new(&work, d->ctx, d->c, NULL, NULL);
    good(made_text);
    if (made_text == PARLEY_OK) {
        const parley_text_page text = {d->c, work, "x"};
        good(parley_page_text(d->screen, &text, NULL));
        json = begin(d);
        parley_page_text_json(&json, &text);
    }
    parley_worktext_free(work);
    parley_status_page *status = NULL;
    parley_status made = parley_status_page_new(&status, d->ctx, d->c, "x", NULL);
    good(made);
    if (made == PARLEY_OK) {
        good(parley_page_status(d->screen, status, NULL));
        json = begin(d);
        good(parley_page_status_json(&json, status, NULL));
    }
    parley_status_page_free(status);
}

/* What went onto the screen: no control but the line end. */
static void harmless(const parley_text *out)
{
    const unsigned char *at = (const unsigned char *)parley_text_data(out);
    for (; *at != '\0'; at++) {
        PARLEY_ASSERT(*at == '\n' || (*at >= 0x20 && *at != 0x7f));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    parley_ctx_options options = PARLEY_CTX_OPTIONS_INIT;
    desk d = {NULL, NULL, NULL, NULL, NULL};
    parley_case *c = NULL;
    options.limits.options = 200;
    options.limits.search_nodes = 3000;
    options.limits.table_entries = 1u << 14;
    options.limits.clashes = 20;
    if (parley_ctx_new(&d.ctx, &options, NULL) != PARLEY_OK) {
        return 0;
    }
    if (parley_case_read(&c, d.ctx, "x.yaml", (const char *)data, size, NULL, NULL, NULL) ==
        PARLEY_OK) {
        d.c = c;
        d.out = parley_text_new(d.ctx, 1u << 26);
        PARLEY_ASSERT(d.out != NULL &&
                      parley_screen_new(&d.screen, d.ctx, d.out, NULL, NULL) == PARLEY_OK);
        parley_status status = parley_deal_new(&d.deal, d.ctx, c, NULL, NULL);
        good(status);
        if (status == PARLEY_OK) {
            bargaining(&d);
            desk_pages(&d);
            papers(&d);
        }
        parley_text_clear(d.out);
        desk_pages(&d);
        parley_text_clear(d.out);
        parley_page_meet(d.screen, c, -1);
        PARLEY_ASSERT(parley_screen_status(d.screen, NULL) == PARLEY_OK);
        harmless(d.out);
        parley_screen_free(d.screen);
        parley_text_free(d.out);
        parley_deal_free(d.deal);
    }
    parley_case_free(c);
    PARLEY_ASSERT(parley_ctx_bytes(d.ctx) == 0);
    parley_ctx_free(d.ctx);
    return 0;
}
