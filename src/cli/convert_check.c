/* convert_check.c: options of convert that must fit each other, whether they come from the command line or from
 * st2plecto.json. */
#include "cli/convert_options.h"

bool convert_check_together(const struct convert_settings *settings, bool is_complete, struct error *error) {
    const struct command *command = settings->command;
    const struct run_options *run = &settings->run;
    bool has_per = settings->given[OPTION_PER - OPTION_FIRST],
         has_layout = settings->given[OPTION_LAYOUT - OPTION_FIRST];
    const char *lonely = has_per ? "--per" : has_layout && run->layout == LAYOUT_METRIC ? "--layout metric" : NULL;
    /* the file's are for runs with totals; and its settings of the data type, once known, may ask for totals */
    if (run->by == BY_ROW && lonely && (is_complete || !settings->config)) {
        error_set(error, EXIT_WRONG_USE, "%s needs totals, but every row becomes a registration", lonely);
        return error_fix(error, "add --by day, --by week or --by month");
    }
    if (strcmp(command->name, "convert") == 0 && !run->output && !run->dry_run) {
        error_set(error, EXIT_WRONG_USE, "convert needs to know where to write");
        return error_fix(error, "add -o DIR (a folder that will be made), or --dry-run to see the report only");
    }
    return true;
}
