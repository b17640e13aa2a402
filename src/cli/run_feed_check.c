/* run_feed_check.c: whether the options of a feed are options of the commands that it becomes. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "cli/option_table.h"
#include "cli/option_values.h"
#include "cli/run_feed.h"

/* Options that the feed has keys for, or that `run` itself decides. */
static bool is_own(const char *name) {
    static const char *const own[] = {"schema", "output",  "data-source", "vanished", "force",    "config", "no-config",
                                      "yes",    "no-input", "dry-run",    "help",     "each-type", "keep-going", "continue"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], name) == 0) return true;
    return false;
}

/* What may be written there. */
static bool fix_value(const struct option_rule *rule, struct error *error) {
    if (!rule->argument) return error_fix(error, "Write \"%s\": true, or delete the line.", rule->name);
    if (rule->word_count == 0)
        return error_fix(error, "Write \"%s\": \"%s\" with your value, or delete the line.", rule->name, rule->argument);
    struct buffer text = {0};
    for (size_t i = 0; i < rule->word_count; i++)
        buffer_print(&text, "%s%s", i > 0 ? ", " : "", rule->words[i].text);
    error_fix(error, "Write for example \"%s\": \"%s\", or delete the line. It can be %.*s.", rule->name,
              rule->words[rule->word_count - 1].text, VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
    return false;
}

bool run_feed_check(const struct feed *feed, const char *where, struct error *error) {
    const char **names = memory_get_zero(option_table_count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < option_table_count; i++)
        if ((option_table[i].commands & (FOR_CONVERT | FOR_UPLOAD)) && !is_own(option_table[i].name))
            names[count++] = option_table[i].name;
    bool is_fine = true;
    for (size_t i = 0; is_fine && i < feed->option_count; i++) {
        const struct feed_option *option = &feed->options[i];
        const struct option_rule *rule = option_find(FOR_CONVERT, view_of(option->name));
        if (!rule) rule = option_find(FOR_UPLOAD, view_of(option->name));
        const char *nearest = rule ? NULL : options_nearest(option->name, names, count);
        if (!rule || is_own(option->name)) {
            error_set(error, EXIT_WRONG_USE, "%s: feed %s: the option \"%s\" is %s%s%s%s", where, feed->name, option->name,
                      rule ? "set by run, or a key of the feed itself" : "unknown", nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
            is_fine = error_fix(error, "Options are the long names of convert and upload.");
        } else if ((rule->argument && rule->argument[0] != '[') != (option->value != NULL) &&
                   !(rule->argument && rule->argument[0] == '[')) {
            error_set(error, EXIT_WRONG_USE, "%s: feed %s: the option \"%s\" %s", where, feed->name, option->name,
                      rule->argument ? "needs a value" : "is true or false");
            is_fine = fix_value(rule, error);
        }
    }
    free(names);
    return is_fine;
}
