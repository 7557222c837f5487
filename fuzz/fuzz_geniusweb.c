/* Fuzz target of the reader of GeniusWeb JSON: a domain and profiles. */
#include "formats_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[FORMATS_FILES] = {"domain.json", "one.json", "two.json",
                                                     "three.json"};
    check_format(PARLEY_FORMAT_GENIUSWEB, names, data, size);
    return 0;
}
