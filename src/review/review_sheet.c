/* review_sheet.c: see review_sheet.h. Columns are found by their titles and rows by their hidden key, so that sorting,
 * filtering and inserted columns change nothing; what was renamed, doubled or torn apart is told. */
#include "review/review_sheet.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "review/titles.h"
#include "workbook/merged.h"

#define HEADER_ROWS 20 /* somebody may have put a line of his own above the header */
#define NAMED_COLUMNS 3

/* Where the columns of one sheet are; UINT32_MAX: gone. */
struct layout {
    const struct review_part *part;
    const char *name;
    char **titles;
    size_t title_count;
    uint32_t *columns; /* of each title */
    bool has_others;   /* columns that are not ours */
    bool is_found;
};

static size_t hidden_title(const struct layout *layout, size_t number) {
    return layout->title_count - HIDDEN_COLUMNS + number;
}

static uint32_t key_column(const struct layout *layout) {
    return layout->columns[hidden_title(layout, 0)];
}

static uint32_t check_column(const struct layout *layout) {
    return layout->columns[hidden_title(layout, 1)];
}

static enum title_kind kind_of(const struct review_part *part) {
    return !part->is_rejected ? TITLES_ROWS : part->is_old ? TITLES_REJECTED_OLD : TITLES_REJECTED;
}

/* Column of a checked cell. */
static uint32_t checked_column(const struct layout *layout, size_t index) {
    if (layout->part->is_rejected)
        return layout->columns[COLUMN_DATA + review_titles_fixed(kind_of(layout->part)) + index];
    return layout->columns[index == 0 ? COLUMN_PLACE : COLUMN_DATA + index - 1];
}

void review_remark(struct review_book *review, char *text) {
    review->remarks = memory_resize(review->remarks, (review->remark_count + 1) * sizeof *review->remarks);
    review->remarks[review->remark_count++] = text;
}

/* --- the header --------------------------------------------------------------------------------------------- */

static struct layout layout_create(const struct review_part *part, const char *name) {
    struct layout layout = {.part = part, .name = name};
    size_t skipped = part->is_rejected ? 0 : 3; /* ID, Employee, Created date are fixed titles */
    size_t count = part->count > skipped ? part->count - skipped : 0;
    const char **titles = memory_get_zero(count + 1, sizeof *titles);
    for (size_t i = 0; i < count; i++)
        titles[i] = part->columns[skipped + i].title;
    layout.titles = review_titles(kind_of(part), titles, count);
    layout.title_count = COLUMN_DATA + review_titles_fixed(kind_of(part)) + count + HIDDEN_COLUMNS;
    layout.columns = memory_get_zero(layout.title_count, sizeof *layout.columns);
    free(titles);
    return layout;
}

static void layout_free(struct layout *layout) {
    review_titles_free(layout->titles);
    free(layout->columns);
}

static void find_columns(struct layout *layout, const struct sheet_row *row) {
    struct table *known = table_create();
    for (size_t i = 0; i < layout->title_count; i++) {
        layout->columns[i] = UINT32_MAX;
        table_add(known, view_of(layout->titles[i]), NULL);
    }
    layout->has_others = false;
    for (size_t i = 0; i < row->count; i++) {
        size_t number = table_find(known, view_trim(row->cells[i].text));
        if (number != SIZE_MAX && layout->columns[number] == UINT32_MAX)
            layout->columns[number] = row->cells[i].column;
        else
            layout->has_others = true;
    }
    table_destroy(known);
    layout->is_found = key_column(layout) != UINT32_MAX && check_column(layout) != UINT32_MAX;
}

static bool needs_column(const struct layout *layout, size_t title, const char *file, struct error *error) {
    if (layout->columns[title] != UINT32_MAX) return true;
    error_set(error, EXIT_CANNOT_READ, "%s: the sheet %s no longer has the column \"%s\"", file, layout->name,
              layout->titles[title]);
    return error_fix(error, "Give the column its title back. If it was deleted, make the workbook again.");
}

/* Columns that were deleted or have another title: what was changed in them cannot be seen. */
static void tell_missing(const struct layout *layout, struct review_book *review) {
    struct buffer names = {0};
    size_t missing = 0;
    for (size_t i = 0; i < layout->part->count; i++) {
        if (checked_column(layout, i) != UINT32_MAX) continue;
        if (missing++ < NAMED_COLUMNS)
            buffer_print(&names, "%s\"%s\"", names.length ? ", " : "", layout->part->columns[i].title);
    }
    if (missing > NAMED_COLUMNS) buffer_print(&names, " and %zu more", missing - NAMED_COLUMNS);
    if (missing > 0)
        review_remark(review, memory_print("the sheet %s no longer has the column %.*s (%s). No change in it is used",
                                           layout->name, VIEW_ARGS(buffer_view(&names)),
                                           layout->has_others ? "deleted or renamed" : "deleted"));
    if (layout->columns[COLUMN_WHY] == UINT32_MAX)
        review_remark(
            review,
            memory_print("the sheet %s no longer has the column \"Why\", so the fixes have no reasons", layout->name));
    buffer_free(&names);
}

static bool read_header(struct layout *layout, struct sheet *sheet, const char *file, struct review_book *review,
                        struct error *error) {
    struct sheet_row row;
    bool end = false;
    for (int i = 0; i < HEADER_ROWS && !end && !layout->is_found; i++) {
        if (!sheet_next(sheet, &row, &end, error)) return false;
        if (!end) find_columns(layout, &row);
    }
    if (!layout->is_found) {
        error_set(error, EXIT_CANNOT_READ, "%s: the sheet %s has lost its header or its hidden columns", file,
                  layout->name);
        return error_fix(error, "Make the workbook again. Change cells in it, but do not delete columns.");
    }
    if (!needs_column(layout, COLUMN_PLACE, file, error) || !needs_column(layout, COLUMN_DECISION, file, error))
        return false;
    tell_missing(layout, review);
    return true;
}

/* --- rows ------------------------------------------------------------------------------------------------------ */

static const struct sheet_cell *cell_at(const struct sheet_row *row, uint32_t column) {
    for (size_t i = 0; i < row->count && column != UINT32_MAX; i++)
        if (row->cells[i].column == column) return &row->cells[i];
    return NULL;
}

static char *text_at(const struct book *book, const struct sheet_row *row, uint32_t column) {
    const struct sheet_cell *cell = cell_at(row, column);
    struct buffer text = {0};
    if (cell) sheet_cell_print(book, cell, &text);
    char *trimmed = memory_copy(view_trim(buffer_view(&text)));
    buffer_free(&text);
    return trimmed;
}

static char *place_of(const struct layout *layout, const struct sheet_row *row, uint32_t column) {
    struct buffer text = {0};
    buffer_print(&text, "%s!", layout->name);
    sheet_print_column(&text, column == UINT32_MAX ? 0 : column);
    buffer_print(&text, "%llu", (unsigned long long)row->number);
    return buffer_take(&text);
}

static enum review_choice choice_of(const char *text) {
    struct view view = view_of(text);
    if (view.length == 0) return CHOICE_NONE;
    if (view_equal_fold(view, view_of("fix"))) return CHOICE_FIX;
    if (view_equal_fold(view, view_of("leave out"))) return CHOICE_LEAVE_OUT;
    if (view_equal_fold(view, view_of("later"))) return CHOICE_LATER;
    return CHOICE_UNKNOWN;
}

/* Compares each cell with its check; of a row that is left out all cells are kept, to be compared with today's. */
static void find_edits(const struct book *book, const struct layout *layout, const struct sheet_row *row,
                       const char *checks, struct review_row *to) {
    const struct review_part *part = layout->part;
    for (size_t i = 0; i < part->count; i++) {
        struct buffer now = {0};
        uint32_t column = checked_column(layout, i);
        if (column == UINT32_MAX) continue;
        const struct sheet_cell *cell = cell_at(row, column);
        char *text = text_at(book, row, column);
        const char *before = checks + i * CELL_CHECK_LENGTH;
        cell_check_print(part->columns[i].type, i, view_of(text), &now);
        bool is_same = memcmp(now.text, before, CELL_CHECK_LENGTH) == 0 && !(cell && cell->is_formula);
        buffer_free(&now);
        if (is_same && to->choice != CHOICE_LEAVE_OUT) {
            free(text);
            continue;
        }
        to->edits = memory_resize(to->edits, (to->edit_count + 1) * sizeof *to->edits);
        struct review_edit *edit = &to->edits[to->edit_count++];
        *edit = (struct review_edit){.column = memory_copy(view_of(part->columns[i].title)),
                                     .index = i,
                                     .type = part->columns[i].type,
                                     .text = text,
                                     .is_number = cell && cell->kind == SHEET_NUMBER,
                                     .is_error = cell && cell->kind == SHEET_ERROR,
                                     .is_formula = cell && cell->is_formula,
                                     .place = place_of(layout, row, column)};
        memcpy(edit->check, before, CELL_CHECK_LENGTH);
    }
}

/* Whether the first column is that of another row than the hidden cells are. */
static bool is_displaced(const struct book *book, const struct layout *layout, const struct sheet_row *row,
                         const char *checks, const char *key) {
    const struct review_part *part = layout->part;
    char *place = text_at(book, row, layout->columns[COLUMN_PLACE]);
    bool is_other;
    if (part->is_rejected) {
        struct buffer both = {0}, now = {0};
        char *file = part->is_old ? NULL : text_at(book, row, layout->columns[COLUMN_FILE]);
        buffer_print(&both, "%s%s%s\n%s", file ? file : "", file ? ":" : "", place, key);
        free(file);
        cell_check_print(PLECTO_TEXT, part->count, buffer_view(&both), &now);
        is_other = memcmp(now.text, checks + part->count * CELL_CHECK_LENGTH, CELL_CHECK_LENGTH) != 0;
        buffer_free(&both);
        buffer_free(&now);
    } else {
        is_other = strcmp(place, key) != 0;
    }
    free(place);
    return is_other;
}

void review_row_free(struct review_row *row) {
    for (size_t i = 0; i < row->edit_count; i++) {
        free(row->edits[i].column);
        free(row->edits[i].text);
        free(row->edits[i].place);
    }
    free(row->edits);
    free(row->key);
    free(row->place);
    free(row->choice_text);
    free(row->why);
}

static void take_row(const struct book *book, const struct layout *layout, const struct sheet_row *row,
                     struct review_part *part, struct review_book *review) {
    char *checks = text_at(book, row, check_column(layout));
    struct review_row found = {.key = text_at(book, row, key_column(layout)), .is_rejected = part->is_rejected};
    if (strlen(checks) != (part->count + part->is_rejected) * CELL_CHECK_LENGTH || !*found.key) {
        char *place = place_of(layout, row, 0);
        review_remark(
            review,
            memory_print("%s: this row was added here, or its hidden cells were changed. It is not used", place));
        free(place);
        free(checks);
        review_row_free(&found);
        return;
    }
    part->rows_met++;
    part->keys_met += review_key_hash(view_of(found.key));
    found.choice_text = text_at(book, row, layout->columns[COLUMN_DECISION]);
    found.why = text_at(book, row, layout->columns[COLUMN_WHY]);
    found.place = place_of(layout, row, layout->columns[COLUMN_DECISION]);
    found.choice = choice_of(found.choice_text);
    found.is_displaced = is_displaced(book, layout, row, checks, found.key);
    find_edits(book, layout, row, checks, &found);
    free(checks);
    if (found.choice == CHOICE_NONE && found.edit_count == 0 && !found.is_displaced) {
        review_row_free(&found);
        return;
    }
    void *rows = review->rows;
    memory_grow(&rows, &review->row_capacity, review->row_count + 1, sizeof *review->rows);
    review->rows = rows;
    review->rows[review->row_count++] = found;
}

/* --- sheets ---------------------------------------------------------------------------------------------------- */

bool review_sheet_read(struct book *book, size_t index, struct review_part *part, struct review_book *review,
                       struct error *error) {
    struct layout layout = layout_create(part, book_sheet(book, index)->name);
    struct sheet *sheet = NULL;
    struct sheet_row row;
    struct merged *merged = NULL;
    bool end = false;
    bool is_fine = merged_find(book, index, &merged, error) && sheet_open(book, index, &sheet, error) &&
                   read_header(&layout, sheet, book_name(book), review, error);
    while (is_fine && (is_fine = sheet_next(sheet, &row, &end, error)) && !end)
        take_row(book, &layout, &row, part, review);
    if (is_fine && merged_count(merged) > 0)
        review_remark(
            review, memory_print(
                        "the sheet %s has cells that are merged over several rows. Their text counts for the first row "
                        "only. Unmerge them",
                        layout.name));
    part->sheets++;
    merged_free(merged);
    sheet_close(sheet);
    layout_free(&layout);
    return is_fine;
}

bool review_sheet_is_ours(struct book *book, size_t index, bool *is_ours, struct error *error) {
    struct sheet *sheet = NULL;
    struct sheet_row row;
    bool end = false, is_fine = sheet_open(book, index, &sheet, error);
    *is_ours = false;
    for (int i = 0; i < HEADER_ROWS && is_fine && !end && !*is_ours; i++) {
        bool has_key = false, has_check = false;
        is_fine = sheet_next(sheet, &row, &end, error);
        for (size_t k = 0; is_fine && !end && k < row.count; k++) {
            has_key = has_key || view_is(view_trim(row.cells[k].text), TITLE_KEY);
            has_check = has_check || view_is(view_trim(row.cells[k].text), TITLE_CHECK);
        }
        *is_ours = has_key && has_check;
    }
    sheet_close(sheet);
    return is_fine;
}
