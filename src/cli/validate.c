/* validate.c: `validate FILE…`: reads and checks all that convert does, and writes reports only. */
#include "cli/convert_options.h"

const struct command command_validate = {
    .name = "validate",
    .summary = "check exports as convert would, write reports only",
    .options = FOR_VALIDATE,
    .is_offline = true,
    .run = convert_main,
};
