/* schema_find.c: a field by a name that somebody wrote, and the nearest name where it is wrong. */
#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"
#include "schema/schema_reader.h"

static bool field_has_label(const struct field *field, struct view name) {
    if (label_equal(view_of(field->name), name)) return true;
    for (size_t alias = 0; alias < field->alias_count; alias++)
        if (label_equal(view_of(field->aliases[alias]), name)) return true;
    return false;
}

size_t schema_find_field(const struct schema *schema, struct view name) {
    for (size_t field = 0; field < schema->field_count; field++)
        if (field_has_label(&schema->fields[field], name)) return field;
    for (size_t field = 0; field < schema->field_count; field++)
        if (label_equal(view_of(schema->fields[field].title), name)) return field;
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
