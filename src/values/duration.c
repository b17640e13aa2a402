/* duration.c: parts between colons, or a plain number of seconds. */
#include "values/duration.h"

#include "base/digits.h"
#include "values/blanks.h"
#include "values/decimal.h"

#define SECONDS_A_DAY 86400
#define HOUR_DIGITS 12 /* as many as the longest length that an amount can hold has */

/* Digits up to a limit; moves `place` behind them. False if there is none, or too many. */
static bool read_digits(struct view text, size_t *place, size_t most, int64_t *value) {
    size_t start = *place;
    *value = 0;
    while (*place < text.length && text.text[*place] >= '0' && text.text[*place] <= '9') {
        if (*place - start == most) return false;
        *value = *value * 10 + (text.text[(*place)++] - '0');
    }
    return *place > start;
}

/* The digits behind the point of the seconds, in ten-thousandths; digits beyond the fourth must be zeros. */
static bool read_fraction(struct view text, size_t *place, int64_t *value) {
    int64_t scale = DECIMAL_SCALE;
    *value = 0;
    size_t start = ++*place;
    for (; *place < text.length && text.text[*place] >= '0' && text.text[*place] <= '9'; ++*place) {
        int digit = text.text[*place] - '0';
        scale /= 10;
        if (scale == 0 && digit != 0) return false;
        *value += digit * scale;
    }
    return *place > start;
}

bool duration_parse(struct view text, int64_t *value) {
    return duration_parse_as(text, false, value);
}

bool duration_parse_as(struct view text, bool is_hours_minutes, int64_t *value) {
    char room[BLANKS_ROOM];
    text = blanks_plain(text, room);
    if (text.length == 0) return false;
    if (!memchr(text.text, ':', text.length))
        return decimal_parse(text, &decimal_style_default, value) == DECIMAL_FINE &&
               !memchr(text.text, '$', text.length) && !memchr(text.text, '%', text.length);
    bool is_negative = text.text[0] == '-';
    size_t place = is_negative;
    int64_t days = 0, part, fraction = 0;
    if (!read_digits(text, &place, HOUR_DIGITS, &part)) return false;
    if (place < text.length && text.text[place] == '.') { /* D.HH:MM:SS, as .NET prints a time span */
        if (part > 9999999) return false;
        days = part;
        place++;
        if (!read_digits(text, &place, 2, &part) || part > 23) return false;
    }
    int64_t parts[3] = {part, 0, 0};
    size_t count = 1;
    while (place < text.length && text.text[place] == ':' && count < 3) {
        place++;
        if (!read_digits(text, &place, 2, &parts[count]) || parts[count] > 59) return false;
        count++;
    }
    if (count == 3 && place < text.length && text.text[place] == '.' && !read_fraction(text, &place, &fraction))
        return false;
    if (place != text.length || count < 2 || (days > 0 && count < 3)) return false;
    if (count == 2 && is_hours_minutes) count = 3; /* no seconds */
    if (count == 2 && parts[0] > 59) /* MM:SS */
        return false;
    int64_t seconds = count == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : parts[0] * 60 + parts[1];
    wide_integer length = ((wide_integer)days * SECONDS_A_DAY + seconds) * DECIMAL_SCALE + fraction;
    if (is_negative) length = -length;
    if (length > INT64_MAX || length < INT64_MIN) return false;
    *value = (int64_t)length;
    return true;
}

void duration_print(struct buffer *buffer, int64_t value) {
    char text[DIGITS_MOST + 8];
    char *end = text + DIGITS_MOST + 2; /* of the hours */
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    unsigned fraction = (unsigned)(left % DECIMAL_SCALE);
    uint64_t seconds = left / DECIMAL_SCALE;
    unsigned rest = (unsigned)(seconds % 3600);
    char *begin = digits_put_before(end, seconds / 3600);
    if (seconds < 36000) *--begin = '0';
    if (value < 0) *--begin = '-';
    end[0] = end[3] = ':';
    digits_put_two(end + 1, rest / 60);
    digits_put_two(end + 4, rest % 60);
    buffer_add(buffer, view_from(begin, (size_t)(end + 6 - begin)));
    if (fraction == 0) return;
    buffer_print(buffer, ".%04u", fraction);
    while (buffer->text[buffer->length - 1] == '0')
        buffer->length--;
}
