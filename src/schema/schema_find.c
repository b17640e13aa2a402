/* schema_find.c: a field by a name that somebody wrote, and the nearest name where it is wrong. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/schema_reader.h"

typedef bool label_comparer(struct view left, struct view right);

static bool field_has_label(const struct field *field, struct view name, label_comparer *is_same) {
    if (is_same(view_of(field->name), name)) return true;
    for (size_t alias = 0; alias < field->alias_count; alias++)
        if (is_same(view_of(field->aliases[alias]), name)) return true;
    return false;
}

static size_t find(const struct schema *schema, struct view name, label_comparer *is_same) {
    for (size_t field = 0; field < schema->field_count; field++)
        if (field_has_label(&schema->fields[field], name, is_same)) return field;
    for (size_t field = 0; field < schema->field_count; field++)
        if (is_same(view_of(schema->fields[field].title), name)) return field;
    return SIZE_MAX;
}

size_t schema_find_exactly(const struct schema *schema, struct view name) {
    return find(schema, name, label_equal_whole);
}

size_t schema_find_field(const struct schema *schema, struct view name) {
    static label_comparer *const comparers[] = {label_equal_whole, label_equal};
    for (size_t i = 0; i < sizeof comparers / sizeof *comparers; i++) {
        size_t found = find(schema, name, comparers[i]);
        if (found != SIZE_MAX) return found;
    }
    for (size_t shape = 0; shape < schema->shape_count; shape++)
        for (size_t field = 0; field < schema->field_count; field++)
            if (schema->fields[field].paths[shape] && view_is(name, schema->fields[field].paths[shape])) return field;
    return SIZE_MAX;
}

char *near_field(const struct schema *schema, struct view name) {
    const char **names = memory_get_zero(schema->field_count + 1, sizeof *names);
    for (size_t field = 0; field < schema->field_count; field++)
        names[field] = schema->fields[field].name;
    char *near = near_word(name, names, schema->field_count);
    free(names);
    return near;
}
