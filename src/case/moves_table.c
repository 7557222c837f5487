/*
 * Which way a move goes: the table of docs/decisions/0012-moves.md, as it stands there, and the few
 * rules over it.
 */
#include "case/moves_internal.h"

static const char *const kind_words[] = {
#define X(name, word, text) word,
    PARLEY_MOVE_LIST(X)
#undef X
};
static const char *const kind_meanings[] = {
#define X(name, word, text) text,
    PARLEY_MOVE_LIST(X)
#undef X
};
static const char *const sets_words[] = {
#define X(name, word, text) word,
    PARLEY_SETS_LIST(X)
#undef X
};

const char *parley_move_word(parley_move_kind kind)
{
    return kind_words[kind];
}

const char *parley_move_meaning(parley_move_kind kind)
{
    return kind_meanings[kind];
}

const char *parley_moves_sets_word(parley_sets sets)
{
    return sets_words[sets];
}

/* ------------------------------------------------------------------- the table */

/*
 * By what was held, what is said later, whether `replaces` is typed, and how the later set lies to
 * the earlier one (not compared, equal, more, less, overlap, apart):
 *
 *   S softened   H hardened   R reframed   X reversed   D deferred
 *   F by firmness   = the same again   ? not compared   - no move
 */
static const char table[PARLEY_STAND_COUNT][PARLEY_STAND_COUNT][2][PARLEY_SETS_COUNT + 1] = {
    [PARLEY_STAND_BINDS] = {[PARLEY_STAND_BINDS] = {"-FSHHR", "?FSHRR"},
                            [PARLEY_STAND_GIVES] = {"--S-SS", "?SSSSS"},
                            [PARLEY_STAND_OPEN] = {"-SS-SS", "?SSSSS"},
                            [PARLEY_STAND_PUT_OFF] = {"DDDDDD", "DDDDDD"},
                            [PARLEY_STAND_STATES] = {"------", "?SSSRR"}},
    [PARLEY_STAND_GIVES] = {[PARLEY_STAND_BINDS] = {"-HHHHX", "?HHHHX"},
                            [PARLEY_STAND_GIVES] = {"-=S-SS", "?=SHRX"},
                            [PARLEY_STAND_OPEN] = {"-HS-SS", "?HHHRX"},
                            [PARLEY_STAND_PUT_OFF] = {"DDDDDD", "DDDDDD"},
                            [PARLEY_STAND_STATES] = {"------", "?HHHRX"}},
    [PARLEY_STAND_OPEN] = {[PARLEY_STAND_BINDS] = {"-HHHHH", "?HHHHH"},
                           [PARLEY_STAND_GIVES] = {"-SSSSS", "?SSSSR"},
                           [PARLEY_STAND_OPEN] = {"-=S-SS", "?=SHRR"},
                           [PARLEY_STAND_PUT_OFF] = {"DDDDDD", "DDDDDD"},
                           [PARLEY_STAND_STATES] = {"------", "????RR"}},
    [PARLEY_STAND_PUT_OFF] = {[PARLEY_STAND_BINDS] = {"HHHHHH", "HHHHHH"},
                              [PARLEY_STAND_GIVES] = {"SSSSSS", "SSSSSS"},
                              [PARLEY_STAND_OPEN] = {"SSSSSS", "SSSSSS"},
                              [PARLEY_STAND_PUT_OFF] = {"------", "------"},
                              [PARLEY_STAND_STATES] = {"------", "??????"}},
    [PARLEY_STAND_STATES] = {[PARLEY_STAND_BINDS] = {"------", "?HHHRR"},
                             [PARLEY_STAND_GIVES] = {"------", "?SSSRR"},
                             [PARLEY_STAND_OPEN] = {"------", "????RR"},
                             [PARLEY_STAND_PUT_OFF] = {"------", "DDDDDD"},
                             [PARLEY_STAND_STATES] = {"------", "?=SHRR"}},
};

/* Is the later one only about what is parked, and the earlier one about what is on the table? */
static bool moved_to_parked(const parley_case *c, const parley_stand *e, const parley_stand *l)
{
    bool parked = l->issues.count > 0;
    bool now = false;
    for (uint32_t k = 0; k < l->issues.count; k++) {
        parked = parked && parley_case_issue(c, l->issues.at[k])->table == PARLEY_TABLE_LATER;
    }
    for (uint32_t k = 0; k < e->issues.count; k++) {
        now = now || parley_case_issue(c, e->issues.at[k])->table == PARLEY_TABLE_NOW;
    }
    return parked && now;
}

char moves_classify(const parley_case *c, const parley_stand *e, const parley_stand *l, bool said,
                    parley_sets sets)
{
    char letter = table[e->hold][l->hold][said][sets];
    if (said && moved_to_parked(c, e, l)) {
        return 'D';
    }
    if (e->hold == PARLEY_STAND_BINDS && l->hold == PARLEY_STAND_BINDS) {
        if (sets == PARLEY_SETS_APART && e->refuses != l->refuses) {
            return 'X'; /* it refuses all that it required, or requires what it refused */
        }
        if (letter == 'F') {
            letter = l->firmness == e->firmness ? '=' : l->firmness < e->firmness ? 'S' : 'H';
        }
    }
    if (!said && l->refuses && e->hold == PARLEY_STAND_BINDS && sets == PARLEY_SETS_MORE) {
        return '-'; /* it refuses nothing that was not refused before */
    }
    bool weaker_source = case_class_strength(l->cls) < case_class_strength(e->cls);
    bool firmer = e->hold == PARLEY_STAND_BINDS && letter == 'H';
    if (!said && sets == PARLEY_SETS_EQUAL && weaker_source && letter != '=' && !firmer) {
        return '-'; /* the same in weaker words from a weaker source moves nothing */
    }
    return letter;
}

parley_move_kind moves_kind_of(char letter)
{
    switch (letter) {
    case 'S':
        return PARLEY_MOVE_SOFTENED;
    case 'H':
        return PARLEY_MOVE_HARDENED;
    case 'R':
        return PARLEY_MOVE_REFRAMED;
    case 'X':
        return PARLEY_MOVE_REVERSED;
    case 'D':
        return PARLEY_MOVE_DEFERRED;
    case '=':
        return PARLEY_MOVE_CONFIRMED;
    default:
        return PARLEY_MOVE_NOT_COMPARED;
    }
}
