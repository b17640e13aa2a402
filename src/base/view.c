/* view.c: comparing and trimming views, by bytes and without the locale. */
#include "base/view.h"

#include <stdint.h>

const char *view_file_name(const char *path) {
    const char *slash = path ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path;
}

struct view view_take_until(struct view *rest, char end) {
    const char *found = rest->length ? memchr(rest->text, end, rest->length) : NULL;
    size_t length = found ? (size_t)(found - rest->text) : rest->length, used = found ? length + 1 : length;
    struct view taken = view_from(rest->text, length);
    *rest = view_from(rest->text + used, rest->length - used);
    return taken;
}

bool view_equal_fold(struct view left, struct view right) {
    if (left.length != right.length) return false;
    for (size_t i = 0; i < left.length; i++)
        if (view_lower(left.text[i]) != view_lower(right.text[i])) return false;
    return true;
}

int view_compare(struct view left, struct view right) {
    size_t shared = left.length < right.length ? left.length : right.length;
    int order = shared ? memcmp(left.text, right.text, shared) : 0;
    if (order != 0) return order;
    return (left.length > right.length) - (left.length < right.length);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct view view_trim_slowly(struct view view) {
    for (;;) {
        if (view.length > 0 && is_blank(view.text[0])) {
            view.text++;
            view.length--;
        } else if (view.length > 1 && view.text[0] == '\xc2' && view.text[1] == '\xa0') {
            view.text += 2;
            view.length -= 2;
        } else {
            break;
        }
    }
    for (;;) {
        if (view.length > 0 && is_blank(view.text[view.length - 1]))
            view.length--;
        else if (view.length > 1 && view.text[view.length - 2] == '\xc2' && view.text[view.length - 1] == '\xa0')
            view.length -= 2;
        else
            break;
    }
    return view;
}

bool view_starts_with(struct view view, const char *prefix) {
    size_t length = strlen(prefix);
    return view.length >= length && memcmp(view.text, prefix, length) == 0;
}

bool view_starts_with_fold(struct view view, const char *prefix) {
    size_t length = strlen(prefix);
    return view.length >= length && view_equal_fold(view_from(view.text, length), view_from(prefix, length));
}

size_t view_find(struct view view, const char *part) {
    size_t length = strlen(part);
    for (size_t i = 0; i + length <= view.length; i++)
        if (memcmp(view.text + i, part, length) == 0) return i;
    return SIZE_MAX;
}

size_t view_find_fold(struct view view, const char *part) {
    struct view wanted = view_of(part);
    for (size_t i = 0; i + wanted.length <= view.length; i++)
        if (view_equal_fold(view_from(view.text + i, wanted.length), wanted)) return i;
    return SIZE_MAX;
}

size_t view_character(struct view view) {
    const unsigned char *text = (const unsigned char *)view.text;
    if (view.length == 0) return 0;
    if (text[0] < 0x80) return 1;
    size_t length = text[0] >= 0xC2 && text[0] < 0xE0   ? 2
                    : (text[0] & 0xF0) == 0xE0          ? 3
                    : text[0] >= 0xF0 && text[0] < 0xF5 ? 4
                                                        : 0;
    if (length == 0 || length > view.length) return 0;
    for (size_t i = 1; i < length; i++)
        if ((text[i] & 0xC0) != 0x80) return 0;
    bool is_short = (text[0] == 0xE0 && text[1] < 0xA0) || (text[0] == 0xF0 && text[1] < 0x90);
    bool is_beyond = (text[0] == 0xED && text[1] > 0x9F) || (text[0] == 0xF4 && text[1] > 0x8F);
    return is_short || is_beyond ? 0 : length;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t view_distance_within(struct view left, struct view right, size_t most) {
    size_t rows = least(left.length, VIEW_DISTANCE_LIMIT), columns = least(right.length, VIEW_DISTANCE_LIMIT);
    size_t lines[3][VIEW_DISTANCE_LIMIT + 1], *before = lines[0], *last = lines[1], *now = lines[2];
    size_t least_before = 0;
    if ((rows > columns ? rows - columns : columns - rows) > most) return SIZE_MAX;
    for (size_t k = 0; k <= columns; k++)
        last[k] = before[k] = k;
    for (size_t i = 1; i <= rows; i++) {
        char own = view_lower(left.text[i - 1]), own_before = i > 1 ? view_lower(left.text[i - 2]) : '\0';
        size_t least_now = now[0] = i;
        for (size_t k = 1; k <= columns; k++) {
            char other = view_lower(right.text[k - 1]);
            now[k] = least(least(now[k - 1], last[k]) + 1, last[k - 1] + (own != other));
            if (i > 1 && k > 1 && own == view_lower(right.text[k - 2]) && own_before == other)
                now[k] = least(now[k], before[k - 2] + 1);
            least_now = least(least_now, now[k]);
        }
        if (least_now > most && least_before > most) return SIZE_MAX; /* each later line builds on two of these */
        least_before = least_now;
        size_t *oldest = before;
        before = last;
        last = now;
        now = oldest;
    }
    return last[columns] <= most ? last[columns] : SIZE_MAX;
}

size_t view_distance(struct view left, struct view right) {
    return view_distance_within(left, right, SIZE_MAX);
}
