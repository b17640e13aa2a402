/* workbook.h: a sheet of an Excel workbook as CSV text, so that everything behind it (title lines, header, group
 * and total rows) is the same for both.
 *
 * One line is one row of the sheet, rows that are not there are empty lines, so that row numbers are those the
 * spreadsheet shows. Numbers come as their format means them: dates as YYYY-MM-DD, percentages with their sign
 * (workbook/number_format.h). */
#ifndef INPUT_SOURCE_WORKBOOK_H
#define INPUT_SOURCE_WORKBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/view.h"

struct source_workbook;

/* What is known of the workbook as soon as it is open. */
struct workbook_facts {
    const char *sheet; /* the one that is read */
    char *unread;      /* names of other sheets that are shown and have rows, with quotes and commas; NULL if none */
    char **filters;    /* lines of the sheet Filters, "Date Range: 10/01/2025 - 10/31/2025" (schemas/servicetitan.md,
                          "Web reports and workbooks") */
    size_t filter_count;
    char *created; /* when the file was made, as docProps/core.xml has it: "2025-10-15T06:00:00Z"; NULL if it does not say */
    uint64_t merged; /* cells merged over several rows: their text counts for each of these rows */
    /* so far: */
    uint64_t formulas, hidden_rows;
    uint64_t *money; /* by column of the sheet: numbers in a currency's format */
    size_t money_count;
};

struct input_facts; /* input/facts.h */
/* How many cells of a column of the input were numbers in a currency's format, so far; 0 where it is no workbook. */
uint64_t workbook_money_cells(const struct input_facts *facts, size_t column);

/* Opens the workbook in `descriptor` from byte `begin`; neither is closed. `sheet` NULL: the first one that is shown
 * and is not named Filters. The sheet is unpacked once to prove that it is whole. Errors: as book_open; EXIT_WRONG_USE
 * if there is no such sheet (those there are are named). Free: source_workbook_destroy. */
bool source_workbook_create(int descriptor, uint64_t begin, const char *name, const char *sheet,
                            unsigned max_ratio, struct source_workbook **workbook, struct error *error);
void source_workbook_destroy(struct source_workbook *workbook); /* NULL is fine */
/* Up to `room` bytes of CSV; `*got` is 0 only at the end. */
bool source_workbook_take(struct source_workbook *workbook, char *to, size_t room, size_t *got, struct error *error);
/* Gives back all but its facts; it is woken before it is rewound, with the file that source_workbook_create had. */
void source_workbook_rest(struct source_workbook *workbook);
bool source_workbook_wake(struct source_workbook *workbook, int descriptor, uint64_t begin, const char *name,
                          unsigned max_ratio, struct error *error);
/* Back to the first row. */
bool source_workbook_rewind(struct source_workbook *workbook, struct error *error);
const struct workbook_facts *source_workbook_known(const struct source_workbook *workbook);
/* Share of the sheet that was read, 0 to 1000. */
unsigned source_workbook_share(const struct source_workbook *workbook);

#endif
