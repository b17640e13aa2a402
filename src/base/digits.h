/* digits.h: whole numbers into decimal digits, two at a time. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdint.h>
#include <string.h>

#define DIGITS_MOST 20 /* of a 64-bit number */

extern const char digit_pairs[201]; /* "00" to "99" */

/* Writes a number of 0 to 99 as two digits; returns what is behind them. */
static inline char *digits_put_two(char *to, unsigned number) {
    memcpy(to, digit_pairs + (size_t)number * 2, 2);
    return to + 2;
}

/* Writes a number with as many digits as it has (at most DIGITS_MOST) so that they end before `end`; returns the first. */
static inline char *digits_put_before(char *end, uint64_t number) {
    for (; number >= 100; number /= 100)
        memcpy(end -= 2, digit_pairs + number % 100 * 2, 2);
    if (number >= 10) return memcpy(end - 2, digit_pairs + number * 2, 2);
    *--end = (char)('0' + number);
    return end;
}

#endif
