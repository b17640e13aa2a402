/* set_aside.c: the rows of a folder's rejected.csv beside those that it published: they do not count, but may be why a number
 * of Plecto is not another one. */
#include "reconcile/set_aside.h"

#include "report/issue.h"

/* Why the row was set aside: by the codes of rejected.csv, which may know more than the row alone shows. */
static uint16_t error_of(const struct side *from, const struct table *pool, size_t codes, size_t row) {
    const struct side_row at = side_row_at(from, row);
    struct view text = codes != SIZE_MAX ? side_cell_text(&from->columns[codes], pool, row) : view_of("");
    size_t length = 0;
    while (length < text.length && text.text[length] != ' ' && text.text[length] != ',' && text.text[length] != ';')
        length++;
    const struct issue_kind *kind = issue_kind_find(view_from(text.text, length));
    return kind ? (uint16_t)(kind->code + 1) : at.error ? at.error : (uint16_t)1;
}

static void add_cells(struct side *folder, const struct side *from, struct table *pool, size_t row) {
    for (size_t i = 0; i < folder->column_count; i++) {
        struct side_column *to = &folder->columns[i];
        size_t place = side_find_column(from, view_of(to->title));
        if (place == SIZE_MAX || from->columns[place].kind != to->kind) continue;
        int64_t value = side_cell(&from->columns[place], row);
        if (value == NO_AMOUNT) continue;
        if (to->kind == COLUMN_TEXT)
            value =
                (int64_t)table_add(to->texts ? to->texts : pool, side_text(&from->columns[place], pool, value), NULL);
        packed_set(&to->values, folder->row_count - 1, value);
    }
}

void side_add_set_aside(struct side *folder, const struct side *from, struct table *pool) {
    size_t codes = side_find_column(from, view_of("codes"));
    for (size_t row = 0; row < from->row_count; row++) {
        struct side_row *to = side_add_row(folder);
        *to = side_row_at(from, row);
        to->file = 0;
        to->error = error_of(from, pool, codes, row);
        add_cells(folder, from, pool, row);
        folder->set_aside_count++;
    }
}
