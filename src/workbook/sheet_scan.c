/* sheet_scan.c: see sheet_scan.h. Reads <row>, <c>, <v>, <f>, <is> and <t> with plain attributes and texts; comments,
 * CDATA, rich text, other elements and namespaces, and all that is not well-formed are SCAN_OTHER. The zero bytes behind
 * the window fit nowhere, so that nothing has to ask at each byte whether it is the last. */
#include "workbook/sheet_scan.h"

#include <string.h>

struct scan {
    const char *at, *end;
    struct view prefix;
    struct view prefixes;
    struct row_maker *maker;
    bool is_short; /* gave up at the end of the window */
};

/* A failure at the very end of the window may be none with more of it. */
static bool fail(struct scan *scan) {
    scan->is_short = scan->end - scan->at < SCAN_PADDING;
    return false;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct scan *scan) {
    while (is_blank(*scan->at))
        scan->at++;
}

/* "<", the prefix and a name of `length` bytes, behind which a name ends; then goes behind it. */
static bool take_tag(struct scan *scan, const char *name, size_t length) {
    const char *at = scan->at;
    if (scan->prefix.length > 0) {
        if (*at != '<' || memcmp(at + 1, scan->prefix.text, scan->prefix.length) != 0) return false;
        at += scan->prefix.length;
    } else if (*at != '<') {
        return false;
    }
    if (memcmp(at + 1, name, length) != 0) return false;
    at += length + 1;
    if (*at != '>' && *at != '/' && !is_blank(*at)) return false;
    scan->at = at;
    return true;
}

/* "</", the prefix, the name and ">". */
static bool take_end_tag(struct scan *scan, const char *name, size_t length) {
    const char *at = scan->at;
    if (at[0] != '<' || at[1] != '/') return false;
    at += 2;
    if (scan->prefix.length > 0 && memcmp(at, scan->prefix.text, scan->prefix.length) != 0) return false;
    at += scan->prefix.length;
    if (memcmp(at, name, length) != 0 || at[length] != '>') return false;
    scan->at = at + length + 1;
    return true;
}

/* --- attributes --------------------------------------------------------------------------------------------- */

struct attributes {
    struct view reference, type, style, hidden;
    uint32_t seen; /* by number of the name, and the last bit for one with a prefix */
};

/* All that tags of rows have (ECMA-376 part 1, 18.3.1.4, .10, .40, .73, .96); the first four are ours. */
static const char *const attribute_names[] = {
    "r",  "t",  "s",    "hidden", "spans", "ht",  "customHeight", "customFormat", "outlineLevel", "collapsed",
    "ph", "cm", "vm",   "ref",    "si",    "ca",  "thickTop",     "thickBot",     "aca",          "bx",
    "r1", "r2", "dt2D", "dtr",    "del1",  "del2"};

static size_t attribute_number(const char *name, size_t length) {
    for (size_t i = 0; i < sizeof attribute_names / sizeof *attribute_names; i++)
        if (attribute_names[i][0] == *name && view_is(view_from(name, length), attribute_names[i])) return i;
    return SIZE_MAX;
}

/* x14ac:dyDescent, xml:space: whether the prefix is one that the root declares. */
static bool is_declared(const struct scan *scan, const char *name, size_t length) {
    const char *colon = memchr(name, ':', length);
    size_t size = colon ? (size_t)(colon + 1 - name) : 0;
    if (size < 2 || size + 1 > length || memchr(colon + 1, ':', length - size)) return false;
    if (colon[1] < 'A') return false; /* a digit begins no name */
    if (size == 4 && memcmp(name, "xml:", 4) == 0) return true;
    struct view prefixes = scan->prefixes;
    for (size_t i = 1; i + size <= prefixes.length; i++)
        if (prefixes.text[i - 1] == ':' && memcmp(prefixes.text + i, name, size) == 0) return true;
    return false;
}

/* Notes a name; false for one that is not known, or that is there for the second time. */
static bool see_attribute(const struct scan *scan, struct attributes *attributes, const char *name, size_t length,
                          struct view **value) {
    struct view *const ours[] = {&attributes->reference, &attributes->type, &attributes->style, &attributes->hidden};
    size_t number = attribute_number(name, length);
    bool is_known = number != SIZE_MAX || is_declared(scan, name, length);
    uint32_t bit = 1u << (number != SIZE_MAX ? number : 31);
    bool is_new = (attributes->seen & bit) == 0;
    attributes->seen |= bit;
    *value = number < sizeof ours / sizeof *ours ? ours[number] : NULL;
    return is_known && is_new;
}

/* NAME="VALUE" of plain ASCII without references. */
static bool take_attribute(struct scan *scan, struct attributes *attributes) {
    const char *name = scan->at;
    while ((*scan->at >= 'a' && *scan->at <= 'z') || (*scan->at >= 'A' && *scan->at <= 'Z') ||
           (*scan->at >= '0' && *scan->at <= ':'))
        scan->at++;
    size_t length = (size_t)(scan->at - name);
    struct view *known;
    if (length == 0 || *scan->at != '=') return fail(scan);
    if (!see_attribute(scan, attributes, name, length, &known)) return fail(scan);
    char quote = *++scan->at;
    if (quote != '"' && quote != '\'') return fail(scan);
    const char *value = ++scan->at;
    while (*scan->at != quote) {
        if (*scan->at < ' ' || *scan->at == '<' || *scan->at == '&' || *scan->at > '~') return fail(scan);
        scan->at++;
    }
    if (known) *known = view_from(value, (size_t)(scan->at - value));
    scan->at++;
    return *scan->at == '>' || *scan->at == '/' || is_blank(*scan->at) || fail(scan);
}

/* The attributes and the end of a tag; `*is_empty`: <c/>. */
static bool take_attributes(struct scan *scan, struct attributes *attributes, bool *is_empty) {
    *attributes = (struct attributes){.seen = 0};
    for (;;) {
        if (*scan->at == '>') {
            scan->at++;
            *is_empty = false;
            return true;
        }
        if (*scan->at == '/') {
            *is_empty = true;
            scan->at += 2;
            return scan->at[-1] == '>' || fail(scan);
        }
        if (!is_blank(*scan->at)) return fail(scan);
        skip_blanks(scan);
        if (*scan->at != '>' && *scan->at != '/' && !take_attribute(scan, attributes)) return false;
    }
}

/* --- texts -------------------------------------------------------------------------------------------------- */

enum byte_class { BYTE_PLAIN, BYTE_END, BYTE_REFERENCE, BYTE_RETURN, BYTE_HIGH, BYTE_ANGLE, BYTE_BAD };

static enum byte_class class_of(unsigned char c) {
    if (c == '<') return BYTE_END;
    if (c == '&') return BYTE_REFERENCE;
    if (c == '>') return BYTE_ANGLE;
    if (c >= 0x80) return BYTE_HIGH;
    if (c >= ' ' || c == '\t' || c == '\n') return BYTE_PLAIN;
    return c == '\r' ? BYTE_RETURN : BYTE_BAD;
}

/* UTF-8 of characters that XML 1.0 has (2.2). */
static bool are_characters(struct view text) {
    for (size_t i = 0; i < text.length;) {
        size_t width = (unsigned char)text.text[i] < 0x80 ? 1 : view_character(view_from(text.text + i, text.length - i));
        if (width == 0) return false;
        if (width == 3 && memcmp(text.text + i, "\xEF\xBF", 2) == 0 && (unsigned char)text.text[i + 2] >= 0xBE) return false;
        i += width;
    }
    return true;
}

static void add_character(struct buffer *out, uint32_t code) {
    if (code < 0x80) {
        buffer_add_char(out, (char)code);
    } else if (code < 0x800) {
        buffer_add_char(out, (char)(0xC0 | code >> 6));
    } else if (code < 0x10000) {
        buffer_add_char(out, (char)(0xE0 | code >> 12));
        buffer_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
    } else {
        buffer_add_char(out, (char)(0xF0 | code >> 18));
        buffer_add_char(out, (char)(0x80 | (code >> 12 & 0x3F)));
        buffer_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
    }
    if (code >= 0x80) buffer_add_char(out, (char)(0x80 | (code & 0x3F)));
}

/* &#65; and &#x41;: the character, 0 where it is none. */
static uint32_t numbered_character(struct view name) {
    bool is_hex = name.length > 1 && name.text[1] == 'x';
    uint32_t code = 0;
    for (size_t i = is_hex ? 2 : 1; i < name.length; i++) {
        char c = name.text[i], small = (char)(c | 0x20);
        uint32_t digit = c >= '0' && c <= '9'                    ? (uint32_t)(c - '0')
                         : is_hex && small >= 'a' && small <= 'f' ? (uint32_t)(small - 'a' + 10)
                                                                  : 99;
        if (digit == 99 || code > 0x110000) return 0;
        code = code * (is_hex ? 16 : 10) + digit;
    }
    bool is_character = code == '\t' || code == '\n' || code == '\r' || (code >= ' ' && code < 0xD800) ||
                        (code >= 0xE000 && code <= 0xFFFD) || (code >= 0x10000 && code <= 0x10FFFF);
    return is_character ? code : 0;
}

static uint32_t referred_character(struct view name) {
    static const struct {
        const char *name;
        char character;
    } known[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    if (name.length > 1 && name.text[0] == '#') return numbered_character(name);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (view_is(name, known[i].name)) return (uint32_t)known[i].character;
    return 0;
}

/* Appends a text with references and with carriage returns, which XML reads as line feeds (2.11). */
static bool decode(struct view text, struct buffer *out) {
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] == '\r') {
            if (i + 1 == text.length || text.text[i + 1] != '\n') buffer_add_char(out, '\n');
        } else if (text.text[i] == '&') {
            const char *end = memchr(text.text + i, ';', text.length - i);
            size_t length = end ? (size_t)(end - text.text) - i - 1 : 0;
            uint32_t code = referred_character(view_from(text.text + i + 1, length));
            if (code == 0) return false;
            add_character(out, code);
            i += length + 1;
        } else {
            buffer_add_char(out, text.text[i]);
        }
    }
    return true;
}

/* The text up to the next tag, as it is written; `*is_raw`: which is as it is meant. */
static bool take_text(struct scan *scan, struct view *text, bool *is_raw) {
    const char *begin = scan->at;
    unsigned seen = 0;
    for (;;) {
        enum byte_class class = class_of((unsigned char)*scan->at);
        if (class == BYTE_END) break;
        if (class == BYTE_BAD) return fail(scan);
        seen |= 1u << class;
        scan->at++;
    }
    *text = view_from(begin, (size_t)(scan->at - begin));
    *is_raw = (seen & (1u << BYTE_REFERENCE | 1u << BYTE_RETURN)) == 0;
    if ((seen & 1u << BYTE_ANGLE) && memchr(begin, ']', text->length)) return fail(scan); /* "]]>" is not allowed */
    return (seen & 1u << BYTE_HIGH) == 0 || are_characters(*text) || fail(scan);
}

/* --- cells -------------------------------------------------------------------------------------------------- */

/* <NAME …>TEXT</NAME>; the text as it is written. */
static bool take_element(struct scan *scan, const char *name, size_t length, struct view *text, bool *is_raw) {
    struct attributes attributes;
    bool is_empty;
    *text = view_from("", 0);
    *is_raw = true;
    if (!take_attributes(scan, &attributes, &is_empty)) return false;
    return is_empty || (take_text(scan, text, is_raw) && (take_end_tag(scan, name, length) || fail(scan)));
}

/* <is><t>TEXT</t></is>: rich text is for expat. */
static bool take_inline(struct scan *scan, struct view *text, bool *is_raw) {
    struct attributes attributes;
    bool is_empty;
    if (!take_attributes(scan, &attributes, &is_empty)) return false;
    *text = view_from("", 0);
    *is_raw = true;
    if (is_empty) return true;
    return ((take_tag(scan, "t", 1) || fail(scan)) && take_element(scan, "t", 1, text, is_raw)) &&
           (take_end_tag(scan, "is", 2) || fail(scan));
}

static bool add_cell(struct scan *scan, struct raw_cell *cell, bool is_raw) {
    struct row_maker *maker = scan->maker;
    struct buffer decoded = {0};
    cell->is_lasting = is_raw;
    if (is_raw) return row_maker_add(maker, cell);
    bool is_fine = decode(cell->value, &decoded);
    cell->value = buffer_view(&decoded);
    is_fine = is_fine ? row_maker_add(maker, cell) : fail(scan);
    buffer_free(&decoded);
    return is_fine;
}

/* Behind "<c". */
static bool take_cell(struct scan *scan) {
    struct attributes attributes;
    struct raw_cell cell;
    bool is_empty, is_raw = true, is_formula_raw = true, is_good = true;
    if (!take_attributes(scan, &attributes, &is_empty) ||
        !row_maker_begin_cell(scan->maker, attributes.reference, attributes.type, attributes.style, &cell))
        return false;
    cell.value = cell.formula = view_from("", 0);
    while (!is_empty) {
        skip_blanks(scan);
        if (take_end_tag(scan, "c", 1)) break;
        if (!cell.has_value && cell.type != 'i' && take_tag(scan, "v", 1)) {
            cell.has_value = true;
            is_good = take_element(scan, "v", 1, &cell.value, &is_raw);
        } else if (!cell.has_value && cell.type == 'i' && take_tag(scan, "is", 2)) {
            cell.has_value = true;
            is_good = take_inline(scan, &cell.value, &is_raw);
        } else if (!cell.has_formula && take_tag(scan, "f", 1)) {
            cell.has_formula = true;
            is_good = take_element(scan, "f", 1, &cell.formula, &is_formula_raw);
        } else {
            is_good = fail(scan);
        }
        if (!is_good) return false;
    }
    return add_cell(scan, &cell, is_raw);
}

/* Behind "<row". */
static bool take_row(struct scan *scan) {
    struct attributes attributes;
    bool is_empty;
    if (!take_attributes(scan, &attributes, &is_empty) ||
        !row_maker_begin(scan->maker, attributes.reference, attributes.hidden))
        return false;
    while (!is_empty) {
        skip_blanks(scan);
        if (take_end_tag(scan, "row", 3)) return true;
        if (!take_tag(scan, "c", 1)) return fail(scan);
        if (!take_cell(scan)) return false;
    }
    return true;
}

enum scan_result sheet_scan_row(struct view window, const struct scan_names *names, struct row_maker *maker, size_t *used) {
    struct scan scan = {window.text, window.text + window.length, names->prefix, names->prefixes, maker, false};
    uint64_t before = maker->number;
    if (window.length == 0) return SCAN_MORE;
    skip_blanks(&scan);
    struct scan ahead = scan;
    if (take_end_tag(&ahead, "sheetData", 9)) return SCAN_END;
    bool is_whole = take_tag(&scan, "row", 3) ? take_row(&scan) : fail(&scan);
    if (is_whole) {
        *used = (size_t)(scan.at - window.text);
        return SCAN_ROW;
    }
    if (maker->refusal) return SCAN_REFUSED;
    maker->number = before;
    maker->count = 0;
    return scan.is_short ? SCAN_MORE : SCAN_OTHER;
}
