/*
 * The search of numbers_search.inc.h with 128-bit numbers.
 */
#define NM_SEARCH_NUM nm_num
#define NM_SEARCH_NAME search_128
#include "deal/numbers_search.inc.h"
