/* Fuzz target of the reader of scoring games in text: who plays, two files of scores, the first
 * deal. */
#include "formats_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[FORMATS_FILES] = {"game/config.txt", "game/a.txt", "game/b.txt",
                                                     "game/initial_deal.txt"};
    check_format(PARLEY_FORMAT_SCORABLE, names, data, size);
    return 0;
}
