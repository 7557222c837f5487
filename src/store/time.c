/*
 * Moments and days. The journal counts microseconds of UTC; people ask for days.
 */
#include "store/store_internal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY_SECONDS INT64_C(86400)
#define MICROSECONDS INT64_C(1000000)

int64_t parley_store_end_of(parley_date date)
{
    if (date.form == PARLEY_DATE_UNKNOWN || date.last == INT32_MAX) {
        return PARLEY_STORE_NOW;
    }
    return ((int64_t)date.last + 1) * DAY_SECONDS * MICROSECONDS - 1;
}

void parley_store_time_text(int64_t recorded, char out[40])
{
    struct tm t;
    int64_t seconds = recorded / MICROSECONDS - (recorded % MICROSECONDS < 0 ? 1 : 0);
    time_t when = (time_t)seconds;
    if (gmtime_r(&when, &t) == NULL || strftime(out, 40, "%Y-%m-%d %H:%M:%S", &t) == 0) {
        snprintf(out, 40, "%lld s", (long long)seconds);
    }
}
