/* missing.c: advice for a mandatory role without a column: what the schema would take, and which column
 * of the file looks most like it. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/match.h"

#define LABELS_SHOWN 8
#define COLUMNS_SHOWN 12
#define RENAMED_LIMIT 1000

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

/* The column that looks most like a label of the role, and the field that has the label. */
static size_t nearest_column(const struct match *match, enum field_role role, size_t *nearest_field) {
    size_t best = SIZE_MAX, column = SIZE_MAX;
    for (size_t field = 0; field < match->schema->field_count; field++) {
        if (!counts(match, field, role)) continue;
        size_t before = best;
        nearest_of_label(match, shown_name(match, field), &best, &column);
        for (size_t alias = 0; alias < match->schema->fields[field].alias_count; alias++)
            nearest_of_label(match, match->schema->fields[field].aliases[alias], &best, &column);
        if (best < before) *nearest_field = field;
    }
    return column;
}

static void add_labels(struct buffer *text, const struct match *match, enum field_role role) {
    size_t shown = 0, count = 0;
    bool is_template = role == ROLE_ID && match->schema->id_template; /* its parts may be labels in objects too */
    for (size_t field = 0; field < match->schema->field_count; field++) {
        bool has_no_path = match->has_paths && !match_path(match, field) && !is_template;
        if (!counts(match, field, role) || has_no_path) continue;
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

/* Where an alias for a renamed column goes. */
static void add_alias_advice(struct buffer *text, const struct match *match, struct view label, size_t field) {
    const struct schema *schema = match->schema;
    buffer_print(text, "if the column was renamed, add \"%.*s\" to the %s of \"%s\"", VIEW_ARGS(label),
                 match->has_paths ? "path" : "aliases", schema->fields[field].name);
    if (strcmp(schema->file, "built-in") == 0)
        buffer_print(text, " in line %u of a copy (st2plecto schema show %s > my-%s.json)", schema->fields[field].line,
                     schema->name, schema->name);
    else
        buffer_print(text, " in %s, line %u", schema->file, schema->fields[field].line);
}

char *bind_missing(const struct schema *schema, const struct input_facts *facts, enum field_role role) {
    struct match match;
    match_create(schema, facts, &match);
    struct buffer text = {0};
    bool all = role == ROLE_ID && schema->id_template;
    buffer_print(&text, "schema %s needs %s ", schema->name, all ? "each of" : "one of");
    add_labels(&text, &match, role);
    bool is_data = labels_are_data(facts);
    size_t field = 0, near = is_data ? SIZE_MAX : nearest_column(&match, role, &field);
    if (is_data) {
        buffer_print(&text, "; row %llu of the file, taken as its header, holds data: was it exported without one?",
                     (unsigned long long)facts->header_row);
    } else if (near != SIZE_MAX) {
        struct view label = facts->columns[near].label;
        buffer_print(&text, "; nearest in the file is \"%.*s\": ", VIEW_ARGS(label));
        add_alias_advice(&text, &match, label, field);
    } else if (facts->column_count > 0) {
        buffer_add_text(&text, "; the file has ");
        add_columns(&text, &match);
    }
    match_free(&match);
    return buffer_take(&text);
}

static size_t difference(size_t left, size_t right) {
    return left > right ? left - right : right - left;
}

/* One label against what the file lacks; `wanted` is for the labels of the schema. */
static char *renamed(const struct match *match, struct view label, struct buffer *wanted) {
    const struct schema *schema = match->schema;
    struct buffer have = {0}, text = {0};
    size_t best = SIZE_MAX, found = SIZE_MAX;
    label_normalise(label, &have);
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        if (match->seen[field] || (match->has_paths && !match_path(match, field))) continue;
        for (size_t alias = 0; alias <= entry->alias_count; alias++) {
            const char *known = alias == 0 ? shown_name(match, field) : entry->aliases[alias - 1];
            label_normalise(view_of(known), wanted);
            if (difference(wanted->length, have.length) > wanted->length / 3) continue; /* as far apart at least */
            size_t distance = view_distance(buffer_view(wanted), buffer_view(&have));
            if (distance < best && distance <= wanted->length / 3) {
                best = distance;
                found = field;
            }
        }
    }
    if (found != SIZE_MAX) {
        buffer_print(&text, "column \"%.*s\" is not known and looks like \"%s\", which the file does not have: ",
                     VIEW_ARGS(label), shown_name(match, found));
        add_alias_advice(&text, match, label, found);
    }
    buffer_free(&have);
    return text.length ? buffer_take(&text) : NULL;
}

void bind_renamed(const struct schema *schema, const struct input_facts *facts, const struct view *labels, size_t count,
                  char **texts) {
    struct match match;
    struct buffer wanted = {0};
    match_create(schema, facts, &match);
    for (size_t i = 0; i < count; i++)
        texts[i] = i < RENAMED_LIMIT ? renamed(&match, labels[i], &wanted) : NULL;
    buffer_free(&wanted);
    match_free(&match);
}
