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

/* The columns that belong to no field, their labels as labels are compared: made once, compared with many. */
struct strangers {
    struct buffer text; /* the labels, one behind the other */
    size_t *columns;    /* of the file */
    size_t *ends;       /* of their labels in `text` */
    size_t count;
};

static void strangers_create(const struct match *match, struct strangers *strangers) {
    size_t columns = match->facts->column_count;
    struct buffer label = {0};
    *strangers = (struct strangers){.columns = memory_get_zero(columns + 1, sizeof *strangers->columns),
                                    .ends = memory_get_zero(columns + 1, sizeof *strangers->ends)};
    buffer_reserve(&strangers->text, 1); /* also where all labels are blank */
    for (size_t column = 0; column < columns; column++) {
        if (match->column_known[column] || match->facts->columns[column].label.length == 0) continue;
        label_normalise(match->facts->columns[column].label, &label);
        buffer_add(&strangers->text, buffer_view(&label));
        strangers->columns[strangers->count] = column;
        strangers->ends[strangers->count++] = strangers->text.length;
    }
    buffer_free(&label);
}

static void strangers_free(struct strangers *strangers) {
    buffer_free(&strangers->text);
    free(strangers->columns);
    free(strangers->ends);
}

static void nearest_of_label(const struct strangers *strangers, const char *label, struct buffer *wanted, size_t *best,
                             size_t *column) {
    label_normalise(view_of(label), wanted);
    for (size_t i = 0, begin = 0; i < strangers->count; begin = strangers->ends[i++]) {
        struct view have = view_from(strangers->text.text + begin, strangers->ends[i] - begin);
        size_t distance = view_distance_within(buffer_view(wanted), have, 1 + wanted->length / 3);
        if (distance < *best) {
            *best = distance;
            *column = strangers->columns[i];
        }
    }
}

/* The column that looks most like a label of the role, and the field that has the label. */
static size_t nearest_column(const struct match *match, enum field_role role, size_t *nearest_field) {
    size_t best = SIZE_MAX, column = SIZE_MAX;
    struct strangers strangers;
    struct buffer wanted = {0};
    strangers_create(match, &strangers);
    for (size_t field = 0; field < match->schema->field_count; field++) {
        if (!counts(match, field, role)) continue;
        size_t before = best;
        nearest_of_label(&strangers, shown_name(match, field), &wanted, &best, &column);
        for (size_t alias = 0; alias < match->schema->fields[field].alias_count; alias++)
            nearest_of_label(&strangers, match->schema->fields[field].aliases[alias], &wanted, &best, &column);
        if (best < before) *nearest_field = field;
    }
    strangers_free(&strangers);
    buffer_free(&wanted);
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

/* The labels of the schema for what the file lacks, as labels are compared: made once, compared with many. */
struct lacking {
    struct buffer text; /* the labels, one behind the other */
    size_t *fields;     /* that have them */
    size_t *ends;       /* of the labels in `text` */
    size_t count;
};

static void lacking_create(const struct match *match, struct lacking *lacking) {
    const struct schema *schema = match->schema;
    struct buffer label = {0};
    size_t most = 1;
    for (size_t field = 0; field < schema->field_count; field++)
        most += 1 + schema->fields[field].alias_count;
    *lacking = (struct lacking){.fields = memory_get_zero(most, sizeof *lacking->fields),
                                .ends = memory_get_zero(most, sizeof *lacking->ends)};
    buffer_reserve(&lacking->text, 1); /* also where all labels are blank */
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        if (match->seen[field] || (match->has_paths && !match_path(match, field))) continue;
        for (size_t alias = 0; alias <= entry->alias_count; alias++) {
            label_normalise(view_of(alias == 0 ? shown_name(match, field) : entry->aliases[alias - 1]), &label);
            buffer_add(&lacking->text, buffer_view(&label));
            lacking->fields[lacking->count] = field;
            lacking->ends[lacking->count++] = lacking->text.length;
        }
    }
    buffer_free(&label);
}

static void lacking_free(struct lacking *lacking) {
    buffer_free(&lacking->text);
    free(lacking->fields);
    free(lacking->ends);
}

/* One label of the file against what it lacks. */
static char *renamed(const struct match *match, const struct lacking *lacking, struct view label) {
    struct buffer have = {0}, text = {0};
    size_t best = SIZE_MAX, found = SIZE_MAX;
    label_normalise(label, &have);
    for (size_t i = 0, begin = 0; i < lacking->count; begin = lacking->ends[i++]) {
        struct view wanted = view_from(lacking->text.text + begin, lacking->ends[i] - begin);
        if (difference(wanted.length, have.length) > wanted.length / 3) continue; /* as far apart at least */
        size_t distance = view_distance_within(wanted, buffer_view(&have), wanted.length / 3);
        if (distance < best) {
            best = distance;
            found = lacking->fields[i];
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
    struct lacking lacking;
    match_create(schema, facts, &match);
    lacking_create(&match, &lacking);
    for (size_t i = 0; i < count; i++)
        texts[i] = i < RENAMED_LIMIT ? renamed(&match, &lacking, labels[i]) : NULL;
    lacking_free(&lacking);
    match_free(&match);
}
