/* verify_compare.c: when two values say the same, and where an answer keeps a field. */
#include <stdlib.h>

#include "base/json_find.h"
#include "upload/plecto_facts.h"
#include "upload/verify.h"
#include "values/decimal.h"
#include "values/zone.h"

static bool is_empty(struct view value) {
    return value.length == 0 || json_is_null(value) || view_is(value, "\"\"");
}

/* --- values ----------------------------------------------------------------------------------------------------------- */

static bool same_text(struct view left, struct view right) {
    struct buffer a = {0}, b = {0};
    json_add_plain(&a, left);
    json_add_plain(&b, right);
    bool is_same = view_equal(buffer_view(&a), buffer_view(&b));
    buffer_free(&a);
    buffer_free(&b);
    return is_same;
}

bool verify_number(struct view value, int64_t *number) {
    struct buffer text = {0};
    json_add_plain(&text, value);
    bool is_fine = decimal_parse(buffer_view(&text), &decimal_style_default, number) == DECIMAL_FINE;
    buffer_free(&text);
    return is_fine;
}

static bool same_number(struct view left, struct view right) {
    int64_t a = 0, b = 0;
    if (verify_number(left, &a) && verify_number(right, &b)) return a == b;
    return same_text(left, right);
}

static bool read_moment(struct view value, struct datetime *when) {
    struct buffer text = {0};
    json_add_plain(&text, value);
    bool is_fine = datetime_parse(buffer_view(&text), DATE_ORDER_YMD, when, NULL) == DATETIME_FINE;
    buffer_free(&text);
    return is_fine;
}

/* Seconds in UTC; of a time without zone as if it were UTC. */
static int64_t instant(const struct datetime *when) {
    return datetime_seconds(when) - (when->zone == ZONE_OFFSET ? when->offset : 0);
}

static bool same_moment(struct view left, struct view right) {
    struct datetime a = {0}, b = {0};
    if (!read_moment(left, &a) || !read_moment(right, &b)) return same_text(left, right);
    if (!a.has_time || !b.has_time) return a.year == b.year && a.month == b.month && a.day == b.day;
    /* an answer without a zone may be local, as it was sent, or UTC */
    if (a.zone == ZONE_NONE || b.zone == ZONE_NONE)
        return datetime_seconds(&a) == datetime_seconds(&b) || (a.zone != ZONE_NONE && instant(&a) == datetime_seconds(&b));
    return instant(&a) == instant(&b);
}

bool verify_time_between(struct view published, struct view plecto, int64_t *seconds) {
    struct datetime a = {0}, b = {0};
    if (!read_moment(published, &a) || !read_moment(plecto, &b) || !a.has_time || !b.has_time || a.zone == ZONE_NONE)
        return false;
    *seconds = b.zone == ZONE_NONE && same_moment(published, plecto) ? 0 : instant(&b) - instant(&a);
    return true;
}

/* Seconds, or "H:MM:SS", or "D H:MM:SS". */
static bool read_duration(struct view value, int64_t *seconds) {
    struct buffer text = {0};
    json_add_plain(&text, value);
    struct view rest = view_trim(buffer_view(&text));
    int64_t parts[4] = {0}, number = 0;
    size_t count = 0;
    bool has_digit = false, is_fine = rest.length > 0 && memchr(rest.text, ':', rest.length) != NULL;
    bool has_days = is_fine && memchr(rest.text, ' ', rest.length) != NULL;
    for (size_t i = 0; i <= rest.length && is_fine; i++) {
        char c = i < rest.length ? rest.text[i] : ':';
        if (c >= '0' && c <= '9') {
            number = number * 10 + (c - '0');
            has_digit = true;
            is_fine = number < 1000000000;
        } else if (c == '.' && has_digit) {
            i = rest.length - 1; /* a fraction of the second does not count */
        } else {
            is_fine = has_digit && count < 4 && (c == ':' || (c == ' ' && count == 0));
            if (is_fine) parts[count++] = number;
            number = 0;
            has_digit = false;
        }
    }
    if (is_fine && has_days && count == 4)
        *seconds = ((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60 + parts[3];
    else if (is_fine && !has_days && count == 3)
        *seconds = (parts[0] * 60 + parts[1]) * 60 + parts[2];
    else
        is_fine = false;
    buffer_free(&text);
    if (is_fine) return true;
    int64_t scaled = 0;
    if (!verify_number(value, &scaled)) return false;
    *seconds = scaled / DECIMAL_SCALE;
    return true;
}

static bool same_duration(struct view left, struct view right) {
    int64_t a = 0, b = 0;
    if (read_duration(left, &a) && read_duration(right, &b)) return a == b;
    return same_text(left, right);
}

static int truth_of(struct view value) {
    static const char *const yes[] = {"true", "yes", "1"}, *const no[] = {"false", "no", "0"};
    struct buffer text = {0};
    int truth = -1;
    json_add_plain(&text, value);
    for (size_t i = 0; i < 3; i++) {
        if (view_equal_fold(buffer_view(&text), view_of(yes[i]))) truth = 1;
        if (view_equal_fold(buffer_view(&text), view_of(no[i]))) truth = 0;
    }
    buffer_free(&text);
    return truth;
}

static bool same_truth(struct view left, struct view right) {
    int a = truth_of(left), b = truth_of(right);
    return a >= 0 && b >= 0 ? a == b : same_text(left, right);
}

bool verify_same_value(enum plecto_type type, struct view published, struct view plecto) {
    static bool (*const same[])(struct view, struct view) = {
        [PLECTO_TEXT] = same_text,       [PLECTO_NUMBER] = same_number,     [PLECTO_DATE] = same_moment,
        [PLECTO_DATETIME] = same_moment, [PLECTO_DURATION] = same_duration, [PLECTO_BOOLEAN] = same_truth,
    };
    if (is_empty(published) || is_empty(plecto)) return is_empty(published) && is_empty(plecto);
    return view_equal(published, plecto) || same[type](published, plecto);
}

/* --- fields ----------------------------------------------------------------------------------------------------------- */

/* "Jobs Total ($)" as "jobs_total": letters and digits in lower case, one underscore for what is between them. */
static char *slug_of(struct view key) {
    struct buffer title = {0}, slug = {0};
    bool is_gap = false;
    json_add_plain(&title, key);
    for (size_t i = 0; i < title.length; i++) {
        char c = title.text[i];
        bool is_upper = c >= 'A' && c <= 'Z';
        if (!is_upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && (unsigned char)c < 0x80) {
            is_gap = slug.length > 0;
            continue;
        }
        if (is_gap) buffer_add_char(&slug, '_');
        is_gap = false;
        buffer_add_char(&slug, is_upper ? (char)(c + 32) : c);
    }
    buffer_free(&title);
    return buffer_take(&slug);
}

static bool find_in(struct view object, struct view key, const char *slug, struct view *value) {
    struct json_walk walk;
    struct view name, found;
    bool has_slug = false;
    if (!json_walk_start(&walk, object) || !walk.is_object) return false;
    while (json_walk_next(&walk, &name, &found)) {
        if (view_equal(name, key)) {
            *value = found;
            return true;
        }
        if (!has_slug && json_says(name, slug)) {
            *value = found;
            has_slug = true;
        }
    }
    return has_slug;
}

struct view verify_find(struct view object, struct view key) {
    static const char *const holders[] = PLECTO_FIELD_OBJECTS;
    struct view value = {0}, holder;
    char *slug = slug_of(key);
    bool is_found = find_in(object, key, slug, &value);
    for (size_t i = 0; !is_found && i < sizeof holders / sizeof *holders; i++)
        is_found = json_find_key(object, view_of(holders[i]), &holder) && find_in(holder, key, slug, &value);
    free(slug);
    return is_found ? value : view_from(NULL, 0);
}
