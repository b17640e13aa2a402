/* look_alike.c: members sorted by the folded form of their names; neighbours that fold to the same make a group. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "people/names.h"

struct entry {
    struct view folded;
    struct look_alike member;
};

struct look_alikes {
    struct entry *entries;
    size_t count, capacity;
    struct arena *arena;
};

struct look_alikes *look_alikes_create(void) {
    struct look_alikes *look_alikes = memory_get_zero(1, sizeof *look_alikes);
    look_alikes->arena = arena_create(1 << 14);
    return look_alikes;
}

void look_alikes_free(struct look_alikes *look_alikes) {
    if (!look_alikes) return;
    free(look_alikes->entries);
    arena_destroy(look_alikes->arena);
    free(look_alikes);
}

/* Without blanks and '_': a sign without width may have been one, and "AnaLopez" and "Ana Lopez" are mostly one person. */
static void drop_blanks(struct buffer *folded) {
    size_t length = 0;
    for (size_t i = 0; i < folded->length; i++)
        if (folded->text[i] != ' ' && folded->text[i] != '_') folded->text[length++] = folded->text[i];
    folded->length = length;
}

void look_alikes_add(struct look_alikes *look_alikes, struct view id, struct view name, uint64_t rows) {
    void *entries = look_alikes->entries;
    memory_grow(&entries, &look_alikes->capacity, look_alikes->count + 1, sizeof *look_alikes->entries);
    look_alikes->entries = entries;
    struct buffer folded = {0};
    name_fold(name, &folded);
    drop_blanks(&folded);
    struct entry *entry = &look_alikes->entries[look_alikes->count++];
    entry->folded = arena_copy(look_alikes->arena, buffer_view(&folded));
    entry->member = (struct look_alike){arena_copy(look_alikes->arena, id), arena_copy(look_alikes->arena, name), rows};
    buffer_free(&folded);
}

static int compare_entries(const void *one, const void *other) {
    const struct entry *left = one, *right = other;
    int order = view_compare(left->folded, right->folded);
    if (order) return order;
    if (left->member.rows != right->member.rows) return left->member.rows > right->member.rows ? -1 : 1;
    order = view_compare(left->member.name, right->member.name);
    return order ? order : view_compare(left->member.id, right->member.id);
}

void look_alikes_find(struct look_alikes *look_alikes,
                      void (*tell)(void *context, enum look_alike_kind kind, const struct look_alike *members,
                                   size_t count),
                      void *context) {
    struct entry *entries = look_alikes->entries;
    if (look_alikes->count < 2) return;
    qsort(entries, look_alikes->count, sizeof *entries, compare_entries);
    struct look_alike *members = memory_get_zero(look_alikes->count, sizeof *members);
    for (size_t first = 0, last; first < look_alikes->count; first = last) {
        bool is_one_spelling = true;
        for (last = first; last < look_alikes->count && view_equal(entries[last].folded, entries[first].folded);
             last++) {
            members[last - first] = entries[last].member;
            is_one_spelling = is_one_spelling && view_equal(entries[last].member.name, entries[first].member.name);
        }
        if (last - first > 1 && entries[first].folded.length > 0)
            tell(context, is_one_spelling ? LOOK_ALIKE_SAME_NAME : LOOK_ALIKE_SPELLING, members, last - first);
    }
    free(members);
}
