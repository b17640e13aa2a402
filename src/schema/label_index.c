/* label_index.c: see label_index.h. Labels are compared whole first; without what stands in brackets at their end only where
 * no field has them whole. */
#include "schema/label_index.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"
#include "schema/bind.h"

static void places_create(struct label_places *places, size_t count) {
    places->labels = table_create();
    places->field_of = memory_get_zero(count + 1, sizeof *places->field_of);
    places->rank_of = memory_get_zero(count + 1, sizeof *places->rank_of);
}

static void places_free(struct label_places *places) {
    table_destroy(places->labels);
    free(places->field_of);
    free(places->rank_of);
}

static void add_place(struct label_places *places, struct view label, size_t field, size_t rank) {
    bool is_new = false;
    size_t number = table_add(places->labels, label, &is_new);
    if (!is_new) return;
    places->field_of[number] = field;
    places->rank_of[number] = rank;
}

static size_t find_place(const struct label_places *places, struct view label, size_t *rank) {
    size_t number = table_find(places->labels, label);
    if (number == SIZE_MAX) return SIZE_MAX;
    *rank = places->rank_of[number];
    return places->field_of[number];
}

static void index_label(struct label_index *index, struct buffer *normal, const char *label, size_t field,
                        size_t rank) {
    label_normalise_whole(view_of(label), normal);
    add_place(&index->whole, buffer_view(normal), field, rank);
    label_normalise(view_of(label), normal);
    add_place(&index->bare, buffer_view(normal), field, rank);
    if (rank + 2 > index->worst) index->worst = rank + 2;
}

void label_index_create(const struct schema *schema, struct label_index *index) {
    size_t count = schema->field_count;
    for (size_t field = 0; field < schema->field_count; field++)
        count += schema->fields[field].alias_count;
    index->worst = 0;
    places_create(&index->whole, count);
    places_create(&index->bare, count);
    struct buffer normal = {0};
    for (size_t field = 0; field < schema->field_count; field++) {
        const struct field *entry = &schema->fields[field];
        index_label(index, &normal, entry->name, field, 0);
        for (size_t alias = 0; alias < entry->alias_count; alias++)
            index_label(index, &normal, entry->aliases[alias], field, alias + 1);
    }
    buffer_free(&normal);
}

void label_index_free(struct label_index *index) {
    places_free(&index->whole);
    places_free(&index->bare);
}

size_t label_index_find(const struct label_index *index, const struct schema *schema, struct view label, size_t *rank) {
    if (view_trim(label).length == 0) return SIZE_MAX;
    struct buffer normal = {0};
    label_normalise_whole(label, &normal);
    size_t field = find_place(&index->whole, buffer_view(&normal), rank);
    if (field != SIZE_MAX) {
        *rank = view_is(label, schema->fields[field].name) ? 0 : *rank + 1;
    } else {
        label_normalise(label, &normal);
        field = find_place(&index->bare, buffer_view(&normal), rank);
        bool is_ours = label_suffix(label).length > 0 && label_equal(label_suffix(label), view_of(schema->name));
        *rank = is_ours ? index->worst : index->worst + 1 + *rank;
    }
    buffer_free(&normal);
    return field;
}
