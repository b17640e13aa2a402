/* compare.c: see compare.h. */
#include "review/compare.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "fixes/fixes.h"
#include "output/csv_rows.h"
#include "output/sheet_writer.h"
#include "review/edit_check.h"

struct comparison {
    const struct row_lookup *lookup;
    const char *schema, *who, *when;
    struct review_outcome *outcome;
};

static void __attribute__((format(printf, 3, 4)))
tell(struct comparison *comparison, const char *place, const char *format, ...) {
    struct review_outcome *outcome = comparison->outcome;
    va_list arguments;
    va_start(arguments, format);
    char *text = memory_print_list(format, arguments);
    va_end(arguments);
    outcome->problems = memory_resize(outcome->problems, (outcome->problem_count + 1) * sizeof *outcome->problems);
    outcome->problems[outcome->problem_count++] = memory_print("%s: %s", place, text);
    free(text);
}

void review_ask(const struct review_book *book, struct row_lookup *lookup) {
    for (size_t i = 0; i < book->row_count; i++)
        row_lookup_add(lookup, view_of(book->rows[i].key));
}

static void add_fix(struct comparison *comparison, const struct review_row *row, const char *field, const char *old,
                    const char *new) {
    struct review_outcome *outcome = comparison->outcome;
    const struct fix fix = {.schema = (char *)comparison->schema,
                            .id = row->key,
                            .field = (char *)field,
                            .old = (char *)old,
                            .new = (char *)new,
                            .who = (char *)comparison->who,
                            .when = (char *)comparison->when,
                            .why = row->why};
    fix_print(&outcome->fixes, &fix);
    if (strcmp(field, FIX_WHOLE_ROW) == 0)
        buffer_print(&outcome->list, "  %s: left out\n", row->key);
    else
        buffer_print(&outcome->list, "  %s: %s \"%s\" becomes \"%s\"\n", row->key, field, old, new);
}

/* --- one cell ------------------------------------------------------------------------------------------------ */

static const struct found_cell *cell_labelled(const struct found_row *row, const char *label) {
    for (size_t i = 0; label && i < row->cell_count; i++)
        if (strcmp(row->cells[i].label, label) == 0) return &row->cells[i];
    return NULL;
}

static bool is_label(const struct found_cell *cell, const char *label) {
    return label && strcmp(cell->label, label) == 0;
}

static const struct found_cell *cell_titled(const struct found_row *row, const char *title) {
    for (size_t i = 0; i < row->cell_count; i++)
        if (row->cells[i].title && strcmp(row->cells[i].title, title) == 0) return &row->cells[i];
    return NULL;
}

/* The cell of the export behind a cell of the sheet. */
static const struct found_cell *source_of(const struct review_row *row, const struct review_edit *edit,
                                          const struct found_row *today) {
    if (row->is_rejected) return cell_labelled(today, edit->column);
    if (edit->index == 1) return cell_labelled(today, today->employee_label);
    if (edit->index == 2) return cell_labelled(today, today->date_label);
    return cell_titled(today, edit->column);
}

struct registration_cell {
    size_t index;
    char *text;
};

static bool take_cell(void *context, const struct view *cells, size_t count) {
    struct registration_cell *wanted = context;
    if (wanted->index < count) wanted->text = memory_copy(cells[wanted->index]);
    return true;
}

/* What the sheet would say today in this cell; the caller frees. NULL: the row is not written today. */
static char *shown_today(const struct review_row *row, const struct review_edit *edit, const struct found_row *today,
                         const struct found_cell *source) {
    if (row->is_rejected) return memory_copy(view_of(source->text));
    struct registration_cell cell = {edit->index, NULL};
    struct csv_rows rows;
    if (!today->registration) return NULL;
    csv_rows_start(&rows, take_cell, &cell);
    csv_rows_piece(&rows, view_of(today->registration));
    csv_rows_end(&rows);
    return cell.text;
}

static bool is_equal(enum plecto_type type, const char *left, const char *right) {
    struct buffer a = {0}, b = {0};
    cell_canonical(type, view_of(left), &a);
    cell_canonical(type, view_of(right), &b);
    bool equal = view_equal(buffer_view(&a), buffer_view(&b));
    buffer_free(&a);
    buffer_free(&b);
    return equal;
}

/* Whether today's cell is the one of which the workbook was made. */
static bool is_as_exported(const struct review_edit *edit, const char *shown) {
    struct sheet_writer writer = {0}; /* for its buffer: texts are checked as the workbook holds them */
    struct buffer check = {0};
    struct view text = view_of(shown);
    cell_check_print(edit->type, edit->index, edit->type == PLECTO_TEXT ? sheet_clean(&writer, text) : text, &check);
    bool is_same = memcmp(check.text, edit->check, CELL_CHECK_LENGTH) == 0;
    buffer_free(&check);
    buffer_free(&writer.clean);
    return is_same;
}

static bool compare_cell(struct comparison *comparison, const struct review_row *row, const struct review_edit *edit,
                         const struct found_row *today) {
    struct review_outcome *outcome = comparison->outcome;
    const struct found_cell *source = source_of(row, edit, today);
    if (!source) {
        tell(comparison, edit->place, "%s is computed from other columns or looked up. Correct it at its source",
             edit->column);
        return false;
    }
    bool is_needed = is_label(source, today->employee_label) || is_label(source, today->date_label);
    char *refusal = edit_refusal(edit, row->is_rejected, source, is_needed);
    if (refusal) {
        tell(comparison, edit->place, "%s %s", edit->column, refusal);
        free(refusal);
        return false;
    }
    char *shown = shown_today(row, edit, today, source);
    bool is_unchanged = shown && is_as_exported(edit, shown);
    bool is_mended = shown && is_equal(edit->type, shown, edit->text);
    if (is_unchanged) {
        char *text = edit_text(edit, source);
        add_fix(comparison, row, source->label, source->text, text);
        free(text);
        outcome->cells++;
    } else if (is_mended) {
        outcome->already++;
    } else if (shown) {
        tell(comparison, edit->place, "%s became \"%s\" here, but today's export has \"%s\". Decide again",
             edit->column, edit->text, source->text);
    } else {
        tell(comparison, edit->place, "today this row is set aside or filtered. Make the workbook again");
    }
    free(shown);
    return is_unchanged;
}

/* Whether a row that is to be left out is another one today: what was wrong with it may have been mended. */
static bool has_changed(struct comparison *comparison, const struct review_row *row, const struct found_row *today) {
    if (!row->is_rejected && !today->registration) {
        tell(comparison, row->place, "today this row is set aside or filtered. Make the workbook again");
        return true;
    }
    for (size_t i = 0; i < row->edit_count; i++) {
        const struct review_edit *edit = &row->edits[i];
        const struct found_cell *source = row->is_rejected ? cell_labelled(today, edit->column) : NULL;
        if (row->is_rejected && !source) continue; /* a column of another file */
        char *shown = shown_today(row, edit, today, source);
        bool is_other = shown && !is_as_exported(edit, shown);
        if (is_other)
            tell(comparison, row->place,
                 "%s was different when the workbook was made. Today's export has \"%s\". Decide again whether to "
                 "leave the row out",
                 edit->column, shown);
        free(shown);
        if (is_other) return true;
    }
    return false;
}

/* --- one row --------------------------------------------------------------------------------------------------- */

/* True if the row of today is there and is one. */
static bool check_today(struct comparison *comparison, const struct review_row *row, const struct found_row *today) {
    if (!today->is_found) {
        tell(comparison, row->place, "%s is no longer in today's export", row->key);
        return false;
    }
    if (today->has_several) {
        tell(comparison, row->place,
             "the export has several rows with the ID %s, and nothing shows which one is meant. Correct it in "
             "ServiceTitan",
             row->key);
        return false;
    }
    if (today->is_divided && !row->is_rejected) {
        tell(comparison, row->place, "%s is the share of one of several people. Correct the row in ServiceTitan",
             row->key);
        return false;
    }
    return true;
}

/* Rows of the sheet whose cells do not belong together, or of which there are several. */
static bool is_torn(struct comparison *comparison, const struct review_row *row, const struct review_row *twin) {
    if (row->is_displaced)
        tell(comparison, row->place,
             row->is_rejected
                 ? "this row does not match its hidden cells (%s), because the sheet was sorted or pasted without "
                   "its hidden columns. The row is not used"
                 : "this row is %s by its hidden cells, but not by its ID. The ID cannot be changed here, and a "
                   "sort must include the hidden columns. The row is not used",
             row->key);
    else if (twin)
        tell(comparison, row->place, "this row is here twice (see %s). Delete one of them", twin->place);
    return row->is_displaced || twin;
}

static void compare_row(struct comparison *comparison, const struct review_book *book, const struct review_row *row,
                        const struct review_row *twin) {
    struct review_outcome *outcome = comparison->outcome;
    if (is_torn(comparison, row, twin)) return;
    const struct found_row *today =
        row_lookup_row(comparison->lookup, row_lookup_find(comparison->lookup, view_of(row->key)));
    bool is_total = !row->is_rejected && book->by && strcmp(book->by, "row") != 0;
    switch (row->choice) {
    case CHOICE_LATER: outcome->later++; return;
    case CHOICE_UNKNOWN:
        tell(comparison, row->place, "\"%s\" is not a decision. Choose fix, leave out or later", row->choice_text);
        return;
    case CHOICE_NONE:
        tell(comparison, row->edits[0].place,
             "%s was changed, but the row has no decision. Choose \"fix\" to use the change", row->edits[0].column);
        return;
    case CHOICE_FIX:
    case CHOICE_LEAVE_OUT: break;
    }
    if (is_total) {
        tell(comparison, row->place,
             "this is a total of several rows. To correct them, make the workbook without --by");
        return;
    }
    if (!check_today(comparison, row, today)) return;
    if (row->choice == CHOICE_LEAVE_OUT) {
        if (has_changed(comparison, row, today)) return;
        add_fix(comparison, row, FIX_WHOLE_ROW, "", FIX_LEAVE_OUT);
        outcome->left_out++;
        return;
    }
    if (today->is_damaged) {
        tell(comparison, row->place,
             "the row has too few cells, too many, or an open quote. Correct the file itself, or choose "
             "\"leave out\"");
        return;
    }
    if (row->edit_count == 0) tell(comparison, row->place, "the decision is \"fix\", but no cell was changed");
    bool is_taken = false;
    for (size_t i = 0; i < row->edit_count; i++)
        is_taken = compare_cell(comparison, row, &row->edits[i], today) || is_taken;
    outcome->rows += is_taken;
}

/* For each row another one of the same sheet with the same key; NULL: none. To be freed. */
static const struct review_row **find_twins(const struct review_book *book) {
    const struct review_row **twins = memory_get_zero(book->row_count + 1, sizeof *twins);
    size_t *firsts = memory_get_zero(book->row_count + 1, sizeof *firsts);
    struct table *keys = table_create();
    struct buffer key = {0};
    for (size_t i = 0; i < book->row_count; i++) {
        bool is_new;
        key.length = 0;
        buffer_print(&key, "%c%s", book->rows[i].is_rejected ? '-' : '+', book->rows[i].key);
        size_t number = table_add(keys, buffer_view(&key), &is_new);
        if (is_new) {
            firsts[number] = i;
            continue;
        }
        twins[i] = &book->rows[firsts[number]];
        twins[firsts[number]] = &book->rows[i];
    }
    buffer_free(&key);
    table_destroy(keys);
    free(firsts);
    return twins;
}

void review_compare(const struct review_book *book, const struct row_lookup *lookup, const char *schema,
                    const char *who, const char *when, struct review_outcome *outcome) {
    struct comparison comparison = {lookup, schema, who, when, outcome};
    const struct review_row **twins = find_twins(book);
    *outcome = (struct review_outcome){0};
    for (size_t i = 0; i < book->row_count; i++)
        compare_row(&comparison, book, &book->rows[i], twins[i]);
    free(twins);
    for (size_t i = 0; i < book->remark_count; i++)
        tell(&comparison, "workbook", "%s", book->remarks[i]);
}

void review_outcome_free(struct review_outcome *outcome) {
    for (size_t i = 0; i < outcome->problem_count; i++)
        free(outcome->problems[i]);
    free(outcome->problems);
    buffer_free(&outcome->fixes);
    buffer_free(&outcome->list);
}
