/* decimal.c: reading amounts in one pass, printing them without a double. */
#include "values/decimal.h"

#include "base/digits.h"
#include "values/blanks.h"
#include "values/decimal_plain.h"

#define MOST_DIGITS 18 /* digits of a scaled value that surely fit 64 bits */

const struct decimal_style decimal_style_default = {'.', ','};

/* What stands around the digits. */
struct marks {
    bool is_negative, has_sign, has_currency, has_percent, is_bracketed;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static struct view without(struct view text, size_t length) {
    return view_from(text.text + length, text.length - length);
}

/* Blanks behind a currency sign and before one: "$ 1,234.50", "- $45". */
static struct view skip_blanks(struct view text) {
    while (text.length > 0 && text.text[0] == ' ')
        text = without(text, 1);
    return text;
}

static bool is_bracketed(struct view text) {
    return text.length >= 2 && text.text[0] == '(' && text.text[text.length - 1] == ')';
}

/* Takes one sign, currency sign or pair of brackets off; false if there is none. */
static bool take_mark(struct view *text, struct marks *marks) {
    struct view minus = view_from("\xe2\x88\x92", 3); /* U+2212 */
    bool is_minus = text->length >= 3 && memcmp(text->text, minus.text, 3) == 0;
    char c = is_minus ? '-' : text->length > 0 ? text->text[0] : '\0';
    if ((c == '-' || c == '+') && !marks->has_sign && !marks->is_bracketed) {
        marks->has_sign = true;
        marks->is_negative = c == '-';
        *text = without(*text, is_minus ? 3 : 1);
        struct view behind = skip_blanks(*text);
        if (behind.length > 0 && behind.text[0] == '$') *text = behind;
        return true;
    }
    if (c == '$' && !marks->has_currency) {
        marks->has_currency = true;
        *text = skip_blanks(without(*text, 1));
        return true;
    }
    if (is_bracketed(*text) && !marks->is_bracketed && !marks->has_sign) {
        marks->is_bracketed = marks->is_negative = true;
        *text = view_trim(view_from(text->text + 1, text->length - 2));
        return true;
    }
    return false;
}

/* Takes signs, currency and brackets off both ends. False if they contradict each other. */
static bool take_marks(struct view *text, struct marks *marks) {
    while (take_mark(text, marks)) {
    }
    if (text->length > 0 && text->text[text->length - 1] == '%' && !marks->has_currency) {
        marks->has_percent = true;
        *text = view_trim(view_from(text->text, text->length - 1));
    }
    if (text->length > 1 && text->text[text->length - 1] == '-' && is_digit(text->text[text->length - 2])) {
        if (marks->has_sign || marks->is_bracketed) return false;
        marks->is_negative = true;
        text->length--;
    }
    return text->length > 0;
}

/* "$-" and "$ -": Excel's accounting formats show zero so (ECMA-376 part 1, 18.8.30, formats 41 to 44). */
static bool is_accounting_zero(struct view text) {
    if (text.length < 2 || text.text[0] != '$') return false;
    return view_is(skip_blanks(without(text, 1)), "-");
}

/* The exponent behind e or E; false if it is malformed. */
static bool read_exponent(struct view text, size_t *place, int *exponent) {
    bool is_negative = false;
    ++*place;
    if (*place < text.length && (text.text[*place] == '-' || text.text[*place] == '+'))
        is_negative = text.text[(*place)++] == '-';
    size_t start = *place;
    *exponent = 0;
    for (; *place < text.length && is_digit(text.text[*place]); ++*place)
        *exponent = *exponent < 100000 ? *exponent * 10 + (text.text[*place] - '0') : *exponent;
    if (is_negative) *exponent = -*exponent;
    return *place > start;
}

/* Adds a digit behind those in `number`; false if it does not fit. */
static bool add_digit(uint64_t *number, int digit) {
    if (*number > (uint64_t)INT64_MAX / 10) return false;
    *number = *number * 10 + (uint64_t)digit;
    return *number <= (uint64_t)INT64_MAX;
}

/* The digits as one number with its decimal exponent, taken slowly: many digits, exponents. `digits` is text whose
 * form is known to be right. */
static enum decimal_reason scale_slowly(struct view digits, char group, char point, int exponent, uint64_t *scaled) {
    /* digits with weight 10^(whole - 1 - i + exponent + 4) >= 1 count; those below decide rounding */
    int whole = 0;
    for (size_t i = 0; i < digits.length && digits.text[i] != point; i++)
        whole += digits.text[i] != group;
    uint64_t number = 0;
    int weight = whole - 1 + exponent + DECIMAL_PLACES;
    int first_dropped = 0;
    bool more_dropped = false, has_dropped = false;
    for (size_t i = 0; i < digits.length; i++) {
        if (!is_digit(digits.text[i])) continue;
        int digit = digits.text[i] - '0';
        if (weight >= 0) {
            if (!add_digit(&number, digit)) return DECIMAL_TOO_LARGE;
        } else if (weight == -1) {
            first_dropped = digit;
            has_dropped = has_dropped || digit != 0;
        } else if (digit != 0) {
            more_dropped = has_dropped = true;
        }
        weight--;
    }
    for (; weight >= 0 && number > 0; weight--)
        if (!add_digit(&number, 0)) return DECIMAL_TOO_LARGE;
    if (first_dropped > 5 || (first_dropped == 5 && (more_dropped || number % 2 == 1))) number++;
    if (number > (uint64_t)INT64_MAX) return DECIMAL_TOO_LARGE;
    *scaled = number;
    return has_dropped ? DECIMAL_TOO_PRECISE : DECIMAL_FINE;
}

#define DOUBLE_DIGITS 15 /* that a double keeps of any decimal; 16 and 17 are what printing it exactly may take */

/* Whether digits (of a known form, without exponent) are 16 or 17 that come to four places where they are rounded to 15;
 * `scaled` is then that number. */
static bool is_noise(struct view digits, char group, char point, uint64_t *scaled) {
    uint64_t number = 0;
    int count = 0, places = 0;
    bool has_point = false;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.text[i];
        has_point = has_point || c == point;
        if (c == point || c == group) continue;
        places += has_point;
        if (count == 0 && c == '0') continue;
        if (++count > DOUBLE_DIGITS + 2) return false;
        number = number * 10 + (uint64_t)(c - '0');
    }
    if (count <= DOUBLE_DIGITS) return false;
    for (; count > DOUBLE_DIGITS; count--, places--) {
        unsigned dropped = (unsigned)(number % (count == DOUBLE_DIGITS + 1 ? 10 : 100));
        if (count == DOUBLE_DIGITS + 2) { /* both at once: rounding twice would round up from the middle */
            number = number / 100 + (dropped >= 50);
            places--;
            count--;
        } else {
            number = number / 10 + (dropped >= 5);
        }
    }
    for (; places > DECIMAL_PLACES; places--, number /= 10)
        if (number % 10 != 0) return false;
    for (; places < DECIMAL_PLACES; places++)
        if (__builtin_mul_overflow(number, 10u, &number)) return false;
    *scaled = number;
    return number <= (uint64_t)INT64_MAX;
}

/* The digits, with groups of three checked. Fills the plain number of digits read and how many stand behind the
 * point; `fits` is false where more digits than MOST_DIGITS came. */
static bool read_number(struct view text, const struct decimal_style *style, uint64_t *number, int *places,
                        int *exponent, size_t *digits_end, bool *fits) {
    size_t place = 0, digits = 0, since_group = 0;
    bool has_group = false, has_point = false;
    *number = 0;
    *places = 0;
    *exponent = 0;
    for (; place < text.length; place++) {
        char c = text.text[place];
        if (is_digit(c)) {
            *number = digits < MOST_DIGITS ? *number * 10 + (uint64_t)(c - '0') : *number;
            digits++;
            since_group++;
            *places += has_point;
        } else if (c == style->point && !has_point) {
            if (has_group && since_group != 3) return false;
            has_point = true;
        } else if (c == style->group && !has_point) {
            if (has_group ? since_group != 3 : since_group == 0 || since_group > 3) return false;
            has_group = true;
            since_group = 0;
        } else {
            break;
        }
    }
    if (digits == 0 || (has_group && !has_point && since_group != 3)) return false;
    *digits_end = place;
    *fits = digits <= MOST_DIGITS;
    if (place < text.length && (text.text[place] == 'e' || text.text[place] == 'E') && !has_group &&
        !read_exponent(text, &place, exponent))
        return false;
    return place == text.length;
}

#define RESIDUE_PLACE 10  /* of the first digit: below a billionth */
#define RESIDUE_DIGITS 40 /* at most: programs print 17 behind the zeros */
#define RESIDUE_LEAST 324 /* place of the smallest that floating point has */

/* 2.27E-13, -0.0000000000036: what is left where floating point subtracts equal amounts. No amount is so small. */
static bool is_residue(struct view digits, char point, int exponent) {
    const char *mark = memchr(digits.text, point, digits.length);
    size_t whole = mark ? (size_t)(mark - digits.text) : digits.length, first = 0;
    while (first < digits.length && (digits.text[first] < '1' || digits.text[first] > '9'))
        first++;
    long place = first < whole ? (long)first - (long)whole + 1 : (long)first - (long)whole;
    return first < digits.length && digits.length <= RESIDUE_DIGITS && place - exponent >= RESIDUE_PLACE &&
           place - exponent <= RESIDUE_LEAST;
}

/* Whatever is no amount with two places. */
static __attribute__((noinline)) enum decimal_reason parse_slowly(struct view text, const struct decimal_style *style,
                                                                  int64_t *value) {
    static const uint64_t powers[] = {10000, 1000, 100, 10, 1};
    char room[BLANKS_ROOM];
    text = view_trim(text);
    if (parse_plain(text, style, value)) return DECIMAL_FINE;
    text = blanks_plain(text, room);
    if (text.length == 0) return DECIMAL_EMPTY;
    if (is_accounting_zero(text)) {
        *value = 0;
        return DECIMAL_FINE;
    }
    struct marks marks = {0};
    uint64_t number;
    int places, exponent;
    size_t digits_end;
    bool fits;
    if (!take_marks(&text, &marks) || !read_number(text, style, &number, &places, &exponent, &digits_end, &fits))
        return DECIMAL_NOT_NUMBER;
    enum decimal_reason reason = DECIMAL_FINE;
    if (fits && exponent == 0 && places <= DECIMAL_PLACES && number <= (uint64_t)INT64_MAX / powers[places])
        number *= powers[places];
    else
        reason = scale_slowly(view_from(text.text, digits_end), style->group, style->point, exponent, &number);
    if (reason == DECIMAL_TOO_LARGE) return reason;
    if (reason == DECIMAL_TOO_PRECISE && exponent == 0 &&
        is_noise(view_from(text.text, digits_end), style->group, style->point, &number))
        reason = DECIMAL_NOISE;
    if (reason == DECIMAL_TOO_PRECISE && number == 0 &&
        is_residue(view_from(text.text, digits_end), style->point, exponent))
        reason = DECIMAL_NOISE;
    *value = marks.is_negative ? -(int64_t)number : (int64_t)number;
    return reason;
}

/* Nearly all amounts are done with here: without a frame, a loop or a call. */
enum decimal_reason decimal_parse(struct view text, const struct decimal_style *style, int64_t *value) {
    if (text.length == 0 || text.length > PLAIN_LENGTH) return parse_slowly(text, style, value);
    const char *at = text.text, *end = text.text + text.length;
    bool is_negative = *at == '-';
    at += is_negative;
    at += at < end && *at == '$';
    size_t length = (size_t)(end - at);
    uint64_t number = 0;
    bool has_group = length >= 8 && length <= 10 && at[length - 7] == style->group;
    bool is_amount = has_group ? parse_thousands(at, length, style->point, &number)
                               : length >= 4 && length <= 8 && parse_cents(at, length, style->point, &number);
    if (!is_amount) return parse_slowly(text, style, value);
    *value = is_negative ? -(int64_t)number : (int64_t)number;
    return DECIMAL_FINE;
}

const char *decimal_reason_text(enum decimal_reason reason) {
    static const char *const texts[] = {
        [DECIMAL_FINE] = "is fine",
        [DECIMAL_EMPTY] = "is empty",
        [DECIMAL_NOT_NUMBER] = "is not a number",
        [DECIMAL_TOO_LARGE] = "is too large: the limit is 922,337,203,685,477.5807",
        [DECIMAL_TOO_PRECISE] = "has more than 4 decimals",
        [DECIMAL_NOISE] = "has digits that floating point added",
    };
    return texts[reason];
}

void decimal_print_wide(struct buffer *buffer, wide_integer value, int places) {
    if (value == (int64_t)value) { /* nearly all; divisions of 128 bits are several times slower */
        decimal_print(buffer, (int64_t)value, places);
        return;
    }
    char digits[48];
    char *place = digits + sizeof digits;
    bool is_negative = value < 0;
    wide_integer left = is_negative ? -value : value;
    int decimals = DECIMAL_PLACES;
    for (int dropped = DECIMAL_PLACES - places; dropped > 0 && left % 10 == 0; dropped--) {
        left /= 10;
        decimals--;
    }
    for (int i = 0; i < decimals; i++, left /= 10)
        *--place = (char)('0' + (int)(left % 10));
    if (decimals > 0) *--place = '.';
    do {
        *--place = (char)('0' + (int)(left % 10));
        left /= 10;
    } while (left > 0);
    if (is_negative) *--place = '-';
    buffer_add(buffer, view_from(place, (size_t)(digits + sizeof digits - place)));
}

char *decimal_put(char *to, int64_t value, int places) {
    /* with few 64-bit divisions: those of 128 bits are several times slower */
    char digits[DECIMAL_ROOM];
    char *end = digits + DIGITS_MOST + 1; /* of the whole part: the point stands here */
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    unsigned fraction = (unsigned)(left % DECIMAL_SCALE);
    char *begin = digits_put_before(end, left / DECIMAL_SCALE);
    if (value < 0) *--begin = '-';
    *end = '.';
    digits_put_two(digits_put_two(end + 1, fraction / 100), fraction % 100);
    int decimals = fraction % 100 == 0 ? 2 : DECIMAL_PLACES;
    while (decimals > 0 && end[decimals] == '0')
        decimals--;
    decimals = decimals < places ? places : decimals;
    size_t length = (size_t)(end - begin) + (decimals > 0 ? (size_t)decimals + 1 : 0);
    view_copy_bytes(to, begin, length);
    return to + length;
}

void decimal_print(struct buffer *buffer, int64_t value, int places) {
    char *to = buffer_reserve(buffer, DECIMAL_ROOM);
    buffer->length += (size_t)(decimal_put(to, value, places) - to);
}

void decimal_print_human(struct buffer *buffer, wide_integer value, bool money) {
    struct buffer plain = {0};
    decimal_print_wide(&plain, value < 0 ? -value : value, money ? 2 : 0);
    if (value < 0) buffer_add_char(buffer, '-');
    if (money) buffer_add_char(buffer, '$');
    const char *point = memchr(plain.text, '.', plain.length);
    size_t whole = point ? (size_t)(point - plain.text) : plain.length;
    for (size_t i = 0; i < plain.length; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) buffer_add_char(buffer, ',');
        buffer_add_char(buffer, plain.text[i]);
    }
    buffer_free(&plain);
}

wide_integer decimal_divide(wide_integer dividend, wide_integer divisor) {
    wide_integer quotient = dividend / divisor, rest = dividend % divisor;
    wide_integer twice = (rest < 0 ? -rest : rest) * 2;
    if (twice > divisor || (twice == divisor && quotient % 2 != 0)) quotient += dividend < 0 ? -1 : 1;
    return quotient;
}

wide_integer decimal_average(wide_integer sum, uint64_t count, int places) {
    static const int units[] = {10000, 1000, 100, 10, 1};
    wide_integer unit = units[places]; /* the result is a multiple of this */
    return decimal_divide(sum, (wide_integer)count * unit) * unit;
}
