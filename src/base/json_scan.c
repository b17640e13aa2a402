/* json_scan.c: the strict scanner. One cursor, straight functions for each token, and json_scan_value,
 * which keeps the kinds of the open containers as bits of a small stack instead of recursing. */
#include "base/json_scan.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/json_token.h"

static const char fault_early[] = "it ends too early";

void json_scan_start(struct json_scan *scan, struct view text) {
    scan->at = text.text;
    scan->end = text.length ? text.text + text.length : text.text;
    scan->fault = NULL;
    scan->is_lenient = false;
    scan->fault_at = text.text;
}

bool json_scan_fault(struct json_scan *scan, const char *fault) {
    scan->fault = scan->at < scan->end ? fault : fault_early;
    scan->fault_at = scan->at;
    return false;
}

/* --- strings ---------------------------------------------------------------------------------- */

static int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* At a backslash: steps over the escape. */
static bool scan_escape(struct json_scan *scan) {
    scan->at++;
    if (scan->at == scan->end) {
        return json_scan_fault(scan, fault_early);
    }
    if (*scan->at == 'u') {
        for (int i = 0; i < 4; i++) {
            scan->at++;
            if (scan->at == scan->end || hex_value(*scan->at) < 0) {
                return json_scan_fault(scan, "four hex digits must follow \\u");
            }
        }
    } else if (*scan->at == '\0' || !strchr("\"\\/bfnrt", *scan->at)) {
        return json_scan_fault(scan, "JSON does not have this escape");
    }
    scan->at++;
    return true;
}

bool json_scan_string(struct json_scan *scan, struct view *inside, bool *escaped) {
    if (json_scan_ahead(scan) != '"') {
        return json_scan_fault(scan, "a text in quotes is expected here");
    }
    const char *start = ++scan->at;
    *escaped = false;
    for (;;) {
        scan->at = json_string_stop(scan->at, scan->end);
        if (scan->at == scan->end) {
            return json_scan_fault(scan, fault_early);
        }
        if (*scan->at == '"') {
            *inside = view_from(start, (size_t)(scan->at - start));
            scan->at++;
            return true;
        }
        if (*scan->at != '\\' && scan->is_lenient) {
            scan->at++;
            continue;
        }
        if (*scan->at != '\\') {
            return json_scan_fault(scan, "a line break or other control character is in a text");
        }
        *escaped = true;
        if (!scan_escape(scan)) {
            return false;
        }
    }
}

/* The code unit of `\uXXXX` at `at`. */
static uint32_t code_unit(const char *at) {
    uint32_t unit = 0;
    for (int i = 2; i < 6; i++) {
        unit = unit << 4 | (uint32_t)hex_value(at[i]);
    }
    return unit;
}

static char *put_utf8(uint32_t code, char *to) {
    if (code < 0x80) {
        *to++ = (char)code;
        return to;
    }
    if (code < 0x800) {
        *to++ = (char)(0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            *to++ = (char)(0xe0 | code >> 12);
        } else {
            *to++ = (char)(0xf0 | code >> 18);
            *to++ = (char)(0x80 | (code >> 12 & 0x3f));
        }
        *to++ = (char)(0x80 | (code >> 6 & 0x3f));
    }
    *to++ = (char)(0x80 | (code & 0x3f));
    return to;
}

/* Decodes the \u escape at `at` (with its second half, if it has one); returns what stands behind it. */
static const char *decode_unicode(const char *at, const char *end, char **to) {
    uint32_t code = code_unit(at);
    at += 6;
    if (code >= 0xd800 && code < 0xdc00 && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        uint32_t low = code_unit(at);
        if (low >= 0xdc00 && low < 0xe000) {
            *to = put_utf8(0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00), *to);
            return at + 6;
        }
    }
    *to = put_utf8(code == 0 || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code, *to);
    return at;
}

size_t json_unescape(struct view inside, char *to) {
    char *start = to;
    const char *at = inside.text, *end = at + inside.length;
    while (at < end) {
        const char *slash = memchr(at, '\\', (size_t)(end - at));
        size_t plain = (size_t)((slash ? slash : end) - at);
        memcpy(to, at, plain);
        to += plain;
        if (!slash) {
            break;
        }
        at = slash;
        if (at[1] == 'u') {
            at = decode_unicode(at, end, &to);
            continue;
        }
        static const char from_letters[] = "bfnrt", to_bytes[] = "\b\f\n\r\t";
        const char *letter = strchr(from_letters, at[1]);
        *to++ = letter ? to_bytes[letter - from_letters] : at[1];
        at += 2;
    }
    return (size_t)(to - start);
}

char *json_string_copy(struct view string) {
    struct view inside = view_from(string.text + 1, string.length - 2);
    char *copy = memory_get(inside.length + 1);
    copy[json_unescape(inside, copy)] = '\0';
    return copy;
}

bool json_string_equals(struct view inside, bool escaped, struct view text) {
    if (!escaped) {
        return view_equal(inside, text);
    }
    char *plain = memory_get(inside.length + 1);
    bool equal = view_equal(view_from(plain, json_unescape(inside, plain)), text);
    free(plain);
    return equal;
}

/* --- other values ----------------------------------------------------------------------------- */

/* At least one digit. */
static bool scan_some_digits(struct json_scan *scan) {
    const char *start = scan->at;
    scan->at = json_digits_end(scan->at, scan->end);
    return scan->at > start || json_scan_fault(scan, "a digit is expected here");
}

/* What cJSON hands to strtod. */
static bool scan_loose_number(struct json_scan *scan) {
    while (scan->at < scan->end && *scan->at != '\0' && strchr("+-.0123456789Ee", *scan->at))
        scan->at++;
    return true;
}

static bool scan_number(struct json_scan *scan) {
    if (scan->is_lenient) {
        return scan_loose_number(scan);
    }
    if (*scan->at == '-') {
        scan->at++;
    }
    if (json_scan_ahead(scan) == '0') {
        scan->at++;
        char next = json_scan_ahead(scan);
        if (next >= '0' && next <= '9') {
            return json_scan_fault(scan, "a number must not begin with 0");
        }
    } else if (!scan_some_digits(scan)) {
        return false;
    }
    if (json_scan_ahead(scan) == '.') {
        scan->at++;
        if (!scan_some_digits(scan)) {
            return false;
        }
    }
    if ((json_scan_ahead(scan) | 0x20) == 'e') {
        scan->at++;
        if (json_scan_ahead(scan) == '+' || json_scan_ahead(scan) == '-') {
            scan->at++;
        }
        return scan_some_digits(scan);
    }
    return true;
}

static bool scan_word(struct json_scan *scan, const char *word) {
    size_t length = strlen(word);
    if ((size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0) {
        return json_scan_fault(scan, "a value is expected here");
    }
    scan->at += length;
    return true;
}

bool json_scan_scalar(struct json_scan *scan) {
    char c = json_scan_ahead(scan);
    struct view inside;
    bool escaped;
    switch (c) {
    case '"': return json_scan_string(scan, &inside, &escaped);
    case 't': return scan_word(scan, "true");
    case 'f': return scan_word(scan, "false");
    case 'n': return scan_word(scan, "null");
    default: break;
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        return scan_number(scan);
    }
    return json_scan_fault(scan, "a value is expected here");
}

bool json_scan_key(struct json_scan *scan, struct view *key, bool *escaped) {
    if (json_scan_ahead(scan) != '"') {
        return json_scan_fault(scan, "a key in quotes is expected here");
    }
    if (!json_scan_string(scan, key, escaped)) {
        return false;
    }
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) != ':') {
        return json_scan_fault(scan, "a colon is expected here");
    }
    scan->at++;
    json_scan_blanks(scan);
    return true;
}

/* The containers around the place: bit set = object, clear = list. */
struct open_containers {
    uint64_t bits[JSON_DEPTH_LIMIT / 64 + 1];
    size_t depth, outer;
};

static bool is_object(const struct open_containers *open) {
    return open->bits[open->depth / 64] >> (open->depth % 64) & 1;
}

/* At a '{' or '[': steps inside, or past it if it is empty (`*value` false then). */
static bool scan_open(struct json_scan *scan, struct open_containers *open, bool *value) {
    bool object = *scan->at == '{';
    if (open->depth == JSON_DEPTH_LIMIT) {
        return json_scan_fault(scan, "lists and objects are nested more than 1000 deep");
    }
    open->depth++;
    uint64_t bit = (uint64_t)1 << (open->depth % 64);
    open->bits[open->depth / 64] = (open->bits[open->depth / 64] & ~bit) | (object ? bit : 0);
    scan->at++;
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) == (object ? '}' : ']')) {
        scan->at++;
        open->depth--;
        *value = false;
        return true;
    }
    struct view key;
    bool escaped;
    *value = true;
    return !object || json_scan_key(scan, &key, &escaped);
}

/* Behind a value: closes containers and steps over the comma; `*value` tells whether another value is due. */
static bool scan_behind(struct json_scan *scan, struct open_containers *open, bool *value) {
    struct view key;
    bool escaped;
    *value = false;
    while (open->depth > open->outer) {
        bool object = is_object(open);
        json_scan_blanks(scan);
        char c = json_scan_ahead(scan);
        if (c == ',') {
            scan->at++;
            json_scan_blanks(scan);
            *value = true;
            return !object || json_scan_key(scan, &key, &escaped);
        }
        if (c != (object ? '}' : ']')) {
            return json_scan_fault(scan, object ? "a comma or } is expected here" : "a comma or ] is expected here");
        }
        scan->at++;
        open->depth--;
    }
    return true;
}

bool json_scan_value(struct json_scan *scan, size_t depth) {
    char first = json_scan_ahead(scan);
    if (first != '{' && first != '[') {
        return json_scan_scalar(scan);
    }
    struct open_containers open = {0};
    open.depth = open.outer = depth;
    for (bool value = true; value;) {
        char c = json_scan_ahead(scan);
        if (c == '{' || c == '[') {
            if (!scan_open(scan, &open, &value)) {
                return false;
            }
            if (value) {
                continue;
            }
        } else if (!json_scan_scalar(scan)) {
            return false;
        }
        if (!scan_behind(scan, &open, &value)) {
            return false;
        }
    }
    return true;
}

bool json_scan_all(struct json_scan *scan, struct view text) {
    json_scan_start(scan, text);
    json_scan_blanks(scan);
    if (!json_scan_value(scan, 0)) {
        return false;
    }
    json_scan_blanks(scan);
    return scan->at == scan->end || json_scan_fault(scan, "something follows the end of the value");
}
