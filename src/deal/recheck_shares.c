#include "deal/recheck_internal.h"
void rk_solutions_of_shares(parley_recheck *r, const parley_tree_node *root)
{
    (void)root;
    rk_left(r, "solutions", "splits that move without steps");
}
