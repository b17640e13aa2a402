/* convert_describe.c: the options of a run: for its receipt all rows of the table that shape outputs, nothing else; for its fixes
 * those that it had. */
#include "cli/convert_options.h"
#include "cli/option_show.h"

/* " --on-error --tz ": what the run had, from the line or the configuration; not what may be given again. */
static char *options_had(const struct convert_settings *settings, const char *schema) {
    struct buffer text = {0};
    for (size_t i = 0; i < option_table_count; i++) {
        const struct option_rule *rule = &option_table[i];
        bool is_repeated = rule->form == FORM_PATHS || rule->form == FORM_FIELDS || rule->form == FORM_LIST;
        if (!(rule->commands & settings->command->options) || is_repeated) continue;
        bool is_of_type = settings->config && schema && rule->rank > 0 && config_line(settings->config, schema, rule->name) > 0;
        if (convert_is_asked(settings, rule->id) || is_of_type)
            buffer_print(&text, "%s--%s ", text.length ? "" : " ", rule->name);
    }
    return buffer_take(&text);
}

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
    result->had = options_had(settings, result->schema_name);
}
