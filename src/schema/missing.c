/* missing.c: advice for a mandatory role without a column: what the schema would take, and which column
 * of the file looks most like it. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/label_words.h"
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

/* Labels as labels are compared, each of a column or a field: made once, compared with many. */
struct label_list {
    struct buffer text; /* one behind the other */
    size_t *owners;     /* columns or fields */
    size_t *ends;       /* of the labels in `text` */
    size_t count;
};

static struct label_list label_list_create(size_t room) {
    struct label_list list = {.owners = memory_get_zero(room + 1, sizeof *list.owners),
                              .ends = memory_get_zero(room + 1, sizeof *list.ends)};
    buffer_reserve(&list.text, 1); /* also where all labels are blank */
    return list;
}

static void label_list_free(struct label_list *list) {
    buffer_free(&list->text);
    free(list->owners);
    free(list->ends);
}

/* `scratch` is for the label. */
static void label_list_add(struct label_list *list, size_t owner, struct view label, struct buffer *scratch) {
    label_normalise(label, scratch);
    buffer_add(&list->text, buffer_view(scratch));
    list->owners[list->count] = owner;
    list->ends[list->count++] = list->text.length;
}

static struct view label_list_at(const struct label_list *list, size_t i) {
    size_t begin = i > 0 ? list->ends[i - 1] : 0;
    return view_from(list->text.text + begin, list->ends[i] - begin);
}

/* Of the columns that belong to no field. */
static struct label_list strangers_of(const struct match *match) {
    struct label_list strangers = label_list_create(match->facts->column_count);
    struct buffer scratch = {0};
    for (size_t column = 0; column < match->facts->column_count; column++) {
        struct view label = match->facts->columns[column].label;
        if (!match->column_known[column] && label.length > 0) label_list_add(&strangers, column, label, &scratch);
    }
    buffer_free(&scratch);
    return strangers;
}

static void nearest_of_label(const struct label_list *strangers, const char *label, struct buffer *wanted, size_t *best,
                             size_t *column) {
    label_normalise(view_of(label), wanted);
    for (size_t i = 0; i < strangers->count; i++) {
        size_t distance =
            view_distance_within(buffer_view(wanted), label_list_at(strangers, i), 1 + wanted->length / 3);
        if (distance < *best) {
            *best = distance;
            *column = strangers->owners[i];
        }
    }
}

/* The column that looks most like a label of the role, and the field that has the label. */
static size_t nearest_column(const struct match *match, enum field_role role, size_t *nearest_field) {
    size_t best = SIZE_MAX, column = SIZE_MAX;
    struct label_list strangers = strangers_of(match);
    struct buffer wanted = {0};
    for (size_t field = 0; field < match->schema->field_count; field++) {
        if (!counts(match, field, role)) continue;
        size_t before = best;
        nearest_of_label(&strangers, shown_name(match, field), &wanted, &best, &column);
        for (size_t alias = 0; alias < match->schema->fields[field].alias_count; alias++)
            nearest_of_label(&strangers, match->schema->fields[field].aliases[alias], &wanted, &best, &column);
        if (best < before) *nearest_field = field;
    }
    label_list_free(&strangers);
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
    buffer_print(text, "If the column was renamed, add \"%.*s\" to the %s of \"%s\"", VIEW_ARGS(label),
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
    struct buffer text = {0}, labels = {0};
    bool all = role == ROLE_ID && schema->id_template;
    add_labels(&labels, &match, role);
    bool are_several = view_find(buffer_view(&labels), "\", \"") < labels.length;
    buffer_print(&text, "schema %s needs %s", schema->name, !are_several ? "" : all ? "each of " : "one of ");
    buffer_add(&text, buffer_view(&labels));
    buffer_free(&labels);
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

/* Of what the file lacks, as the schema calls it. */
static struct label_list lacking_of(const struct match *match) {
    const struct schema *schema = match->schema;
    struct buffer scratch = {0};
    size_t most = 0;
    for (size_t field = 0; field < schema->field_count; field++)
        most += 1 + schema->fields[field].alias_count;
    struct label_list lacking = label_list_create(most);
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        if (match->seen[field] || (match->has_paths && !match_path(match, field))) continue;
        label_list_add(&lacking, field, view_of(shown_name(match, field)), &scratch);
        for (size_t alias = 0; alias < entry->alias_count; alias++)
            label_list_add(&lacking, field, view_of(entry->aliases[alias]), &scratch);
    }
    buffer_free(&scratch);
    return lacking;
}

/* What the last word of a label says of its values. */
static bool is_kind_word(struct view word) {
    static const char *const words[] = {"date", "status", "number", "#",     "id",     "city",  "state", "zip",  "phone",
                                        "email", "street", "address", "name", "time", "amount", "price", "cost", "count",
                                        "type", "%",      "hours",   "on",   "by",   "po"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (view_equal_fold(word, view_of(words[i]))) return true;
    return false;
}

static struct view last_word(struct view label) {
    label = view_trim(label);
    size_t at = label.length;
    while (at > 0 && label.text[at - 1] != ' ')
        at--;
    return view_from(label.text + at, label.length - at);
}

/* "Customer City" is no "Customer ID", "Opportunity Status" no "Opportunity Date": their values are of another kind. */
static bool is_other_kind(struct view label, struct view wanted) {
    struct view have = last_word(label), want = last_word(wanted);
    return is_kind_word(have) && is_kind_word(want) && !label_equal(have, want);
}

/* One label of the file against what it lacks. */
static struct renamed look_alike(const struct match *match, const struct label_list *lacking, struct view label) {
    struct buffer have = {0}, text = {0};
    size_t best = SIZE_MAX, found = SIZE_MAX;
    label_normalise(label, &have);
    for (size_t i = 0; i < lacking->count; i++) {
        struct view wanted = label_list_at(lacking, i);
        if (difference(wanted.length, have.length) > wanted.length / 3) continue; /* as far apart at least */
        size_t distance = view_distance_within(wanted, buffer_view(&have), wanted.length / 3);
        if (distance < best) {
            best = distance;
            found = lacking->owners[i];
        }
    }
    bool is_other = true; /* than the name and all aliases */
    for (size_t i = 0; found != SIZE_MAX && i <= match->schema->fields[found].alias_count; i++) {
        const struct field *field = &match->schema->fields[found];
        is_other = is_other && is_other_kind(label, view_of(i == 0 ? field->name : field->aliases[i - 1]));
    }
    const struct field *entry = found == SIZE_MAX ? NULL : &match->schema->fields[found];
    bool is_person = entry && (entry->role == ROLE_EMPLOYEE || entry->role == ROLE_EMPLOYEE_NAME);
    is_other = is_other || (is_person && (label_is_money(label) || label_is_hours(label) || label_is_average(label)));
    if (found != SIZE_MAX && !is_other) {
        buffer_print(&text, "column \"%.*s\" is not known and looks like \"%s\", which the file does not have: ",
                     VIEW_ARGS(label), shown_name(match, found));
        add_alias_advice(&text, match, label, found);
    }
    buffer_free(&have);
    return (struct renamed){text.length ? buffer_take(&text) : NULL, found};
}

void bind_renamed(const struct schema *schema, const struct input_facts *facts, const struct view *labels, size_t count,
                  struct renamed *found) {
    struct match match;
    match_create(schema, facts, &match);
    struct label_list lacking = lacking_of(&match);
    for (size_t i = 0; i < count; i++)
        found[i] = i < RENAMED_LIMIT ? look_alike(&match, &lacking, labels[i]) : (struct renamed){0};
    label_list_free(&lacking);
    match_free(&match);
}
