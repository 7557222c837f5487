/* Fuzz target of the reader of Genius XML: a domain and profiles. */
#include "formats_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[FORMATS_FILES] = {"domain.xml", "one.xml", "two.xml",
                                                     "three.xml"};
    check_format(PARLEY_FORMAT_GENIUS, names, data, size);
    return 0;
}
