/* unsent.h: columns of a table that no field of the schema takes: whether they hold money or hours, which are never left
 * out without an issue. */
#ifndef CONVERT_UNSENT_H
#define CONVERT_UNSENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"
#include "input/facts.h"
#include "schema/bind.h"
#include "values/decimal.h"
#include "values/digit_sums.h"

/* One of them, known before the rows. */
struct unsent_column {
    size_t cell; /* of the records */
    struct view label;
    bool is_money, is_hours; /* by the words of its label */
    bool is_cents; /* of JSON and workbooks, where 45.50 is written as 45.5 and 45.00 as 45: cents without a sign may be
                      money; no rates, averages and miles */
    bool is_labelled;        /* is_money or is_hours */
};

struct unsent_columns {
    struct unsent_column *list; /* owned */
    size_t count;
};

/* What its values show. Sums, so that the order does not matter. */
struct unsent_values {
    uint64_t numbers, others; /* of filled cells; others are no numbers */
    uint64_t texts;           /* cells that begin as no number does; placeholders are none */
    uint64_t with_sign;       /* numbers with a dollar sign */
    uint64_t with_cents;      /* numbers with two decimals */
    uint64_t with_fraction;   /* numbers with one or two */
    uint64_t with_parts;      /* numbers with more */
    uint64_t durations;       /* HH:MM:SS, among the others */
    wide_integer sum;         /* whole once unsent_add has put it together */
    struct digit_sums digits; /* amounts of plain forms that are not in it yet */
};

enum unsent_kind { UNSENT_OTHER, UNSENT_MONEY, UNSENT_HOURS };

/* Whether one of the labels of --drop, `drops`, means the column: with brackets only that very label. */
bool unsent_is_dropped(struct view label, const char *const *drops, size_t count);
/* The column of a label; `is_bare`: its numbers are those of JSON or a workbook. */
struct unsent_column unsent_column(size_t cell, struct view label, bool is_bare);
/* The columns of a file that `binding` leaves out, without those that `drops` names. None for records of the API. */
void unsent_find(const struct input_facts *facts, const struct binding *binding, const char *const *drops,
                 size_t drop_count, struct unsent_columns *columns);
void unsent_free(struct unsent_columns *columns);
/* Looks at one cell. False: the column shows no sign of money or hours after so many cells that the others of this count
 * need no look. */
bool unsent_look(const struct unsent_column *column, struct view text, struct unsent_values *values);
/* The same for a cell of a record; `record` are the record's bytes, in which the text mostly is. */
bool unsent_look_in(const struct unsent_column *column, struct view text, struct view record,
                    struct unsent_values *values);
/* Adds all of `from`, those amounts too that are not in its sum yet. */
void unsent_add(struct unsent_values *into, const struct unsent_values *from);
/* Whether nearly all filled cells are numbers. */
bool unsent_holds_numbers(const struct unsent_values *values);
/* What the column is proved to hold: money by dollar signs, or by two decimals under a label of money (where numbers are bare, by any cents and no smaller parts); hours by their
 * label. Counts are never proved by values. */
enum unsent_kind unsent_kind(const struct unsent_column *column, const struct unsent_values *values);

#endif
