/* merged.c: see merged.h. */
#include "workbook/merged.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/memory.h"

#define RANGE_LIMIT 65536
#define TAIL_LIMIT (16u << 20)

struct range {
    uint32_t column;
    uint64_t first, last; /* rows */
    char *text;           /* of its first row, if that is a text */
};

struct merged {
    const struct book *book;
    struct range *ranges; /* by first row, then column */
    size_t count, capacity;
    size_t next; /* first range that is not open yet */
    size_t *open;
    size_t open_count;
    struct sheet_cell *cells; /* of the filled row */
    size_t cell_capacity;
};

/* --- finding ----------------------------------------------------------------------------------------------- */

struct search {
    struct buffer tail; /* what stands behind the rows */
    struct buffer last; /* the end of the piece before */
    bool is_behind;
};

/* mergeCells stands behind sheetData (ECMA-376 part 1, 18.3.1.99), so only the end of the sheet is kept. */
static bool take_piece(void *context, struct view piece, bool is_last, struct error *error) {
    static const char mark[] = "sheetData>";
    struct search *search = context;
    (void)is_last;
    (void)error;
    if (search->is_behind) {
        if (search->tail.length < TAIL_LIMIT) buffer_add(&search->tail, piece);
        return true;
    }
    buffer_add(&search->last, piece);
    const char *text = search->last.text;
    size_t length = search->last.length, size = sizeof mark - 1;
    for (size_t i = 0; i + size <= length; i++) {
        const char *found = memchr(text + i, mark[0], length - size - i + 1);
        if (!found) break;
        i = (size_t)(found - text);
        if (memcmp(found, mark, size) != 0) continue;
        size_t slash = i > 0 ? i - 1 : 0;
        if (text[slash] == ':') /* </x:sheetData>: back over the prefix */
            while (slash > 0 && text[slash] != '<' && text[slash] != '/')
                slash--;
        bool is_end = slash > 0 && text[slash] == '/' && text[slash - 1] == '<'; /* a text may hold the rest */
        if (!is_end) continue;
        search->is_behind = true;
        buffer_add(&search->tail, view_from(found + size, length - i - size));
        return true;
    }
    size_t kept = length < 64 ? length : 64;
    if (kept > 0) memmove(search->last.text, text + length - kept, kept);
    search->last.length = kept;
    return true;
}

static bool read_range(struct view text, struct range *range) {
    const char *colon = text.length > 0 ? memchr(text.text, ':', text.length) : NULL;
    uint32_t last_column;
    if (!colon) return false;
    size_t length = (size_t)(colon - text.text);
    *range = (struct range){0};
    return sheet_reference(view_from(text.text, length), &range->column, &range->first) &&
           sheet_reference(view_from(colon + 1, text.length - length - 1), &last_column, &range->last) &&
           range->last > range->first;
}

static int compare(const void *left, const void *right) {
    const struct range *a = left, *b = right;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return a->column < b->column ? -1 : a->column > b->column;
}

/* <mergeCell ref="A2:A5"/>, perhaps with a prefix, until mergeCells ends. */
static void read_tail(struct view tail, struct merged *merged) {
    static const char mark[] = "mergeCell ";
    for (size_t i = 0; i + sizeof mark < tail.length && merged->count < RANGE_LIMIT; i++) {
        const char *found = memchr(tail.text + i, 'm', tail.length - sizeof mark - i);
        if (!found) return;
        i = (size_t)(found - tail.text);
        if (memcmp(found, mark, sizeof mark - 1) != 0) continue;
        const char *end = memchr(found, '>', tail.length - i);
        const char *reference = NULL;
        for (const char *at = found; end && at + 5 < end && !reference; at++)
            if (memcmp(at, "ref=", 4) == 0) reference = at + 5;
        const char *quote = reference ? memchr(reference, reference[-1], (size_t)(end - reference)) : NULL;
        struct range range;
        if (!quote || !read_range(view_from(reference, (size_t)(quote - reference)), &range)) continue;
        void *list = merged->ranges;
        memory_grow(&list, &merged->capacity, merged->count + 1, sizeof *merged->ranges);
        merged->ranges = list;
        merged->ranges[merged->count++] = range;
    }
}

bool merged_find(struct book *book, size_t index, struct merged **merged, struct error *error) {
    struct search search = {0};
    *merged = NULL;
    bool is_fine = book_read_part(book, book_sheet(book, index)->part, take_piece, &search, error);
    if (is_fine) {
        struct merged *made = memory_get_zero(1, sizeof *made);
        made->book = book;
        read_tail(buffer_view(&search.tail), made);
        if (made->count > 0) {
            qsort(made->ranges, made->count, sizeof *made->ranges, compare);
            made->open = memory_get_zero(made->count, sizeof *made->open);
            *merged = made;
        } else {
            merged_free(made);
        }
    }
    buffer_free(&search.tail);
    buffer_free(&search.last);
    return is_fine;
}

void merged_free(struct merged *merged) {
    if (!merged) return;
    for (size_t i = 0; i < merged->count; i++)
        free(merged->ranges[i].text);
    free(merged->ranges);
    free(merged->open);
    free(merged->cells);
    free(merged);
}

uint64_t merged_count(const struct merged *merged) {
    return merged ? merged->count : 0;
}

void merged_use_book(struct merged *merged, const struct book *book) {
    if (merged) merged->book = book;
}

void merged_rewind(struct merged *merged) {
    if (merged) merged->next = merged->open_count = 0;
}

/* --- filling ------------------------------------------------------------------------------------------------ */

/* Texts and dates hold for every row beside them; an amount would count twice. */
static bool counts_for_all(const struct book *book, const struct sheet_cell *cell) {
    if (cell->kind == SHEET_NUMBER) return book_format(book, cell->style)->sections[0].kind == NUMBER_DATE;
    return cell->kind == SHEET_TEXT;
}

/* Ranges that begin with this row take their text from it. */
static void open_ranges(struct merged *merged, const struct sheet_row *row) {
    for (; merged->next < merged->count && merged->ranges[merged->next].first <= row->number; merged->next++) {
        struct range *range = &merged->ranges[merged->next];
        if (range->first != row->number) continue; /* of a row without cells: nothing to fill with */
        free(range->text);
        range->text = NULL;
        for (size_t i = 0; i < row->count; i++)
            if (row->cells[i].column == range->column && counts_for_all(merged->book, &row->cells[i])) {
                struct buffer text = {0};
                sheet_cell_print(merged->book, &row->cells[i], &text);
                range->text = buffer_take(&text);
                merged->open[merged->open_count++] = merged->next;
            }
    }
}

static void add_cell(struct merged *merged, size_t count, struct sheet_cell cell) {
    void *list = merged->cells;
    memory_grow(&list, &merged->cell_capacity, count + 1, sizeof *merged->cells);
    merged->cells = list;
    merged->cells[count] = cell;
}

static int compare_cells(const void *left, const void *right) {
    const struct sheet_cell *a = left, *b = right;
    return a->column < b->column ? -1 : a->column > b->column;
}

void merged_fill(struct merged *merged, struct sheet_row *row) {
    if (!merged) return;
    size_t count = row->count, kept = 0;
    for (size_t i = 0; i < row->count; i++)
        add_cell(merged, i, row->cells[i]);
    for (size_t k = 0; k < merged->open_count; k++) {
        const struct range *range = &merged->ranges[merged->open[k]];
        if (range->last < row->number) continue;
        merged->open[kept++] = merged->open[k];
        bool is_there = false;
        for (size_t i = 0; i < row->count; i++)
            is_there = is_there || row->cells[i].column == range->column;
        if (!is_there)
            add_cell(merged, count++, (struct sheet_cell){range->column, 0, SHEET_TEXT, false, view_of(range->text)});
    }
    merged->open_count = kept;
    open_ranges(merged, row);
    if (count == row->count) return;
    qsort(merged->cells, count, sizeof *merged->cells, compare_cells);
    row->cells = merged->cells;
    row->count = count;
}
