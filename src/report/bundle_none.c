/*
 * The script of the page in a build without Node: there is none.
 */
#include "report/bundle.h"

const page_bundle page_charts = {"", 0, ""};
