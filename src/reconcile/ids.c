/* ids.c: see ids.h. Both sides' IDs are dealt into parts by their hash; a small table then finds the equal ones of a part. */
#include "reconcile/ids.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/halves.h"
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

/* What a half of the work has for itself: a side while IDs are dealt, then a half of the parts. */
struct half {
    struct slot *slots; /* owned */
    size_t capacity;
    uint32_t only_right;  /* IDs that only the right side has */
    size_t different[2];  /* by side */
};

struct parts {
    int bits;
    const struct side *from; /* two of them */
    struct dealt sides[2];
    struct half halves[2];
    struct id_numbers *numbers;
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
    dealt->ids = memory_get_prepared((all + 1) * sizeof *dealt->ids);
    dealt->rows = memory_get_prepared((all + 1) * sizeof *dealt->rows);
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
static struct slot *find_slot(const struct half *half, size_t mask, int64_t id) {
    size_t place = (size_t)mix(id) & mask;
    while (half->slots[place].id != id && half->slots[place].id != NO_ID)
        place = (place + 1) & mask;
    return &half->slots[place];
}

static void get_slots(struct half *half, size_t count) {
    if (count > half->capacity) {
        free(half->slots);
        half->slots = memory_get(count * sizeof *half->slots);
        half->capacity = count;
    }
    for (size_t i = 0; i < count; i++)
        half->slots[i].id = NO_ID;
}

/* Numbers of IDs that only the right side has are counted in each half: those of the second are marked until it is known how many
 * the first has. */
#define OF_SECOND_HALF 0x80000000u

static void number_part(struct parts *parts, size_t part, int number) {
    struct half *half = &parts->halves[number];
    uint32_t first_free = (uint32_t)parts->from[0].row_count + half->only_right;
    size_t count = 0, slots = 16;
    for (int side = 0; side < 2; side++)
        count += parts->sides[side].ends[part] - begin_of(&parts->sides[side], part);
    while (slots < count * 2)
        slots *= 2;
    get_slots(half, slots);
    for (int side = 0; side < 2; side++) {
        const struct dealt *dealt = &parts->sides[side];
        for (size_t i = begin_of(dealt, part); i < dealt->ends[part]; i++) {
            struct slot *slot = find_slot(half, slots - 1, dealt->ids[i]);
            bool is_new = slot->id == NO_ID;
            if (is_new && side == 0) *slot = (struct slot){dealt->ids[i], dealt->rows[i], false};
            if (is_new && side == 1)
                *slot = (struct slot){dealt->ids[i], first_free++ | (number == 1 ? OF_SECOND_HALF : 0), false};
            half->different[side] += side == 0 ? is_new : !slot->is_on_right;
            slot->is_on_right = side == 1;
            parts->numbers->of_row[side][dealt->rows[i]] = slot->number;
        }
    }
    half->only_right = first_free - (uint32_t)parts->from[0].row_count;
}

static void deal_side(void *context, int side) {
    struct parts *parts = context;
    const struct side *from = &parts->from[side];
    deal(from, parts->bits, &parts->sides[side]);
    uint32_t *of_row = memory_get_prepared((from->row_count + 1) * sizeof *of_row);
    for (size_t i = 0; i < from->row_count; i++)
        of_row[i] = NO_NUMBER;
    parts->numbers->of_row[side] = of_row;
}

static void number_half(void *context, int half) {
    struct parts *parts = context;
    size_t count = (size_t)1 << parts->bits;
    size_t middle = parts->from[0].row_count + parts->from[1].row_count < OF_SECOND_HALF ? count / 2 : count;
    for (size_t part = half == 0 ? 0 : middle; part < (half == 0 ? middle : count); part++)
        number_part(parts, part, half);
}

/* Those of the second half come behind those of the first. */
static void join_halves(struct parts *parts) {
    uint32_t behind = parts->halves[0].only_right, *of_right = parts->numbers->of_row[1];
    for (size_t i = 0; i < parts->from[1].row_count; i++)
        if (of_right[i] != NO_NUMBER && (of_right[i] & OF_SECOND_HALF))
            of_right[i] = (of_right[i] & ~OF_SECOND_HALF) + behind;
    parts->numbers->count = parts->from[0].row_count + behind + parts->halves[1].only_right;
}

void id_numbers_make(const struct side *sides, bool has_thread, struct id_numbers *numbers) {
    struct parts parts = {.from = sides, .numbers = numbers};
    *numbers = (struct id_numbers){0};
    while (parts.bits < PART_BITS && (sides[0].row_count + sides[1].row_count) >> parts.bits > PART_IDS)
        parts.bits++;
    halves_do(deal_side, &parts, has_thread);
    halves_do(number_half, &parts, has_thread);
    join_halves(&parts);
    for (int side = 0; side < 2; side++) {
        numbers->counts[side].filled = begin_of(&parts.sides[side], (size_t)1 << parts.bits);
        numbers->counts[side].different = parts.halves[0].different[side] + parts.halves[1].different[side];
        free(parts.sides[side].ids);
        free(parts.sides[side].rows);
        free(parts.sides[side].ends);
        free(parts.halves[side].slots);
    }
}

void id_numbers_free(struct id_numbers *numbers) {
    free(numbers->of_row[0]);
    free(numbers->of_row[1]);
    *numbers = (struct id_numbers){0};
}
