/* row_lookup.c: see row_lookup.h. */
#include "fixes/row_lookup.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "fixes/row_key.h"

struct wanted {
    struct table *ids;
    struct wanted_row *rows;
    size_t capacity;
    bool has_keys;
    pthread_mutex_t lock;
};

struct wanted *wanted_create(void) {
    struct wanted *wanted = memory_get_zero(1, sizeof *wanted);
    wanted->ids = table_create();
    pthread_mutex_init(&wanted->lock, NULL);
    return wanted;
}

static void free_row(struct wanted_row *row) {
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

void wanted_free(struct wanted *wanted) {
    if (!wanted) return;
    for (size_t i = 0; i < table_count(wanted->ids); i++)
        free_row(&wanted->rows[i]);
    free(wanted->rows);
    table_destroy(wanted->ids);
    pthread_mutex_destroy(&wanted->lock);
    free(wanted);
}

size_t wanted_add(struct wanted *wanted, struct view id) {
    bool is_new;
    uint64_t key;
    size_t number = table_add(wanted->ids, id, &is_new);
    void *rows = wanted->rows;
    memory_grow(&rows, &wanted->capacity, number + 1, sizeof *wanted->rows);
    wanted->rows = rows;
    if (is_new) wanted->rows[number] = (struct wanted_row){0};
    wanted->has_keys = wanted->has_keys || row_key_read(id, &key);
    return number;
}

size_t wanted_find(const struct wanted *wanted, struct view id) {
    return table_find(wanted->ids, id);
}

bool wanted_has_keys(const struct wanted *wanted) {
    return wanted->has_keys;
}

const struct wanted_row *wanted_row(const struct wanted *wanted, size_t number) {
    return &wanted->rows[number];
}

/* Of several rows the first one counts, whichever worker comes first. */
static bool comes_before(const struct wanted_row *left, const struct wanted_row *right) {
    if (left->file != right->file) return left->file < right->file;
    if (left->row != right->row) return left->row < right->row;
    return left->item < right->item;
}

void wanted_take(struct wanted *wanted, size_t number, struct wanted_row found) {
    pthread_mutex_lock(&wanted->lock);
    struct wanted_row *known = &wanted->rows[number];
    found.is_met = true;
    if (!known->is_met) {
        *known = found;
    } else if (comes_before(&found, known)) {
        found.is_several = true;
        free_row(known);
        *known = found;
    } else if (comes_before(known, &found)) {
        known->is_several = true;
        free_row(&found);
    } else { /* the block is converted again, or the file read another time: the last result holds */
        found.is_several = known->is_several;
        free_row(known);
        *known = found;
    }
    pthread_mutex_unlock(&wanted->lock);
}
