/* known_labels.c: see known_labels.h. The schemas' texts are gone through for their names and aliases only: to load them all
 * takes longer than to read a small export. */
#include "schema/known_labels.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/table.h"
#include "schema/bind.h"
#include "schema/schema_reader.h"

struct known_labels {
    const char *schema, *folder; /* not owned; may be NULL */
    struct table *labels; /* normalised; NULL: not collected yet */
    struct buffer scratch;
};

struct known_labels *known_labels_create(const char *schema, const char *folder) {
    struct known_labels *labels = memory_get_zero(1, sizeof *labels);
    labels->schema = schema;
    labels->folder = folder;
    return labels;
}

void known_labels_free(struct known_labels *labels) {
    if (!labels) return;
    table_destroy(labels->labels);
    buffer_free(&labels->scratch);
    free(labels);
}

/* The string whose opening quote is at `*at`, moved behind its closing one. No label has an escape. */
static struct view take_string(struct view text, size_t *at) {
    size_t begin = ++*at;
    while (*at < text.length && text.text[*at] != '"')
        *at += text.text[*at] == '\\' ? 2 : 1;
    size_t end = *at < text.length ? *at : text.length;
    ++*at;
    return view_from(text.text + begin, end - begin);
}

/* Strings behind the keys "name" and "aliases"; comments reach from // to the end of their line. */
static void collect(struct known_labels *labels, struct view text) {
    enum { OTHER, NAME, ALIASES } key = OTHER;
    for (size_t at = 0; at < text.length;) {
        char c = text.text[at];
        if (c == '/' && at + 1 < text.length && text.text[at + 1] == '/') {
            while (at < text.length && text.text[at] != '\n')
                at++;
        } else if (c != '"') {
            if (c == ']' || (c == ',' && key == NAME)) key = OTHER;
            at++;
        } else {
            struct view string = take_string(text, &at);
            size_t next = at;
            while (next < text.length && strchr(" \t\r\n", text.text[next]))
                next++;
            bool is_key = next < text.length && text.text[next] == ':';
            if (is_key) {
                key = view_is(string, "name") ? NAME : view_is(string, "aliases") ? ALIASES : OTHER;
            } else if (key != OTHER) {
                label_normalise(string, &labels->scratch);
                table_add(labels->labels, buffer_view(&labels->scratch), NULL);
            }
        }
    }
}

/* A schema of the user's own. One that cannot be read has an error of its own when it is loaded. */
static void collect_file(struct known_labels *labels, const char *path) {
    struct buffer text = {0};
    struct error error = {0};
    if (schema_read_file(path, &text, &error)) collect(labels, buffer_view(&text));
    error_free(&error);
    buffer_free(&text);
}

static void collect_own(struct known_labels *labels) {
    struct error error = {0};
    size_t count = 0;
    char **names = labels->folder ? schema_names(labels->folder, &count, &error) : NULL;
    for (size_t i = 0; names && i < count; i++) {
        char *path = memory_print("%s/%s.json", labels->folder, names[i]);
        if (access(path, R_OK) == 0) collect_file(labels, path); /* the names of built-in ones are among them */
        free(path);
        free(names[i]);
    }
    free(names);
    error_free(&error);
    if (labels->schema && schema_is_path(labels->schema)) collect_file(labels, labels->schema);
}

bool known_labels_has(struct known_labels *labels, struct view label) {
    if (!labels->labels) {
        labels->labels = table_create();
        for (size_t i = 0; i < embedded_schema_count; i++)
            collect(labels, view_from(embedded_schemas[i].text, embedded_schemas[i].length));
        collect_own(labels);
    }
    label_normalise(label, &labels->scratch);
    return labels->scratch.length > 0 && table_find(labels->labels, buffer_view(&labels->scratch)) != SIZE_MAX;
}

static bool knows(void *context, struct view label) {
    return known_labels_has(context, label);
}

struct label_judge known_labels_judge(struct known_labels *labels) {
    return (struct label_judge){knows, labels};
}
