/*
 * Reading an analysis with numbers: what the public interface asks of one that is made.
 */
#include "deal/numbers_analysis.h"

static const char *const goal_words[PARLEY_GOAL_COUNT] = {"nash", "kalai-smorodinsky",
                                                          "egalitarian", "utilitarian"};

const char *parley_goal_word(parley_goal goal)
{
    return goal_words[goal];
}

static const char *const elsewhere_words[PARLEY_ELSEWHERE_COUNT] = {
    "least-differences", "kalai-smorodinsky-ideal-all", "utilitarian-all", "product-all",
    "relative-utilitarian"};

const char *parley_elsewhere_word(parley_elsewhere which)
{
    return elsewhere_words[which];
}

parley_ids parley_numbers_parties(const parley_numbers *x)
{
    return x->parties;
}

parley_ids parley_numbers_issues(const parley_numbers *x)
{
    return x->issues;
}

parley_ids parley_numbers_left_out(const parley_numbers *x)
{
    return x->left_out;
}

bool parley_numbers_rounded(const parley_numbers *x)
{
    return x->nc->m.rounded;
}

bool parley_numbers_shares_move(const parley_numbers *x)
{
    return x->chained;
}

uint32_t parley_numbers_split_steps(const parley_numbers *x)
{
    return x->nc->steps;
}

parley_numbers_count parley_numbers_total(const parley_numbers *x)
{
    return x->total;
}

parley_numbers_count parley_numbers_feasible(const parley_numbers *x)
{
    return x->counts.feasible;
}

parley_numbers_count parley_numbers_acceptable_to_all(const parley_numbers *x)
{
    return x->counts.all;
}

parley_numbers_count parley_numbers_acceptable_to(const parley_numbers *x, uint32_t party)
{
    PARLEY_ASSERT(party < x->nc->m.k);
    return x->counts.by[party];
}

double parley_numbers_without(const parley_numbers *x, uint32_t party)
{
    PARLEY_ASSERT(party < x->nc->m.k);
    return nm_double(x->nc->m.without[party], x->nc->m.unit[party]);
}

bool parley_numbers_without_given(const parley_numbers *x, uint32_t party)
{
    const parley_worth *w = parley_case_worth(x->c, (int32_t)party);
    return w->without.den != 0 || w->without_like != NULL;
}

const parley_numbers_package *parley_numbers_best(const parley_numbers *x, uint32_t party)
{
    PARLEY_ASSERT(party < x->nc->m.k);
    return x->best[party] == NULL ? NULL : &x->best[party]->at;
}

parley_frontier_status parley_numbers_frontier(const parley_numbers *x)
{
    return x->frontier.status;
}

uint32_t parley_numbers_points(const parley_numbers *x)
{
    return x->chained ? x->envelope.points : x->frontier.size;
}

parley_frontier_point parley_numbers_point(const parley_numbers *x, uint32_t i)
{
    PARLEY_ASSERT(i < parley_numbers_points(x));
    if (x->chained) {
        uint32_t piece = 0;
        bool open = false;
        nm_place place = nm_envelope_point(&x->envelope, i, &piece, &open);
        uint32_t base = x->envelope.piece[piece].base;
        nm_shown_place(x->shown, &x->chain, &place,
                       &x->frontier.package[(size_t)base * x->nc->m.n]);
        return (parley_frontier_point){x->shown->at, 1, open};
    }
    nm_shown_package(x->shown, &x->frontier.package[(size_t)i * x->nc->m.n]);
    return (parley_frontier_point){x->shown->at, x->frontier.count[i], false};
}

bool parley_numbers_joined(const parley_numbers *x, uint32_t i)
{
    return x->chained && nm_envelope_joined(&x->envelope, i);
}

double parley_numbers_epsilon(const parley_numbers *x)
{
    return x->frontier.epsilon;
}

const char *parley_numbers_method(const parley_numbers *x)
{
    return !x->chained ? x->frontier.method
           : x->frontier.size <= 1
               ? "splits by the ratio of what they are worth"
               : "splits by the ratio of what they are worth, over sets of points";
}

const parley_solution *parley_numbers_solution(const parley_numbers *x, parley_goal goal)
{
    return &x->solution[goal];
}

const parley_solution *parley_numbers_elsewhere(const parley_numbers *x, parley_elsewhere which)
{
    return &x->elsewhere[which];
}

parley_opposition parley_numbers_opposition(const parley_numbers *x, parley_opposition_of of)
{
    return x->opposition[of];
}

bool parley_numbers_none(const parley_numbers *x)
{
    return x->none;
}

uint32_t parley_numbers_winning(const parley_numbers *x)
{
    return x->winnings;
}

const parley_winning *parley_numbers_winning_at(const parley_numbers *x, uint32_t i)
{
    PARLEY_ASSERT(i < x->winnings);
    return &x->winning[i];
}

bool parley_numbers_winning_all(const parley_numbers *x)
{
    return x->winning_all;
}

void parley_numbers_by_issue(const parley_numbers *x, uint32_t party,
                             const parley_numbers_package *package, double *out, double *other)
{
    const nm_case *nc = x->nc;
    const nm_model *m = &nc->m;
    double sum = 0;
    for (uint32_t i = 0; i < parley_case_issues(x->c); i++) {
        int32_t var = nc->variable[i];
        out[i] = 0;
        if (var >= 0 && package->value[i] >= 0) {
            out[i] = nm_double(nm_value(m, (uint32_t)var, (uint32_t)package->value[i])[party],
                               m->unit[party]);
        }
        for (uint32_t s = 0; s < nc->splits; s++) {
            for (uint32_t r = 0; nc->split[s].issue == (int32_t)i && r < nc->split[s].recipients;
                 r++) {
                out[i] += nm_double(nc->split[s].whole[r * m->k + party], m->unit[party]) *
                          package->share[i][r];
            }
        }
        sum += out[i];
    }
    *other = nm_shown_uncapped(x->shown, party, package) - sum;
}

parley_status parley_numbers_worth(const parley_numbers *x, const int64_t *value, double *worth,
                                   bool *accepts, parley_error *err)
{
    const nm_case *nc = x->nc;
    const nm_model *m = &nc->m;
    nm_num u[NM_PARTIES_MOST];
    if (x->chained || nc->steps > 0) {
        return parley_fail(err, PARLEY_INVALID, "the case shares something out without a step");
    }
    parley_arena_mark mark = parley_arena_here(x->arena);
    uint32_t *package = parley_arena_array(x->arena, m->n, sizeof(*package));
    nm_num *scratch = parley_arena_array(x->arena, m->boxes, sizeof(*scratch));
    if (package == NULL || scratch == NULL) {
        return nm_no_room(err);
    }
    for (uint32_t j = 0; j < m->n; j++) {
        int64_t v = value[nc->issue[j]];
        if (v < 0 || v >= m->size[j]) {
            parley_arena_reset(x->arena, mark);
            return parley_fail(err, PARLEY_INVALID, "the package does not decide '%s'",
                               parley_case_issue(x->c, (int32_t)nc->issue[j])->record.id);
        }
        package[j] = (uint32_t)v;
    }
    nm_worth(m, package, scratch, u);
    for (uint32_t i = 0; i < m->k; i++) {
        worth[i] = nm_double(u[i], m->unit[i]);
        accepts[i] = nm_accepts(m, i, u[i], package);
    }
    parley_arena_reset(x->arena, mark);
    return PARLEY_OK;
}
