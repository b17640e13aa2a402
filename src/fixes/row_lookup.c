/* row_lookup.c: see row_lookup.h. */
#include "fixes/row_lookup.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "fixes/row_key.h"

struct row_lookup {
    struct table *ids;
    struct found_row *rows;
    size_t capacity;
    bool has_keys;
    pthread_mutex_t lock;
};

struct row_lookup *row_lookup_create(void) {
    struct row_lookup *lookup = memory_get_zero(1, sizeof *lookup);
    lookup->ids = table_create();
    pthread_mutex_init(&lookup->lock, NULL);
    return lookup;
}

static void free_row(struct found_row *row) {
    for (size_t i = 0; i < row->cell_count; i++) {
        free(row->cells[i].label);
        free(row->cells[i].text);
        free(row->cells[i].title);
    }
    free(row->cells);
    free(row->registration);
    free(row->employee_label);
    free(row->date_label);
}

void row_lookup_free(struct row_lookup *lookup) {
    if (!lookup) return;
    for (size_t i = 0; i < table_count(lookup->ids); i++)
        free_row(&lookup->rows[i]);
    free(lookup->rows);
    table_destroy(lookup->ids);
    pthread_mutex_destroy(&lookup->lock);
    free(lookup);
}

size_t row_lookup_add(struct row_lookup *lookup, struct view id) {
    bool is_new;
    uint64_t key;
    size_t number = table_add(lookup->ids, id, &is_new);
    void *rows = lookup->rows;
    memory_grow(&rows, &lookup->capacity, number + 1, sizeof *lookup->rows);
    lookup->rows = rows;
    if (is_new) lookup->rows[number] = (struct found_row){0};
    lookup->has_keys = lookup->has_keys || row_key_read(id, &key);
    return number;
}

size_t row_lookup_find(const struct row_lookup *lookup, struct view id) {
    return table_find(lookup->ids, id);
}

bool row_lookup_has_keys(const struct row_lookup *lookup) {
    return lookup->has_keys;
}

const struct found_row *row_lookup_row(const struct row_lookup *lookup, size_t number) {
    return &lookup->rows[number];
}

void row_lookup_settle_orders(struct row_lookup *lookup, const bool *is_known, size_t field_count) {
    for (size_t i = 0; i < table_count(lookup->ids); i++)
        for (size_t k = 0; k < lookup->rows[i].cell_count; k++) {
            struct found_cell *cell = &lookup->rows[i].cells[k];
            cell->is_order_known = cell->field < field_count && is_known[cell->field];
        }
}

/* Of several rows the first one counts, whichever worker comes first. */
static bool comes_before(const struct found_row *left, const struct found_row *right) {
    if (left->file != right->file) return left->file < right->file;
    if (left->row != right->row) return left->row < right->row;
    return left->item < right->item;
}

void row_lookup_store(struct row_lookup *lookup, size_t number, struct found_row found) {
    pthread_mutex_lock(&lookup->lock);
    struct found_row *known = &lookup->rows[number];
    found.is_found = true;
    if (!known->is_found) {
        *known = found;
    } else if (comes_before(&found, known)) {
        found.has_several = true;
        free_row(known);
        *known = found;
    } else if (comes_before(known, &found)) {
        known->has_several = true;
        free_row(&found);
    } else { /* the block is converted again, or the file read another time: the last result holds */
        found.has_several = known->has_several;
        free_row(known);
        *known = found;
    }
    pthread_mutex_unlock(&lookup->lock);
}
