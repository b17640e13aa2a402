/* review_read.c: see review_read.h. Columns are found by their titles and rows by their hidden key, so that sorting,
 * filtering and inserted columns change nothing. */
#include "review/review_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "workbook/sheet.h"

#define REVIEW_FORMAT "st2plecto-review/1"

struct checked_column {
    char *title;
    enum plecto_type type;
};

struct reading {
    struct book *book;
    struct review_book *review;
    struct checked_column *fields; /* of Rows: ID, Employee, Created date, fields */
    size_t field_count;
    struct checked_column *originals; /* of Rejected */
    size_t original_count;
    uint64_t rows_told, rejected_told, rows_met, rejected_met;
    bool is_ours;
};

/* One sheet: where its columns are. */
struct layout {
    const char *name;
    bool is_rejected;
    uint32_t decision, why, key, check;
    uint32_t *columns; /* of the checked ones; UINT32_MAX: gone */
    const struct checked_column *checked;
    size_t count;
};

static void remark(struct review_book *review, char *text) {
    review->remarks = memory_resize(review->remarks, (review->remark_count + 1) * sizeof *review->remarks);
    review->remarks[review->remark_count++] = text;
}

/* --- Origin ----------------------------------------------------------------------------------------------- */

static void add_column(struct checked_column **list, size_t *count, struct view title, enum plecto_type type) {
    *list = memory_resize(*list, (*count + 1) * sizeof **list);
    (*list)[(*count)++] = (struct checked_column){memory_copy(title), type};
}

static enum plecto_type type_named(struct view name) {
    for (enum plecto_type type = PLECTO_TEXT; type <= PLECTO_BOOLEAN; type++)
        if (view_is(name, plecto_type_name(type))) return type;
    return PLECTO_TEXT;
}

static uint64_t number_of(struct view text) {
    uint64_t number = 0;
    for (size_t i = 0; i < text.length && text.text[i] >= '0' && text.text[i] <= '9'; i++)
        number = number * 10 + (uint64_t)(text.text[i] - '0');
    return number;
}

static void take_fact(struct reading *reading, struct view key, struct view value) {
    struct review_book *review = reading->review;
    char **texts[] = {&review->schema, &review->schema_file, &review->options, &review->by};
    static const char *const keys[] = {"schema", "schema file", "options", "by"};
    for (size_t i = 0; i < 4; i++)
        if (view_is(key, keys[i]) && !*texts[i]) *texts[i] = memory_copy(value);
    if (view_is(key, "format")) reading->is_ours = view_is(value, REVIEW_FORMAT);
    if (view_is(key, "rows")) reading->rows_told = number_of(value);
    if (view_is(key, "rejected")) reading->rejected_told = number_of(value);
    if (view_is(key, "field")) add_column(&reading->fields, &reading->field_count, value, PLECTO_TEXT);
    if (view_is(key, "type") && reading->field_count > 0)
        reading->fields[reading->field_count - 1].type = type_named(value);
    if (view_is(key, "rejected column")) add_column(&reading->originals, &reading->original_count, value, PLECTO_TEXT);
    if (view_is(key, "file")) {
        review->inputs = memory_resize(review->inputs, (review->input_count + 1) * sizeof *review->inputs);
        review->inputs[review->input_count++] = (struct review_input){memory_copy(value), NULL};
    }
    if (view_is(key, "file sha256") && review->input_count > 0 && !review->inputs[review->input_count - 1].sha256)
        review->inputs[review->input_count - 1].sha256 = memory_copy(value);
}

static bool not_ours(const char *path, struct error *error) {
    error_set(error, EXIT_CANNOT_READ,
              "%s is no review workbook of st2plecto: its hidden sheet Origin is missing or of "
              "another version",
              path);
    return error_fix(error, "st2plecto convert --to review makes one; save it as .xlsx");
}

static bool read_origin(struct reading *reading, const char *path, struct error *error) {
    size_t index = book_find_sheet(reading->book, view_of("Origin"));
    struct sheet *sheet = NULL;
    struct sheet_row row;
    bool end = false;
    if (index == SIZE_MAX) return not_ours(path, error);
    add_column(&reading->fields, &reading->field_count, view_of("ID"), PLECTO_TEXT);
    add_column(&reading->fields, &reading->field_count, view_of("Employee"), PLECTO_TEXT);
    add_column(&reading->fields, &reading->field_count, view_of("Created date"), PLECTO_DATETIME);
    bool is_fine = sheet_open(reading->book, index, &sheet, error);
    while (is_fine && (is_fine = sheet_next(sheet, &row, &end, error)) && !end) {
        struct view value = row.count > 1 && row.cells[1].column == 1 ? row.cells[1].text : view_of("");
        if (row.count > 0 && row.cells[0].column == 0) take_fact(reading, row.cells[0].text, value);
    }
    sheet_close(sheet);
    if (!is_fine) return false;
    return (reading->is_ours && reading->review->schema) || not_ours(path, error);
}

/* --- sheets ------------------------------------------------------------------------------------------------- */

/* Whether a header is this title, perhaps made unique: "Status (2)". */
static void find_columns(struct layout *layout, const struct sheet_row *header) {
    layout->decision = layout->why = layout->key = layout->check = UINT32_MAX;
    for (size_t i = 0; i < layout->count; i++)
        layout->columns[i] = UINT32_MAX;
    size_t next = 0; /* equal titles are in their order */
    for (size_t i = 0; i < header->count; i++) {
        const struct sheet_cell *cell = &header->cells[i];
        struct view title = view_trim(cell->text);
        if (view_is(title, "Decision") && layout->decision == UINT32_MAX) {
            layout->decision = cell->column;
        } else if (view_is(title, "Why") && layout->why == UINT32_MAX) {
            layout->why = cell->column;
        } else if (view_is(title, "st2plecto key")) {
            layout->key = cell->column;
        } else if (view_is(title, "st2plecto check")) {
            layout->check = cell->column;
        } else {
            for (size_t k = 0; k < layout->count; k++) {
                size_t at = (next + k) % layout->count;
                if (layout->columns[at] != UINT32_MAX) continue;
                struct view wanted = view_of(layout->checked[at].title);
                bool is_numbered = title.length > wanted.length + 3 && title.text[wanted.length] == ' ' &&
                                   title.text[wanted.length + 1] == '(' &&
                                   view_equal(view_from(title.text, wanted.length), wanted);
                if (!view_equal(title, wanted) && !is_numbered) continue;
                layout->columns[at] = cell->column;
                next = at + 1;
                break;
            }
        }
    }
}

static const struct sheet_cell *cell_at(const struct sheet_row *row, uint32_t column) {
    for (size_t i = 0; i < row->count && column != UINT32_MAX; i++)
        if (row->cells[i].column == column) return &row->cells[i];
    return NULL;
}

static char *text_at(const struct reading *reading, const struct sheet_row *row, uint32_t column) {
    const struct sheet_cell *cell = cell_at(row, column);
    struct buffer text = {0};
    if (cell) sheet_cell_print(reading->book, cell, &text);
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

/* Compares each cell with its check. */
static void find_edits(const struct reading *reading, const struct layout *layout, const struct sheet_row *row,
                       const char *checks, struct review_row *to) {
    for (size_t i = 0; i < layout->count; i++) {
        struct buffer now = {0};
        if (layout->columns[i] == UINT32_MAX) continue;
        const struct sheet_cell *cell = cell_at(row, layout->columns[i]);
        char *text = text_at(reading, row, layout->columns[i]);
        const char *before = checks + i * CELL_CHECK_LENGTH;
        cell_check_print(layout->checked[i].type, i, view_of(text), &now);
        bool is_same = memcmp(now.text, before, CELL_CHECK_LENGTH) == 0 && !(cell && cell->is_formula);
        buffer_free(&now);
        if (is_same) {
            free(text);
            continue;
        }
        to->edits = memory_resize(to->edits, (to->edit_count + 1) * sizeof *to->edits);
        struct review_edit *edit = &to->edits[to->edit_count++];
        *edit = (struct review_edit){.column = memory_copy(view_of(layout->checked[i].title)),
                                     .index = i,
                                     .type = layout->checked[i].type,
                                     .text = text,
                                     .is_number = cell && cell->kind == SHEET_NUMBER,
                                     .is_formula = cell && cell->is_formula,
                                     .place = place_of(layout, row, layout->columns[i])};
        memcpy(edit->check, before, CELL_CHECK_LENGTH);
    }
}

static void free_row(struct review_row *row) {
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

static void take_row(struct reading *reading, const struct layout *layout, const struct sheet_row *row) {
    struct review_book *review = reading->review;
    char *checks = text_at(reading, row, layout->check);
    struct review_row found = {.key = text_at(reading, row, layout->key), .is_rejected = layout->is_rejected};
    if (strlen(checks) != layout->count * CELL_CHECK_LENGTH || !*found.key) {
        char *place = place_of(layout, row, 0);
        remark(review,
               memory_print("%s: this row was added here, or its hidden cells were changed: it is not taken", place));
        free(place);
        free(checks);
        free_row(&found);
        return;
    }
    if (layout->is_rejected)
        reading->rejected_met++;
    else
        reading->rows_met++;
    found.choice_text = text_at(reading, row, layout->decision);
    found.why = text_at(reading, row, layout->why);
    found.place = place_of(layout, row, layout->decision);
    found.choice = choice_of(found.choice_text);
    find_edits(reading, layout, row, checks, &found);
    free(checks);
    if (found.choice == CHOICE_NONE && found.edit_count == 0) {
        free_row(&found);
        return;
    }
    void *rows = review->rows;
    memory_grow(&rows, &review->row_capacity, review->row_count + 1, sizeof *review->rows);
    review->rows = rows;
    review->rows[review->row_count++] = found;
}

static bool read_rows(struct reading *reading, size_t index, bool is_rejected, struct error *error) {
    struct sheet *sheet = NULL;
    struct sheet_row row;
    bool end = false;
    struct layout layout = {.name = book_sheet(reading->book, index)->name,
                            .is_rejected = is_rejected,
                            .checked = is_rejected ? reading->originals : reading->fields,
                            .count = is_rejected ? reading->original_count : reading->field_count};
    layout.columns = memory_get_zero(layout.count + 1, sizeof *layout.columns);
    bool is_fine = sheet_open(reading->book, index, &sheet, error);
    for (bool is_header = true; is_fine && (is_fine = sheet_next(sheet, &row, &end, error)) && !end;
         is_header = false) {
        if (!is_header) {
            take_row(reading, &layout, &row);
            continue;
        }
        find_columns(&layout, &row);
        if (layout.key != UINT32_MAX && layout.check != UINT32_MAX) continue;
        error_set(error, EXIT_CANNOT_READ, "%s: the sheet %s has lost its hidden columns", book_name(reading->book),
                  layout.name);
        is_fine = error_fix(error, "make the workbook again; change cells in it, but do not delete columns");
    }
    sheet_close(sheet);
    free(layout.columns);
    return is_fine;
}

static bool read_sheets(struct reading *reading, struct error *error) {
    for (size_t i = 0; i < book_sheet_count(reading->book); i++) {
        struct view name = view_of(book_sheet(reading->book, i)->name);
        bool is_rejected = view_is(name, "Rejected"),
             is_rows = view_is(name, "Rows") || view_starts_with(name, "Rows (");
        if ((is_rejected || is_rows) && !read_rows(reading, i, is_rejected, error)) return false;
    }
    struct review_book *review = reading->review;
    if (reading->rejected_met < reading->rejected_told)
        remark(review, memory_print("%llu rows of the sheet Rejected are gone: deleting a row decides nothing (choose "
                                    "\"leave out\" instead)",
                                    (unsigned long long)(reading->rejected_told - reading->rejected_met)));
    if (reading->rows_met < reading->rows_told)
        remark(review,
               memory_print("%llu rows of the sheet Rows are gone: deleting a row decides nothing (choose \"leave "
                            "out\" instead)",
                            (unsigned long long)(reading->rows_told - reading->rows_met)));
    return true;
}

bool review_read(const char *path, struct review_book *book, struct error *error) {
    struct reading reading = {.review = book};
    *book = (struct review_book){0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        error_set(error, EXIT_CANNOT_READ, "%s: cannot be read: %s", path, strerror(errno));
        return error_fix(error, "name the review.xlsx that was filled in");
    }
    bool is_fine = book_open(file, 0, path, &reading.book, error) && read_origin(&reading, path, error) &&
                   read_sheets(&reading, error);
    book_close(reading.book);
    close(file);
    for (size_t i = 0; i < reading.field_count; i++)
        free(reading.fields[i].title);
    for (size_t i = 0; i < reading.original_count; i++)
        free(reading.originals[i].title);
    free(reading.fields);
    free(reading.originals);
    return is_fine;
}

void review_book_free(struct review_book *book) {
    for (size_t i = 0; i < book->row_count; i++)
        free_row(&book->rows[i]);
    for (size_t i = 0; i < book->input_count; i++) {
        free(book->inputs[i].path);
        free(book->inputs[i].sha256);
    }
    for (size_t i = 0; i < book->remark_count; i++)
        free(book->remarks[i]);
    free(book->rows);
    free(book->inputs);
    free(book->remarks);
    free(book->schema);
    free(book->schema_file);
    free(book->options);
    free(book->by);
    *book = (struct review_book){0};
}
