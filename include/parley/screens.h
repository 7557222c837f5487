/*
 * parley/screens.h: the pages of the room "report", for people and as JSON.
 *
 * Each page has a text form onto a screen and a JSON form onto a writer, made from the same
 * results. The JSON keys are documented in docs/json.md and never change meaning. Nothing here
 * opens a file.
 */
#ifndef PARLEY_SCREENS_H
#define PARLEY_SCREENS_H

#include <parley/base.h>
#include <parley/blocs.h>
#include <parley/bridges.h>
#include <parley/candidates.h>
#include <parley/case.h>
#include <parley/deal.h>
#include <parley/desk.h>
#include <parley/evidence.h>
#include <parley/home.h>
#include <parley/numbers.h>
#include <parley/report.h>
#include <parley/worktext.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------- parley deals */

typedef struct parley_deals_page {
    const parley_case *c;
    parley_deal *deal;
    const char *path; /* as typed, for the commands that the page suggests */
    bool list;        /* print packages */
    uint64_t list_most;
    uint64_t list_skip;
    const parley_package *package; /* NULL, or the package to judge */
    const char *package_text;
    const parley_formula *query; /* NULL, or a statement to ask of every rung */
    const char *query_text;
    parley_home *home; /* NULL, or what each party can carry at home, of the same analysis */
    const parley_numbers *numbers; /* NULL, or frontier and solutions, of the same analysis */
    double numbers_seconds;        /* how long they took */
} parley_deals_page;

PARLEY_API parley_status parley_page_deals(parley_screen *screen, const parley_deals_page *page,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_deals_json(parley_json *json, parley_ctx *ctx,
                                                const parley_deals_page *page,
                                                parley_error *err) PARLEY_MUST_CHECK;

/*
 * The numbers of a page as one table, a package a row (docs/formats.md): as CSV onto `out`, or as a
 * workbook in a new file. page->numbers is not NULL. `scratch` is a folder for the temporary files
 * of the library that writes workbooks. The same case gives the same bytes. NOMEM, IO.
 */
PARLEY_API parley_status parley_page_deals_csv(parley_text *out, parley_ctx *ctx,
                                               const parley_deals_page *page,
                                               parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_deals_xlsx(parley_screen *screen, parley_ctx *ctx,
                                                const parley_deals_page *page, const char *path,
                                                const char *scratch,
                                                parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------ parley blocks */

typedef struct parley_blocks_page {
    const parley_case *c;
    parley_deal *deal; /* made with option up_to: the rung asked for */
    parley_terms_options terms;
    bool all; /* every sticking point, up to the limit `clashes`; else the first 20 */
} parley_blocks_page;

PARLEY_API parley_status parley_page_blocks(parley_screen *screen, parley_ctx *ctx,
                                            const parley_blocks_page *page,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_blocks_json(parley_json *json, parley_ctx *ctx,
                                                 const parley_blocks_page *page,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/* ----------------------------------------------------------- parley bridges */

typedef struct parley_bridges_page {
    const parley_case *c;
    parley_deal *deal;
    int rung;         /* parley_rung; -1: where the ladder empties */
    int32_t party;    /* -1, or only bridges on which nobody but this party moves */
    bool no_readings; /* only bridges that no reading has to be wrong for */
    bool all;         /* every bridge, up to the limit `clashes` */
    uint32_t most;    /* else the first so many; 0: ten */
    uint32_t bridge;  /* 0, or the number of the one to show in full */
} parley_bridges_page;

/* found: something has to change. NOTFOUND for a bridge number past the last. */
PARLEY_API parley_status parley_page_bridges(parley_screen *screen, parley_ctx *ctx,
                                             const parley_bridges_page *page, bool *found,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_bridges_json(parley_json *json, parley_ctx *ctx,
                                                  const parley_bridges_page *page, bool *found,
                                                  parley_error *err) PARLEY_MUST_CHECK;

/* --------------------------------------------------------------- parley ask */

typedef struct parley_ask_page {
    const parley_case *c;
    parley_deal *deal; /* made with option up_to: the rung asked for */
    parley_terms_options terms;
    int32_t party; /* -1, or only questions to this party */
    bool all;      /* every question; else the first five */
} parley_ask_page;

PARLEY_API parley_status parley_page_ask(parley_screen *screen, parley_ctx *ctx,
                                         const parley_ask_page *page,
                                         parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_ask_json(parley_json *json, parley_ctx *ctx,
                                              const parley_ask_page *page,
                                              parley_error *err) PARLEY_MUST_CHECK;

/* ----------------------------------------------------------- parley counter */

typedef struct parley_counter_page {
    const parley_case *c;
    parley_deal *deal;
    int32_t proposal; /* to answer; -1: the latest with an answer */
    int32_t by;       /* -1, or a party whose own recorded terms no idea may cross */
    uint32_t nearest; /* near packages to show; 0: only when there is no idea */
} parley_counter_page;

PARLEY_API parley_status parley_page_counter(parley_screen *screen, parley_ctx *ctx,
                                             const parley_counter_page *page,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_counter_json(parley_json *json, parley_ctx *ctx,
                                                  const parley_counter_page *page,
                                                  parley_error *err) PARLEY_MUST_CHECK;

/* -------------------------------------------------------------- parley text */

typedef struct parley_text_page {
    const parley_case *c;
    const parley_worktext *text;
    const char *path; /* as typed, for the commands that the page suggests */
} parley_text_page;

PARLEY_API parley_status parley_page_text(parley_screen *screen, const parley_text_page *page,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_page_text_json(parley_json *json, const parley_text_page *page);

/* -------------------------------------------------------------- parley show */

typedef struct parley_show_page {
    const parley_case *c;
    parley_terms_options terms; /* date, what is set aside */
    int32_t party;              /* -1: all */
    int32_t issue;              /* -1: all */
    uint32_t most_parties;      /* 0: all; the page says how many it leaves out */
    uint32_t most_cell;         /* positions of one party on one issue; 0: all */
    uint32_t most_words;        /* positions that fit no issue; 0: all */
} parley_show_page;

PARLEY_API parley_status parley_page_show(parley_screen *screen, parley_ctx *ctx,
                                          const parley_show_page *page,
                                          parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_show_json(parley_json *json, parley_ctx *ctx,
                                               const parley_show_page *page,
                                               parley_error *err) PARLEY_MUST_CHECK;

/* `parley show --blocs`: blocs the party belongs to (-1: all); the issue is not looked at. */
PARLEY_API parley_status parley_page_blocs(parley_screen *screen, parley_ctx *ctx,
                                           const parley_show_page *page,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_blocs_json(parley_json *json, parley_ctx *ctx,
                                                const parley_show_page *page,
                                                parley_error *err) PARLEY_MUST_CHECK;

/* `parley show --levers`: held by or over a party (-1: all), in their state on a day (form UNKNOWN:
 * the last). Screen and writer keep their own failures. */
PARLEY_API void parley_page_levers(parley_screen *screen, const parley_case *c, int32_t party,
                                   parley_date at);
PARLEY_API void parley_page_levers_json(parley_json *json, const parley_case *c, int32_t party,
                                        parley_date at);

/* `parley show --agenda`: what is on the table now, later and never, and who spoke of it. NOMEM.
 * O(claims + parties x issues). */
PARLEY_API parley_status parley_page_agenda(parley_screen *screen, parley_ctx *ctx,
                                            const parley_case *c,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_agenda_json(parley_json *json, parley_ctx *ctx,
                                                 const parley_case *c,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/* `parley show --ripeness`: of a party (-1: principals, and whoever something is typed of) what it
 * is known to see of the moment, by a day (form UNKNOWN: no bound). NOMEM. O(parties x lines). */
PARLEY_API parley_status parley_page_ripeness(parley_screen *screen, parley_ctx *ctx,
                                              const parley_case *c, int32_t party, parley_date at,
                                              parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_ripeness_json(parley_json *json, parley_ctx *ctx,
                                                   const parley_case *c, int32_t party,
                                                   parley_date at,
                                                   parley_error *err) PARLEY_MUST_CHECK;

/* The case a link leads to, as the reader may see it; or NULL and why it was not opened. */
typedef struct parley_linked {
    const parley_case *c;
    const char *why_not;
} parley_linked;

/* `parley show --links`: linked has one entry for each link of the case, in order; issue -1: all.
 * NOMEM. */
PARLEY_API parley_status parley_page_links(parley_screen *screen, parley_ctx *ctx,
                                           const parley_case *c, const parley_linked *linked,
                                           int32_t issue, parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_links_json(parley_json *json, parley_ctx *ctx,
                                                const parley_case *c, const parley_linked *linked,
                                                int32_t issue, parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------ parley brief, parley digest */

typedef enum parley_writing {
    PARLEY_WRITING_TEXT, /* onto the screen */
    PARLEY_WRITING_MARKDOWN,
    PARLEY_WRITING_HTML /* one file that needs nothing else */
} parley_writing;

/*
 * One party on at most two A4 pages; what happened since a day (a day number; INT32_MIN: all of
 * it) on one. Markdown and HTML go onto `out`, which the screen writes to as well; strings are made
 * on the screen. The same case gives the same bytes.
 */
PARLEY_API parley_status parley_page_brief(parley_screen *screen, parley_text *out, parley_ctx *ctx,
                                           const parley_case *c, int32_t party,
                                           parley_writing writing,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_brief_json(parley_json *json, parley_screen *screen,
                                                parley_ctx *ctx, const parley_case *c,
                                                int32_t party, parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_digest(parley_screen *screen, parley_text *out,
                                            parley_ctx *ctx, const parley_case *c, int32_t first,
                                            parley_writing writing,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_digest_json(parley_json *json, parley_screen *screen,
                                                 parley_ctx *ctx, const parley_case *c,
                                                 int32_t first,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/* -------------------------------------------------------------- parley page */

/* What of charts goes into an HTML page. */
typedef enum parley_charts {
    PARLEY_CHARTS_DRAWN, /* data and script, if this library was built with the script */
    PARLEY_CHARTS_NONE,  /* no script and no data: for mail filters that refuse scripts */
    PARLEY_CHARTS_DATA   /* the data alone, whatever the library was built with: for tests */
} parley_charts;

typedef struct parley_case_page {
    const parley_case *c;
    parley_writing writing; /* HTML or MARKDOWN; TEXT is taken as MARKDOWN */
    parley_charts charts;   /* HTML only */
} parley_case_page;

/*
 * A whole case as one HTML file that needs nothing else, or as Markdown, onto `out`; strings are
 * made on the screen. Nothing outside is named and nothing fetched; the one script is fixed by its
 * hash in the content policy. No path; lists are bounded and say how many more there are. The same
 * case gives the same bytes. Costs what the pages it is made of cost, each bounded.
 */
PARLEY_API parley_status parley_page_case(parley_screen *screen, parley_text *out, parley_ctx *ctx,
                                          const parley_case_page *page,
                                          parley_error *err) PARLEY_MUST_CHECK;
/* Was this library built with the script that draws charts? */
PARLEY_API bool parley_page_has_charts(void);

/* ---------------------------------------------- parley relay, parley channels */

/* relay -1: the morning list. stopped: how many may not be carried on. */
PARLEY_API parley_status parley_page_relay(parley_screen *screen, parley_ctx *ctx,
                                           const parley_case *c, int32_t relay, uint32_t *stopped,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_relay_json(parley_json *json, parley_ctx *ctx,
                                                const parley_case *c, int32_t relay,
                                                uint32_t *stopped,
                                                parley_error *err) PARLEY_MUST_CHECK;
/* to -1: all channels; from and to: also the shortest way. */
PARLEY_API parley_status parley_page_channels(parley_screen *screen, parley_ctx *ctx,
                                              const parley_case *c, int32_t from, int32_t to,
                                              parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_channels_json(parley_json *json, parley_ctx *ctx,
                                                   const parley_case *c, int32_t from, int32_t to,
                                                   parley_error *err) PARLEY_MUST_CHECK;

/* `parley channels --candidates`: purpose -1: all (parley_purpose); at: what had happened by then.
 * NOMEM. */
PARLEY_API parley_status parley_page_candidates(parley_screen *screen, parley_ctx *ctx,
                                                const parley_case *c, int32_t purpose,
                                                parley_date at,
                                                parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_candidates_json(parley_json *json, parley_ctx *ctx,
                                                     const parley_case *c, int32_t purpose,
                                                     parley_date at,
                                                     parley_error *err) PARLEY_MUST_CHECK;

/* ----------------------------------- parley meet, parley promises, parley favours */

/* `parley meet --standing`: what passed between each mediator and each party; party -1: all. NOMEM.
 */
PARLEY_API parley_status parley_page_standing(parley_screen *screen, parley_ctx *ctx,
                                              const parley_case *c, int32_t party,
                                              parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_standing_json(parley_json *json, parley_ctx *ctx,
                                                   const parley_case *c, int32_t party,
                                                   parley_error *err) PARLEY_MUST_CHECK;

/* party -1: everybody's. Screen and writer keep their own failures. */
PARLEY_API void parley_page_meet(parley_screen *screen, const parley_case *c, int32_t party);
PARLEY_API void parley_page_meet_json(parley_json *json, const parley_case *c, int32_t party);
PARLEY_API void parley_page_favours(parley_screen *screen, const parley_case *c, int32_t party);
PARLEY_API void parley_page_favours_json(parley_json *json, const parley_case *c, int32_t party);
/* overdue: how many are, on the case's as-of day. NOMEM. */
PARLEY_API parley_status parley_page_promises(parley_screen *screen, parley_ctx *ctx,
                                              const parley_case *c, int32_t party,
                                              uint32_t *overdue,
                                              parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_promises_json(parley_json *json, parley_ctx *ctx,
                                                   const parley_case *c, int32_t party,
                                                   uint32_t *overdue,
                                                   parley_error *err) PARLEY_MUST_CHECK;

/* --------------------------------------------------------------- parley why */

typedef struct parley_why_page {
    const parley_case *c;
    parley_deal *deal;
    const char *what; /* an id, "party issue", a term, or "blocks N" */
    bool apart;       /* sticking points are left to `parley blocks`: c may be a part of a case */
} parley_why_page;

/* NOTFOUND, with what is there; SYNTAX, INVALID for a formula. */
PARLEY_API parley_status parley_page_why(parley_screen *screen, parley_ctx *ctx,
                                         const parley_why_page *page,
                                         parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_why_json(parley_json *json, parley_ctx *ctx,
                                              const parley_why_page *page,
                                              parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------ parley contradictions, parley figures */

typedef struct parley_contradictions_page {
    const parley_case *c;
    uint32_t most;        /* questions, the first ones; 0: all */
    uint32_t most_claims; /* statements on one question; 0: all */
} parley_contradictions_page;

/* found: how many cannot both be so, whatever is left out. */
PARLEY_API parley_status parley_page_contradictions(parley_screen *screen, parley_ctx *ctx,
                                                    const parley_contradictions_page *page,
                                                    uint32_t *found,
                                                    parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_contradictions_json(parley_json *json, parley_ctx *ctx,
                                                         const parley_contradictions_page *page,
                                                         uint32_t *found,
                                                         parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_figures(parley_screen *screen, parley_ctx *ctx,
                                             const parley_case *c,
                                             parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_figures_json(parley_json *json, parley_ctx *ctx,
                                                  const parley_case *c,
                                                  parley_error *err) PARLEY_MUST_CHECK;

/* ---------------------------------------------------- parley show --changes */

typedef struct parley_moves_page {
    const parley_case *c;
    parley_terms_options terms; /* date, what is set aside */
    int32_t party;              /* -1: all */
    int32_t issue;              /* -1: all */
    parley_date since;          /* form UNKNOWN: every move */
} parley_moves_page;

PARLEY_API parley_status parley_page_moves(parley_screen *screen, parley_ctx *ctx,
                                           const parley_moves_page *page,
                                           parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_moves_json(parley_json *json, parley_ctx *ctx,
                                                const parley_moves_page *page,
                                                parley_error *err) PARLEY_MUST_CHECK;

/* ---------------------------------------------------------- parley timeline */

typedef struct parley_timeline_page {
    const parley_case *c;
    parley_terms_options terms; /* what had happened by a date, what is set aside */
    int32_t party;              /* -1: all */
    int32_t issue;              /* -1: all */
    parley_date since;          /* form UNKNOWN: from the beginning */
    bool positions;             /* positions then and now, instead of what happened */
    uint32_t most;              /* entries, the last ones; 0: all */
} parley_timeline_page;

/* What happened in order of happening, who moved, and what was learned when. NOMEM. O(n log n) in
 * the records, and the moves (parley/moves.h). */
PARLEY_API parley_status parley_page_timeline(parley_screen *screen, parley_ctx *ctx,
                                              const parley_timeline_page *page,
                                              parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_timeline_json(parley_json *json, parley_ctx *ctx,
                                                   const parley_timeline_page *page,
                                                   parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------ parley log */

/*
 * What claim `claim` of a case counts as: each term it makes, in words, with its rung; or why it
 * makes none. NOMEM. As parley_terms_derive.
 */
PARLEY_API parley_status parley_page_claim(parley_screen *screen, parley_ctx *ctx,
                                           const parley_case *c, int32_t claim,
                                           parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------ parley search */

typedef struct parley_search_page {
    const parley_case *c; /* whose names the claims use: a case, or the frame of one on disk */
    parley_claims claims;
    const char *name;         /* of the file, for JSON */
    const char *query;        /* words, as parley/query.h reads them */
    parley_language language; /* whose forms of words count as one; NONE: as they are */
    int32_t party;            /* -1: whoever said it */
    int32_t issue;            /* -1: about anything */
    int32_t source;           /* -1: from anywhere; else from it or through it */
    int32_t act;              /* -1: any parley_act */
    int32_t cls;              /* -1: any parley_class */
    parley_date since;        /* form UNKNOWN: from the beginning */
    parley_date at;           /* form UNKNOWN: up to now; else what may have happened by then */
    uint32_t most;            /* claims to show, the first to happen; 0: all */
} parley_search_page;

/*
 * Claims whose words (says, about, hedge, speaker-text, as-typed) hold every word of the query, in
 * order of happening, with what fits marked. found: how many, shown or not. INVALID (a query
 * without words), NOMEM, and what the claims give. As fast as the claims' own search.
 */
PARLEY_API parley_status parley_page_search(parley_screen *screen, parley_ctx *ctx,
                                            const parley_search_page *page, uint64_t *found,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_search_json(parley_json *json, parley_ctx *ctx,
                                                 const parley_search_page *page, uint64_t *found,
                                                 parley_error *err) PARLEY_MUST_CHECK;

/* ------------------------------------------------------------ parley status */

/* What the page of the night before says, gathered once for text and JSON. */
typedef struct parley_status_page parley_status_page;

PARLEY_API parley_status parley_status_page_new(parley_status_page **out, parley_ctx *ctx,
                                                const parley_case *c, const char *path,
                                                parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API void parley_status_page_free(parley_status_page *page);
PARLEY_API parley_status parley_page_status(parley_screen *screen, const parley_status_page *page,
                                            parley_error *err) PARLEY_MUST_CHECK;
PARLEY_API parley_status parley_page_status_json(parley_json *json, const parley_status_page *page,
                                                 parley_error *err) PARLEY_MUST_CHECK;

#ifdef __cplusplus
}
#endif
#endif
