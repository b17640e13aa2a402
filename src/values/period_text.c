/* period_text.c: the text is read as numbers and names of months; three that make a date are a day, a month and a year
 * alone are a month. Two of a kind with a dash or "to" between them are a period, and so is a month alone.
 *
 * Nobody looks at a period that was found, so in doubt there is none: a day that does not exist, a date that belongs to
 * no period, numbers in a chain that could be cut in two ways (12_10_01_25), dates side by side that nothing joins. */
#include "values/period_text.h"

#include "values/datetime.h"
#include "values/month_name.h"

#define PARTS 64 /* no title has more */

/* A number, or a month by its name. */
struct part {
    int number;
    size_t digits; /* 0: a month's name */
    size_t start, end;
};

/* What the numbers of 10/25/2025 prove. */
enum part_order { ORDER_OPEN, ORDER_MONTH_FIRST, ORDER_DAY_FIRST };

/* A day or a month and where it stands. */
struct item {
    int32_t first, last;
    int32_t day_first; /* the day of 3/4/2025 if the day stands first; for ORDER_OPEN */
    enum part_order order;
    bool is_month;
    size_t start, end;
};

enum reading { READ_NOTHING, READ_ITEM, READ_WRONG /* looks like a date and is none */ };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_sign(char c) {
    return c == '/' || c == '-' || c == '_' || c == '.';
}

/* --- numbers and names of months --------------------------------------------------------------------- */

/* The end of the word or number at `at`; at least one further. */
static size_t part_end(struct view text, size_t at) {
    bool (*is_same)(char) = is_digit(text.text[at]) ? is_digit : is_letter;
    do
        at++;
    while (at < text.length && is_same(text.text[at]) && is_same(text.text[at - 1]));
    return at;
}

/* False if there are more parts than a title has. */
static bool read_parts(struct view text, struct part *parts, size_t *count) {
    *count = 0;
    for (size_t at = 0, end; at < text.length; at = end) {
        end = part_end(text, at);
        struct part part = {.start = at, .end = end};
        if (is_digit(text.text[at])) {
            part.digits = end - at;
            for (size_t i = at; i < end && i - at < 8; i++)
                part.number = part.number * 10 + (text.text[i] - '0');
        } else {
            part.number = month_by_name(view_from(text.text + at, end - at));
            if (part.number == 0) continue;
        }
        if (*count == PARTS) return false;
        parts[(*count)++] = part;
    }
    return true;
}

/* Whether only the sign (or, for 0, commas and blanks) stands between two parts. */
static bool are_joined(struct view text, const struct part *left, const struct part *right, char sign) {
    size_t length = right->start - left->end;
    if (sign) return length == 1 && text.text[left->end] == sign;
    for (size_t i = left->end; i < right->start; i++)
        if (text.text[i] != ' ' && text.text[i] != ',' && text.text[i] != '.') return false;
    return length > 0 && length <= 3;
}

/* Whether a further number is tied to the part by this sign. */
static bool is_chained_before(struct view text, const struct part *part, char sign) {
    return part->start >= 2 && text.text[part->start - 1] == sign && is_digit(text.text[part->start - 2]);
}

static bool is_chained_behind(struct view text, const struct part *part, char sign) {
    return part->end + 1 < text.length && text.text[part->end] == sign && is_digit(text.text[part->end + 1]);
}

/* --- days and months --------------------------------------------------------------------------------- */

static bool is_year(const struct part *part) {
    return part->digits == 4 && part->number >= 1990 && part->number <= 2100;
}

/* A number of a day or month. */
static bool is_short(const struct part *part) {
    return part->digits == 1 || part->digits == 2;
}

static enum reading make_day(int year, int month, int day, struct item *item) {
    if (year < 100) year += 2000;
    if (year > 2100 || month < 1 || month > 12 || day < 1 || day > date_month_length(year, month)) return READ_WRONG;
    item->first = item->last = date_to_days(year, month, day);
    return READ_ITEM;
}

static enum reading make_month(int year, int month, struct item *item) {
    if (month < 1 || month > 12) return READ_NOTHING;
    item->first = date_to_days(year, month, 1);
    item->last = date_to_days(year, month, date_month_length(year, month));
    item->is_month = true;
    return READ_ITEM;
}

/* 10/01/2025 and 25/12/2025: the numbers prove an order, or both are possible. */
static enum reading make_slashed(int first, int second, int year, struct item *item) {
    if (first > 12) {
        item->order = ORDER_DAY_FIRST;
        return make_day(year, second, first, item);
    }
    item->order = second > 12 ? ORDER_MONTH_FIRST : ORDER_OPEN;
    if (item->order == ORDER_OPEN && make_day(year, second, first, item) == READ_ITEM) item->day_first = item->first;
    return make_day(year, first, second, item);
}

/* 10/01/2025, 10_1_25, 2025-10-01. A year of two digits ends no chain by itself: the chain must be three numbers long. */
static enum reading read_numbers(struct view text, const struct part *parts, struct item *item) {
    char sign = text.text[parts[0].end];
    if (!is_sign(sign) || !parts[0].digits || !is_short(&parts[1]) || !parts[2].digits ||
        !are_joined(text, &parts[0], &parts[1], sign) || !are_joined(text, &parts[1], &parts[2], sign))
        return READ_NOTHING;
    if (is_year(&parts[0]))
        return is_short(&parts[2]) ? make_day(parts[0].number, parts[1].number, parts[2].number, item) : READ_NOTHING;
    bool has_short_year =
        parts[2].digits == 2 && !is_chained_before(text, &parts[0], sign) && !is_chained_behind(text, &parts[2], sign);
    if (!is_short(&parts[0]) || (!is_year(&parts[2]) && !has_short_year)) return READ_NOTHING;
    return make_slashed(parts[0].number, parts[1].number, parts[2].number, item);
}

/* "Oct 1, 2025" and "1 Oct 2025". */
static enum reading read_words(struct view text, const struct part *parts, struct item *item) {
    if (!are_joined(text, &parts[0], &parts[1], 0) || !are_joined(text, &parts[1], &parts[2], 0) || !is_year(&parts[2]))
        return READ_NOTHING;
    if (parts[0].digits == 0 && is_short(&parts[1]))
        return make_day(parts[2].number, parts[0].number, parts[1].number, item);
    if (parts[1].digits == 0 && is_short(&parts[0]))
        return make_day(parts[2].number, parts[1].number, parts[0].number, item);
    return READ_NOTHING;
}

/* "October 2025", "2025-10", "10-2025"; not as a piece of a longer chain, such as 1234-10-2025 or 2_2025-10-01. */
static enum reading read_month(struct view text, const struct part *parts, struct item *item) {
    char sign = text.text[parts[0].end];
    bool is_tied = (sign == '-' || sign == '_' || sign == '/') && are_joined(text, &parts[0], &parts[1], sign);
    bool has_name = parts[0].digits == 0 && is_year(&parts[1]);
    if (!is_tied && !(has_name && are_joined(text, &parts[0], &parts[1], 0))) return READ_NOTHING;
    if (is_chained_before(text, &parts[0], sign) || is_chained_behind(text, &parts[1], sign) ||
        is_chained_behind(text, &parts[1], '-') || is_chained_behind(text, &parts[1], '/'))
        return READ_NOTHING;
    if (is_year(&parts[0]) && parts[1].digits == 2) return make_month(parts[0].number, parts[1].number, item);
    if (has_name || (is_short(&parts[0]) && is_year(&parts[1])))
        return make_month(parts[1].number, parts[0].number, item);
    return READ_NOTHING;
}

/* The day or month that begins with the first of `left` parts, and how many parts it takes. */
static enum reading read_item(struct view text, const struct part *parts, size_t left, struct item *item,
                              size_t *taken) {
    enum reading reading = READ_NOTHING;
    *item = (struct item){.start = parts[0].start};
    *taken = 3;
    if (left >= 3) reading = read_numbers(text, parts, item);
    if (left >= 3 && reading == READ_NOTHING) reading = read_words(text, parts, item);
    if (left >= 2 && reading == READ_NOTHING) {
        *taken = 2;
        reading = read_month(text, parts, item);
    }
    if (reading == READ_NOTHING) *taken = 1;
    item->end = parts[*taken - 1].end;
    return reading;
}

/* --- what joins two of them -------------------------------------------------------------------------- */

static size_t skip_blanks(struct view text, size_t at) {
    while (at < text.length && text.text[at] == ' ')
        at++;
    return at;
}

/* Behind a time such as T00:00:00Z or 12:00 AM; `at` itself if there is none. */
static size_t skip_time(struct view text, size_t at) {
    size_t place = at < text.length && text.text[at] == 'T' ? at + 1 : skip_blanks(text, at), groups = 0;
    for (; place < text.length && is_digit(text.text[place]); groups++) {
        place = part_end(text, place);
        if (place < text.length && text.text[place] == ':') place++;
    }
    if (groups < 2) return at;
    if (place < text.length && text.text[place] == 'Z') return place + 1;
    size_t word = skip_blanks(text, place);
    struct view half = word + 2 <= text.length ? view_from(text.text + word, 2) : view_of("");
    return view_equal_fold(half, view_of("am")) || view_equal_fold(half, view_of("pm")) ? word + 2 : place;
}

/* Bytes of a dash at the beginning: hyphen, underscore, two points, or U+2010 to U+2015 (en dash, em dash). */
static size_t dash_length(struct view text) {
    if (view_starts_with(text, "..")) return 2;
    if (text.text[0] == '-' || text.text[0] == '_') return 1;
    bool is_dash = text.length >= 3 && view_starts_with(text, "\xe2\x80") && (unsigned char)text.text[2] >= 0x90 &&
                   (unsigned char)text.text[2] <= 0x95;
    return is_dash ? 3 : 0;
}

static bool is_joining_word(struct view word) {
    static const char *const words[] = {"to", "through", "thru", "until", "till", "end"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (view_equal_fold(word, view_of(words[i]))) return true;
    return false;
}

/* Whether what stands between two places says "up to": a dash or "to", and nothing else that means something. */
static bool is_up_to(struct view text, size_t start, size_t end) {
    bool is_said = false;
    struct view between = view_from(text.text, end);
    for (size_t at = skip_time(between, start), next; at < end; at = next) {
        size_t dash = dash_length(view_from(text.text + at, end - at));
        next = at + (dash ? dash : 1);
        is_said = is_said || dash;
        if (dash || strchr(" \t,;:.\"'()[]", text.text[at])) continue;
        if (view_starts_with(view_from(text.text + at, end - at), "\xc2\xa0")) {
            next = at + 2;
            continue;
        }
        if (!is_letter(text.text[at])) return false;
        next = part_end(between, at);
        struct view word = view_from(text.text + at, next - at);
        if (is_joining_word(word))
            is_said = true;
        else if (!view_equal_fold(word, view_of("date")))
            return false;
    }
    return is_said;
}

/* Two days or two months as one stretch. One day that proves its order ("31/10/2025") decides for the other. */
static bool make_stretch(const struct item *left, const struct item *right, int32_t *from, int32_t *to) {
    *from = left->first;
    *to = right->last;
    if (left->order == ORDER_DAY_FIRST && right->order == ORDER_OPEN) *to = right->day_first;
    if (left->order == ORDER_OPEN && right->order == ORDER_DAY_FIRST) *from = left->day_first;
    bool is_contradiction = (left->order == ORDER_DAY_FIRST && right->order == ORDER_MONTH_FIRST) ||
                            (left->order == ORDER_MONTH_FIRST && right->order == ORDER_DAY_FIRST);
    return left->is_month == right->is_month && !is_contradiction && *from <= *to;
}

/* --- the text ---------------------------------------------------------------------------------------- */

/* All days and months of the text, at most PARTS; false if one looks like a date and is none, or if a month's name is
 * tied to a month with its year ("Oct - Dec 2025"). */
static bool read_items(struct view text, struct item *items, size_t *count) {
    struct part parts[PARTS];
    size_t part_count, taken;
    const struct part *lone_month = NULL; /* a month's name just read that belongs to no item */
    *count = 0;
    if (!read_parts(text, parts, &part_count)) return false;
    for (size_t i = 0; i < part_count; i += taken) {
        struct item *item = &items[*count];
        enum reading reading = read_item(text, &parts[i], part_count - i, item, &taken);
        if (reading == READ_WRONG) return false;
        if (reading == READ_ITEM) {
            if (lone_month && is_up_to(text, lone_month->end, item->start)) return false;
            ++*count;
        }
        lone_month = reading == READ_NOTHING && parts[i].digits == 0 ? &parts[i] : NULL;
    }
    return true;
}

bool period_text_find(struct view text, int32_t *from, int32_t *to) {
    struct item items[PARTS];
    size_t count, taken;
    bool is_found = false;
    int32_t first = 0, last = 0;
    if (!read_items(text, items, &count)) return false;
    for (size_t i = 0; i < count; i += taken) {
        int32_t start = items[i].first, end = items[i].last;
        taken = i + 1 < count && is_up_to(text, items[i].end, items[i + 1].start) ? 2 : 1;
        bool is_fine = taken == 2 ? make_stretch(&items[i], &items[i + 1], &start, &end) : items[i].is_month;
        if (!is_fine || (is_found && (start != first || end != last))) return false;
        is_found = true;
        first = start;
        last = end;
    }
    if (!is_found) return false;
    *from = first;
    *to = last;
    return true;
}
