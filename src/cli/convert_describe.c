/* convert_describe.c: the options of a run for its receipt: all rows of the table that shape outputs, nothing else. */
#include "cli/convert_options.h"
#include "cli/option_show.h"

void convert_describe(void *context, struct result *result) {
    const struct convert_settings *settings = context;
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        if (!rule->shapes_output || !(rule->commands & settings->command->options)) continue;
        const struct showing showing = {rule, settings, result};
        option_showing *show = rule->show ? rule->show : show_by_kind;
        show(&showing, result_add_option(result, rule->name));
    }
    result_sort_options(result);
}
