/*
 * The form of parley log. Placeholder.
 */
#include "cli/log.h"

int cli_log_form(cli_logging *l)
{
    return cli_usage(l->call, "no form yet");
}
