/* identity.c: an open-addressing table of row numbers over columns of row facts.
 *
 * The facts (hash, content, row, money) lie in pieces of fixed size that are never moved; the table holds only
 * 32-bit numbers into them and grows by a quarter, rebuilt from the hashes. So a row costs 24 bytes of facts
 * and between 5.3 and 6.7 bytes of table. */
#include "convert/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PIECE_ROWS 65536u
#define FIRST_SLOTS 4096u

struct piece {
    uint64_t id_hash[PIECE_ROWS];
    int64_t money[PIECE_ROWS];
    uint32_t content_hash[PIECE_ROWS];
    uint32_t row[PIECE_ROWS]; /* rows beyond 2^32 are told modulo 2^32 */
};

struct file_start { /* rows from this number on came from this file */
    uint32_t number;
    uint32_t file;
};

struct identity_set {
    struct piece **pieces;
    size_t piece_capacity;
    uint32_t count;
    uint32_t *slots; /* number + 1, 0 = free */
    uint32_t slot_count;
    struct file_start *starts;
    size_t start_count, start_capacity;
    /* rows whose latest bearer came from another place than the first: rare, so a short list */
    struct moved {
        uint32_t number, file;
    } * moved;
    size_t moved_count, moved_capacity;
};

struct identity_set *identity_set_create(void) {
    struct identity_set *set = memory_get_zero(1, sizeof *set);
    set->slot_count = FIRST_SLOTS;
    set->slots = memory_get_zero(FIRST_SLOTS, sizeof *set->slots);
    return set;
}

void identity_set_free(struct identity_set *set) {
    if (!set) return;
    for (uint32_t i = 0; i < (set->count + PIECE_ROWS - 1) / PIECE_ROWS; i++)
        free(set->pieces[i]);
    free(set->pieces);
    free(set->slots);
    free(set->starts);
    free(set->moved);
    free(set);
}

/* The upper half of the hash spread over the slots without a division. */
static uint32_t slot_of(uint64_t hash, uint32_t slot_count) {
    return (uint32_t)(((hash >> 32) * slot_count) >> 32);
}

static void grow(struct identity_set *set) {
    uint32_t slot_count = set->slot_count + set->slot_count / 4;
    free(set->slots);
    set->slots = memory_get_zero(slot_count, sizeof *set->slots);
    set->slot_count = slot_count;
    for (uint32_t number = 0; number < set->count; number++) {
        uint32_t slot = slot_of(set->pieces[number / PIECE_ROWS]->id_hash[number % PIECE_ROWS], slot_count);
        while (set->slots[slot])
            slot = slot + 1 == slot_count ? 0 : slot + 1;
        set->slots[slot] = number + 1;
    }
}

static void append(struct identity_set *set, const struct identity *row) {
    uint32_t number = set->count;
    if (number % PIECE_ROWS == 0) {
        void *pieces = set->pieces;
        memory_grow(&pieces, &set->piece_capacity, number / PIECE_ROWS + 1, sizeof *set->pieces);
        set->pieces = pieces;
        set->pieces[number / PIECE_ROWS] = memory_get(sizeof(struct piece));
    }
    if (set->start_count == 0 || set->starts[set->start_count - 1].file != row->file) {
        void *starts = set->starts;
        memory_grow(&starts, &set->start_capacity, set->start_count + 1, sizeof *set->starts);
        set->starts = starts;
        set->starts[set->start_count++] = (struct file_start){number, row->file};
    }
    struct piece *piece = set->pieces[number / PIECE_ROWS];
    piece->id_hash[number % PIECE_ROWS] = row->id_hash;
    piece->money[number % PIECE_ROWS] = row->money;
    piece->content_hash[number % PIECE_ROWS] = row->content_hash;
    piece->row[number % PIECE_ROWS] = (uint32_t)row->row;
    set->count++;
}

static uint32_t *moved_file(struct identity_set *set, uint32_t number) {
    for (size_t i = 0; i < set->moved_count; i++)
        if (set->moved[i].number == number) return &set->moved[i].file;
    return NULL;
}

static uint32_t file_of(struct identity_set *set, uint32_t number) {
    uint32_t *moved = moved_file(set, number);
    if (moved) return *moved;
    size_t low = 0, high = set->start_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (set->starts[middle].number <= number)
            low = middle;
        else
            high = middle;
    }
    return set->starts[low].file;
}

static void move_file(struct identity_set *set, uint32_t number, uint32_t file) {
    if (file_of(set, number) == file) return;
    uint32_t *moved = moved_file(set, number);
    if (moved) {
        *moved = file;
        return;
    }
    void *list = set->moved;
    memory_grow(&list, &set->moved_capacity, set->moved_count + 1, sizeof *set->moved);
    set->moved = list;
    set->moved[set->moved_count].number = number;
    set->moved[set->moved_count++].file = file;
}

struct identity_before identity_set_add(struct identity_set *set, const struct identity *row) {
    if ((uint64_t)set->count + 1 > (uint64_t)set->slot_count * 3 / 4) grow(set);
    uint32_t slot = slot_of(row->id_hash, set->slot_count);
    while (set->slots[slot]) {
        uint32_t number = set->slots[slot] - 1;
        struct piece *piece = set->pieces[number / PIECE_ROWS];
        size_t place = number % PIECE_ROWS;
        if (piece->id_hash[place] == row->id_hash) {
            struct identity_before before = {IDENTITY_REPEATED, file_of(set, number), piece->row[place],
                                             piece->money[place]};
            if (piece->content_hash[place] != row->content_hash) {
                before.verdict = IDENTITY_TAKEN;
                piece->money[place] = row->money;
                piece->row[place] = (uint32_t)row->row;
                move_file(set, number, row->file);
            }
            return before;
        }
        slot = slot + 1 == set->slot_count ? 0 : slot + 1;
    }
    set->slots[slot] = set->count + 1;
    append(set, row);
    return (struct identity_before){IDENTITY_NEW, 0, 0, 0};
}

void identity_set_expect(const struct identity_set *set, uint64_t id_hash) {
    __builtin_prefetch(&set->slots[slot_of(id_hash, set->slot_count)]);
}

size_t identity_set_memory(const struct identity_set *set) {
    size_t pieces = (set->count + PIECE_ROWS - 1) / PIECE_ROWS;
    return sizeof *set + pieces * sizeof(struct piece) + set->piece_capacity * sizeof *set->pieces +
           set->slot_count * sizeof *set->slots + set->start_capacity * sizeof *set->starts +
           set->moved_capacity * sizeof *set->moved;
}
