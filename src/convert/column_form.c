/* column_form.c: see column_form.h. */
#include "convert/column_form.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define FAR_YEARS 30
#define FIRST_DAY_NUMBER 36526 /* 2000-01-01 */
#define LAST_DAY_NUMBER 73050  /* 2099-12-31 */

static void make_years(struct form_evidence *evidence) {
    if (evidence->years) return;
    evidence->years = memory_get_zero(YEAR_COUNT, sizeof *evidence->years);
    evidence->year_places = memory_get_zero(YEAR_COUNT, sizeof *evidence->year_places);
}

void form_evidence_merge(struct form_evidence *into, const struct form_evidence *from) {
    into->marks.points += from->marks.points;
    into->marks.commas += from->marks.commas;
    into->marks.weak_commas += from->marks.weak_commas;
    into->marks.point_groups += from->marks.point_groups;
    into->marks.comma_groups += from->marks.comma_groups;
    into->marks.point_either += from->marks.point_either;
    into->marks.comma_either += from->marks.comma_either;
    decimal_add(&into->marks.either_sum, from->marks.either_sum);
    into->lengths.two_parts += from->lengths.two_parts;
    into->lengths.first_over += from->lengths.first_over;
    into->lengths.first_large += from->lengths.first_large;
    into->lengths.three_parts += from->lengths.three_parts;
    into->lengths.fractions += from->lengths.fractions;
    into->lengths.pair_hours += from->lengths.pair_hours;
    into->lengths.pair_minutes += from->lengths.pair_minutes;
    into->days.numbers += from->days.numbers;
    into->days.others += from->days.others;
    into->days.in_utc += from->days.in_utc;
    into->days.with_offset += from->days.with_offset;
    into->days.bare += from->days.bare;
    into->texts += from->texts;
    into->quoted += from->quoted;
    if (!from->years) return;
    make_years(into);
    for (size_t i = 0; i < YEAR_COUNT; i++) {
        if (into->years[i] == 0) into->year_places[i] = from->year_places[i];
        into->years[i] += from->years[i];
    }
}

void form_evidence_reset(struct form_evidence *evidence) {
    uint32_t *years = evidence->years;
    *evidence = (struct form_evidence){.years = years, .year_places = evidence->year_places};
    if (years) memset(years, 0, YEAR_COUNT * sizeof *years);
}

void form_evidence_free(struct form_evidence *evidence) {
    free(evidence->years);
    free(evidence->year_places);
    evidence->years = NULL;
    evidence->year_places = NULL;
}

/* --- of one text -------------------------------------------------------------------------------------------------- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* From the first digit or mark to the last digit: without signs, currency and percent signs, which stand at the ends. */
static struct view digits_of(struct view text) {
    while (text.length > 0 && !is_digit(text.text[0]) && text.text[0] != '.' && text.text[0] != ',')
        text = view_from(text.text + 1, text.length - 1);
    while (text.length > 0 && !is_digit(text.text[text.length - 1]))
        text.length--;
    return text;
}

struct marks {
    size_t points, commas;
    size_t last;   /* place of the last mark */
    size_t before; /* digits before the first */
    char last_mark;
    bool is_number, is_grouped; /* digits and marks only; three digits behind each mark but the last */
};

static struct marks marks_of(struct view digits) {
    struct marks marks = {.is_number = true, .is_grouped = true};
    size_t run = 0, count = 0;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.text[i];
        if (is_digit(c)) {
            run++;
            continue;
        }
        if (c != '.' && c != ',') marks.is_number = false;
        if (count == 0)
            marks.before = run;
        else if (run != 3)
            marks.is_grouped = false;
        marks.points += c == '.';
        marks.commas += c == ',';
        marks.last = i;
        marks.last_mark = c;
        run = 0;
        count++;
    }
    return marks;
}

void mark_evidence_add(struct mark_evidence *evidence, struct view text, enum mark_place place) {
    uint64_t *const commas = place == MARKS_IN_COMMAS ? &evidence->weak_commas : &evidence->commas;
    struct view digits = digits_of(text);
    struct marks marks = marks_of(digits);
    size_t count = marks.points + marks.commas, behind = digits.length - marks.last - 1;
    if (!marks.is_number || !marks.is_grouped || count == 0) return;
    bool is_point = marks.last_mark == '.';
    bool is_plain_begin = marks.before >= 1 && marks.before <= 3 && digits.text[0] != '0'; /* of a group */
    if (marks.points > 0 && marks.commas > 0) { /* the last one is the decimal one, if it comes once */
        if ((is_point ? marks.points : marks.commas) == 1) *(is_point ? &evidence->points : commas) += 1;
    } else if (count > 1) {
        if (behind == 3 && is_plain_begin) *(is_point ? &evidence->point_groups : &evidence->comma_groups) += 1;
    } else if (behind != 3 || !is_plain_begin || (is_point && place == MARKS_TYPED)) {
        *(is_point ? &evidence->points : commas) += 1;
    } else if (!is_point) {
        evidence->comma_either++;
    } else {
        int64_t amount = 0;
        evidence->point_either++;
        if (decimal_has_value(decimal_parse(text, &decimal_style_default, &amount)))
            decimal_add(&evidence->either_sum, amount);
    }
}

/* 1.5, 0.25, 12.75: digits, a point, digits. */
static bool is_fraction(struct view text) {
    const char *point = text.length > 2 ? memchr(text.text, '.', text.length) : NULL;
    size_t digits = 0;
    for (size_t i = 0; i < text.length; i++)
        digits += is_digit(text.text[i]);
    return point && point != text.text && digits + 1 == text.length && is_digit(text.text[text.length - 1]);
}

void length_evidence_add(struct length_evidence *evidence, struct view text) {
    size_t colons = 0, first = 0;
    text = view_trim(text);
    if (text.length > 0 && text.text[0] == '-') text = view_from(text.text + 1, text.length - 1);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (c == ':') {
            colons++;
        } else if (!is_digit(c)) {
            evidence->fractions += colons == 0 && is_fraction(text);
            return; /* 1.02:03:04 has days, 00:00:01.5 is of three parts */
        } else if (colons == 0 && first < 1000000) {
            first = first * 10 + (size_t)(c - '0');
        }
    }
    if (colons == 2 && first > 0) evidence->three_parts++;
    if (colons != 1) return;
    evidence->two_parts++;
    evidence->first_over += first > 23 && first < 60;
    evidence->first_large += first > 59;
}

bool length_has_two_parts(struct view text) {
    struct length_evidence one = {0};
    length_evidence_add(&one, text);
    return one.two_parts > 0;
}

#define ROUNDING 60 /* seconds: what h:mm does not show */

void length_evidence_add_pair(struct length_evidence *evidence, struct view text, int64_t seconds) {
    int64_t hours, minutes;
    if (!duration_parse_as(text, true, &hours) || !duration_parse_as(text, false, &minutes)) return;
    bool are_hours = llabs(hours / DECIMAL_SCALE - seconds) < ROUNDING;
    bool are_minutes = minutes / DECIMAL_SCALE == seconds;
    evidence->pair_hours += are_hours && !are_minutes;
    evidence->pair_minutes += are_minutes && !are_hours;
}

bool is_day_number(struct view text) {
    int64_t amount = 0;
    if (text.length < 5 || !is_digit(text.text[0]) || !is_digit(text.text[4])) return false;
    for (size_t i = 0; i < text.length; i++)
        if (!is_digit(text.text[i]) && (text.text[i] != '.' || i != 5)) return false;
    if (text.length > 5 && text.text[5] != '.') return false;
    if (decimal_parse(view_from(text.text, 5), &decimal_style_default, &amount) != DECIMAL_FINE) return false;
    return amount >= (int64_t)FIRST_DAY_NUMBER * DECIMAL_SCALE && amount <= (int64_t)LAST_DAY_NUMBER * DECIMAL_SCALE;
}

bool years_add(struct form_evidence *evidence, int year, struct year_place **place) {
    make_years(evidence);
    int number = year - YEAR_FIRST;
    number = number < 0 ? 0 : number >= YEAR_COUNT ? YEAR_COUNT - 1 : number;
    *place = &evidence->year_places[number];
    return evidence->years[number]++ == 0;
}

/* --- what a column proves ----------------------------------------------------------------------------------------- */

bool marks_prove_points(const struct mark_evidence *marks) {
    return marks->points + marks->comma_groups > 0;
}

bool marks_prove_commas(const struct mark_evidence *marks) {
    bool has_proof = marks->commas + marks->point_groups > 0 || marks->weak_commas > 1;
    return has_proof && !marks_prove_points(marks);
}

struct decimal_style marks_style(const struct mark_evidence *marks, bool file_has_commas) {
    static const struct decimal_style with_commas = {.point = ',', .group = '.'};
    bool has_commas = marks_prove_commas(marks) || (file_has_commas && !marks_prove_points(marks));
    return has_commas ? with_commas : decimal_style_default;
}

bool marks_are_open(const struct mark_evidence *marks) {
    return marks->point_either > 0 && !marks_prove_points(marks) && !marks_prove_commas(marks);
}

bool lengths_prove_minutes(const struct length_evidence *lengths) {
    if (lengths->pair_hours + lengths->pair_minutes > 0) return lengths->pair_hours == 0;
    return lengths->first_large == 0 && lengths->first_over + lengths->three_parts > 0;
}

bool lengths_prove_hours(const struct length_evidence *lengths) {
    if (lengths->pair_hours + lengths->pair_minutes > 0) return lengths->pair_minutes == 0;
    return lengths->first_large > 0;
}

bool days_are_numbers(const struct day_evidence *days) {
    return days->numbers > 0 && days->others == 0;
}

struct far_years years_far(const struct form_evidence *evidence) {
    struct far_years far = {0};
    uint64_t total = 0, so_far = 0;
    for (size_t i = 0; evidence->years && i < YEAR_COUNT; i++)
        total += evidence->years[i];
    if (total < 3) return far; /* of two dates none is odd */
    int median = 0;
    for (; so_far * 2 <= total; median++)
        so_far += evidence->years[median];
    far.median = YEAR_FIRST + --median;
    for (int i = 0; i < YEAR_COUNT; i++) {
        if (evidence->years[i] == 0 || abs(i - median) <= FAR_YEARS) continue;
        far.count += evidence->years[i];
        if (far.first == 0) far.place = evidence->year_places[i];
        if (far.first == 0) far.first = YEAR_FIRST + i;
        far.last = YEAR_FIRST + i;
    }
    return far;
}
