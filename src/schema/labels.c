/* labels.c: the form in which header labels are compared (schemas/servicetitan.md, "Header labels"): lower case, no
 * blanks, no '_', one sign for '#', "No." and "Number", one apostrophe, no suffix in brackets. "Job #", "Job No.", "job
 * number" and the API's "JobNumber" all become "job#". */
#include "schema/bind.h"

#include <stdint.h>

#include "values/datetime.h"

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/* Without "(Invoices)" at the end. "(2)" stays: it marks the second of two equal labels, which is another
 * column; and a label that is all brackets stays whole. */
static struct view without_suffix(struct view label) {
    if (label.length < 3 || label.text[label.length - 1] != ')') return label;
    bool has_letter = false;
    for (size_t index = label.length - 1; index > 0; index--) {
        char c = label.text[index - 1];
        has_letter = has_letter || is_letter(c);
        if (c == '(') {
            struct view rest = view_trim(view_from(label.text, index - 1));
            return has_letter && rest.length > 0 ? rest : label;
        }
    }
    return label;
}

/* Bytes of a blank, or of a sign that nobody sees, at `text` ('_' counts as a blank), or 0. */
static size_t blank_length(struct view text) {
    static const char *const blanks[] = {" ",           "\t",       "\r",           "\n",           "_",
                                         "\xC2\xA0",    "\xC2\xAD", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE3\x80\x80",
                                         "\xEF\xBB\xBF"};
    for (size_t index = 0; index < sizeof blanks / sizeof *blanks; index++)
        if (view_starts_with(text, blanks[index])) return strlen(blanks[index]);
    /* U+2000 to U+200F */
    return view_starts_with(text, "\xE2\x80") && text.length > 2 && (unsigned char)text.text[2] <= 0x8F ? 3 : 0;
}

/* Bytes of an apostrophe (straight, U+2018, U+2019, U+02BC, U+00B4, grave), or 0. */
static size_t apostrophe_length(struct view text) {
    static const char *const marks[] = {"'", "`", "\xE2\x80\x98", "\xE2\x80\x99", "\xCA\xBC", "\xC2\xB4"};
    for (size_t index = 0; index < sizeof marks / sizeof *marks; index++)
        if (view_starts_with(text, marks[index])) return strlen(marks[index]);
    return 0;
}

/* Bytes at `offset` that mean "number": '#', "number" anywhere, "no" as a word of its own that has a dot or
 * stands at the end ("Job No", "JobNo", but not "No Charge"); or 0. */
static size_t number_length(struct view label, size_t offset) {
    struct view rest = view_from(label.text + offset, label.length - offset);
    if (rest.text[0] == '#') return 1;
    if (view_starts_with_fold(rest, "number")) return 6;
    if (!view_starts_with_fold(rest, "no")) return 0;
    char before = offset > 0 ? label.text[offset - 1] : ' ';
    if (is_letter(before) && !(is_upper(rest.text[0]) && !is_upper(before))) return 0;
    if (rest.length > 2 && rest.text[2] == '.') return 3;
    return rest.length == 2 && offset > 0 ? 2 : 0;
}

/* Whether a blank, an apostrophe or a word for "number" may begin with this byte; all other bytes stand for themselves. */
static bool may_be_special(char c) {
    return c == 'n' || c == 'N' || c == ' ' || c == '_' || c == '#' || c == '\'' || c == '`' || c == '\t' ||
           c == '\r' || c == '\n' || (unsigned char)c >= 0x80;
}

static void normalise(struct view label, struct buffer *buffer) {
    buffer->length = 0;
    size_t offset = 0;
    while (offset < label.length) {
        struct view rest = view_from(label.text + offset, label.length - offset);
        if (!may_be_special(rest.text[0])) {
            buffer_add_char(buffer, is_upper(rest.text[0]) ? (char)(rest.text[0] | 0x20) : rest.text[0]);
            offset++;
            continue;
        }
        size_t length = blank_length(rest);
        if (length > 0) {
            offset += length;
        } else if ((length = apostrophe_length(rest)) > 0) {
            buffer_add_char(buffer, '\'');
            offset += length;
        } else if ((length = number_length(label, offset)) > 0) {
            buffer_add_char(buffer, '#');
            offset += length;
        } else {
            char c = rest.text[0];
            buffer_add_char(buffer, is_upper(c) ? (char)(c - 'A' + 'a') : c);
            offset++;
        }
    }
}

void label_normalise(struct view label, struct buffer *buffer) {
    normalise(without_suffix(view_trim(label)), buffer);
}

void label_normalise_whole(struct view label, struct buffer *buffer) {
    normalise(view_trim(label), buffer);
}

struct view label_suffix(struct view label) {
    label = view_trim(label);
    struct view rest = without_suffix(label);
    if (rest.length == label.length) return view_of("");
    struct view suffix = view_trim(view_from(rest.text + rest.length, label.length - rest.length));
    return view_trim(view_from(suffix.text + 1, suffix.length - 2));
}

/* Whether the first letters alone say that two labels are not the same. */
static bool begin_otherwise(struct view left, struct view right) {
    left = view_trim(left);
    right = view_trim(right);
    if (left.length == 0 || right.length == 0) return false;
    char one = left.text[0], other = right.text[0];
    if (may_be_special(one) || may_be_special(other)) return false;
    return (is_upper(one) ? one | 0x20 : one) != (is_upper(other) ? other | 0x20 : other);
}

static bool equal_as(struct view left, struct view right, void (*form)(struct view, struct buffer *)) {
    if (begin_otherwise(left, right)) return false;
    struct buffer left_normal = {0}, right_normal = {0};
    form(left, &left_normal);
    form(right, &right_normal);
    bool equal = view_equal(buffer_view(&left_normal), buffer_view(&right_normal));
    buffer_free(&left_normal);
    buffer_free(&right_normal);
    return equal;
}

bool label_equal(struct view left, struct view right) {
    return equal_as(left, right, label_normalise);
}

bool label_equal_whole(struct view left, struct view right) {
    return equal_as(left, right, label_normalise_whole);
}

size_t label_column(const struct input_facts *facts, struct view label) {
    bool (*const is_same[])(struct view, struct view) = {view_equal, label_equal_whole, label_equal};
    for (size_t how = 0; how < sizeof is_same / sizeof *is_same; how++)
        for (size_t i = 0; i < facts->column_count; i++)
            if (is_same[how](facts->columns[i].label, label) || is_same[how](facts->columns[i].name, label)) return i;
    return SIZE_MAX;
}

static bool is_value(struct view label) {
    struct datetime value;
    bool has_address =
        label.length > 0 && memchr(label.text, '@', label.length) && memchr(label.text, '.', label.length);
    bool is_money = label.length > 1 && label.text[0] == '$' && label.text[1] >= '0' && label.text[1] <= '9';
    bool is_dated = label.length >= 8 && label.text[0] >= '0' && label.text[0] <= '9';
    return has_address || is_money ||
           (is_dated && datetime_parse(label, DATE_ORDER_MDY, &value, NULL) == DATETIME_FINE);
}

bool labels_are_data(const struct input_facts *facts) {
    for (size_t i = 0; facts->shape == SHAPE_CSV && i < facts->column_count; i++)
        if (is_value(view_trim(facts->columns[i].label))) return true;
    return false;
}
