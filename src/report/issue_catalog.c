/* issue_catalog.c: issues.def as a table, looked up by code, number or slug. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"
#include "report/issue.h"

#define PLECTO_NEEDS "Plecto refuses a registration without an employee, a unique ID and a date. "

static const struct issue_kind kinds[ISSUE_CODE_COUNT] = {
#define ISSUE(number, word, slug, severity, title, reason, fix, example)                                               \
    [number##_##word] = {number##_##word, #number, slug, severity, title, reason, fix, example},
#include "report/issues.def"
};

const struct issue_kind *issue_kind(enum issue_code code) {
    return &kinds[code];
}

#define RUN "{run}"
#define FIELD "{field}"

/* Adds one line of a fix, a command with the run's own. */
static void add_line(struct buffer *text, struct view line, const char *call, const char *indent) {
    if (text->length > 0) buffer_print(text, "\n%s", indent);
    if (view_starts_with(line, RUN)) {
        buffer_add_text(text, call ? call : "st2plecto convert ... FILE");
        line = view_from(line.text + sizeof RUN - 1, line.length - (sizeof RUN - 1));
    }
    buffer_add(text, line);
}

/* Whether the run had the option already, so that the command would say the same again. */
static bool is_in_call(struct view line, const char *call) {
    char *option = memory_copy(view_from(line.text + sizeof RUN - 1, line.length - (sizeof RUN - 1)));
    bool is_there = call && strstr(call, option) != NULL;
    free(option);
    return is_there;
}

/* The text with the column in the place of {field}, quoted for a shell; the caller frees. */
static char *with_field(const char *text, const char *field) {
    struct buffer made = {0};
    const char *at = text, *found;
    while ((found = strstr(at, FIELD)) != NULL) {
        buffer_add(&made, view_from(at, (size_t)(found - at)));
        words_shell(&made, field);
        at = found + strlen(FIELD);
    }
    buffer_add_text(&made, at);
    return buffer_take(&made);
}

char *issue_fix_of(enum issue_code code, const char *field, const char *call, const char *indent) {
    struct buffer text = {0};
    struct view rest = view_of(kinds[code].fix),
                intro = view_of(""); /* "To do this:", before the first of its commands */
    while (rest.length > 0) {
        const char *end = memchr(rest.text, '\n', rest.length);
        struct view line = view_from(rest.text, end ? (size_t)(end - rest.text) : rest.length);
        size_t used = line.length + (end != NULL);
        rest = view_from(rest.text + used, rest.length - used);
        if (line.text[line.length - 1] == ':') {
            intro = line;
        } else if (!view_starts_with(line, RUN) || !is_in_call(line, call)) {
            if (intro.length > 0) add_line(&text, intro, call, indent);
            intro = view_of("");
            add_line(&text, line, call, indent);
        }
    }
    char *fix = buffer_take(&text);
    char *named = with_field(fix, field && *field ? field : "COLUMN");
    free(fix);
    return named;
}

char *issue_fix(enum issue_code code, const char *call, const char *indent) {
    return issue_fix_of(code, NULL, call, indent);
}

const struct issue_kind *issue_kind_find(struct view name) {
    name = view_trim(name);
    for (int code = 0; code < ISSUE_CODE_COUNT; code++)
        if (view_equal_fold(name, view_of(kinds[code].name)) || view_equal_fold(name, view_of(kinds[code].slug)))
            return &kinds[code];
    return NULL;
}
