/* column_form.h: how the texts of a column are written where neither schema nor options say: what its marks in numbers are,
 * whether 1:30 is hours or minutes, whether its dates are day numbers of a spreadsheet, on which clock its times are.
 *
 * A pass assumes a form and counts what the texts prove; if they prove another, the inputs are read again (passes.c). What is
 * counted depends on the texts alone, never on the form assumed, and adds up in any order. */
#ifndef CONVERT_COLUMN_FORM_H
#define CONVERT_COLUMN_FORM_H

#include "base/view.h"
#include "schema/schema.h"
#include "values/decimal.h"
#include "values/duration.h"

/* The form in force in a pass. */
struct column_form {
    struct decimal_style style;
    bool is_excel_date;    /* dates are day numbers */
    bool in_utc;           /* times with Z and with offsets stand together: all count in UTC */
    bool is_hours_minutes; /* 1:30 is an hour and a half */
    bool is_quoted;        /* every text begins with the apostrophe that keeps a spreadsheet from changing it */
};

/* The marks in numbers: what is a decimal point for certain, what divides thousands for certain, what may be either. */
struct mark_evidence {
    uint64_t points, commas;             /* 12.50; 12,50 and 1.234,50 */
    uint64_t weak_commas;                /* the same in a file divided by commas, where one may be a slip */
    uint64_t point_groups, comma_groups; /* 1.234.567; 1,234,567 */
    uint64_t point_either, comma_either; /* 1.234; 1,234 */
    wide_integer either_sum;             /* of the values with one point, read as a decimal point */
};

/* Lengths of time. */
struct length_evidence {
    uint64_t two_parts;   /* 1:30 */
    uint64_t first_over;  /* of them, first part 24 to 59: no hour of a day */
    uint64_t first_large; /* of them, first part 60 and more: no minutes */
    uint64_t three_parts; /* 1:02:30: then hours have a place of their own */
    uint64_t fractions;   /* bare numbers such as 1.5: seconds by the rule, hours by their look */
    uint64_t pair_hours, pair_minutes; /* 1:30 between two times of the row that lie so many hours, or minutes, apart */
};

/* Dates. */
struct day_evidence {
    uint64_t numbers, others; /* day numbers of our time; anything else that is filled */
    uint64_t in_utc, with_offset; /* times, as they are written */
    uint64_t bare;                /* times with neither Z nor an offset */
};

#define YEAR_FIRST 1900 /* of the counts of years; earlier ones count as this */
#define YEAR_COUNT 256

struct year_place {
    uint64_t row, line;
    uint32_t file;
};

struct form_evidence {
    struct mark_evidence marks;
    struct length_evidence lengths;
    struct day_evidence days;
    uint64_t texts, quoted;           /* texts; of them, those that begin with an apostrophe */
    uint32_t *years;                  /* YEAR_COUNT; owned; NULL: no date */
    struct year_place *year_places;   /* where the first of each year is; as `years` */
};

/* Adds up. */
void form_evidence_merge(struct form_evidence *into, const struct form_evidence *from);
void form_evidence_reset(struct form_evidence *evidence); /* keeps the room */
void form_evidence_free(struct form_evidence *evidence);

/* --- of one text -------------------------------------------------------------------------------------------------- */

/* Where a number stands: what its marks weigh. */
enum mark_place {
    MARKS_IN_TEXT,   /* CSV with another delimiter than the comma */
    MARKS_IN_COMMAS, /* CSV divided by commas, texts of JSON */
    MARKS_TYPED      /* a workbook: a number's own point is a point */
};
void mark_evidence_add(struct mark_evidence *evidence, struct view text, enum mark_place place);
/* Takes a number as it is written. Nearly all numbers are done with three comparisons. */
static inline void mark_evidence_note(struct mark_evidence *evidence, struct view text, enum mark_place place) {
    if (text.length < 3) return;
    const char *end = text.text + text.length;
    if (end[-3] == '.' || end[-2] == '.') {
        evidence->points++;
        return;
    }
    bool has_mark = end[-2] == ',' || end[-3] == ',' || (text.length > 3 && (end[-4] == ',' || end[-4] == '.')) ||
                    (text.length > 4 && end[-5] == '.');
    if (has_mark) mark_evidence_add(evidence, text, place);
}
void length_evidence_add(struct length_evidence *evidence, struct view text);
/* Whether a text is of two parts, 1:30. */
bool length_has_two_parts(struct view text);
/* Takes a text of two parts beside the seconds between the two times of its row that it is the length of. */
void length_evidence_add_pair(struct length_evidence *evidence, struct view text, int64_t seconds);
/* Whether a text is a day number of our time (36526 to 73050, 2000 to 2100), perhaps with a fraction. */
bool is_day_number(struct view text);
/* A date of this year was read; true: the first of it, whose place is to be kept in `*place`. */
bool years_add(struct form_evidence *evidence, int year, struct year_place **place);

/* --- what a column proves ----------------------------------------------------------------------------------------- */

/* Decimal commas are proved by values that can be nothing else, and by no value that is against it. */
bool marks_prove_commas(const struct mark_evidence *marks);
bool marks_prove_points(const struct mark_evidence *marks);
/* Of a file in which some column proves decimal commas and none decimal points, the others have them too. */
struct decimal_style marks_style(const struct mark_evidence *marks, bool file_has_commas);
/* Whether nothing proves what 1.234 is. */
bool marks_are_open(const struct mark_evidence *marks);
/* Proved by the times of the rows where those say either. Else minutes and seconds are proved by a first part of 24 to 59 or by
 * values with hours; hours by a larger first part. */
bool lengths_prove_minutes(const struct length_evidence *lengths);
bool lengths_prove_hours(const struct length_evidence *lengths);
bool days_are_numbers(const struct day_evidence *days);

/* Whether all texts, two at least, begin with an apostrophe: then it is no part of them. */
static inline bool texts_are_quoted(uint64_t texts, uint64_t quoted) {
    return quoted > 1 && quoted == texts;
}

/* Years far from most: more than 30 years from the median. */
struct far_years {
    uint64_t count;
    int median, first, last;
    struct year_place place; /* of the first date of the first far year */
};
struct far_years years_far(const struct form_evidence *evidence);

#endif
