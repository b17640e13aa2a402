/* workbook.c: see workbook.h. The first rows wait until the widest of them is known: each row is then
 * filled up to that width, as a spreadsheet does when it saves CSV. */
#include "input/source/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "input/facts.h"
#include "workbook/merged.h"
#include "workbook/properties.h"
#include "workbook/sheet.h"

#define LOOK_ROWS 64          /* rows that decide the width */
#define LOOK_BYTES (1u << 20) /* or as many as fit here */
#define ENOUGH (256u << 10)   /* CSV made ahead */
#define FILTER_ROWS 100

struct waiting_row {
    size_t begin, length; /* in `waiting` */
    uint32_t columns;
};

struct source_workbook {
    struct book *book;   /* NULL: at rest */
    struct sheet *sheet;
    char *sheet_name;
    size_t index;
    struct workbook_facts facts;
    struct merged *merged; /* NULL if no cell reaches over several rows */
    uint64_t row;          /* the last one made */
    uint32_t width;        /* 0: not yet known */
    struct waiting_row rows[LOOK_ROWS];
    size_t row_count;
    struct buffer waiting;
    struct buffer scratch;
    struct buffer made; /* CSV not yet taken, from `taken` on */
    size_t taken;
    bool at_end;
};

/* --- choosing the sheet ------------------------------------------------------------------------------------ */

static bool is_filters(const struct book_sheet *sheet) {
    return view_equal_fold(view_of(sheet->name), view_of("Filters"));
}

static bool no_such_sheet(const struct book *book, const char *name, struct error *error) {
    struct buffer names = {0};
    for (size_t i = 0; i < book_sheet_count(book); i++)
        buffer_print(&names, "%s\"%s\"", i ? ", " : "", book_sheet(book, i)->name);
    error_set(error, EXIT_WRONG_USE, "%s has no sheet \"%s\"", book_name(book), name);
    error_fix(error, "Its sheets are %.*s", VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
    return false;
}

/* Whether a row has more than blanks. */
static bool has_content(const struct sheet_row *row) {
    for (size_t i = 0; i < row->count; i++)
        if (row->cells[i].kind == SHEET_NUMBER || view_trim(row->cells[i].text).length > 0) return true;
    return false;
}

static bool has_rows(struct book *book, size_t index, bool *has, struct error *error) {
    struct sheet *sheet;
    struct sheet_row row;
    bool end = false, is_fine = sheet_open(book, index, &sheet, error);
    *has = false;
    while (is_fine && !end && !*has) {
        is_fine = sheet_next(sheet, &row, &end, error);
        *has = is_fine && !end && has_content(&row);
    }
    sheet_close(sheet);
    return is_fine;
}

/* No sheet that is shown has rows, and a hidden one has: that one is named. */
static bool refuse_hidden(struct source_workbook *workbook, struct error *error) {
    struct book *book = workbook->book;
    for (size_t i = 0; i < book_sheet_count(book); i++) {
        bool has;
        if (!book_sheet(book, i)->is_hidden || is_filters(book_sheet(book, i))) continue;
        if (!has_rows(book, i, &has, error)) return false;
        if (!has) continue;
        error_set(error, EXIT_CANNOT_READ,
                  "%s: the sheets that are shown have no rows. The hidden sheet \"%s\" has some", book_name(book),
                  book_sheet(book, i)->name);
        return error_fix(error, "If it is the export, name it: --sheet \"%s\"", book_sheet(book, i)->name);
    }
    return true;
}

/* The one asked for, else the first that is shown, is not named Filters and has rows; if none has, the first. */
static bool choose_sheet(struct source_workbook *workbook, const char *name, struct error *error) {
    struct book *book = workbook->book;
    size_t first = SIZE_MAX;
    bool has = false;
    if (name) {
        workbook->index = book_find_sheet(book, view_of(name));
        return workbook->index != SIZE_MAX || no_such_sheet(book, name, error);
    }
    for (size_t i = 0; i < book_sheet_count(book) && !has; i++) {
        if (book_sheet(book, i)->is_hidden || is_filters(book_sheet(book, i))) continue;
        if (!has_rows(book, i, &has, error)) return false;
        if (first == SIZE_MAX || has) first = i;
    }
    workbook->index = first != SIZE_MAX ? first : 0;
    return has || first == SIZE_MAX || refuse_hidden(workbook, error);
}

static void add_filter(struct source_workbook *workbook, const struct sheet_row *row) {
    struct buffer line = {0};
    for (size_t i = 0; i < row->count; i++) {
        if (i > 0) buffer_add_text(&line, i == 1 ? ": " : " ");
        sheet_cell_print(workbook->book, &row->cells[i], &line);
    }
    struct workbook_facts *facts = &workbook->facts;
    facts->filters = memory_resize(facts->filters, (facts->filter_count + 1) * sizeof *facts->filters);
    facts->filters[facts->filter_count++] = buffer_take(&line);
}

/* Filters tell the period; another sheet with rows is told, since nothing is lost silently. */
static bool look_at_others(struct source_workbook *workbook, bool is_chosen, struct error *error) {
    struct book *book = workbook->book;
    struct buffer unread = {0};
    bool is_fine = true;
    for (size_t i = 0; i < book_sheet_count(book) && is_fine; i++) {
        const struct book_sheet *other = book_sheet(book, i);
        if (i == workbook->index || (other->is_hidden && !is_filters(other))) continue;
        struct sheet *sheet;
        struct sheet_row row;
        bool end = false;
        size_t count = 0;
        is_fine = sheet_open(book, i, &sheet, error);
        while (is_fine && !end && count < (is_filters(other) ? FILTER_ROWS : 1)) {
            is_fine = sheet_next(sheet, &row, &end, error);
            if (!is_fine || end) break;
            if (is_filters(other)) add_filter(workbook, &row);
            count++;
        }
        sheet_close(sheet);
        if (count > 0 && !is_filters(other) && !is_chosen)
            buffer_print(&unread, "%s\"%s\"", unread.length ? ", " : "", other->name);
    }
    if (unread.length > 0) workbook->facts.unread = buffer_take(&unread);
    buffer_free(&unread);
    return is_fine;
}

bool source_workbook_create(int descriptor, uint64_t begin, const char *name, const char *sheet,
                            unsigned max_ratio, struct source_workbook **workbook, struct error *error) {
    struct source_workbook *made = memory_get_zero(1, sizeof *made);
    bool is_fine = book_open(descriptor, begin, name, max_ratio, &made->book, error) && choose_sheet(made, sheet, error);
    if (is_fine) {
        made->facts.sheet = made->sheet_name = memory_copy(view_of(book_sheet(made->book, made->index)->name));
        made->facts.created = properties_created(made->book);
        is_fine = merged_find(made->book, made->index, &made->merged, error) &&
                  look_at_others(made, sheet != NULL, error) && source_workbook_rewind(made, error);
    }
    if (is_fine) made->facts.merged = merged_count(made->merged);
    *workbook = is_fine ? made : NULL;
    if (!is_fine) source_workbook_destroy(made);
    return is_fine;
}

void source_workbook_destroy(struct source_workbook *workbook) {
    if (!workbook) return;
    sheet_close(workbook->sheet);
    merged_free(workbook->merged);
    book_close(workbook->book);
    for (size_t i = 0; i < workbook->facts.filter_count; i++)
        free(workbook->facts.filters[i]);
    free(workbook->facts.filters);
    free(workbook->facts.money);
    free(workbook->facts.unread);
    free(workbook->facts.created);
    free(workbook->sheet_name);
    buffer_free(&workbook->waiting);
    buffer_free(&workbook->made);
    buffer_free(&workbook->scratch);
    free(workbook);
}

/* --- rows as CSV --------------------------------------------------------------------------------------------- */

static void count_money(struct workbook_facts *facts, uint32_t column) {
    if (column >= facts->money_count) {
        size_t count = (size_t)column + 16;
        facts->money = memory_resize(facts->money, count * sizeof *facts->money);
        memset(facts->money + facts->money_count, 0, (count - facts->money_count) * sizeof *facts->money);
        facts->money_count = count;
    }
    facts->money[column]++;
}

/* Appends a cell's text; quotes where CSV wants them, which numbers hardly ever do. */
static void print_cell(struct source_workbook *workbook, const struct sheet_cell *cell, struct buffer *out) {
    if (cell->kind != SHEET_NUMBER) {
        buffer_add_csv(out, cell->text);
        return;
    }
    if (book_format(workbook->book, cell->style)->is_money) count_money(&workbook->facts, cell->column);
    size_t begin = out->length;
    sheet_cell_print(workbook->book, cell, out);
    struct view text = view_from(out->text + begin, out->length - begin);
    bool is_plain = text.length > 0 && text.text[0] > ' ' && text.text[text.length - 1] > ' ';
    for (size_t i = 0; i < text.length && is_plain; i++)
        is_plain = text.text[i] >= ' ' && text.text[i] != ',' && text.text[i] != '"';
    if (is_plain) return;
    workbook->scratch.length = 0;
    buffer_add(&workbook->scratch, text);
    out->length = begin;
    buffer_add_csv(out, buffer_view(&workbook->scratch));
}

/* Appends the cells of a row with commas between them; returns how many columns there are. */
static uint32_t print_row(struct source_workbook *workbook, const struct sheet_row *row, struct buffer *out) {
    uint32_t column = 0;
    for (size_t i = 0; i < row->count; i++) {
        const struct sheet_cell *cell = &row->cells[i];
        for (; column < cell->column; column++)
            buffer_add_char(out, ',');
        print_cell(workbook, cell, out);
        workbook->facts.formulas += cell->is_formula;
    }
    return row->count > 0 ? column + 1 : 0;
}

static void fill_up(struct buffer *out, uint32_t columns, uint32_t width) {
    for (uint32_t i = columns > 0 ? columns : 1; i < width; i++)
        buffer_add_char(out, ',');
    buffer_add_char(out, '\n');
}

/* The width is known: what waited goes out. */
static void release(struct source_workbook *workbook) {
    for (size_t i = 0; i < workbook->row_count; i++)
        if (workbook->rows[i].columns > workbook->width) workbook->width = workbook->rows[i].columns;
    if (workbook->width == 0) workbook->width = 1;
    for (size_t i = 0; i < workbook->row_count; i++) {
        const struct waiting_row *row = &workbook->rows[i];
        buffer_add(&workbook->made, view_from(workbook->waiting.text + row->begin, row->length));
        if (row->columns > 0)
            fill_up(&workbook->made, row->columns, workbook->width);
        else
            buffer_add_char(&workbook->made, '\n');
    }
    workbook->row_count = 0;
    workbook->waiting.length = 0;
}

/* An empty line for each row that is not there; row `row` begins afterwards. */
static void add_gap(struct source_workbook *workbook, uint64_t row) {
    for (workbook->row++; workbook->row < row; workbook->row++) {
        if (workbook->width > 0) {
            buffer_add_char(&workbook->made, '\n');
            continue;
        }
        if (workbook->row_count == LOOK_ROWS) release(workbook);
        if (workbook->width > 0)
            buffer_add_char(&workbook->made, '\n');
        else
            workbook->rows[workbook->row_count++] = (struct waiting_row){workbook->waiting.length, 0, 0};
    }
}

static void add_row(struct source_workbook *workbook, const struct sheet_row *row) {
    add_gap(workbook, row->number);
    workbook->facts.hidden_rows += row->is_hidden;
    if (workbook->width == 0 && (workbook->row_count == LOOK_ROWS || workbook->waiting.length > LOOK_BYTES))
        release(workbook);
    if (workbook->width > 0) {
        fill_up(&workbook->made, print_row(workbook, row, &workbook->made), workbook->width);
    } else {
        size_t begin = workbook->waiting.length;
        uint32_t columns = print_row(workbook, row, &workbook->waiting);
        workbook->rows[workbook->row_count++] = (struct waiting_row){begin, workbook->waiting.length - begin, columns};
    }
}

static bool make_some(struct source_workbook *workbook, struct error *error) {
    workbook->made.length = workbook->taken = 0;
    while (workbook->made.length < ENOUGH && !workbook->at_end) {
        struct sheet_row row;
        if (!sheet_next(workbook->sheet, &row, &workbook->at_end, error)) return false;
        if (!workbook->at_end) merged_fill(workbook->merged, &row);
        if (!workbook->at_end)
            add_row(workbook, &row);
        else if (workbook->width == 0)
            release(workbook);
    }
    return true;
}

bool source_workbook_take(struct source_workbook *workbook, char *to, size_t room, size_t *got, struct error *error) {
    if (workbook->taken == workbook->made.length && !make_some(workbook, error)) return false;
    size_t ahead = workbook->made.length - workbook->taken;
    *got = ahead < room ? ahead : room;
    if (*got > 0) memcpy(to, workbook->made.text + workbook->taken, *got);
    workbook->taken += *got;
    return true;
}

void source_workbook_rest(struct source_workbook *workbook) {
    sheet_close(workbook->sheet);
    workbook->sheet = NULL;
    book_close(workbook->book);
    workbook->book = NULL;
    buffer_free(&workbook->waiting);
    buffer_free(&workbook->made);
    buffer_free(&workbook->scratch);
}

bool source_workbook_wake(struct source_workbook *workbook, int descriptor, uint64_t begin, const char *name,
                          unsigned max_ratio, struct error *error) {
    if (!book_open(descriptor, begin, name, max_ratio, &workbook->book, error)) return false;
    merged_use_book(workbook->merged, workbook->book);
    return true;
}

bool source_workbook_rewind(struct source_workbook *workbook, struct error *error) {
    sheet_close(workbook->sheet);
    workbook->sheet = NULL;
    workbook->row = 0;
    workbook->width = 0;
    workbook->row_count = 0;
    workbook->waiting.length = workbook->made.length = workbook->taken = 0;
    workbook->at_end = false;
    workbook->facts.formulas = workbook->facts.hidden_rows = 0;
    if (workbook->facts.money_count > 0)
        memset(workbook->facts.money, 0, workbook->facts.money_count * sizeof *workbook->facts.money);
    merged_rewind(workbook->merged);
    return sheet_open(workbook->book, workbook->index, &workbook->sheet, error);
}

uint64_t workbook_money_cells(const struct input_facts *facts, size_t column) {
    const struct workbook_facts *workbook = facts->workbook;
    if (!workbook) return 0;
    /* the column of the groups is none of the sheet, unless it is its first, which has no label */
    size_t group = facts->group_column;
    bool is_moved = group != SIZE_MAX && group > 0 && column > group;
    size_t place = column - is_moved;
    return column != group && place < workbook->money_count ? workbook->money[place] : 0;
}

const struct workbook_facts *source_workbook_known(const struct source_workbook *workbook) {
    return &workbook->facts;
}

unsigned source_workbook_share(const struct source_workbook *workbook) {
    if (!workbook->book) return workbook->at_end ? 1000 : 0;
    uint64_t size = book_part_size(workbook->book, book_sheet(workbook->book, workbook->index)->part);
    return workbook->at_end || size == 0 ? 1000 : (unsigned)(sheet_bytes(workbook->sheet) * 1000 / size);
}
