/* vanished.c: the rows sorted by ID, so that the files of a record lie side by side; see vanished.h. */
#include "convert/vanished.h"

#include <stdlib.h>

#include "base/memory.h"

#define COMMON_PART 10 /* a newer export of the same records has at least a tenth of them */

struct seen_row {
    uint64_t id_hash;
    uint32_t file;
    int32_t day;
};

/* A newer file of some of an older one's days. */
struct successor {
    size_t newer;
    uint64_t rows, common; /* of the older file on those days; of these, rows whose ID the newer file has */
};

struct successors {
    struct successor *list; /* owned; the newest first */
    size_t count;
};

/* A record that vanished. */
struct gone {
    uint64_t id_hash;
    size_t file;
};

struct vanished {
    struct export_file *files;
    struct successors *of; /* by file */
    uint64_t *rows_of;     /* by file */
    size_t file_count;
    bool by_order;
    struct seen_row *rows;
    size_t row_count, row_capacity;
    struct gone *gone;
    size_t gone_count, gone_capacity;
    bool has_parts;
    size_t parts[2];
};

static bool is_newer(const struct vanished *vanished, size_t one, size_t other) {
    if (vanished->by_order) return one > other;
    return file_age_compare(&vanished->files[one].age, &vanished->files[other].age) > 0;
}

static bool covers(const struct vanished *vanished, size_t file, int32_t day) {
    const struct own_period *period = &vanished->files[file].period;
    return period->is_known && period->from <= day && day <= period->to;
}

/* Behind those that are newer. */
static void insert(const struct vanished *vanished, struct successors *successors, size_t newer) {
    size_t place = successors->count++;
    for (; place > 0 && is_newer(vanished, newer, successors->list[place - 1].newer); place--)
        successors->list[place] = successors->list[place - 1];
    successors->list[place] = (struct successor){.newer = newer};
}

static bool find_successors(struct vanished *vanished, size_t older) {
    struct successors *found = &vanished->of[older];
    const struct own_period *own = &vanished->files[older].period;
    for (size_t i = 0; i < vanished->file_count; i++) {
        const struct own_period *period = &vanished->files[i].period;
        if (!period->is_known || !is_newer(vanished, i, older)) continue;
        if (own->is_known && (period->from > own->to || period->to < own->from)) continue;
        found->list = memory_resize(found->list, (found->count + 1) * sizeof *found->list);
        insert(vanished, found, i);
    }
    return found->count > 0;
}

struct vanished *vanished_create(const struct export_file *files, size_t count, bool by_order) {
    struct vanished *vanished = memory_get_zero(1, sizeof *vanished);
    vanished->files = memory_get_zero(count + 1, sizeof *vanished->files);
    vanished->of = memory_get_zero(count + 1, sizeof *vanished->of);
    vanished->rows_of = memory_get_zero(count + 1, sizeof *vanished->rows_of);
    vanished->file_count = count;
    vanished->by_order = by_order;
    bool is_any = false;
    for (size_t i = 0; i < count; i++)
        vanished->files[i] = files[i];
    for (size_t i = 0; i < count; i++)
        is_any = find_successors(vanished, i) || is_any;
    if (is_any) return vanished;
    vanished_free(vanished);
    return NULL;
}

void vanished_free(struct vanished *vanished) {
    if (!vanished) return;
    for (size_t i = 0; i < vanished->file_count; i++)
        free(vanished->of[i].list);
    free(vanished->files);
    free(vanished->of);
    free(vanished->rows_of);
    free(vanished->rows);
    free(vanished->gone);
    free(vanished);
}

void vanished_add(struct vanished *vanished, uint64_t id_hash, size_t file, int32_t day) {
    void *rows = vanished->rows;
    memory_grow(&rows, &vanished->row_capacity, vanished->row_count + 1, sizeof *vanished->rows);
    vanished->rows = rows;
    vanished->rows[vanished->row_count++] = (struct seen_row){id_hash, (uint32_t)file, day};
    vanished->rows_of[file]++;
}

/* --- deciding ------------------------------------------------------------------------------------------------ */

static int compare_rows(const void *one, const void *other) {
    const struct seen_row *a = one, *b = other;
    if (a->id_hash != b->id_hash) return a->id_hash < b->id_hash ? -1 : 1;
    if (a->file != b->file) return a->file < b->file ? -1 : 1;
    return (a->day > b->day) - (a->day < b->day);
}

/* The rows of one ID. */
struct holders {
    const struct seen_row *rows;
    size_t count;
};

static bool holds(const struct holders *holders, size_t file) {
    for (size_t i = 0; i < holders->count; i++)
        if (holders->rows[i].file == file) return true;
    return false;
}

static void count_common(struct vanished *vanished, const struct holders *holders) {
    for (size_t i = 0; i < holders->count; i++) {
        struct successors *of = &vanished->of[holders->rows[i].file];
        for (size_t k = 0; k < of->count; k++) {
            if (!covers(vanished, of->list[k].newer, holders->rows[i].day)) continue;
            of->list[k].rows++;
            of->list[k].common += holds(holders, of->list[k].newer);
        }
    }
}

static bool is_newer_than_all(const struct vanished *vanished, size_t file, const struct holders *holders) {
    for (size_t i = 0; i < holders->count; i++)
        if (!is_newer(vanished, file, holders->rows[i].file)) return false;
    return true;
}

/* Whether the newer file is another export of the same records. */
static bool is_again(const struct vanished *vanished, const struct successor *successor) {
    if (vanished->rows_of[successor->newer] == 0) return true;
    return successor->common > 0 && successor->common * COMMON_PART >= successor->rows;
}

static void note_parts(struct vanished *vanished, size_t older, size_t newer) {
    if (vanished->has_parts) return;
    vanished->has_parts = true;
    vanished->parts[0] = older;
    vanished->parts[1] = newer;
}

static void decide(struct vanished *vanished, const struct holders *holders) {
    for (size_t i = 0; i < holders->count; i++) {
        const struct seen_row *row = &holders->rows[i];
        const struct successors *of = &vanished->of[row->file];
        for (size_t k = 0; k < of->count; k++) {
            size_t newer = of->list[k].newer;
            if (!covers(vanished, newer, row->day) || !is_newer_than_all(vanished, newer, holders)) continue;
            if (!is_again(vanished, &of->list[k])) {
                note_parts(vanished, row->file, newer);
                continue;
            }
            void *gone = vanished->gone;
            memory_grow(&gone, &vanished->gone_capacity, vanished->gone_count + 1, sizeof *vanished->gone);
            vanished->gone = gone;
            vanished->gone[vanished->gone_count++] = (struct gone){row->id_hash, newer};
            return;
        }
    }
}

static void for_each_id(struct vanished *vanished, void (*visit)(struct vanished *, const struct holders *)) {
    for (size_t i = 0, next; i < vanished->row_count; i = next) {
        for (next = i + 1; next < vanished->row_count && vanished->rows[next].id_hash == vanished->rows[i].id_hash;)
            next++;
        visit(vanished, &(struct holders){vanished->rows + i, next - i});
    }
}

bool vanished_decide(struct vanished *vanished) {
    if (vanished->row_count > 0) qsort(vanished->rows, vanished->row_count, sizeof *vanished->rows, compare_rows);
    for_each_id(vanished, count_common);
    for_each_id(vanished, decide);
    free(vanished->rows); /* `gone` is sorted as they were */
    vanished->rows = NULL;
    vanished->row_count = vanished->row_capacity = 0;
    return vanished->gone_count > 0;
}

static int compare_gone(const void *one, const void *other) {
    const struct gone *a = one, *b = other;
    return (a->id_hash > b->id_hash) - (a->id_hash < b->id_hash);
}

size_t vanished_from(const struct vanished *vanished, uint64_t id_hash) {
    const struct gone key = {id_hash, 0}, *found = NULL;
    if (vanished->gone_count > 0) found = bsearch(&key, vanished->gone, vanished->gone_count, sizeof key, compare_gone);
    return found ? found->file : SIZE_MAX;
}

bool vanished_parts(const struct vanished *vanished, size_t *older, size_t *newer) {
    *older = vanished->parts[0];
    *newer = vanished->parts[1];
    return vanished->has_parts;
}
