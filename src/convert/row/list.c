/* list.c: cells that list several values ("389089722, 389091705") in parallel with other cells of the row. */
#include "convert/row/row_private.h"

size_t row_list_cut(struct view text, struct view *pieces) {
    size_t count = 0;
    for (size_t start = 0, at = 0; at <= text.length; at++) {
        bool is_end = at == text.length;
        if (!is_end && !(text.text[at] == ',' && at + 1 < text.length && text.text[at + 1] == ' ')) continue;
        struct view piece = view_trim(view_from(text.text + start, at - start));
        if (count < SHARE_LIMIT) pieces[count] = piece;
        count++;
        start = at + 1;
    }
    return count;
}

bool row_list_has_mark(struct view text) {
    for (size_t i = 0; i + 1 < text.length; i++)
        if (text.text[i] == ',' && text.text[i + 1] == ' ') return true;
    return false;
}

struct view row_list_piece(struct view text, size_t index) {
    struct view pieces[SHARE_LIMIT];
    size_t count = row_list_cut(text, pieces);
    return count == 1 ? pieces[0] : index < count && index < SHARE_LIMIT ? pieces[index] : view_of("");
}
