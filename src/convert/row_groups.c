/* row_groups.c: see row_groups.h. */
#include "convert/row_groups.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"

struct member {
    struct group_row place;
    int64_t amount;
    uint64_t id;          /* hash; 0: none */
    struct view modified; /* in the arena */
};

struct key_rows {
    struct member *members; /* owned */
    size_t count, capacity;
};

struct row_groups {
    struct table *keys;
    struct key_rows *rows; /* by number of the key */
    size_t capacity;
    struct arena *arena;
};

struct row_groups *row_groups_create(void) {
    struct row_groups *groups = memory_get_zero(1, sizeof *groups);
    groups->keys = table_create();
    groups->arena = arena_create(1 << 14);
    return groups;
}

void row_groups_free(struct row_groups *groups) {
    if (!groups) return;
    for (size_t i = 0; i < table_count(groups->keys); i++)
        free(groups->rows[i].members);
    free(groups->rows);
    table_destroy(groups->keys);
    arena_destroy(groups->arena);
    free(groups);
}

static bool is_same(const struct group_row *left, const struct group_row *right) {
    return left->file == right->file && left->row == right->row && left->item == right->item;
}

/* The member with this ID, or NULL. */
static struct member *member_of(struct key_rows *rows, uint64_t id) {
    for (size_t i = 0; id != 0 && i < rows->count; i++)
        if (rows->members[i].id == id) return &rows->members[i];
    return NULL;
}

void row_groups_add(struct row_groups *groups, struct view key, const struct group_row *place, int64_t amount,
                    struct view id, struct view modified) {
    bool is_new;
    size_t number = table_add(groups->keys, key, &is_new);
    void *list = groups->rows;
    memory_grow(&list, &groups->capacity, number + 1, sizeof *groups->rows);
    groups->rows = list;
    struct key_rows *rows = &groups->rows[number];
    if (is_new) *rows = (struct key_rows){0};
    struct member made = {*place, amount, id.length > 0 ? hash_bytes(id, 1) | 1 : 0,
                          arena_copy(groups->arena, modified)};
    struct member *known = member_of(rows, made.id);
    if (known) {
        if (view_compare(known->modified, made.modified) < 0) *known = made;
        return;
    }
    void *members = rows->members;
    memory_grow(&members, &rows->capacity, rows->count + 1, sizeof *rows->members);
    rows->members = members;
    rows->members[rows->count++] = made;
}

bool row_groups_are_parents(const struct row_groups *groups) {
    bool has_several = false;
    for (size_t i = 0; i < table_count(groups->keys); i++) {
        const struct key_rows *rows = &groups->rows[i];
        has_several = has_several || rows->count > 1;
        for (size_t k = 1; k < rows->count; k++)
            if (rows->members[k].amount != rows->members[0].amount) return false;
    }
    return has_several;
}

static const struct key_rows *find(const struct row_groups *groups, struct view key) {
    size_t number = table_find(groups->keys, key);
    return number == SIZE_MAX ? NULL : &groups->rows[number];
}

bool row_groups_is_first(const struct row_groups *groups, struct view key, const struct group_row *place) {
    const struct key_rows *rows = find(groups, key);
    return !rows || is_same(&rows->members[0].place, place);
}

bool row_groups_share(const struct row_groups *groups, struct view key, const struct group_row *place,
                      struct group_share *share) {
    const struct key_rows *rows = find(groups, key);
    bool is_found = false;
    *share = (struct group_share){0};
    for (size_t i = 0; rows && i < rows->count; i++) {
        const struct member *member = &rows->members[i];
        if (is_same(&member->place, place)) {
            is_found = true;
            share->before = share->all;
            share->own = member->amount;
        }
        share->all += member->amount;
    }
    return is_found;
}
