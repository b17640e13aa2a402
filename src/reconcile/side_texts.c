/* side_texts.c: see side_texts.h. How many texts of a dropped column are different is counted from below, by the bits that
 * the hashes of some set: texts whose case alone differs are one, and what shares a bit counts once. */
#include "reconcile/side_texts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "values/boolean.h"

#define SEEN_BITS 20
#define SEEN_OF 8u /* of so many texts one is looked at, by its hash */
#define CODES 100000u
#define DROP_FILLED 8192u /* fewer texts are cheap to keep */

/* Without regard to case: bit 0x20 of every byte is set, which takes some signs for others. */
static uint64_t hash_folded(struct view text) {
    const uint64_t folds = 0x2020202020202020u;
    uint64_t hash = text.length, other = 0x9e3779b97f4a7c15u;
    if (text.length < 8) return text_mix(hash, text_short_word(text) | folds);
    size_t i = 0;
    for (; i + 16 < text.length; i += 16) {
        hash = text_mix(hash, text_word_at(text.text + i) | folds);
        other = text_mix(other, text_word_at(text.text + i + 8) | folds);
    }
    if (i + 8 < text.length) other = text_mix(other, text_word_at(text.text + i) | folds);
    return text_mix(hash ^ other * 0xd6e8feb86659fd93u, text_word_at(text.text + text.length - 8) | folds);
}

void text_keeper_start(struct text_keeper *keeper, struct side_column *column, bool is_dropped) {
    free(keeper->seen);
    free(keeper->codes);
    *keeper = (struct text_keeper){0};
    table_destroy(column->texts);
    column->texts = is_dropped ? NULL : table_create();
    column->is_dropped = is_dropped;
    column->filled = column->different = 0;
}

/* Gives the cells that wait their numbers, in the order in which they came. */
static void number_codes(struct text_keeper *keeper, struct side_column *column) {
    for (size_t i = 0; i < keeper->waiting_count; i++) {
        const struct waiting_code *one = &keeper->waiting[i];
        uint32_t *number = &keeper->codes[one->code];
        if (*number == 0) {
            char text[CODE_DIGITS];
            uint32_t rest = one->code;
            for (size_t digit = CODE_DIGITS; digit-- > 0; rest /= 10)
                text[digit] = (char)('0' + rest % 10);
            *number = (uint32_t)table_add(column->texts, view_from(text, CODE_DIGITS), NULL) + 1;
        }
        packed_set(&column->values, one->row, *number - 1);
    }
    keeper->waiting_count = 0;
}

/* --- a dropped column ------------------------------------------------------------------------------------------------- */

static bool is_date(struct view text) {
    struct datetime value;
    return datetime_parse(text, DATE_ORDER_MDY, &value, NULL) == DATETIME_FINE;
}

/* `different` is of those that are looked at. */
static void see(struct text_keeper *keeper, struct side_column *column, uint64_t hash) {
    uint32_t bit = (uint32_t)(hash >> (64 - SEEN_BITS));
    uint64_t *word = &keeper->seen[bit / 64];
    if (hash % SEEN_OF != 0) return;
    column->different += !(*word >> bit % 64 & 1);
    *word |= 1ull << bit % 64;
}

/* How many texts are different, by those that were looked at: at least, but for chances of one in a billion. Of d different
 * ones d/8 are looked at, give or take the root of that; six times as far off is out of the question. */
static uint64_t at_least(uint64_t looked_at) {
    uint64_t root = 0;
    while (root * root < looked_at)
        root++;
    return looked_at > 6 * root ? (looked_at - 6 * root) * SEEN_OF : 0;
}

static void count_text(struct text_keeper *keeper, struct side_column *column, struct view text) {
    if (!keeper->seen || placeholder_text(text)) return;
    uint64_t hash = hash_folded(text) * 0xd6e8feb86659fd93u;
    see(keeper, column, hash ^ hash >> 32);
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
    number_codes(keeper, column);
    if (table_count(column->texts) * 1000 < DROP_FILLED * 985u) return; /* they repeat, or are few */
    for (size_t row = 0; row < DROP_ROWS; row++)
        filled += side_cell(column, row) != NO_AMOUNT;
    bool repeats = table_count(column->texts) * 1000 < filled * 985;
    if (repeats || filled < DROP_FILLED || !is_plain(column)) return;
    column->is_dropped = true;
    keeper->seen = memory_get_zero((1u << SEEN_BITS) / 64, sizeof *keeper->seen);
    for (size_t row = 0; row < DROP_ROWS; row++)
        if (side_cell(column, row) != NO_AMOUNT)
            count_text(keeper, column, table_key(column->texts, (size_t)side_cell(column, row)));
    packed_free(&column->values);
    table_destroy(column->texts);
    column->texts = NULL;
}

void text_keeper_end(struct text_keeper *keeper, struct side_column *column) {
    number_codes(keeper, column);
    if (keeper->seen) column->different = at_least(column->different);
    if (column->is_unknown && keeper->others * 10 <= column->filled) column->different = 0; /* it may be of dates */
    free(keeper->seen);
    free(keeper->codes);
    keeper->seen = NULL;
    keeper->codes = NULL;
}

bool side_knows_enough(const struct side *side, const struct id_counts *ids) {
    size_t repeated = ids->filled - ids->different;
    for (size_t i = 0; i < side->column_count; i++) {
        const struct side_column *column = &side->columns[i];
        if (!column->is_dropped || column->is_key) continue;
        /* as presence.c says what is an attribute; the rows that stand may be fewer by those that come again */
        if (column->different < repeated + 4 || (column->different - repeated) * 10 <= column->filled * 8) return false;
    }
    return true;
}

/* --- texts that are kept ---------------------------------------------------------------------------------------------- */

/* The number that a text of CODE_DIGITS characters is; CODES: they are not all digits. */
static uint32_t code_of(struct view text) {
    uint32_t code = 0;
    for (size_t i = 0; i < CODE_DIGITS; i++) {
        unsigned digit = (unsigned)((unsigned char)text.text[i] - '0');
        if (digit > 9) return CODES;
        code = code * 10 + digit;
    }
    return code;
}

/* Before cells of another block come, the one that is open is filled. */
static void take_code(struct text_keeper *keeper, struct side_column *column, size_t row, uint32_t code) {
    bool is_full = keeper->waiting_count == CODES_AHEAD ||
                   (keeper->waiting_count > 0 && keeper->waiting[0].row / PACKED_BLOCK != row / PACKED_BLOCK);
    if (is_full) number_codes(keeper, column);
    if (!keeper->codes) keeper->codes = memory_get_zero(CODES, sizeof *keeper->codes);
    __builtin_prefetch(&keeper->codes[code]);
    keeper->waiting[keeper->waiting_count++] = (struct waiting_code){(uint32_t)row, code};
}

/* The number of a text: of two slots, each text has the first where it came last. */
static uint32_t number_of(struct text_keeper *keeper, struct side_column *column, struct view text) {
    struct text_words words;
    if (!text_words_of(text, &words)) return (uint32_t)table_add(column->texts, text, NULL);
    size_t place = text_slot(text_words_hash(&words, text.length), TEXT_SLOTS);
    struct recent_text *recent = &keeper->recent[place], *other = &keeper->recent[place ^ 1];
    if (recent->length == text.length && text_words_equal(&recent->words, &words)) return recent->number;
    if (other->length == text.length && text_words_equal(&other->words, &words)) return other->number;
    *other = *recent;
    *recent = (struct recent_text){words, (uint32_t)table_add(column->texts, text, NULL), (uint32_t)text.length};
    return recent->number;
}

void text_keeper_take(struct text_keeper *keeper, struct side_column *column, size_t row, struct view text) {
    if (text.length == 0) return;
    if (column->is_dropped) {
        count_text(keeper, column, text);
        return;
    }
    uint32_t code = text.length == CODE_DIGITS ? code_of(text) : CODES;
    if (code < CODES) {
        take_code(keeper, column, row, code);
        return;
    }
    if (keeper->waiting_count > 0) number_codes(keeper, column);
    packed_set(&column->values, row, number_of(keeper, column, text));
}
