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
#define COLUMNS_SHOWN 3 /* commands for so many columns that could serve */

/* Whose fix it is. */
struct caller {
    const struct issue_terms *terms;
    const char *call, *indent;
};

#define SCHEMA "{schema}"
#define SCHEMA_FILE "{file}"

/* The line with the schema's name and file in their places. */
static void add_words(struct buffer *text, struct view line, const struct issue_terms *terms) {
    const char *const marks[] = {SCHEMA, SCHEMA_FILE};
    const char *const words[] = {terms->schema ? terms->schema : "NAME",
                                 terms->schema_file ? terms->schema_file : "FILE"};
    while (line.length > 0) {
        size_t mark = 0, at = view_find(line, marks[0]);
        if (view_find(line, marks[1]) < at) at = view_find(line, marks[mark = 1]);
        bool is_last = at >= line.length;
        buffer_add(text, is_last ? line : view_from(line.text, at));
        if (is_last) return;
        buffer_add_text(text, words[mark]);
        at += strlen(marks[mark]);
        line = view_from(line.text + at, line.length - at);
    }
}

/* Adds one line of a fix, a command with the run's own. */
static void add_line(struct buffer *text, struct view line, const struct caller *caller) {
    if (text->length > 0) buffer_print(text, "\n%s", caller->indent);
    const struct issue_terms *terms = caller->terms;
    if (view_starts_with(line, RUN) && terms->place) {
        setting_add(text, terms->place, terms->schema, view_from(line.text + sizeof RUN - 1, line.length - (sizeof RUN - 1)));
        return;
    }
    if (view_starts_with(line, RUN)) {
        buffer_add_text(text, caller->call ? caller->call : "st2plecto convert ... FILE");
        line = view_from(line.text + sizeof RUN - 1, line.length - (sizeof RUN - 1));
    }
    add_words(text, line, terms);
}

/* Whether the run had the option already: the command would say the same again, or contradict itself. */
static bool is_in_call(struct view line, const struct caller *caller) {
    struct view rest = view_from(line.text + sizeof RUN - 1, line.length - (sizeof RUN - 1)); /* " --option value" */
    const char *value = rest.length > 1 ? memchr(rest.text + 1, ' ', rest.length - 1) : NULL;
    size_t length = value ? (size_t)(value - rest.text) + 1 : rest.length;
    char *option = memory_copy(view_from(rest.text, length));
    const char *call = caller->call, *had = caller->terms->had;
    bool is_there = (call && strstr(call, option)) || (had && strstr(had, option));
    free(option);
    return is_there;
}

/* What a line leaves open: the word in braces, what may stand there, and which cause of a missing column it is for. */
struct opening {
    const char *word;
    struct issue_columns columns;
    const char *missing;
};

static const struct opening *opening_of(struct view line, const struct opening *openings, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_find(line, openings[i].word) < line.length) return &openings[i];
    return NULL;
}

/* The line with the column in the place of its opening, quoted for a shell. */
static void add_with(struct buffer *text, struct view line, const struct opening *opening, const char *column,
                     const struct caller *caller) {
    struct buffer made = {0};
    size_t at = view_find(line, opening->word), behind = at + strlen(opening->word);
    buffer_add(&made, view_from(line.text, at));
    words_shell(&made, column);
    buffer_add(&made, view_from(line.text + behind, line.length - behind));
    add_line(text, buffer_view(&made), caller);
    buffer_free(&made);
}

static void add_command(struct buffer *text, struct view line, const struct opening *opening,
                        const struct caller *caller) {
    if (!opening) {
        add_line(text, line, caller);
        return;
    }
    if (!opening->columns.labels) add_with(text, line, opening, "COLUMN", caller);
    for (size_t i = 0; i < opening->columns.count && i < COLUMNS_SHOWN; i++)
        add_with(text, line, opening, opening->columns.labels[i], caller);
}

char *issue_fix_of(enum issue_code code, const struct issue_terms *terms, const char *call, const char *indent) {
    const struct caller caller = {terms, call, indent};
    struct buffer text = {0};
    const char *field = terms->field && *terms->field ? terms->field : NULL;
    char *own[] = {memory_copy(view_of(field ? field : "COLUMN"))};
    const struct opening openings[] = {{"{field}", {own, 1}, NULL},
                                       {"{person}", terms->people, ISSUE_FIELD_EMPLOYEE},
                                       {"{date}", terms->dates, ISSUE_FIELD_DATE}};
    struct view rest = view_of(kinds[code].fix),
                intro = view_of(""); /* "To do this:", before the first of its commands */
    while (rest.length > 0) {
        const char *end = memchr(rest.text, '\n', rest.length);
        struct view line = view_from(rest.text, end ? (size_t)(end - rest.text) : rest.length);
        size_t used = line.length + (end != NULL);
        rest = view_from(rest.text + used, rest.length - used);
        bool is_command = view_starts_with(line, RUN);
        const struct opening *opening = opening_of(line, openings, sizeof openings / sizeof *openings);
        bool is_nothing = opening && opening->columns.labels && opening->columns.count == 0;
        bool is_for_another =
            code == E106_MISSING_COLUMN && opening && opening->missing && field && strcmp(field, opening->missing) != 0;
        if (line.text[line.length - 1] == ':') {
            intro = line;
        } else if (terms->schema_file && view_find(line, SCHEMA) < line.length) {
            intro = view_of(""); /* it is the user's own already */
        } else if (!is_nothing && !is_for_another && (!is_command || !is_in_call(line, &caller))) {
            if (intro.length > 0) add_line(&text, intro, &caller);
            intro = view_of("");
            add_command(&text, line, opening, &caller);
        }
    }
    free(own[0]);
    return buffer_take(&text);
}

char *issue_fix(enum issue_code code, const char *call, const char *indent) {
    return issue_fix_of(code, &(struct issue_terms){0}, call, indent);
}

char *issue_fix_cut(char *fix) {
    char *end = strchr(fix, '\n');
    if (!end) return NULL;
    *end = '\0';
    return end + 1;
}

const struct issue_kind *issue_kind_find(struct view name) {
    name = view_trim(name);
    for (int code = 0; code < ISSUE_CODE_COUNT; code++)
        if (view_equal_fold(name, view_of(kinds[code].name)) || view_equal_fold(name, view_of(kinds[code].slug)))
            return &kinds[code];
    return NULL;
}
