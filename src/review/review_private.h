/* review_private.h: what the files of the review workbook share. */
#ifndef REVIEW_REVIEW_PRIVATE_H
#define REVIEW_REVIEW_PRIVATE_H

#include "base/table.h"
#include "output/sheet_writer.h"
#include "review/review.h"
#include "review/titles.h"

#define TABLE_ROWS 100000 /* registrations and rejected rows, up to which the registrations are an Excel table */
#define TABLE_TITLE 240   /* bytes of a title: Excel's table takes 255 characters, and " (2)" may be added */
#define COLUMN_LIMIT 512  /* columns of a sheet that are measured */
#define ISSUE_ROWS 65000  /* Excel takes 65,530 links a sheet */
#define REJECTED_HEADER 0 /* row of its titles, high enough for a note above them: what to do */
#define COMMENT_ROWS 5000 /* rows of Rejected with comments */
#define ROW_SHEETS 64
#define WIDEST 48    /* characters of a column */
#define LINE_LIMIT 6 /* lines that a row shows */
#define LINE_HEIGHT 15

#define REJECTED_CSV_FIXED 7 /* file,line,row,codes,reasons,id,columns */

/* Where a row of the input went. */
struct landing {
    lxw_worksheet *sheet;
    const char *sheet_name;
    uint32_t row;
};

struct review {
    struct sheet_writer writer;
    const struct result *result;
    const struct review_files *files;
    struct error *error;
    bool is_table;
    lxw_worksheet *summary, *issues, *rejected, *totals, *periods, *lists, *origin; /* NULL: there is none */
    lxw_worksheet *rows[ROW_SHEETS];
    char row_names[ROW_SHEETS][16];
    uint32_t row_counts[ROW_SHEETS]; /* data rows of each */
    size_t row_sheets;
    uint64_t rejected_count;
    lxw_format *title, *good, *mixed, *bad, *warn, *bad_cell, *bold, *cell, *wrap, *link, *whole, *day, *difference,
        *wrapped_header, *right_header, *bold_whole, *bold_money, *top_money, *top_whole, *differs;
    size_t widths[COLUMN_LIMIT];      /* of the sheet at hand, in characters */
    struct table *wanted_ids;         /* external IDs that issues point to */
    struct table *wanted_rows;        /* "file NUL row" of issues */
    struct landing *landings;         /* by number of wanted_ids, then wanted_rows */
    char **labels;                    /* original columns */
    size_t label_count, label_shown;  /* `label_shown`: those that Rejected shows */
    uint64_t row_keys, rejected_keys; /* sums of the hashes of the keys, so that a missing row is found out */
    uint64_t uncommented;             /* rejected rows without comments */
    uint64_t issue_total, issue_shown;
    size_t day_first, day_count, person_first, person_count; /* rows and lengths of the blocks in Totals */
    bool has_minus_day, has_minus_person; /* an amount of the first money column there is below zero */
};

/* Text into a cell, remembered for the column's width. */
void review_text(struct review *review, lxw_worksheet *sheet, uint32_t row, uint16_t column, struct view text,
                 lxw_format *format);
/* Lines that a text takes where lines break at `width` characters (SIZE_MAX: only at its own breaks). */
size_t review_lines(struct view text, size_t width);
/* Height of a row whose cells have so many lines; before its first cell. Spreadsheets trust the heights of a file. */
void review_height(struct review *review, lxw_worksheet *sheet, uint32_t row, size_t lines);
/* Widths of columns as measured since the last call, and forgotten. */
void review_fit(struct review *review, lxw_worksheet *sheet, uint16_t columns);
void review_measure(struct review *review, uint16_t column, size_t characters);
/* Frozen header, which is in the row `header`, and first column, filter, landscape, one page wide, header on every page. */
void review_lay_out(struct review *review, lxw_worksheet *sheet, uint32_t header, uint32_t last_row, uint16_t columns,
                    bool has_filter);
/* The drop-downs of decisions. */
void review_decisions(struct review *review, lxw_worksheet *sheet, uint32_t first_row, uint32_t last_row);
/* An exact amount as a number, or as text where a spreadsheet would lose digits. */
void review_amount(struct review *review, lxw_worksheet *sheet, uint32_t row, uint16_t column, wide_integer amount,
                   lxw_format *format);
double review_double(wide_integer amount);

bool review_rows(struct review *review);
bool review_rejected(struct review *review);
void review_issues(struct review *review);
void review_totals(struct review *review);
/* grid.c: employees and periods of a --by run; only with the sheet `periods`. */
void review_grid(struct review *review);
/* Puts the charts below `row` of the Summary; answers the row after them. */
uint32_t review_charts(struct review *review, uint32_t row);
void review_summary(struct review *review);
/* Summary of a run that an error stopped: the error and what to do, in place of figures. */
void review_stopped(struct review *review);
void review_lists(struct review *review);
void review_origin(struct review *review);

#endif
