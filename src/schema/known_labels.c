/* known_labels.c: see known_labels.h. */
#include "schema/known_labels.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/table.h"
#include "schema/bind.h"
#include "schema/schema_reader.h"
#include "schema/schema_text.h"

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

static void take(void *context, enum schema_string kind, struct view string) {
    struct known_labels *labels = context;
    if (kind != STRING_LABEL) return;
    label_normalise(string, &labels->scratch);
    table_add(labels->labels, buffer_view(&labels->scratch), NULL);
}

/* A schema of the user's own. One that cannot be read has an error of its own when it is loaded. */
static void collect_file(struct known_labels *labels, const char *path) {
    struct buffer text = {0};
    struct error error = {0};
    if (schema_read_file(path, &text, &error)) schema_text_each(buffer_view(&text), take, labels);
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
            schema_text_each(view_from(embedded_schemas[i].text, embedded_schemas[i].length), take, labels);
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
