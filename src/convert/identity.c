/* identity.c: an open-addressing table of row numbers over columns of row facts.
 *
 * Rows are numbered as they come. A row costs 15 bytes of facts (hash of the ID, hash of the content, money), which lie
 * in pieces of fixed size that are never moved, and 4.6 to 5.7 bytes of table. Which row of which file a number is
 * needs no bytes of its own: rows mostly follow each other, so only the numbers are noted where they do not. What
 * does not fit (money beyond 83,886.07, a later bearer of an ID) lies in short lists aside.
 *
 * A slot of the table holds the number and, in the bits above, what fits of the hash: of 256 other IDs met on the
 * way at most one makes us look at its facts, which are far away in memory. */
#include "convert/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PIECE_ROWS 65536u
#define FIRST_SLOTS 4096u
#define MOST_SLOTS 0xf0000000u
#define FAST_GROWTH (4u << 20)       /* slots; below this the table doubles: rebuilding costs more than the room */
#define ROWS_AHEAD 16                /* how early the processor is told which slot comes: about the time memory takes */
#define MONEY_UNIT 100               /* whole cents fit 24 bits; anything else lies aside */
#define MONEY_LIMIT 0x7fffff
#define MONEY_ASIDE (-MONEY_LIMIT - 1)

struct piece {
    uint64_t id_hash[PIECE_ROWS];
    uint32_t content_hash[PIECE_ROWS];
    unsigned char money[PIECE_ROWS][3]; /* cents, least byte first, or MONEY_ASIDE */
};

_Static_assert(sizeof(struct piece) == 15 * (size_t)PIECE_ROWS, "a row costs 15 bytes of facts");
_Static_assert(MONEY_LIMIT < 1 << 23 && MONEY_ASIDE >= -(1 << 23), "money and its mark fit 24 bits");
_Static_assert(MOST_SLOTS < UINT32_MAX && (FIRST_SLOTS & (FIRST_SLOTS - 1)) == 0, "numbers + 1 fit a slot");

struct stretch { /* numbers from `number` on are the rows from `row` on of `file` */
    uint32_t number, file;
    uint64_t row;
};

struct large_money {
    uint32_t number;
    int64_t money;
};

/* The latest bearer of an ID that has several. */
struct bearer {
    uint32_t number; /* + 1; 0: free place of the table */
    uint32_t file;
    uint64_t row;
    int64_t money;
};

struct identity_set {
    struct piece **pieces;
    size_t piece_capacity;
    uint32_t count;
    uint32_t *slots; /* number + 1 and bits of the hash; 0 = free */
    uint32_t slot_count, number_mask;
    uint64_t expected_slots; /* 0: nobody said */
    struct stretch *stretches;
    size_t stretch_count, stretch_capacity;
    struct large_money *large; /* by number */
    size_t large_count, large_capacity;
    struct bearer *bearers; /* open addressing; a power of two */
    size_t bearer_count, bearer_slots;
};

static void make_slots(struct identity_set *set, uint32_t slot_count) {
    free(set->slots);
    set->slots = memory_get_zero(slot_count, sizeof *set->slots);
    memory_prepare(set->slots, slot_count * sizeof *set->slots);
    set->slot_count = slot_count;
    set->number_mask = 1;
    while (set->number_mask < slot_count)
        set->number_mask = set->number_mask << 1 | 1;
}

struct identity_set *identity_set_create(void) {
    struct identity_set *set = memory_get_zero(1, sizeof *set);
    make_slots(set, FIRST_SLOTS);
    return set;
}

void identity_set_free(struct identity_set *set) {
    if (!set) return;
    for (uint32_t i = 0; i < (set->count + PIECE_ROWS - 1) / PIECE_ROWS; i++)
        free(set->pieces[i]);
    free(set->pieces);
    free(set->slots);
    free(set->stretches);
    free(set->large);
    free(set->bearers);
    free(set);
}

/* --- the table of numbers ------------------------------------------------------------------------- */

static uint64_t hash_of(const struct identity_set *set, uint32_t number) {
    return set->pieces[number / PIECE_ROWS]->id_hash[number % PIECE_ROWS];
}

/* The upper half of the hash spread over the slots without a division. */
static uint32_t slot_of(uint64_t hash, uint32_t slot_count) {
    return (uint32_t)(((hash >> 32) * slot_count) >> 32);
}

/* Bits of the lower half, where a slot has room for them. */
static uint32_t tag_of(const struct identity_set *set, uint64_t hash) {
    return (uint32_t)hash & ~set->number_mask;
}

static uint32_t next_slot(const struct identity_set *set, uint32_t slot) {
    return slot + 1 == set->slot_count ? 0 : slot + 1;
}

void identity_set_expect(const struct identity_set *set, uint64_t id_hash) {
    __builtin_prefetch(&set->slots[slot_of(id_hash, set->slot_count)]);
}

/* The old table is freed before the new one is made from the hashes: there are never two. */
static void grow(struct identity_set *set) {
    uint64_t slots = set->slot_count, next = slots < FAST_GROWTH ? slots * 2 : slots + slots / 4;
    if (set->expected_slots > next) next = set->expected_slots < slots * 4 ? set->expected_slots : slots * 4;
    make_slots(set, (uint32_t)(next < MOST_SLOTS ? next : MOST_SLOTS));
    for (uint32_t number = 0; number < set->count; number++) {
        uint64_t hash = hash_of(set, number);
        if (number + ROWS_AHEAD < set->count) identity_set_expect(set, hash_of(set, number + ROWS_AHEAD));
        uint32_t slot = slot_of(hash, set->slot_count);
        while (set->slots[slot])
            slot = next_slot(set, slot);
        set->slots[slot] = (number + 1) | tag_of(set, hash);
    }
}

/* The slot that holds the hash, or the free one where it belongs. */
static uint32_t find_slot(const struct identity_set *set, uint64_t hash) {
    uint32_t slot = slot_of(hash, set->slot_count), tag = tag_of(set, hash);
    for (; set->slots[slot]; slot = next_slot(set, slot))
        if ((set->slots[slot] & ~set->number_mask) == tag &&
            hash_of(set, (set->slots[slot] & set->number_mask) - 1) == hash)
            break;
    return slot;
}

void identity_set_reserve(struct identity_set *set, uint64_t rows) {
    set->expected_slots = rows + rows / 6; /* filled to 7/8 at most */
    uint64_t slots = set->expected_slots < FAST_GROWTH ? set->expected_slots : FAST_GROWTH;
    if (set->count == 0 && slots > set->slot_count) make_slots(set, (uint32_t)slots);
}

/* --- facts of a row --------------------------------------------------------------------------------- */

static void put_money(struct identity_set *set, uint32_t number, int64_t money) {
    int64_t cents = money / MONEY_UNIT;
    if (money % MONEY_UNIT != 0 || cents > MONEY_LIMIT || cents < -MONEY_LIMIT) {
        void *large = set->large;
        memory_grow(&large, &set->large_capacity, set->large_count + 1, sizeof *set->large);
        set->large = large;
        set->large[set->large_count++] = (struct large_money){number, money};
        cents = MONEY_ASIDE;
    }
    unsigned char *place = set->pieces[number / PIECE_ROWS]->money[number % PIECE_ROWS];
    for (int i = 0; i < 3; i++)
        place[i] = (unsigned char)((uint64_t)cents >> 8 * i);
}

static int64_t money_of(const struct identity_set *set, uint32_t number) {
    const unsigned char *place = set->pieces[number / PIECE_ROWS]->money[number % PIECE_ROWS];
    int64_t cents = (int64_t)(place[0] | (uint64_t)place[1] << 8 | (uint64_t)place[2] << 16);
    if (cents > MONEY_LIMIT) cents -= 1 << 24;
    if (cents != MONEY_ASIDE) return cents * MONEY_UNIT;
    size_t low = 0, high = set->large_count; /* numbers only rise */
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (set->large[middle].number <= number)
            low = middle;
        else
            high = middle;
    }
    return set->large[low].money;
}

static void append(struct identity_set *set, const struct identity *row) {
    uint32_t number = set->count;
    if (number % PIECE_ROWS == 0) {
        void *pieces = set->pieces;
        memory_grow(&pieces, &set->piece_capacity, number / PIECE_ROWS + 1, sizeof *set->pieces);
        set->pieces = pieces;
        set->pieces[number / PIECE_ROWS] = memory_get(sizeof(struct piece));
        if (number > 0) memory_prepare(set->pieces[number / PIECE_ROWS], sizeof(struct piece));
    }
    const struct stretch *last = set->stretch_count > 0 ? &set->stretches[set->stretch_count - 1] : NULL;
    if (!last || last->file != row->file || last->row + (number - last->number) != row->row) {
        void *stretches = set->stretches;
        memory_grow(&stretches, &set->stretch_capacity, set->stretch_count + 1, sizeof *set->stretches);
        set->stretches = stretches;
        set->stretches[set->stretch_count++] = (struct stretch){number, row->file, row->row};
    }
    struct piece *piece = set->pieces[number / PIECE_ROWS];
    piece->id_hash[number % PIECE_ROWS] = row->id_hash;
    piece->content_hash[number % PIECE_ROWS] = row->content_hash;
    put_money(set, number, row->money);
    set->count++;
}

/* The row with this number as it came. */
static struct identity_before first_bearer(const struct identity_set *set, uint32_t number) {
    size_t low = 0, high = set->stretch_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (set->stretches[middle].number <= number)
            low = middle;
        else
            high = middle;
    }
    const struct stretch *stretch = &set->stretches[low];
    return (struct identity_before){IDENTITY_REPEATED, stretch->file, stretch->row + (number - stretch->number),
                                    money_of(set, number)};
}

/* --- later bearers of an ID ------------------------------------------------------------------------- */

/* The place of a number in the table, which there is, or the free one where it belongs. */
static struct bearer *place_of_bearer(const struct identity_set *set, uint32_t number) {
    size_t mask = set->bearer_slots - 1, place = (size_t)(number * 0x9e3779b97f4a7c15u >> 32) & mask;
    while (set->bearers[place].number && set->bearers[place].number != number + 1)
        place = (place + 1) & mask;
    return &set->bearers[place];
}

/* The same; NULL while there is no table. */
static struct bearer *find_bearer(const struct identity_set *set, uint32_t number) {
    return set->bearer_slots > 0 ? place_of_bearer(set, number) : NULL;
}

static void grow_bearers(struct identity_set *set) {
    struct bearer *old = set->bearers;
    size_t old_slots = set->bearer_slots;
    set->bearer_slots = old_slots ? old_slots * 2 : 64;
    set->bearers = memory_get_zero(set->bearer_slots, sizeof *set->bearers);
    for (size_t i = 0; i < old_slots; i++)
        if (old[i].number) *place_of_bearer(set, old[i].number - 1) = old[i];
    free(old);
}

static void note_bearer(struct identity_set *set, uint32_t number, const struct identity *row) {
    if ((set->bearer_count + 1) * 4 > set->bearer_slots * 3) grow_bearers(set);
    struct bearer *bearer = place_of_bearer(set, number);
    set->bearer_count += bearer->number == 0;
    *bearer = (struct bearer){number + 1, row->file, row->row, row->money};
}

/* --- asking --------------------------------------------------------------------------------------------- */

struct identity_before identity_set_add(struct identity_set *set, const struct identity *row) {
    if ((uint64_t)set->count + 1 > (uint64_t)set->slot_count * 7 / 8) grow(set);
    uint32_t slot = find_slot(set, row->id_hash);
    if (!set->slots[slot]) {
        set->slots[slot] = (set->count + 1) | tag_of(set, row->id_hash);
        append(set, row);
        return (struct identity_before){IDENTITY_NEW, 0, 0, 0};
    }
    uint32_t number = (set->slots[slot] & set->number_mask) - 1;
    struct identity_before before = first_bearer(set, number);
    const struct bearer *bearer = find_bearer(set, number);
    if (bearer && bearer->number) {
        before.file = bearer->file;
        before.row = bearer->row;
        before.money = bearer->money;
    }
    if (set->pieces[number / PIECE_ROWS]->content_hash[number % PIECE_ROWS] == row->content_hash) return before;
    before.verdict = IDENTITY_TAKEN;
    note_bearer(set, number, row);
    return before;
}

bool identity_set_has(const struct identity_set *set, uint64_t id_hash) {
    return set->count > 0 && set->slots[find_slot(set, id_hash)] != 0;
}

size_t identity_set_memory(const struct identity_set *set) {
    size_t pieces = (set->count + PIECE_ROWS - 1) / PIECE_ROWS;
    return sizeof *set + pieces * sizeof(struct piece) + set->piece_capacity * sizeof *set->pieces +
           set->slot_count * sizeof *set->slots + set->stretch_capacity * sizeof *set->stretches +
           set->large_capacity * sizeof *set->large + set->bearer_slots * sizeof *set->bearers;
}
