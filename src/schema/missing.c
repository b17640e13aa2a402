/* missing.c: advice for a mandatory role without a column: what the schema would take, and which column
 * of the file looks most like it. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/match.h"

#define LABELS_SHOWN 8
#define COLUMNS_SHOWN 12

static bool has_role(const struct field *field, enum field_role role) {
    bool wants_person = role == ROLE_EMPLOYEE || role == ROLE_EMPLOYEE_NAME;
    bool is_person = field->role == ROLE_EMPLOYEE || field->role == ROLE_EMPLOYEE_NAME;
    return wants_person ? is_person : field->role == role;
}

/* With a template the ID needs each of its fields. */
static bool counts(const struct match *match, size_t field, enum field_role role) {
    const struct schema *schema = match->schema;
    if (role != ROLE_ID || !schema->id_template) return has_role(&schema->fields[field], role);
    char *braced = memory_print("{%s}", schema->fields[field].name);
    bool inside = strstr(schema->id_template, braced) != NULL;
    free(braced);
    return inside && !match->seen[field];
}

/* What the field is called in this kind of file: its path in objects, else its label. */
static const char *shown_name(const struct match *match, size_t field) {
    const char *path = match_path(match, field);
    return path ? path : match->schema->fields[field].name;
}

static void nearest_of_label(const struct match *match, const char *label, size_t *best, size_t *column) {
    struct buffer wanted = {0}, have = {0};
    label_normalise(view_of(label), &wanted);
    for (size_t index = 0; index < match->facts->column_count; index++) {
        if (match->column_known[index] || match->facts->columns[index].label.length == 0) continue;
        label_normalise(match->facts->columns[index].label, &have);
        size_t distance = view_distance(buffer_view(&wanted), buffer_view(&have));
        if (distance < *best && distance <= 1 + wanted.length / 3) {
            *best = distance;
            *column = index;
        }
    }
    buffer_free(&wanted);
    buffer_free(&have);
}

static size_t nearest_column(const struct match *match, enum field_role role) {
    size_t best = SIZE_MAX, column = SIZE_MAX;
    for (size_t field = 0; field < match->schema->field_count; field++) {
        if (!counts(match, field, role)) continue;
        nearest_of_label(match, shown_name(match, field), &best, &column);
        for (size_t alias = 0; alias < match->schema->fields[field].alias_count; alias++)
            nearest_of_label(match, match->schema->fields[field].aliases[alias], &best, &column);
    }
    return column;
}

static void add_labels(struct buffer *text, const struct match *match, enum field_role role) {
    size_t shown = 0, count = 0;
    for (size_t field = 0; field < match->schema->field_count; field++) {
        if (!counts(match, field, role) || (match->has_paths && !match_path(match, field))) continue;
        count++;
        if (shown < LABELS_SHOWN) buffer_print(text, "%s\"%s\"", shown++ ? ", " : "", shown_name(match, field));
    }
    if (count > shown) buffer_print(text, " or %zu more", count - shown);
    if (count == 0) buffer_add_text(text, "a column that this schema does not name");
}

static void add_columns(struct buffer *text, const struct match *match) {
    size_t shown = 0;
    for (size_t column = 0; column < match->facts->column_count && shown < COLUMNS_SHOWN; column++)
        if (match->facts->columns[column].label.length > 0)
            buffer_print(text, "%s\"%.*s\"", shown++ ? ", " : "", VIEW_ARGS(match->facts->columns[column].label));
    if (match->facts->column_count > shown) buffer_add_text(text, " ...");
}

char *bind_missing(const struct schema *schema, const struct input_facts *facts, enum field_role role) {
    struct match match;
    match_create(schema, facts, &match);
    struct buffer text = {0};
    bool all = role == ROLE_ID && schema->id_template;
    buffer_print(&text, "schema %s needs %s ", schema->name, all ? "each of" : "one of");
    add_labels(&text, &match, role);
    size_t near = nearest_column(&match, role);
    if (near != SIZE_MAX) {
        buffer_print(&text, "; nearest in the file is \"%.*s\"", VIEW_ARGS(facts->columns[near].label));
    } else if (facts->column_count > 0) {
        buffer_add_text(&text, "; the file has ");
        add_columns(&text, &match);
    }
    match_free(&match);
    return buffer_take(&text);
}
