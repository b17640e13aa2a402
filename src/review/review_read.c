/* review_read.c: see review_read.h. The workbook as a whole: where it comes from (the hidden sheet Origin), which of its
 * sheets are read, and whether rows are missing. */
#include "review/review_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "input/source/source.h"
#include "review/review_sheet.h"
#include "review/titles.h"

struct reading {
    struct book *book;
    struct review_book *review;
    struct review_part rows, rejected;
    bool is_ours;
};

/* --- Origin ----------------------------------------------------------------------------------------------- */

static void add_column(struct review_part *part, struct view title, enum plecto_type type) {
    part->columns = memory_resize(part->columns, (part->count + 1) * sizeof *part->columns);
    part->columns[part->count++] = (struct checked_column){memory_copy(title), type};
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
    char **texts[] = {&review->schema, &review->schema_file, &review->options, &review->by, &review->stopped};
    static const char *const keys[] = {"schema", "schema file", "options", "by", "stopped"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (view_is(key, keys[i]) && !*texts[i]) *texts[i] = memory_copy(value);
    if (view_is(key, "format")) {
        reading->rejected.is_old = view_is(value, REVIEW_FORMAT_OLD);
        reading->is_ours = reading->rejected.is_old || view_is(value, REVIEW_FORMAT);
    }
    if (view_is(key, "rows")) reading->rows.rows_told = number_of(value);
    if (view_is(key, "rejected")) reading->rejected.rows_told = number_of(value);
    if (view_is(key, "row keys")) reading->rows.keys_told = number_of(value);
    if (view_is(key, "rejected keys")) reading->rejected.keys_told = number_of(value);
    if (view_is(key, "field")) add_column(&reading->rows, value, PLECTO_TEXT);
    if (view_is(key, "type") && reading->rows.count > 0)
        reading->rows.columns[reading->rows.count - 1].type = type_named(value);
    if (view_is(key, "rejected column")) add_column(&reading->rejected, value, PLECTO_TEXT);
    if (view_is(key, "file")) {
        review->inputs = memory_resize(review->inputs, (review->input_count + 1) * sizeof *review->inputs);
        review->inputs[review->input_count++] = (struct review_input){memory_copy(value), NULL};
    }
    if (view_is(key, "file sha256") && review->input_count > 0 && !review->inputs[review->input_count - 1].sha256)
        review->inputs[review->input_count - 1].sha256 = memory_copy(value);
}

static bool not_ours(const char *path, struct error *error) {
    error_set(error, EXIT_CANNOT_READ,
              "%s is not a review workbook from st2plecto, because its hidden sheet Origin is missing or from "
              "another version",
              path);
    return error_fix(error, "Make one with convert --to review, and keep it an .xlsx file when you save it.");
}

static bool read_origin(struct reading *reading, const char *path, struct error *error) {
    size_t index = book_find_sheet(reading->book, view_of("Origin"));
    struct sheet *sheet = NULL;
    struct sheet_row row;
    bool end = false;
    if (index == SIZE_MAX) return not_ours(path, error);
    add_column(&reading->rows, view_of("ID"), PLECTO_TEXT);
    add_column(&reading->rows, view_of("Employee"), PLECTO_TEXT);
    add_column(&reading->rows, view_of("Created date"), PLECTO_DATETIME);
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

/* Other sheets with rows of ours: one that was renamed, or a copy. */
static bool tell_strange(struct reading *reading, size_t index, struct error *error) {
    bool is_ours;
    if (!review_sheet_is_ours(reading->book, index, &is_ours, error)) return false;
    if (is_ours)
        review_remark(
            reading->review,
            memory_print(
                "the sheet \"%s\" was renamed or is a copy. Decisions are read from the sheets Rows and Rejected "
                "only",
                book_sheet(reading->book, index)->name));
    return true;
}

static void tell_missing(struct review_book *review, const struct review_part *part) {
    unsigned long long told = part->rows_told, met = part->rows_met;
    if (part->sheets == 0 && told > 0)
        review_remark(review, memory_print("the sheet %s is gone. Deleting it is not a decision", part->name));
    else if (met < told)
        review_remark(
            review,
            memory_print("%llu row%s of the sheet %s %s gone. Deleting a row is not a decision (choose \"leave out\" "
                         "instead)",
                         told - met, told - met == 1 ? "" : "s", part->name, told - met == 1 ? "is" : "are"));
    else if (met > told)
        review_remark(review,
                      memory_print("the sheet %s has %llu row%s more than it was made with, so rows were doubled",
                                   part->name, met - told, met - told == 1 ? "" : "s"));
    else if (part->keys_met != part->keys_told)
        review_remark(
            review,
            memory_print("rows of the sheet %s are gone, and others are there twice. Deleting a row is not a decision",
                         part->name));
}

static bool read_sheets(struct reading *reading, struct error *error) {
    for (size_t i = 0; i < book_sheet_count(reading->book); i++) {
        struct view name = view_of(book_sheet(reading->book, i)->name);
        struct review_part *part = view_is(name, "Rejected")                                   ? &reading->rejected
                                   : view_is(name, "Rows") || view_starts_with(name, "Rows (") ? &reading->rows
                                                                                               : NULL;
        bool is_fine =
            part ? review_sheet_read(reading->book, i, part, reading->review, error) : tell_strange(reading, i, error);
        if (!is_fine) return false;
    }
    tell_missing(reading->review, &reading->rejected);
    tell_missing(reading->review, &reading->rows);
    return true;
}

static void free_part(struct review_part *part) {
    for (size_t i = 0; i < part->count; i++)
        free(part->columns[i].title);
    free(part->columns);
}

static bool open_book(struct reading *reading, int file, const char *path, struct error *error) {
    struct stat facts;
    if (fstat(file, &facts) == 0 && S_ISDIR(facts.st_mode))
        error_set(error, EXIT_CANNOT_READ, "%s is a folder", path);
    else if (book_open(file, 0, path, SOURCE_RATIO, &reading->book, error))
        return true;
    return error_fix(error, "Name the review.xlsx with the decisions, saved as .xlsx.");
}

bool review_read(const char *path, struct review_book *book, struct error *error) {
    struct reading reading = {
        .review = book, .rows = {.name = "Rows"}, .rejected = {.name = "Rejected", .is_rejected = true}};
    *book = (struct review_book){0};
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        error_set(error, EXIT_CANNOT_READ, "%s: cannot be read: %s", path, strerror(errno));
        return error_fix(error, "Name the review.xlsx with the decisions.");
    }
    bool is_fine =
        open_book(&reading, file, path, error) && read_origin(&reading, path, error) && read_sheets(&reading, error);
    book_close(reading.book);
    close(file);
    free_part(&reading.rows);
    free_part(&reading.rejected);
    return is_fine;
}

void review_book_free(struct review_book *book) {
    for (size_t i = 0; i < book->row_count; i++)
        review_row_free(&book->rows[i]);
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
    free(book->stopped);
    *book = (struct review_book){0};
}
