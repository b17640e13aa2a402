/* decimal.h: amounts as whole numbers of ten-thousandths, so that no cent is ever rounded silently.
 *
 * How money is written: schemas/servicetitan.md, "How values are written"; schemas/servicetitan.md, "Exports as CSV". */
#ifndef VALUES_DECIMAL_H
#define VALUES_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/view.h"

#define DECIMAL_SCALE 10000 /* units per one */
#define DECIMAL_PLACES 4
#define DECIMAL_ROOM 27 /* bytes: sign, digits, point and places of any 64-bit value, and one more */

__extension__ typedef __int128 wide_integer; /* sums of scaled values */
_Static_assert(sizeof(wide_integer) == 16, "sums of 2^63 values fit");

/* Why a text is not a decimal. */
enum decimal_reason {
    DECIMAL_FINE,
    DECIMAL_EMPTY,      /* empty, or blanks only */
    DECIMAL_NOT_NUMBER, /* letters, two points, wrong grouping, 12-34 … */
    DECIMAL_TOO_LARGE,  /* beyond +-922,337,203,685,477.5807 */
    DECIMAL_TOO_PRECISE, /* non-zero digits behind the fourth place; `value` holds it rounded half-even */
    DECIMAL_NOISE        /* 16 or 17 digits of a binary fraction that is a decimal of four places at 15 digits, as
                            1234.5600000000001: `value` is that decimal; or less than a billionth, which is 0 */
};

/* Whether decimal_parse sets a value, exact or rounded. */
static inline bool decimal_has_value(enum decimal_reason reason) {
    return reason == DECIMAL_FINE || reason == DECIMAL_NOISE || reason == DECIMAL_TOO_PRECISE;
}

/* Whether the value that it sets is the one that is meant, to the last digit. */
static inline bool decimal_is_exact(enum decimal_reason reason) {
    return reason == DECIMAL_FINE || reason == DECIMAL_NOISE;
}

/* How numbers are written in a column. */
struct decimal_style {
    char point; /* '.', or ',' where the schema declares decimalChar */
    char group; /* ',' or '.' (groupChar); only accepted between groups of three digits */
};
extern const struct decimal_style decimal_style_default; /* '.' and ',' */

/* Reads the whole of `text` (blanks at the ends ignored). Accepts 1234.56, 1,234.56, $1,234.56,
 * ($45.00), -$3, $-7, 45.00-, +5, .5, 12%, 1e3 and 1.5E-2 (JSON), U+2212 as minus, what Excel's accounting formats show
 * ("$ 1,234.50", "$(45.00)", "$-" as zero; Unicode's blanks too), and any number of trailing zeros behind the point
 * ("1.0000000000000000000"). 12% gives 12 (the sign is dropped; by field, not by size: schemas/servicetitan.md,
 * "How values are written"). Grouping must be correct: 1,23 is DECIMAL_NOT_NUMBER. `*value` is in ten-thousandths; it is
 * set for DECIMAL_FINE, DECIMAL_NOISE and DECIMAL_TOO_PRECISE only. */
enum decimal_reason decimal_parse(struct view text, const struct decimal_style *style, int64_t *value);

/* Says the reason in a user's words, e.g. "is not a number"; static text. */
const char *decimal_reason_text(enum decimal_reason reason);

/* Appends `value` with at least `places` places (0 to 4), more if it has more that are not zero:
 * 3100000 with 2 gives "310.00"; 12345 with 2 gives "1.2345". Never an exponent, never "-0". */
void decimal_print(struct buffer *buffer, int64_t value, int places);
/* The same at `to`, where DECIMAL_ROOM bytes are; returns what is behind it. */
char *decimal_put(char *to, int64_t value, int places);
/* The same for sums. */
void decimal_print_wide(struct buffer *buffer, wide_integer value, int places);
/* Appends for people: "$1,234.50", "-$66.00" (money) or "1,234.5". */
void decimal_print_human(struct buffer *buffer, wide_integer value, bool money);
/* dividend / divisor, rounded half-even; divisor > 0. */
wide_integer decimal_divide(wide_integer dividend, wide_integer divisor);
/* sum / count in ten-thousandths, rounded half-even to `places` places (0 to 4). count > 0. */
wide_integer decimal_average(wide_integer sum, uint64_t count, int places);
/* Adds with overflow checked; false if it does not fit 128 bits (sum unchanged). */
static inline bool decimal_add(wide_integer *sum, wide_integer value) {
    wide_integer result;
    if (__builtin_add_overflow(*sum, value, &result)) return false;
    *sum = result;
    return true;
}

#endif
