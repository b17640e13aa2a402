/* upload_values.c: see upload_values.h. */
#include "cli/upload_values.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/option_values.h"
#include "cli/upload_options.h"

bool read_plan_format(const char *value, void *context, struct error *error) {
    static const struct option_word words[] = {{"text", FORMAT_TEXT}, {"json", FORMAT_JSON}, {"html", FORMAT_HTML}};
    struct upload_settings *settings = context;
    const char *equals = strchr(value, '=');
    char *name = memory_copy(view_from(value, equals ? (size_t)(equals - value) : strlen(value)));
    int word = FORMAT_TEXT;
    bool is_fine = options_word("--format", name, words, 3, &word, error);
    free(name);
    settings->format = (enum plan_format)word;
    settings->format_file = equals && strcmp(equals + 1, "-") != 0 ? equals + 1 : NULL;
    if (is_fine && equals && !equals[1]) {
        error_set(error, EXIT_WRONG_USE, "--format %s has no file after the =", value);
        return error_fix(error, "Write for example --format html=plan.html");
    }
    return is_fine;
}

bool read_now(const char *value, void *context, struct error *error) {
    struct upload_settings *settings = context;
    struct datetime when;
    settings->now = value;
    if (strlen(value) == 20 && datetime_parse(view_of(value), DATE_ORDER_YMD, &when, NULL) == DATETIME_FINE &&
        when.zone == ZONE_UTC && when.has_time)
        return true;
    error_set(error, EXIT_WRONG_USE, "--now \"%s\" is not a time in UTC", value);
    return error_fix(error, "Write it as 2026-01-31T06:00:00Z");
}

bool read_member_roster(const char *value, void *context, struct error *error) {
    struct upload_settings *settings = context;
    if (settings->roster_count == sizeof settings->rosters / sizeof *settings->rosters) {
        error_set(error, EXIT_WRONG_USE, "--roster is given more than %zu times", settings->roster_count);
        return error_fix(error, "Put the people into fewer files.");
    }
    settings->rosters[settings->roster_count++] = value;
    return true;
}

bool read_netrc(const char *value, void *context, struct error *error) {
    struct upload_settings *settings = context;
    (void)error;
    settings->places.netrc = *value ? value : NULL;
    return true;
}
