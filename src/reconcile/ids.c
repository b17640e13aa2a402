/* ids.c: see ids.h. Both sides' IDs are dealt into parts by their hash; a small table then finds the equal ones of a part. */
#include "reconcile/ids.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "reconcile/side.h"

#define DIGITS_LIMIT 18u
#define PART_IDS 4096u /* in a part, about */
#define PART_BITS 10   /* so many bits of parts at most */

int64_t id_of_digits(struct view id) {
    int64_t value = 0;
    if (id.length == 0 || id.length > DIGITS_LIMIT || (id.text[0] == '0' && id.length > 1)) return NO_ID;
    for (size_t i = 0; i < id.length; i++) {
        unsigned digit = (unsigned)((unsigned char)id.text[i] - '0');
        if (digit > 9) return NO_ID;
        value = value * 10 + digit;
    }
    return value * 2 + 1;
}

int64_t id_of_text(size_t number) {
    return (int64_t)number * 2;
}

int64_t id_add(struct table *pool, struct view id) {
    int64_t number = id_of_digits(id);
    return number != NO_ID ? number : id_of_text(table_add(pool, id, NULL));
}

int64_t id_find(const struct table *pool, struct view id) {
    int64_t number = id_of_digits(id);
    if (number != NO_ID) return number;
    size_t text = table_find(pool, id);
    return text == SIZE_MAX ? NO_ID : id_of_text(text);
}

struct view id_text(struct table *pool, int64_t id) {
    if (id == NO_ID) return view_of("");
    if (id % 2 == 0) return table_key(pool, (size_t)(id / 2));
    struct buffer text = {0};
    buffer_add_integer(&text, id / 2);
    size_t number = table_add(pool, buffer_view(&text), NULL);
    buffer_free(&text);
    return table_key(pool, number);
}

/* --- equal IDs of two sides ------------------------------------------------------------------------------------------- */

/* IDs of a side, part by part, in the order of the rows. */
struct dealt {
    int64_t *ids;   /* owned */
    uint32_t *rows; /* owned; theirs */
    size_t *ends;   /* owned; by part: behind its last */
};

struct slot {
    int64_t id; /* NO_ID: free */
    uint32_t number;
    bool is_on_right; /* it came there */
};

struct parts {
    int bits;
    struct dealt sides[2];
    struct slot *slots; /* owned */
    size_t capacity;
};

static uint64_t mix(int64_t id) {
    uint64_t hash = (uint64_t)id * 0x9e3779b97f4a7c15u;
    return (hash ^ hash >> 32) * 0xd6e8feb86659fd93u;
}

static size_t part_of(int64_t id, int bits) {
    return bits == 0 ? 0 : (size_t)(mix(id) >> (64 - bits));
}

static void deal(const struct side *side, int bits, struct dealt *dealt) {
    size_t *places = memory_get_zero(((size_t)1 << bits) + 1, sizeof *places), all = 0;
    for (size_t i = 0; i < side->row_count; i++) {
        int64_t id = side_id_at(side, i);
        if (id != NO_ID) places[part_of(id, bits)]++;
    }
    for (size_t part = 0; part < (size_t)1 << bits; part++) {
        size_t count = places[part];
        places[part] = all;
        all += count;
    }
    dealt->ids = memory_get((all + 1) * sizeof *dealt->ids);
    dealt->rows = memory_get((all + 1) * sizeof *dealt->rows);
    for (size_t i = 0; i < side->row_count; i++) {
        int64_t id = side_id_at(side, i);
        if (id == NO_ID) continue;
        size_t place = places[part_of(id, bits)]++;
        dealt->ids[place] = id;
        dealt->rows[place] = (uint32_t)i;
    }
    dealt->ends = places;
}

static size_t begin_of(const struct dealt *dealt, size_t part) {
    return part == 0 ? 0 : dealt->ends[part - 1];
}

/* The slot of an ID, or the free one for it. */
static struct slot *find_slot(const struct parts *parts, size_t mask, int64_t id) {
    size_t place = (size_t)mix(id) & mask;
    while (parts->slots[place].id != id && parts->slots[place].id != NO_ID)
        place = (place + 1) & mask;
    return &parts->slots[place];
}

static void number_part(struct parts *parts, size_t part, struct id_numbers *numbers) {
    size_t count = 0, slots = 16;
    for (int side = 0; side < 2; side++)
        count += parts->sides[side].ends[part] - begin_of(&parts->sides[side], part);
    while (slots < count * 2)
        slots *= 2;
    if (slots > parts->capacity) {
        free(parts->slots);
        parts->slots = memory_get(slots * sizeof *parts->slots);
        parts->capacity = slots;
    }
    for (size_t i = 0; i < slots; i++)
        parts->slots[i].id = NO_ID;
    for (int side = 0; side < 2; side++) {
        const struct dealt *dealt = &parts->sides[side];
        for (size_t i = begin_of(dealt, part); i < dealt->ends[part]; i++) {
            struct slot *slot = find_slot(parts, slots - 1, dealt->ids[i]);
            bool is_new = slot->id == NO_ID;
            if (is_new)
                *slot = (struct slot){dealt->ids[i], side == 0 ? dealt->rows[i] : (uint32_t)numbers->count++, false};
            numbers->counts[side].different += side == 0 ? is_new : !slot->is_on_right;
            slot->is_on_right = side == 1;
            numbers->of_row[side][dealt->rows[i]] = slot->number;
        }
    }
}

void id_numbers_make(const struct side *sides, struct id_numbers *numbers) {
    struct parts parts = {0};
    *numbers = (struct id_numbers){.count = sides[0].row_count};
    while (parts.bits < PART_BITS && (sides[0].row_count + sides[1].row_count) >> parts.bits > PART_IDS)
        parts.bits++;
    for (int side = 0; side < 2; side++) {
        deal(&sides[side], parts.bits, &parts.sides[side]);
        numbers->counts[side].filled = begin_of(&parts.sides[side], (size_t)1 << parts.bits);
        numbers->of_row[side] = memory_get((sides[side].row_count + 1) * sizeof **numbers->of_row);
        for (size_t i = 0; i < sides[side].row_count; i++)
            numbers->of_row[side][i] = NO_NUMBER;
    }
    for (size_t part = 0; part < (size_t)1 << parts.bits; part++)
        number_part(&parts, part, numbers);
    for (int side = 0; side < 2; side++) {
        free(parts.sides[side].ids);
        free(parts.sides[side].rows);
        free(parts.sides[side].ends);
    }
    free(parts.slots);
}

void id_numbers_free(struct id_numbers *numbers) {
    free(numbers->of_row[0]);
    free(numbers->of_row[1]);
    *numbers = (struct id_numbers){0};
}
