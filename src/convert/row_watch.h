/* row_watch.h: rows as the converter reads them, for whoever compares them with something else: every row with its ID,
 * person, date and amounts, also those that are then rejected or filtered. */
#ifndef CONVERT_ROW_WATCH_H
#define CONVERT_ROW_WATCH_H

#include "convert/plan.h"

struct converter;

/* One registration of a row: the row itself, or the share of one of several people. Its texts are valid during the call. */
struct watched_row {
    size_t file;
    uint64_t row, line;
    struct view external_id, member_id, member_name; /* empty where the row lacks them */
    const struct moment *date;                       /* NULL if missing */
    int error;                /* the first one of the row (enum issue_code), for which it is set aside; -1: none */
    const struct cell *cells; /* of the record, in the order of the file's columns (CSV) or bound paths (JSON) */
    size_t cell_count;
    const struct converter *converter; /* for the functions below */
    size_t share;                      /* SIZE_MAX: the whole row */
};

struct row_watch {
    /* A pass begins: rows of an earlier one are void. */
    void (*start)(void *context, const struct plan *plan, struct input **inputs);
    /* Takes a row, in the order of the files if the run has one worker. */
    void (*take)(void *context, const struct watched_row *row);
    bool without_lengths; /* lengths of time that are computed of two dates are not wanted */
    void *context;
};

/* The text of a field's cell, trimmed; empty where it has none. */
struct view watched_text(const struct watched_row *row, size_t field);
/* The amount of a number or a duration, of a share its part; false where the cell is empty or no number. */
bool watched_amount(const struct watched_row *row, size_t field, int64_t *amount);
/* The date of a field that the run reads as a date; NULL where it is empty or none. */
const struct moment *watched_moment(const struct watched_row *row, size_t field);

#endif
