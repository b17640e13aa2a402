/* side_texts.c: see side_texts.h. How many texts of a dropped column are different is counted from below, by the bits that
 * their hashes set: texts whose case alone differs are one, and what shares a bit counts once. */
#include "reconcile/side_texts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "values/boolean.h"

#define SEEN_BITS 24
#define DROP_FILLED 8192u /* fewer texts are cheap to keep */

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* `fold`: bits that every byte has; 0x20 makes letters of one case (and takes some signs for others). */
static uint64_t hash_text(struct view text, unsigned char fold) {
    const uint64_t folds = fold * 0x0101010101010101u;
    uint64_t hash = text.length, word;
    size_t i = 0;
    for (; i + sizeof word <= text.length; i += sizeof word) {
        memcpy(&word, text.text + i, sizeof word);
        hash = mix(hash, word | folds);
    }
    word = 0;
    if (i < text.length) memcpy(&word, text.text + i, text.length - i);
    return mix(hash, word | folds);
}

void text_keeper_start(struct text_keeper *keeper, struct side_column *column, bool is_dropped) {
    free(keeper->seen);
    *keeper = (struct text_keeper){0};
    table_destroy(column->texts);
    column->texts = is_dropped ? NULL : table_create();
    column->is_dropped = is_dropped;
    column->filled = column->different = 0;
}

/* --- a dropped column ------------------------------------------------------------------------------------------------- */

static bool is_date(struct view text) {
    struct datetime value;
    return datetime_parse(text, DATE_ORDER_MDY, &value, NULL) == DATETIME_FINE;
}

static void set_bit(struct text_keeper *keeper, struct side_column *column, uint32_t bit) {
    uint64_t *word = &keeper->seen[bit / 64];
    column->different += !(*word >> bit % 64 & 1);
    *word |= 1ull << bit % 64;
}

static void count_text(struct text_keeper *keeper, struct side_column *column, struct view text) {
    if (!keeper->seen || placeholder_text(text)) return;
    uint32_t bit = (uint32_t)(hash_text(text, 0x20) >> (64 - SEEN_BITS)),
             *place = &keeper->bits[keeper->bit_count % TEXT_BITS];
    __builtin_prefetch(&keeper->seen[bit / 64], 1);
    if (keeper->bit_count >= TEXT_BITS) set_bit(keeper, column, *place);
    *place = bit;
    keeper->bit_count++;
    column->filled++;
    if (column->is_unknown && keeper->others * 8 < column->filled)
        keeper->others += !is_date(text); /* enough is enough */
}

/* A column that the schema does not know may turn out to be of amounts or dates: that has to be out of the question. */
static bool is_plain(const struct side_column *column) {
    bool has_text = !column->is_unknown;
    size_t count = table_count(column->texts), dates = 0;
    for (size_t i = 0; i < count && column->is_unknown; i++) {
        struct view text = table_key(column->texts, i);
        int64_t amount;
        bool is_amount = decimal_has_value(decimal_parse(text, &decimal_style_default, &amount));
        has_text = has_text || !(is_amount || placeholder_text(text));
        dates += is_date(text);
    }
    return has_text && dates * 2 <= count;
}

void text_keeper_decide(struct text_keeper *keeper, struct side_column *column) {
    size_t filled = 0;
    if (!column->texts) return;
    for (size_t row = 0; row < DROP_ROWS; row++)
        filled += side_cell(column, row) != NO_AMOUNT;
    bool repeats = table_count(column->texts) * 1000 < filled * 985;
    if (repeats || filled < DROP_FILLED || !is_plain(column)) return;
    column->is_dropped = true;
    keeper->seen = memory_get_zero((1u << SEEN_BITS) / 64, sizeof *keeper->seen);
    memory_prepare(keeper->seen, (1u << SEEN_BITS) / 8);
    for (size_t row = 0; row < DROP_ROWS; row++)
        if (side_cell(column, row) != NO_AMOUNT)
            count_text(keeper, column, table_key(column->texts, (size_t)side_cell(column, row)));
    packed_free(&column->values);
    table_destroy(column->texts);
    column->texts = NULL;
}

void text_keeper_end(struct text_keeper *keeper, struct side_column *column) {
    for (size_t i = 0; i < keeper->bit_count && i < TEXT_BITS; i++)
        set_bit(keeper, column, keeper->bits[i]);
    if (column->is_unknown && keeper->others * 10 <= column->filled) column->different = 0; /* it may be of dates */
    free(keeper->seen);
    keeper->seen = NULL;
}

/* Rows whose ID an earlier row has. */
static size_t count_repeated(const struct side *side, const struct table *pool) {
    const struct id_counts ids = side_count_ids(side, pool);
    return ids.filled - ids.different;
}

bool side_knows_enough(const struct side *side, const struct table *pool) {
    size_t repeated = SIZE_MAX;
    for (size_t i = 0; i < side->column_count; i++) {
        const struct side_column *column = &side->columns[i];
        if (!column->is_dropped || column->is_key) continue;
        if (repeated == SIZE_MAX) repeated = count_repeated(side, pool);
        /* as presence.c says what is an attribute; the rows that stand may be fewer by those that come again */
        if (column->different < repeated + 4 || (column->different - repeated) * 10 <= column->filled * 8) return false;
    }
    return true;
}

/* --- texts that are kept ---------------------------------------------------------------------------------------------- */

static uint32_t number_of(struct text_keeper *keeper, struct side_column *column, struct view text) {
    struct recent_text *recent = &keeper->recent[(hash_text(text, 0) >> 32) % TEXT_SLOTS];
    if (recent->length == text.length && memcmp(recent->text, text.text, text.length) == 0) return recent->number;
    uint32_t number = (uint32_t)table_add(column->texts, text, NULL);
    if (text.length > sizeof recent->text) return number;
    recent->number = number;
    recent->length = (uint8_t)text.length;
    memcpy(recent->text, text.text, text.length);
    return number;
}

void text_keeper_take(struct text_keeper *keeper, struct side_column *column, size_t row, struct view text) {
    if (text.length == 0) return;
    if (column->is_dropped)
        count_text(keeper, column, text);
    else
        packed_set(&column->values, row, number_of(keeper, column, text));
}
