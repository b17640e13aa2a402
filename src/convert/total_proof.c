/* total_proof.c: see total_proof.h. A weighted average lies between the least and the greatest value, whatever its
 * weights; a report does not say which column they are. */
#include "convert/total_proof.h"

#include <string.h>

bool names_total(struct view text) {
    for (size_t i = 0; i + 5 <= text.length; i++)
        if ((text.text[i] | 0x20) == 't' && view_equal_fold(view_from(text.text + i, 5), view_of("total"))) return true;
    return false;
}

/* Whether the text is one of the words, whatever its case, blanks and marks. */
static bool is_word_of(struct view text, const char *const *words, size_t count) {
    char letters[16];
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (c == ' ' || c == '-' || c == ':' || c == '_' || c == '.' || c == '*') continue;
        if (length == sizeof letters) return false;
        letters[length++] = c;
    }
    for (size_t i = 0; i < count; i++)
        if (view_equal_fold(view_from(letters, length), view_of(words[i]))) return true;
    return false;
}

/* Whether the text begins with one of the letters, whatever its case: nearly no cell does. */
static bool begins_with_one(struct view text, const char *letters) {
    char first = text.length > 0 ? (char)(text.text[0] | 0x20) : '\0';
    for (; *letters; letters++)
        if (*letters == first) return true;
    return false;
}

bool is_total_word(struct view text) {
    static const char *const words[] = {"total",     "totals",      "grandtotal", "grandtotals", "subtotal",
                                        "subtotals", "reporttotal", "overall",    "sum"};
    return begins_with_one(text, "tgsro*") && is_word_of(text, words, sizeof words / sizeof *words);
}

bool may_name_all(struct view text) {
    static const char *const words[] = {"all", "company", "companywide", "combined", "everyone", "summary"};
    if (text.length > 4 && view_starts_with_fold(text, "all ")) return true;
    return begins_with_one(text, "aces") && is_word_of(text, words, sizeof words / sizeof *words);
}

bool is_average_word(struct view text) {
    static const char *const words[] = {"average", "averages", "avg", "mean"};
    return begins_with_one(text, "am") && is_word_of(text, words, sizeof words / sizeof *words);
}

bool total_cell_number(struct view text, int64_t *amount) {
    text = view_trim(text);
    unsigned char first = text.length > 0 ? (unsigned char)text.text[0] : 'x';
    bool may_be_number = (first >= '0' && first <= '9') || first == '$' || first == '-' || first == '(' ||
                         first == '.' || first == '+' || first >= 0x80;
    return may_be_number && decimal_has_value(decimal_parse(text, &decimal_style_default, amount));
}

void value_range_add_value(struct value_range *into, int64_t amount) {
    if (!into->is_known || amount < into->least) into->least = amount;
    if (!into->is_known || amount > into->most) into->most = amount;
    into->is_known = true;
}

void value_range_add(struct value_range *into, const struct value_range *from) {
    if (!from->is_known) return;
    value_range_add_value(into, from->least);
    value_range_add_value(into, from->most);
}

void column_sum_add_value(struct column_sum *into, int64_t amount) {
    if (into->filled == 0 || amount < into->least) into->least = amount;
    if (into->filled == 0 || amount > into->most) into->most = amount;
    into->filled++;
    into->sum += amount;
}

void column_sum_add(struct column_sum *into, const struct column_sum *from) {
    if (from->filled == 0) return;
    if (into->filled == 0 || from->least < into->least) into->least = from->least;
    if (into->filled == 0 || from->most > into->most) into->most = from->most;
    into->filled += from->filled;
    into->sum += from->sum;
}

size_t total_matches(const int64_t *cells, const struct column_sum *columns, size_t count, uint64_t rows) {
    size_t sums = 0, averages = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i] == INT64_MIN) continue;
        const struct column_sum *column = &columns[i];
        bool is_count = cells[i] % DECIMAL_SCALE == 0 && cells[i] / DECIMAL_SCALE == (int64_t)rows;
        if (column->filled > 0 && column->sum == cells[i])
            sums++;
        else if (column->filled > 0 && cells[i] >= column->least && cells[i] <= column->most)
            averages++;
        else if (!is_count)
            return 0;
    }
    return sums > 0 ? sums + averages : 0;
}
