/* evidence.h: what the texts of a column prove about it: the order of its dates, what commas in its names are, how numbers and
 * lengths of time are written, whether shares are percent, which texts stand for nothing. Collected by block; sums, so that the order does not matter. */
#ifndef CONVERT_EVIDENCE_H
#define CONVERT_EVIDENCE_H

#include "convert/column_form.h"
#include "convert/id_form.h"
#include "people/names.h"
#include "values/datetime.h"
#include "values/nothing.h"

struct column_evidence {
    struct date_evidence dates;
    uint64_t month_first_in_period; /* ambiguous values that fall into --period if read month first */
    uint64_t day_first_in_period;
    struct comma_evidence commas;
    struct form_evidence form;
    uint64_t noise;                /* numbers with digits that floating point added */
    uint64_t percent_signs; /* of percentages: values with a percent sign */
    uint64_t percent_large; /* of those without: above 1 in size, so that 100% is 100 */
    uint64_t percent_small; /* up to 1, and not 0 */
    uint64_t rounded;              /* numbers of more than four decimals, rounded */
    uint64_t errors[NOTHING_ERRORS]; /* texts that are errors of a spreadsheet, sent empty; by number of the error */
    uint64_t words[NOTHING_WORDS]; /* texts that are words for nothing, sent empty; by number of the word */
};

struct evidence {
    size_t field_count;
    struct column_evidence *columns; /* by field; owned */
    uint64_t ids[ID_KIND_COUNT]; /* IDs that are one cell, by what they are made of */
    uint64_t quoted_ids;         /* of them, those that begin with an apostrophe */
    uint64_t float_people;       /* IDs of people written as 4101.0 */
    uint64_t guards;             /* cells with a spreadsheet's guard: ="001234" */
    uint64_t padded_rows;            /* CSV rows with blanks round the quotes of a cell */
    uint64_t shares_over_one;        /* shares above 1 seen by plecto.derive */
};

/* None yet. Free: evidence_free. */
void evidence_start(struct evidence *evidence, size_t field_count);
void evidence_reset(struct evidence *evidence);
void evidence_free(struct evidence *evidence);
/* Adds all of `from`. Both are of the same fields. */
void evidence_merge(struct evidence *into, const struct evidence *from);
/* The order that a column's dates prove; UNKNOWN where they prove nothing or contradict each other. */
enum date_order evidence_order(const struct column_evidence *column);

#endif
