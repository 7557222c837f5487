/*
 * The version of the library, in numbers as the public header has them.
 */
#include <parley/base.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *parley_version(void)
{
    return TEXT(PARLEY_VERSION_MAJOR) "." TEXT(PARLEY_VERSION_MINOR) "." TEXT(PARLEY_VERSION_PATCH);
}
