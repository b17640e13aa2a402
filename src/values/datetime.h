/* datetime.h: dates and times as files write them, into calendar fields, and back.
 *
 * Sources: schemas/servicetitan.md, "How values are written"; schemas/servicetitan.md, "Time zones"; ISO 8601. No time
 * zone here: see zone.h. */
#ifndef VALUES_DATETIME_H
#define VALUES_DATETIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/view.h"

/* Order of the parts in 3/4/2025. */
enum date_order { DATE_ORDER_UNKNOWN, DATE_ORDER_MDY, DATE_ORDER_DMY, DATE_ORDER_YMD };

enum datetime_reason {
    DATETIME_FINE,
    DATETIME_EMPTY,       /* empty or blanks */
    DATETIME_PLACEHOLDER, /* N/A, -, null, none, 0001-01-01…, 1/1/0001, any year before 1900 */
    DATETIME_NOT_DATE,
    DATETIME_NO_SUCH_DAY, /* 2/30/2025, 13/25/2025, hour 25, minute 61 */
    DATETIME_AMBIGUOUS    /* 3/4/2025 and order is DATE_ORDER_UNKNOWN */
};

enum zone_kind { ZONE_NONE, ZONE_UTC, ZONE_OFFSET }; /* as written behind the time */

struct datetime {
    int year, month, day;     /* 1900..9999, 1..12, 1..31 */
    int hour, minute, second; /* 0 if has_time is false */
    bool has_time;            /* a time was written */
    enum zone_kind zone;
    int offset;        /* seconds east of UTC, for ZONE_OFFSET */
    char fraction[10]; /* digits of the second behind the point, NUL-terminated, trailing zeros cut, at most 9 */
    bool is_short_year; /* the year was written with two digits */
};

#define CENTURY_DOUBTFUL 2050 /* a year of two digits from here on is more likely one of the century before */

/* What the texts of a column prove about their order; sums over a column, order-independent. */
struct date_evidence {
    uint64_t slashed;     /* values of the form N/N/YYYY (also with - or .) */
    uint64_t first_over;  /* first part over 12: day first */
    uint64_t second_over; /* second part over 12: month first */
    uint64_t ambiguous;   /* both at most 12 and different (2/2/2025 proves nothing, harms nothing) */
};

/* Reads the whole of `text`. Forms: M/D/YYYY, D/M/YYYY (also with '-' or '.', one or two digits; a year of two digits is one
 * of 1969 to 2068); YYYY-MM-DD, YYYY/MM/DD; Oct 23, 2025, 23-Oct-25 and Thursday, October 23, 2025 (English names). Each
 * with h[:mm[:ss[.f]]] [AM|PM|a.m.|p.m.] behind a blank (or T) and a zone: Z, UTC, GMT, +HH:MM, +HHMM or -HH. Of a fraction
 * the first nine digits count. Unicode's blanks are blanks. Year first is always recognised. `order` decides N/N/YYYY; with DATE_ORDER_UNKNOWN a
 * value is read if only one order is possible (25/12/2025; 2/2/2025), else DATETIME_AMBIGUOUS.
 * `evidence` may be NULL; else it is counted up. `*result` is set for DATETIME_FINE only. */
enum datetime_reason datetime_parse(struct view text, enum date_order order, struct datetime *result,
                                    struct date_evidence *evidence);

/* Excel serial date (days since 1899-12-30, 1900 system, fraction = time to the second): only where a
 * schema declares "format": "excel". */
enum datetime_reason datetime_parse_excel(struct view text, struct datetime *result);

/* Says the reason in a user's words; static text. */
const char *datetime_reason_text(enum datetime_reason reason);

/* Days since 1970-01-01 of a day of the proleptic Gregorian calendar, and back. */
int32_t date_to_days(int year, int month, int day);
void date_from_days(int32_t days, int *year, int *month, int *day);
/* 0 = Monday … 6 = Sunday. */
int date_weekday(int32_t days);
/* ISO 8601 week: the Monday's days number of the week holding `days`; week number and its year. */
int32_t date_week_start(int32_t days, int *week_year, int *week);
/* Days in this month (28 to 31). */
int date_month_length(int year, int month);

/* Appends YYYY-MM-DD. */
void date_print(struct buffer *buffer, int32_t days);
/* Appends YYYY-MM-DDTHH:MM:SS[.fraction] and Z, +HH:MM or nothing as the value's zone says;
 * `separator` is 'T' or ' '. */
void datetime_print(struct buffer *buffer, const struct datetime *value, char separator);

#endif
