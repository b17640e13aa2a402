/* setting.c: see setting.h. */
#include "base/setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define RUN "{run}"

/* --- words of a shell ------------------------------------------------------------------------------------- */

/* Appends the next word, without its quotes; false where there is none. */
static bool take_word(struct view *text, struct buffer *word) {
    char quote = '\0';
    size_t at = 0;
    word->length = 0;
    while (at < text->length && text->text[at] == ' ')
        at++;
    bool is_there = at < text->length;
    for (; at < text->length && (quote || text->text[at] != ' '); at++) {
        char c = text->text[at];
        if (quote ? c == quote : c == '\'' || c == '"')
            quote = quote ? '\0' : c;
        else if (!quote && c == '\\' && at + 1 < text->length)
            buffer_add_char(word, text->text[++at]);
        else
            buffer_add_char(word, c);
    }
    *text = view_from(text->text + at, text->length - at);
    return is_there;
}

/* --- the setting ------------------------------------------------------------------------------------------ */

static bool is_option(struct view word) {
    return word.length > 2 && word.text[0] == '-' && word.text[1] == '-';
}

/* A type has fields with their titles, and a list of columns to drop. */
static void add_value(struct buffer *out, struct view name, struct view value, bool is_of_type) {
    bool has_titles = is_of_type && view_equal(name, view_of("field"));
    bool is_list = is_of_type && view_equal(name, view_of("drop"));
    buffer_add_json(out, has_titles ? view_of("fields") : name);
    buffer_add_text(out, has_titles ? ": {" : is_list ? ": [" : ": ");
    buffer_add_json(out, value);
    if (has_titles) {
        buffer_add_text(out, ": ");
        buffer_add_json(out, value);
    }
    buffer_add_text(out, has_titles ? "}" : is_list ? "]" : "");
}

/* `"on-error": "reject"`, `"allow-cut": true`. */
static void add_pairs(struct buffer *out, struct view options, bool is_of_type) {
    struct buffer word = {0}, value = {0};
    bool is_first = true;
    while (take_word(&options, &word)) {
        if (!is_option(buffer_view(&word))) continue;
        struct view behind = options;
        bool has_value = take_word(&behind, &value) && !is_option(buffer_view(&value));
        if (has_value) options = behind;
        if (!is_first) buffer_add_text(out, ", ");
        is_first = false;
        struct view name = view_from(word.text + 2, word.length - 2);
        if (has_value) {
            add_value(out, name, buffer_view(&value), is_of_type);
        } else {
            buffer_add_json(out, name);
            buffer_add_text(out, ": true");
        }
    }
    buffer_free(&word);
    buffer_free(&value);
}

/* Settings that the configuration has for a type only. */
static bool is_of_type(struct view options) {
    static const char *const names[] = {"--date ", "--field ", "--drop ", "--employee ", "--default-employee ",
                                        "--several "};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (view_find(options, names[i]) < options.length) return true;
    return false;
}

void setting_add(struct buffer *out, const struct setting_place *place, const char *schema, struct view options) {
    const char *file = place->file ? place->file : "st2plecto.json";
    if (place->feed) {
        buffer_print(out, "In the feed %s of %s: \"options\": {", place->feed, file);
        add_pairs(out, options, false);
        buffer_add_char(out, '}');
        return;
    }
    bool is_of_one = schema && is_of_type(options);
    buffer_print(out, "In %s%s: %s", place->file ? "" : "a new file ", file, place->file ? "" : "{");
    if (is_of_one) buffer_print(out, "\"schemas\": {\"%s\": {", schema);
    add_pairs(out, options, is_of_one);
    if (is_of_one) buffer_add_text(out, "}}");
    if (!place->file) buffer_add_char(out, '}');
}

void setting_fix(struct error *error, const struct setting_place *place, const char *schema) {
    if (!error->fix || !strstr(error->fix, RUN)) return;
    struct buffer filled = {0};
    for (const char *line = error->fix; line;) {
        const char *end = strchr(line, '\n');
        struct view text = view_from(line, end ? (size_t)(end - line) : strlen(line));
        size_t run = sizeof RUN - 1;
        if (line != error->fix) buffer_add_char(&filled, '\n');
        if (view_starts_with(text, RUN " --"))
            setting_add(&filled, place, schema, view_from(text.text + run, text.length - run));
        else
            buffer_add(&filled, text);
        line = end ? end + 1 : NULL;
    }
    free(error->fix);
    error->fix = buffer_take(&filled);
    error_fix_run(error, place->again);
}
