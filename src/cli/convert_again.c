/* convert_again.c: the options of a run as its review workbook keeps them, so that the convert that takes the fixes does the
 * same: those of the command line as typed, those of the configuration spelled out, because the file may change. */
#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/option_show.h"
#include "report/result.h"

/* Not of the rows; or in the workbook by itself: fields, what is dropped, fixes. */
#define NOT_AGAIN                                                                                                      \
    "force dry-run fixes output threads quiet verbose color format field drop config no-config recursive each-type "   \
    "keep-going"

static bool is_of_days(enum option_id id) {
    return id == OPTION_PERIOD || id == OPTION_LAST || id == OPTION_MAX_AGE;
}

static void add_setting(const struct convert_settings *settings, const struct result *result,
                        const struct option_rule *rule, struct buffer *out) {
    const struct showing showing = {rule, settings, result};
    struct result_option shown = {0};
    /* "last month" stays so, and does not become days */
    option_showing *show = rule->show && !is_of_days(rule->id) ? rule->show : show_by_kind;
    show(&showing, &shown);
    for (size_t i = 0; i < shown.value_count; i++) {
        if (rule->kind != TAKES_NONE)
            command_line_list_option(rule, shown.values[i], out);
        else if (strcmp(shown.values[i], "true") == 0)
            command_line_list_option(rule, NULL, out);
        free(shown.values[i]);
    }
    free(shown.values);
}

char *convert_again(void *context, const struct result *result) {
    const struct convert_settings *settings = context;
    struct buffer out = {0};
    command_line_list(&settings->line, settings->command, NOT_AGAIN, &out);
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        bool is_elsewhere = rule->id == OPTION_FIELD || rule->id == OPTION_DROP || rule->id == OPTION_FIXES;
        if ((rule->commands & settings->command->options) && rule->shapes_output && !is_elsewhere &&
            settings->configured[rule->id - OPTION_FIRST])
            add_setting(settings, result, rule, &out);
    }
    if (settings->config || settings->has_no_config) buffer_add_text(&out, "option=no-config\n");
    return buffer_take(&out);
}
