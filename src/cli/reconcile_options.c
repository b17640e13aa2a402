/* reconcile_options.c: see reconcile_options.h. */
#include "cli/reconcile_options.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/convert_options.h"
#include "cli/option_values.h"
#include "cli/upload_values.h"

void reconcile_wishes_free(struct reconcile_wishes *wishes) {
    free(wishes->expects);
    free(wishes->wheres);
}

static void add_text(const char ***list, size_t *count, const char *value) {
    *list = memory_resize(*list, (*count + 1) * sizeof **list);
    (*list)[(*count)++] = value;
}

static bool check_equals(const char *option, const char *value, const char *example, struct error *error) {
    const char *equals = strchr(value, '=');
    if (equals && equals > value && equals[1]) return true;
    error_set(error, EXIT_WRONG_USE, "%s \"%s\" lacks a field, an equals sign or a value", option, value);
    return error_fix(error, "Write for example %s \"%s\"", option, example);
}

bool read_expect(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    if (!check_equals("--expect", value, "Jobs Total=232891.98", error)) return false;
    add_text(&settings->reconcile.expects, &settings->reconcile.expect_count, value);
    return true;
}

bool read_where(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    if (!check_equals("--where", value, "Business Unit=Phoenix", error)) return false;
    add_text(&settings->reconcile.wheres, &settings->reconcile.where_count, value);
    return true;
}

bool read_tolerance(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    int64_t amount = 0;
    if (decimal_parse(view_of(value), &decimal_style_default, &amount) == DECIMAL_FINE && amount >= 0) {
        settings->reconcile.tolerance = amount;
        return true;
    }
    error_set(error, EXIT_WRONG_USE, "--tolerance \"%s\" is not an amount", value);
    return error_fix(error, "Write for example --tolerance 0.01");
}

bool read_reconcile_netrc(const char *value, void *context, struct error *error) {
    struct convert_settings *settings = context;
    return read_netrc(value, &settings->sent, error);
}

bool read_reconcile_format(const char *value, void *context, struct error *error) {
    static const struct option_word words[] = {{"text", RECONCILE_TEXT},
                                               {"json", RECONCILE_JSON},
                                               {"html", RECONCILE_HTML},
                                               {"xlsx", RECONCILE_XLSX},
                                               {"markdown", RECONCILE_MARKDOWN}};
    struct convert_settings *settings = context;
    if (settings->reconcile.has_format) {
        error_set(error, EXIT_WRONG_USE, "--format %s: reconcile writes one report, and --format is given twice",
                  value);
        return error_fix(error, "Run reconcile once for each report.");
    }
    settings->reconcile.has_format = true;
    const char *equals = strchr(value, '=');
    char *name = memory_copy(view_from(value, equals ? (size_t)(equals - value) : strlen(value)));
    int word = RECONCILE_TEXT;
    bool is_fine = options_word("--format", name, words, sizeof words / sizeof *words, &word, error);
    free(name);
    settings->reconcile.format = (enum reconcile_format)word;
    settings->reconcile.format_file = equals && strcmp(equals + 1, "-") != 0 ? equals + 1 : NULL;
    if (is_fine && ((equals && !equals[1]) || (word == RECONCILE_XLSX && !settings->reconcile.format_file))) {
        error_set(error, EXIT_WRONG_USE, "--format %s names no file", value);
        return error_fix(error, "Write for example --format xlsx=gap.xlsx");
    }
    return is_fine;
}
