/* convert_config.c: where st2plecto.json meets the options of convert and validate: its settings are read as options
 * that the command line did not give; those of a data type once it is known which one the files are. */
#include "cli/config_find.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "cli/period.h"
#include "schema/bind.h"

static bool is_given(const struct convert_settings *settings, enum option_id id) {
    bool given = settings->given[id - OPTION_FIRST];
    /* both say which days; and a field that is dropped or sent by an option is so only where names are equal */
    if (id == OPTION_PERIOD || id == OPTION_LAST)
        given = settings->given[OPTION_PERIOD - OPTION_FIRST] || settings->given[OPTION_LAST - OPTION_FIRST];
    return given && id != OPTION_FIELD && id != OPTION_DROP;
}

/* Whether --field sends this field: it does so even if the file drops it. (--drop always goes before a field.) */
static bool is_sent(const struct convert_settings *settings, const char *name) {
    for (size_t i = 0; i < settings->given_field_count; i++)
        if (label_equal(view_of(settings->fields[i].name), view_of(name))) return true;
    return false;
}

/* Takes a setting of the file as if it were an option, unless the command line gave that option, or the command does not
 * have it. */
static bool take_setting(void *context, const char *option, const char *value, struct error *error) {
    struct convert_settings *settings = context;
    const struct option_rule *rule = option_find(settings->command->options, view_of(option));
    if (!rule || is_given(settings, rule->id)) return true;
    if (rule->id == OPTION_OUTPUT && !rule->is_key) return true; /* apply's is a file, the configuration's a folder */
    if (rule->id == OPTION_DROP && is_sent(settings, value)) return true;
    settings->configured[rule->id - OPTION_FIRST] = true;
    return option_take(rule, value, settings, error);
}

/* The settings of one schema, once it is known; see run_options.configure. */
static bool configure(void *context, const char *schema, struct error *error) {
    struct convert_settings *settings = context;
    struct run_options *run = &settings->run;
    if (!settings->config) return true;
    if (!config_apply(settings->config, schema, take_setting, settings, error)) return false;
    for (size_t i = settings->given_field_count; i < run->field_count; i++)
        settings->fields[i].is_standing = true;
    int32_t today = 0;
    run->has_oldest = settings->max_age != NULL;
    if (settings->max_age &&
        (!period_today(run->zone, &today, error) || !period_parse_max_age(settings->max_age, today, &run->oldest, error)))
        return false;
    return convert_check_together(settings, true, error);
}

static void say_unused(const struct convert_settings *settings, const struct config_place *place) {
    if (settings->is_quiet || !place->unused) return;
    struct buffer text = {0};
    buffer_add_text(&text, "st2plecto: note: ");
    plain_add_text(&text, place->unused);
    buffer_add_text(&text, " is not used: ");
    buffer_add_text(&text, place->why_unused);
    buffer_add_text(&text, "\n");
    fwrite(text.text, 1, text.length, stderr);
    buffer_free(&text);
}

bool convert_use_config(struct convert_settings *settings, char *const *inputs, size_t count, struct error *error) {
    settings->run.configure = configure;
    settings->given_field_count = settings->run.field_count;
    if (settings->has_no_config) return true;
    struct config_place place = {0};
    bool is_fine = settings->config_file || config_find(inputs, count, &place, error);
    const char *path = settings->config_file ? settings->config_file : place.path;
    is_fine = is_fine && (!path || config_open(path, &settings->config, error));
    if (is_fine) say_unused(settings, &place);
    config_place_free(&place);
    if (!is_fine || !settings->config) return is_fine;
    config_note_file(settings->config, &settings->files);
    settings->run.files = &settings->files;
    return config_apply(settings->config, NULL, take_setting, settings, error);
}
