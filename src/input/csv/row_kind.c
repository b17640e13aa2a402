/* row_kind.c: see row_kind.h. */
#include "input/csv/row_kind.h"

#include "input/csv/footer.h"

#define END_OF_FILE '\x1A'

bool csv_cells_are_blank(const struct cell *cells, size_t from, size_t count) {
    for (size_t i = from; i < count; i++) {
        struct view text = cells[i].text;
        if (text.length == 0) continue;
        unsigned char first = (unsigned char)text.text[0];
        /* Only what may begin a blank (0xC2: no-break space) is worth trimming. */
        if ((first > ' ' && first != 0xC2) || view_trim(text).length > 0) return false;
    }
    return true;
}

bool csv_cells_are_footer(const struct cell *cells, size_t count, size_t columns) {
    struct view first = {NULL, 0};
    size_t filled = 0;
    bool has_money = false;
    if (columns == 0 || count == 0) return false;
    struct view start = cells[0].text;
    if (start.length > 0 && (unsigned char)start.text[0] > ' ' && !csv_footer_may_begin(start)) return false;
    for (size_t i = 0; i < count; i++) {
        struct view text = view_trim(cells[i].text);
        if (text.length == 0) continue;
        if (filled++ == 0) first = text;
        if (filled == 1 && (!csv_footer_may_begin(text) || !csv_footer_match(text, 1, columns, false))) return false;
        has_money = has_money || (filled > 1 && csv_is_money(text));
    }
    return csv_footer_match(first, filled, columns, has_money);
}

bool csv_is_end_of_file(struct view raw) {
    size_t i = 0;
    while (i < raw.length && raw.text[i] == END_OF_FILE)
        i++;
    return i > 0 && i == raw.length;
}
