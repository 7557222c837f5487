/*
 * Sets of audiences. Combining records intersects their labels, so what is shown never grows.
 */
#include "base_internal.h"

#define AUDIENCES ((uint32_t)PARLEY_LABEL_WORDS * 64)

parley_label parley_label_none(void)
{
    parley_label label = {{0}};
    return label;
}

parley_label parley_label_everybody(void)
{
    parley_label label;
    for (int i = 0; i < PARLEY_LABEL_WORDS; i++) {
        label.bits[i] = UINT64_MAX;
    }
    return label;
}

void parley_label_allow(parley_label *label, uint32_t audience)
{
    PARLEY_ASSERT(audience < AUDIENCES);
    label->bits[audience / 64] |= (uint64_t)1 << audience % 64;
}

bool parley_label_allows(const parley_label *label, uint32_t audience)
{
    return audience < AUDIENCES && (label->bits[audience / 64] >> audience % 64 & 1) != 0;
}

parley_label parley_label_meet(parley_label a, parley_label b)
{
    for (int i = 0; i < PARLEY_LABEL_WORDS; i++) {
        a.bits[i] &= b.bits[i];
    }
    return a;
}
