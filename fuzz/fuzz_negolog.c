/* Fuzz target of the reader of NegoLog JSON: profiles. */
#include "formats_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[FORMATS_FILES] = {"game/one.json", "game/two.json",
                                                     "game/three.json", "game/four.json"};
    check_format(PARLEY_FORMAT_NEGOLOG, names, data, size);
    return 0;
}
