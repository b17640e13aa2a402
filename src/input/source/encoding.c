/* encoding.c: which encoding an input has, and UTF-16 and Windows-1252 to UTF-8.
 *
 * Detection believes byte order marks only. Windows-1252 cannot be told from UTF-8 with certainty, so it must be
 * asked for; its five unused codes become the control characters of the same number, as in the WHATWG's table. */
#include "input/source/encoding.h"

#include <stdint.h>
#include <string.h>

#include "base/view.h"

const char *encoding_name(enum encoding encoding) {
    static const char *const names[] = {"UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "Windows-1252"};
    return names[encoding];
}

static bool is_named(const char *asked, const char *name) {
    return view_equal_fold(view_of(asked), view_of(name));
}

bool encoding_check(const char *asked, struct error *error) {
    static const char *const known[] = {"utf-8",    "utf8",    "utf-16",       "utf16",       "utf-16le", "utf16le",
                                        "utf-16be", "utf16be", "windows-1252", "windows1252", "cp1252"};
    static const char *const latin[] = {"latin1", "latin-1", "iso-8859-1", "iso8859-1", "iso88591"};
    if (!asked) return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (is_named(asked, known[i])) return true;
    }
    error_set(error, EXIT_WRONG_USE, "the encoding '%s' is unknown", asked);
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        if (is_named(asked, latin[i]))
            return error_fix(error, "Files called Latin-1 are Windows-1252 in practice. Add --encoding windows-1252.");
    }
    return error_fix(error,
                     "Use utf-8, utf-16, utf-16le, utf-16be or windows-1252. Without --encoding, UTF-8 and byte order "
                     "marks are recognized.");
}

static bool begins(const char *bytes, size_t length, const char *mark, size_t mark_length) {
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

bool encoding_detect(const char *asked, const char *bytes, size_t length, const char *name, enum encoding *encoding,
                     size_t *mark, struct error *error) {
    bool utf8_mark = begins(bytes, length, "\xEF\xBB\xBF", 3);
    bool little_mark = begins(bytes, length, "\xFF\xFE", 2);
    bool big_mark = begins(bytes, length, "\xFE\xFF", 2);
    bool any16 = asked && (is_named(asked, "utf-16") || is_named(asked, "utf16"));
    *mark = 0;
    if (asked && (is_named(asked, "windows-1252") || is_named(asked, "windows1252") || is_named(asked, "cp1252"))) {
        *encoding = ENCODING_WINDOWS_1252;
    } else if (asked && (is_named(asked, "utf-16le") || is_named(asked, "utf16le"))) {
        *encoding = ENCODING_UTF16LE;
        *mark = little_mark ? 2 : 0;
    } else if (asked && (is_named(asked, "utf-16be") || is_named(asked, "utf16be"))) {
        *encoding = ENCODING_UTF16BE;
        *mark = big_mark ? 2 : 0;
    } else if ((!asked || any16) && (little_mark || big_mark)) {
        *encoding = little_mark ? ENCODING_UTF16LE : ENCODING_UTF16BE;
        *mark = 2;
    } else if (any16) {
        error_set(error, EXIT_CANNOT_READ, "%s: has no byte order mark, so its UTF-16 can be read in two ways", name);
        return error_fix(error, "Add --encoding utf-16le (most likely) or --encoding utf-16be.");
    } else {
        *encoding = utf8_mark ? ENCODING_UTF8_BOM : ENCODING_UTF8;
        *mark = utf8_mark ? 3 : 0;
    }
    /* a file that was put behind an empty one with a mark, or saved twice, has several */
    const char *again = *mark == 3 ? "\xEF\xBB\xBF" : *encoding == ENCODING_UTF16LE ? "\xFF\xFE" : "\xFE\xFF";
    for (size_t one = *mark; one > 0 && begins(bytes + *mark, length - *mark, again, one);)
        *mark += one;
    return true;
}

static char *put_character(char *to, uint32_t code) {
    if (code < 0x80) {
        *to++ = (char)code;
    } else if (code < 0x800) {
        *to++ = (char)(0xC0 | (code >> 6));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        *to++ = (char)(0xE0 | (code >> 12));
        *to++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    } else {
        *to++ = (char)(0xF0 | (code >> 18));
        *to++ = (char)(0x80 | ((code >> 12) & 0x3F));
        *to++ = (char)(0x80 | ((code >> 6) & 0x3F));
        *to++ = (char)(0x80 | (code & 0x3F));
    }
    return to;
}

static uint32_t unit_at(const unsigned char *from, bool big) {
    return big ? (uint32_t)from[0] << 8 | from[1] : (uint32_t)from[1] << 8 | from[0];
}

static size_t decode_utf16(bool big, const unsigned char *from, size_t length, bool last, char *to, size_t *written) {
    char *begin = to;
    size_t i = 0;
    while (i + 2 <= length) {
        uint32_t code = unit_at(from + i, big);
        size_t used = 2;
        if (code >= 0xD800 && code < 0xDC00) {
            if (i + 4 > length && !last) break;
            uint32_t low = i + 4 <= length ? unit_at(from + i + 2, big) : 0;
            bool pair = low >= 0xDC00 && low < 0xE000;
            code = pair ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            used = pair ? 4 : 2;
        } else if (code >= 0xDC00 && code < 0xE000) {
            code = 0xFFFD;
        }
        to = put_character(to, code);
        i += used;
    }
    *written = (size_t)(to - begin);
    return i;
}

static size_t decode_1252(const unsigned char *from, size_t length, char *to, size_t *written) {
    /* 0x80 to 0x9F; the rest is the same number in Unicode. */
    static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                      0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    char *begin = to;
    for (size_t i = 0; i < length; i++) {
        unsigned char c = from[i];
        to = put_character(to, c >= 0x80 && c < 0xA0 ? high[c - 0x80] : c);
    }
    *written = (size_t)(to - begin);
    return length;
}

size_t encoding_decode(enum encoding encoding, const char *from, size_t length, bool last, char *to, size_t *written) {
    const unsigned char *bytes = (const unsigned char *)from;
    if (encoding == ENCODING_WINDOWS_1252) return decode_1252(bytes, length, to, written);
    return decode_utf16(encoding == ENCODING_UTF16BE, bytes, length, last, to, written);
}
