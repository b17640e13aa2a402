/* convert_check.c: options of convert that must fit each other, whether they come from the command line or from
 * st2plecto.json. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "cli/convert_options.h"

/* The value of --per with the employee put in. */
static char *per_with_employee(const struct run_options *run) {
    struct buffer value = {0};
    buffer_add_text(&value, "employee");
    for (size_t i = 0; i < run->group_count; i++)
        buffer_print(&value, ",%s", run->group_fields[i]);
    return buffer_take(&value);
}

/* Without the employee every row would count for one name. The remedy is the command as given, with it. */
static bool check_per(const struct convert_settings *settings, struct error *error) {
    if (settings->run.group_count == 0 || settings->run.per_employee) return true;
    char *value = per_with_employee(&settings->run);
    struct buffer command = {0};
    bool is_placed = false;
    for (int i = 1; i < settings->argc; i++) {
        buffer_add_char(&command, ' ');
        bool is_joined = strncmp(settings->argv[i], "--per=", 6) == 0, is_apart = strcmp(settings->argv[i], "--per") == 0;
        if (!is_joined && !is_apart) {
            words_shell(&command, settings->argv[i]);
            continue;
        }
        buffer_add_text(&command, "--per ");
        words_shell(&command, value);
        i += is_apart;
        is_placed = true;
    }
    if (!is_placed) {
        buffer_add_text(&command, " --per ");
        words_shell(&command, value);
    }
    error_set(error, EXIT_WRONG_USE, "--per %s leaves out the employee: every row would be assigned to one name",
              value + strlen("employee,"));
    error_fix(error, "st2plecto %s%.*s", settings->command->name, VIEW_ARGS(buffer_view(&command)));
    buffer_free(&command);
    free(value);
    return false;
}

bool convert_check_together(const struct convert_settings *settings, bool is_complete, struct error *error) {
    const struct command *command = settings->command;
    const struct run_options *run = &settings->run;
    bool has_per = settings->given[OPTION_PER - OPTION_FIRST],
         has_layout = settings->given[OPTION_LAYOUT - OPTION_FIRST];
    const char *lonely = has_per ? "--per" : has_layout && run->layout == LAYOUT_METRIC ? "--layout metric" : NULL;
    /* the file's are for runs with totals; and its settings of the data type, once known, may ask for totals */
    if (run->by == BY_ROW && lonely && (is_complete || !settings->config)) {
        error_set(error, EXIT_WRONG_USE, "%s needs totals, but every row becomes a registration", lonely);
        return error_fix(error, "Add --by day, --by week or --by month.");
    }
    if (!check_per(settings, error)) return false;
    if (strcmp(command->name, "convert") == 0 && !run->output && !run->dry_run) {
        error_set(error, EXIT_WRONG_USE, "convert needs a folder to write to");
        return error_fix(error, "Name a new folder:\n{run} -o plecto\nTo see the report only:\n{run} --dry-run");
    }
    return true;
}
