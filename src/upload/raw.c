/* raw.c: a strict scanner of one value at a time, and the texts in it. */
#include "upload/raw.h"

static const char *skip_blanks(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    char lower = (char)(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static bool is_one_of(char c, const char *signs) {
    return c != '\0' && strchr(signs, c) != NULL;
}

/* Each scan_* returns where the value ends, or NULL. */
static const char *scan_text(const char *at, const char *end) {
    for (at++; at < end; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"') return at + 1;
        if (c < 0x20) return NULL;
        if (c != '\\') continue;
        if (++at == end) return NULL;
        if (*at == 'u') {
            for (int i = 1; i <= 4; i++)
                if (at + i >= end || hex_value(at[i]) < 0) return NULL;
            at += 4;
        } else if (!is_one_of(*at, "\"\\/bfnrt")) {
            return NULL;
        }
    }
    return NULL;
}

static const char *scan_digits(const char *at, const char *end) {
    const char *start = at;
    while (at < end && is_digit(*at))
        at++;
    return at > start ? at : NULL;
}

static const char *scan_number(const char *at, const char *end) {
    if (at < end && *at == '-') at++;
    if (at < end && *at == '0')
        at++;
    else if (!(at = scan_digits(at, end)))
        return NULL;
    if (at < end && *at == '.' && !(at = scan_digits(at + 1, end))) return NULL;
    if (at < end && (*at == 'e' || *at == 'E')) {
        at++;
        if (at < end && (*at == '+' || *at == '-')) at++;
        at = scan_digits(at, end);
    }
    return at;
}

static const char *scan_word(const char *at, const char *end) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if ((size_t)(end - at) >= length && memcmp(at, words[i], length) == 0) return at + length;
    }
    return NULL;
}

static const char *scan_value(const char *at, const char *end, int depth);

/* NOLINTNEXTLINE(misc-no-recursion): at most RAW_DEEPEST deep */
static const char *scan_members(const char *at, const char *end, int depth) {
    char close = *at == '{' ? '}' : ']';
    if (depth >= RAW_DEEPEST) return NULL;
    at = skip_blanks(at + 1, end);
    if (at < end && *at == close) return at + 1;
    while (at && at < end) {
        if (close == '}') {
            if (*at != '"' || !(at = scan_text(at, end))) return NULL;
            at = skip_blanks(at, end);
            if (at == end || *at != ':') return NULL;
            at = skip_blanks(at + 1, end);
        }
        if (!(at = scan_value(at, end, depth + 1))) return NULL;
        at = skip_blanks(at, end);
        if (at == end) return NULL;
        if (*at == close) return at + 1;
        if (*at != ',') return NULL;
        at = skip_blanks(at + 1, end);
    }
    return NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion): at most RAW_DEEPEST deep */
static const char *scan_value(const char *at, const char *end, int depth) {
    if (at >= end) return NULL;
    if (*at == '"') return scan_text(at, end);
    if (*at == '{' || *at == '[') return scan_members(at, end, depth);
    if (*at == '-' || is_digit(*at)) return scan_number(at, end);
    return scan_word(at, end);
}

bool raw_is_valid(struct view text) {
    if (text.length == 0) return false;
    const char *end = text.text + text.length, *at = scan_value(skip_blanks(text.text, end), end, 0);
    return at && skip_blanks(at, end) == end;
}

bool raw_walk_start(struct raw_walk *walk, struct view text) {
    *walk = (struct raw_walk){0};
    if (text.length == 0) return false;
    const char *end = text.text + text.length, *at = skip_blanks(text.text, end);
    if (at == end || (*at != '{' && *at != '[')) return false;
    walk->is_object = *at == '{';
    walk->rest = view_from(at + 1, (size_t)(end - at - 1));
    return true;
}

/* The walk's next token, or NULL behind the last member or where the text is broken. */
static const char *next_member(struct raw_walk *walk, const char *end) {
    const char *at = skip_blanks(walk->rest.text, end);
    char close = walk->is_object ? '}' : ']';
    if (at < end && *at == close) return NULL;
    if (walk->is_started) {
        if (at == end || *at != ',') {
            walk->is_broken = true;
            return NULL;
        }
        at = skip_blanks(at + 1, end);
    }
    walk->is_started = true;
    return at;
}

bool raw_walk_next(struct raw_walk *walk, struct view *key, struct view *value) {
    if (walk->is_broken) return false;
    const char *end = walk->rest.text + walk->rest.length, *at = next_member(walk, end);
    if (!at) return false;
    if (key) *key = view_from(NULL, 0);
    walk->is_broken = true; /* until the member is whole */
    if (walk->is_object) {
        const char *stop = at < end && *at == '"' ? scan_text(at, end) : NULL;
        if (!stop) return false;
        if (key) *key = view_from(at, (size_t)(stop - at));
        at = skip_blanks(stop, end);
        if (at == end || *at != ':') return false;
        at = skip_blanks(at + 1, end);
    }
    const char *stop = scan_value(at, end, 1);
    if (!stop) return false;
    *value = view_from(at, (size_t)(stop - at));
    walk->rest = view_from(stop, (size_t)(end - stop));
    walk->is_broken = false;
    return true;
}

bool raw_find(struct view object, const char *key, struct view *value) {
    struct raw_walk walk;
    struct view name, found;
    if (!raw_walk_start(&walk, object) || !walk.is_object) return false;
    while (raw_walk_next(&walk, &name, &found))
        if (raw_says(name, key)) {
            *value = found;
            return true;
        }
    return false;
}

static char first_of(struct view value) {
    return value.length > 0 ? value.text[0] : '\0';
}

bool raw_is_text(struct view value) {
    return first_of(value) == '"';
}

bool raw_is_object(struct view value) {
    return first_of(value) == '{';
}

bool raw_is_list(struct view value) {
    return first_of(value) == '[';
}

bool raw_is_null(struct view value) {
    return view_is(value, "null");
}

bool raw_is_number(struct view value) {
    char c = first_of(value);
    return c == '-' || is_digit(c);
}

static void add_code_point(struct buffer *out, unsigned code) {
    if (code < 0x80) {
        buffer_add_char(out, (char)code);
    } else if (code < 0x800) {
        buffer_add_char(out, (char)(0xC0 | code >> 6));
        buffer_add_char(out, (char)(0x80 | (code & 63)));
    } else if (code < 0x10000) {
        buffer_add_char(out, (char)(0xE0 | code >> 12));
        buffer_add_char(out, (char)(0x80 | (code >> 6 & 63)));
        buffer_add_char(out, (char)(0x80 | (code & 63)));
    } else {
        buffer_add_char(out, (char)(0xF0 | code >> 18));
        buffer_add_char(out, (char)(0x80 | (code >> 12 & 63)));
        buffer_add_char(out, (char)(0x80 | (code >> 6 & 63)));
        buffer_add_char(out, (char)(0x80 | (code & 63)));
    }
}

/* Four hex digits behind a \u; the text was scanned, so they are there unless the view was cut. */
static unsigned hex_four(const char *at, const char *end) {
    unsigned code = 0;
    for (int i = 0; i < 4 && at + i < end; i++)
        code = code << 4 | (unsigned)(hex_value(at[i]) & 15);
    return code;
}

/* `at` is behind the \u; returns behind what was used. */
static const char *add_escaped(struct buffer *out, const char *at, const char *end) {
    unsigned code = hex_four(at, end);
    at += 4;
    if (code >= 0xD800 && code < 0xDC00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        unsigned low = hex_four(at + 2, end);
        if (low >= 0xDC00 && low < 0xE000) {
            add_code_point(out, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
            return at + 6;
        }
    }
    add_code_point(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    return at;
}

void raw_add_text(struct buffer *out, struct view value) {
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    if (!raw_is_text(value) || value.length < 2) {
        buffer_add(out, value);
        return;
    }
    const char *at = value.text + 1, *end = value.text + value.length - 1;
    while (at < end) {
        const char *stop = memchr(at, '\\', (size_t)(end - at));
        if (!stop) stop = end;
        buffer_add(out, view_from(at, (size_t)(stop - at)));
        if (end - stop < 2) return;
        char c = stop[1];
        const char *known = is_one_of(c, from) ? strchr(from, c) : NULL;
        at = stop + 2;
        if (c == 'u')
            at = add_escaped(out, at, end);
        else
            buffer_add_char(out, known ? to[known - from] : c);
    }
}

bool raw_says(struct view value, const char *text) {
    if (!raw_is_text(value)) return false;
    struct view inside = view_from(value.text + 1, value.length - 2);
    if (inside.length == 0 || !memchr(inside.text, '\\', inside.length)) return view_is(inside, text);
    struct buffer plain = {0};
    raw_add_text(&plain, value);
    bool is_same = view_is(buffer_view(&plain), text);
    buffer_free(&plain);
    return is_same;
}

size_t raw_count(struct view value) {
    struct raw_walk walk;
    struct view item;
    size_t count = 0;
    if (!raw_walk_start(&walk, value)) return 0;
    while (raw_walk_next(&walk, NULL, &item))
        count++;
    return count;
}
