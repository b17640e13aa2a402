/* digits.h: whole numbers into decimal digits, two at a time; texts that are nothing but digits. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/view.h"

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

/* Whether eight bytes are all '0' to '9'. */
static inline bool digits_are_eight(uint64_t bytes) {
    return ((bytes & 0xf0f0f0f0f0f0f0f0u) | ((bytes + 0x0606060606060606u) & 0xf0f0f0f0f0f0f0f0u) >> 4) ==
           0x3333333333333333u;
}

/* Whether the text is digits only, and one at least. IDs, which mostly are, have 8 to 16 of them: two words that overlap. */
static inline bool digits_only(struct view view) {
    const char *text = view.text;
    size_t length = view.length;
    if (length >= 8 && length <= 16) {
        uint64_t first, last;
        memcpy(&first, text, 8);
        memcpy(&last, text + length - 8, 8);
        return digits_are_eight(first) && digits_are_eight(last);
    }
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9') return false;
    return length > 0;
}

#endif
