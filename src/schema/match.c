/* match.c: joins a file's columns with a schema's fields. JSON objects: by API path; a column that no path
 * claims, and every column of CSV and of report answers, by label. Among several columns for one field
 * the one wins whose label is nearest to the field's name: same bytes, then the name as labels are
 * compared, then the aliases in order; the first of equal ones. What stands in brackets at the end of a label counts first
 * and does not count only where no column fits with it; of several such columns that which names the schema in its brackets
 * wins ("Total (Invoices)" of invoices), and where none does, none is bound: the order of columns says nothing. */
#include "schema/match.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/label_index.h"

struct view match_first_key(struct view path) {
    size_t length = 0;
    while (length < path.length && path.text[length] != '.' && path.text[length] != '[')
        length++;
    return view_from(path.text, length);
}

void match_flat_name(struct view name, struct buffer *flat) {
    flat->length = 0;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.text[i];
        if (c == '.' || c == '_' || c == ' ') continue;
        buffer_add_char(flat, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
}

/* JOB_TYPE_ID, Job_Type_Id, Job.Type.Id, JobTypeId, CompletedOn: keys of the API, however a loader spells them. */
static bool is_joined(struct view label) {
    for (size_t i = 1; i + 1 < label.length; i++)
        if (label.text[i] == '_' || label.text[i] == '.') return true;
    if (label.length < 4) return false;
    const char *end = label.text + label.length;
    bool is_key = (end[-2] == 'I' && (end[-1] == 'd' || end[-1] == 'D')) || (end[-2] == 'O' && end[-1] == 'n');
    return is_key && end[-3] >= 'a' && end[-3] <= 'z';
}

bool match_has_api_names(const struct input_facts *facts) {
    if (facts->shape == SHAPE_REPORT) return false;
    if (facts->shape != SHAPE_CSV) return true;
    size_t small = 0, joined = 0, named = 0;
    for (size_t i = 0; i < facts->column_count; i++) {
        struct view label = facts->columns[i].label;
        if (label.length == 0) continue;
        if (memchr(label.text, ' ', label.length)) return false;
        small += (label.text[0] >= 'a' && label.text[0] <= 'z') || label.text[0] == '_';
        joined += is_joined(label);
        named++;
    }
    return named > 1 && (small * 2 > named || joined > 1);
}

/* Columns of a flattened CSV: the field whose path has the same keys. */
static void match_flat(struct match *match) {
    const struct input_facts *facts = match->facts;
    struct table *paths = table_create();
    size_t *field_of = memory_get_zero(match->schema->field_count + 1, sizeof *field_of);
    struct buffer flat = {0};
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const char *path = match->schema->fields[field].paths[match->shape];
        if (!path || path[0] == '.' || strchr(path, '[')) continue;
        bool is_new = false;
        match_flat_name(view_of(path), &flat);
        size_t number = table_add(paths, buffer_view(&flat), &is_new);
        if (is_new) field_of[number] = field;
    }
    for (size_t column = 0; column < facts->column_count; column++) {
        match_flat_name(facts->columns[column].label, &flat);
        size_t number = flat.length ? table_find(paths, buffer_view(&flat)) : SIZE_MAX;
        if (number == SIZE_MAX || match->column_of_field[field_of[number]] != SIZE_MAX) continue;
        match->column_of_field[field_of[number]] = column;
        match->column_known[column] = match->seen[field_of[number]] = match->by_path[field_of[number]] = true;
    }
    buffer_free(&flat);
    free(field_of);
    table_destroy(paths);
}

/* Whether two columns fit a field equally well and differ in their brackets only: which is meant cannot be known. */
static bool are_rivals(const struct label_index *index, struct view left, struct view right, size_t rank) {
    return rank > index->worst && !view_equal(label_suffix(left), label_suffix(right)) && label_equal(left, right);
}

static void match_labels(struct match *match) {
    struct label_index index;
    label_index_create(match->schema, &index);
    size_t *best = memory_get_zero(match->schema->field_count + 1, sizeof *best);
    bool *rivals = memory_get_zero(match->schema->field_count + 1, sizeof *rivals); /* by field */
    for (size_t column = 0; column < match->facts->column_count; column++) {
        const struct input_column *entry = &match->facts->columns[column];
        /* a '.' in an object's key cannot be told from a path, so no such key is bound by label */
        bool is_path = match->has_paths && entry->label.length > 0 &&
                       (memchr(entry->label.text, '.', entry->label.length) ||
                        memchr(entry->label.text, '[', entry->label.length));
        if (match->column_known[column] || is_path) continue;
        size_t rank = 0;
        size_t field = label_index_find(&index, match->schema, entry->label, &rank);
        if (field == SIZE_MAX) field = label_index_find(&index, match->schema, entry->name, &rank);
        if (field == SIZE_MAX || (match->has_paths && match->seen[field]) || match->by_path[field]) continue;
        size_t old = match->column_of_field[field];
        if (old != SIZE_MAX && best[field] == rank && !match->has_paths &&
            are_rivals(&index, match->facts->columns[old].label, entry->label, rank))
            rivals[field] = true;
        if (old != SIZE_MAX && best[field] <= rank) continue;
        rivals[field] = false;
        if (old != SIZE_MAX) match->column_known[old] = false;
        match->column_of_field[field] = column;
        match->column_known[column] = true;
        best[field] = rank;
    }
    for (size_t field = 0; field < match->schema->field_count; field++) {
        if (rivals[field]) {
            match->column_known[match->column_of_field[field]] = false;
            match->column_of_field[field] = SIZE_MAX;
        }
        match->seen[field] = match->seen[field] || match->column_of_field[field] != SIZE_MAX;
    }
    free(best);
    free(rivals);
    label_index_free(&index);
}

/* What stands in brackets does not count: "prices[0].amount" and "items[*].id" are found as "prices[].amount" and
 * "items[].id". */
static struct view without_brackets(struct view path, char *buffer, size_t size) {
    size_t length = 0;
    bool is_inside = false;
    for (size_t i = 0; i < path.length && length < size; i++) {
        char c = path.text[i];
        if (c == ']') is_inside = false;
        if (!is_inside) buffer[length++] = c;
        if (c == '[') is_inside = true;
    }
    return view_from(buffer, length);
}

bool path_holds(struct view outer, struct view inner) {
    char buffers[2][512];
    if (outer.length == 0) return false;
    if (memchr(outer.text, '[', outer.length)) outer = without_brackets(outer, buffers[0], sizeof buffers[0]);
    if (inner.length && memchr(inner.text, '[', inner.length))
        inner = without_brackets(inner, buffers[1], sizeof buffers[1]);
    if (outer.length > inner.length || outer.length == 0 || memcmp(outer.text, inner.text, outer.length) != 0)
        return false;
    return outer.length == inner.length || inner.text[outer.length] == '.' || inner.text[outer.length] == '[';
}

/* A path counts as seen if the head showed it, a null in place of its parent, or something below it. */
static void match_paths(struct match *match) {
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const char *path = match_path(match, field);
        for (size_t column = 0; path && column < match->facts->column_count; column++) {
            struct view label = match->facts->columns[column].label;
            if (path_holds(label, view_of(path)) || path_holds(view_of(path), label)) {
                match->seen[field] = match->by_path[field] = true;
                match->column_known[column] = true;
            }
        }
    }
}

/* The full path of a field in this file; "../x" is the parent's, and of no use where records have none. */
static char *full_path(const struct match *match, const struct field *field) {
    const char *path = field->paths[match->shape];
    if (field->derive == DERIVE_COUNT && !path) {
        char *counted = match->is_exploded ? NULL : memory_print("%s[#]", field->parts[0]);
        if (counted && !match_has_key(match->facts, field->parts[0])) {
            free(counted);
            counted = NULL;
        }
        return counted;
    }
    if (!path) return NULL;
    bool is_upward = strncmp(path, "../", 3) == 0;
    if (!match->is_exploded) return is_upward ? NULL : memory_copy(view_of(path));
    return is_upward ? memory_copy(view_of(path + 3)) : memory_print("%s[*].%s", match->schema->explode, path);
}

static void find_paths(struct match *match) {
    match->paths = memory_get_zero(match->schema->field_count + 1, sizeof *match->paths);
    if (!match->has_paths) return;
    match->is_exploded = match->schema->explode && match_has_key(match->facts, match->schema->explode);
    for (size_t field = 0; field < match->schema->field_count; field++)
        match->paths[field] = full_path(match, &match->schema->fields[field]);
}

static char flat_char(struct view text, size_t *at) {
    while (*at < text.length && (text.text[*at] == '.' || text.text[*at] == '_' || text.text[*at] == ' '))
        (*at)++;
    char c = *at < text.length ? text.text[(*at)++] : '\0';
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* As match_flat_name makes them. */
static bool is_flat_equal(struct view left, struct view right) {
    size_t i = 0, k = 0;
    for (;;) {
        char one = flat_char(left, &i), other = flat_char(right, &k);
        if (one != other) return false;
        if (one == '\0') return true;
    }
}

bool match_has_key(const struct input_facts *facts, const char *key) {
    bool has_paths = facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT;
    for (size_t column = 0; column < facts->column_count; column++) {
        const struct input_column *entry = &facts->columns[column];
        if (has_paths ? path_holds(view_of(key), entry->label)
                      : is_flat_equal(view_of(key), entry->label) || is_flat_equal(view_of(key), entry->name))
            return true;
    }
    return false;
}

/* Whether a column of a flattened CSV begins with the key. */
static bool begins_flat(const struct input_facts *facts, const char *key) {
    if (!match_has_api_names(facts)) return false;
    struct buffer wanted = {0}, flat = {0};
    bool is_there = false;
    match_flat_name(view_of(key), &wanted);
    for (size_t i = 0; i < facts->column_count && !is_there; i++) {
        match_flat_name(facts->columns[i].label, &flat);
        is_there =
            wanted.length > 0 && flat.length > wanted.length && memcmp(flat.text, wanted.text, wanted.length) == 0;
    }
    buffer_free(&wanted);
    buffer_free(&flat);
    return is_there;
}

/* The first shape whose key is in the file; "" fits always. */
static size_t find_shape(const struct match *match) {
    size_t open = SIZE_MAX;
    for (size_t shape = 0; shape < match->schema->shape_count; shape++) {
        const char *key = match->schema->shapes[shape];
        if (key[0] == '\0')
            open = open == SIZE_MAX ? shape : open;
        else if (match->has_paths ? match_has_key(match->facts, key) : begins_flat(match->facts, key))
            return shape;
    }
    return open == SIZE_MAX ? 0 : open;
}

const char *match_path(const struct match *match, size_t field) {
    return match->paths[field];
}

void match_create(const struct schema *schema, const struct input_facts *facts, struct match *match) {
    *match = (struct match){.schema = schema, .facts = facts};
    match->has_paths = facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT;
    match->shape = find_shape(match);
    find_paths(match);
    match->column_of_field = memory_get_zero(schema->field_count + 1, sizeof *match->column_of_field);
    for (size_t field = 0; field < schema->field_count; field++)
        match->column_of_field[field] = SIZE_MAX;
    match->seen = memory_get_zero(schema->field_count + 1, sizeof *match->seen);
    match->column_known = memory_get_zero(facts->column_count + 1, sizeof *match->column_known);
    match->by_path = memory_get_zero(schema->field_count + 1, sizeof *match->by_path);
    match_paths(match);
    if (!match->has_paths && match_has_api_names(facts)) match_flat(match);
    match_labels(match);
}

void match_free(struct match *match) {
    for (size_t field = 0; field < match->schema->field_count; field++)
        free(match->paths[field]);
    free(match->paths);
    free(match->column_of_field);
    free(match->seen);
    free(match->by_path);
    free(match->column_known);
}

static bool is_person(const struct field *field) {
    return field->role == ROLE_EMPLOYEE || field->role == ROLE_EMPLOYEE_NAME;
}

/* The field of a person with this role: the first in the file, else the first. */
static size_t find_person_field(const struct match *match, const char *person, enum field_role role) {
    size_t found = SIZE_MAX;
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const struct field *entry = &match->schema->fields[field];
        if (entry->role != role || strcmp(entry->person, person) != 0) continue;
        if (match->seen[field]) return field;
        found = found == SIZE_MAX ? field : found;
    }
    return found;
}

static bool person_came_before(const struct match *match, size_t field) {
    for (size_t before = 0; before < field; before++)
        if (is_person(&match->schema->fields[before]) &&
            strcmp(match->schema->fields[before].person, match->schema->fields[field].person) == 0)
            return true;
    return false;
}

struct candidate *match_candidates(const struct match *match, size_t *count) {
    struct candidate *candidates = memory_get_zero(match->schema->field_count + 1, sizeof *candidates);
    *count = 0;
    for (size_t field = 0; field < match->schema->field_count; field++) {
        const struct field *entry = &match->schema->fields[field];
        if (!is_person(entry) || person_came_before(match, field)) continue;
        struct candidate *candidate = &candidates[(*count)++];
        candidate->id_field = find_person_field(match, entry->person, ROLE_EMPLOYEE);
        candidate->name_field = find_person_field(match, entry->person, ROLE_EMPLOYEE_NAME);
        const size_t fields[] = {candidate->id_field, candidate->name_field};
        for (size_t half = 0; half < 2; half++) {
            if (fields[half] == SIZE_MAX) continue;
            candidate->seen = candidate->seen || match->seen[fields[half]];
            candidate->fallback = candidate->fallback || match->schema->fields[fields[half]].fallback;
        }
    }
    return candidates;
}
