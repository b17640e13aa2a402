/* names.c: the compared form of a name, and the people of a cell. */
#include "people/names.h"

#include <stdint.h>

#include "people/letters.h"

/* --- folding ------------------------------------------------------------------------------------- */

/* The code point at `at` (two or three bytes of UTF-8, in their shortest form) and its length; 0 for anything else. */
static unsigned code_point(struct view text, size_t at, size_t *length) {
    const unsigned char *byte = (const unsigned char *)text.text + at;
    size_t left = text.length - at;
    unsigned point = 0;
    *length = 1;
    if (left >= 2 && (byte[0] & 0xE0) == 0xC0 && (byte[1] & 0xC0) == 0x80) {
        point = (byte[0] & 0x1Fu) << 6 | (byte[1] & 0x3Fu);
        if (point < 0x80) return 0;
        *length = 2;
    } else if (left >= 3 && (byte[0] & 0xF0) == 0xE0 && (byte[1] & 0xC0) == 0x80 && (byte[2] & 0xC0) == 0x80) {
        point = (byte[0] & 0x0Fu) << 12 | (byte[1] & 0x3Fu) << 6 | (byte[2] & 0x3Fu);
        if (point < 0x800) return 0;
        *length = 3;
    }
    return point;
}

static bool is_blank_point(unsigned point) {
    return point == 0xA0 || point == 0x1680 || point == 0x3000 || point == 0x202F || point == 0x205F ||
           point == 0x3164 || (point >= 0x2000 && point <= 0x200B);
}

/* Bytes of the blank that begins at `at`; 0 where there is none. */
static size_t blank_at(struct view text, size_t at) {
    if (at >= text.length) return 0;
    unsigned char c = (unsigned char)text.text[at];
    if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
    size_t length;
    return is_blank_point(code_point(text, at, &length)) ? length : 0;
}

/* Bytes of the blank that ends before `end`; 0 where there is none. */
static size_t blank_before(struct view text, size_t end) {
    for (size_t length = 1; length <= 3 && length <= end; length++)
        if (blank_at(view_from(text.text, end), end - length) == length) return length;
    return 0;
}

/* Without any of the blanks above at both ends; view_trim knows fewer. */
static struct view trim(struct view text) {
    for (size_t length; (length = blank_at(text, 0)) > 0;)
        text = view_from(text.text + length, text.length - length);
    for (size_t length; (length = blank_before(text, text.length)) > 0;)
        text.length -= length;
    return text;
}

static void add_blank(struct buffer *folded) {
    if (folded->length > 0 && folded->text[folded->length - 1] != ' ') buffer_add_char(folded, ' ');
}

/* Signs nobody sees: marks on their own, joiners, directions, soft hyphens, byte order marks, variation selectors. */
static bool is_unseen(unsigned point) {
    return (point >= 0x300 && point <= 0x36F) || point == 0xAD || point == 0x34F || point == 0x61C ||
           (point >= 0x180B && point <= 0x180E) || point == 0x115F || point == 0x1160 || point == 0xFFA0 ||
           (point >= 0x200C && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF;
}

/* Letters of other scripts that look like Latin ones, ligatures, and the wide forms of Latin letters, in lower case. */
static bool add_alike(struct buffer *folded, unsigned point) {
    if (point >= 0xFF21 && point <= 0xFF3A) {
        buffer_add_char(folded, (char)('a' + (point - 0xFF21)));
        return true;
    }
    if (point >= 0xFF41 && point <= 0xFF5A) {
        buffer_add_char(folded, (char)('a' + (point - 0xFF41)));
        return true;
    }
    for (size_t i = 0; i < look_alike_count; i++) {
        if (look_alike_letters[i].point != point) continue;
        buffer_add_text(folded, look_alike_letters[i].latin);
        return true;
    }
    return false;
}

static void add_point(struct buffer *folded, unsigned point, struct view bytes) {
    if (is_blank_point(point) || point == 0x2010 || point == 0x2011 || point == 0x2013) /* dashes as '-' */
        add_blank(folded);
    else if (point >= PLAIN_LETTER_FIRST && point < PLAIN_LETTER_FIRST + PLAIN_LETTER_COUNT)
        buffer_add_text(folded, plain_letters[point - PLAIN_LETTER_FIRST]);
    else if (point == 0x2018 || point == 0x2019 || point == 0x02BC || point == 0xB4)
        buffer_add_char(folded, '\'');
    else if (!is_unseen(point) && !add_alike(folded, point))
        buffer_add(folded, bytes);
}

static void add_folded(struct buffer *folded, struct view name) {
    for (size_t at = 0; at < name.length;) {
        unsigned char c = (unsigned char)name.text[at];
        if (c >= 0x80) {
            size_t length;
            unsigned point = code_point(name, at, &length);
            struct view bytes = view_from(name.text + at, length);
            if (point)
                add_point(folded, point, bytes);
            else
                buffer_add(folded, bytes);
            at += length;
            continue;
        }
        at++;
        if (c == ' ' || (c >= '\t' && c <= '\r') || c == '-') /* Ann-Marie, Ann Marie */
            add_blank(folded);
        else if (c == '`')
            buffer_add_char(folded, '\'');
        else if (c != '.')
            buffer_add_char(folded, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : (char)c);
    }
    while (folded->length > 0 && folded->text[folded->length - 1] == ' ')
        folded->length--;
}

static struct view without_prefix(struct view name) {
    name = trim(name);
    while (name.length > 0 && (name.text[0] == '_' || name.text[0] == '*'))
        name = trim(view_from(name.text + 1, name.length - 1));
    return name;
}

/* The two sides of the only comma; false if there is none or more than one, or a side is empty. */
static bool cut_at_comma(struct view name, struct view *left, struct view *right) {
    const char *comma = name.length ? memchr(name.text, ',', name.length) : NULL;
    if (!comma) return false;
    *left = trim(view_from(name.text, (size_t)(comma - name.text)));
    *right = trim(view_from(comma + 1, name.length - (size_t)(comma + 1 - name.text)));
    return left->length > 0 && right->length > 0 && !memchr(right->text, ',', right->length);
}

void name_fold(struct view name, struct buffer *folded) {
    struct view last, first;
    folded->length = 0;
    name = without_prefix(name);
    if (cut_at_comma(name, &last, &first)) {
        add_folded(folded, first);
        add_blank(folded);
        add_folded(folded, last);
        return;
    }
    add_folded(folded, name);
}

/* Adds the words of a text, with one blank between them. */
static void add_words(struct buffer *out, struct view text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] != ' ')
            buffer_add_char(out, text.text[i]);
        else
            add_blank(out);
}

void name_put_first(struct view name, struct buffer *out) {
    struct view last, first;
    name = trim(name);
    if (!cut_at_comma(name, &last, &first)) {
        add_words(out, name);
        return;
    }
    add_words(out, first);
    add_blank(out);
    add_words(out, last);
}

bool name_has_prefix(struct view name) {
    name = trim(name);
    return name.length > 1 && (name.text[0] == '_' || name.text[0] == '*');
}

/* --- several people in a cell ---------------------------------------------------------------------- */

static bool is_single_word(struct view text) {
    for (size_t i = 0; i < text.length; i++)
        if (blank_at(text, i) > 0) return false;
    return text.length > 0;
}

static bool is_one_name(struct view part) {
    struct view left, right;
    return cut_at_comma(part, &left, &right) && (is_single_word(left) || is_single_word(right));
}

static bool is_between_blanks(struct view cell, size_t at) {
    return blank_before(cell, at) > 0 && blank_at(cell, at + 1) > 0;
}

/* Whether a sign stands here that always separates people; commas are asked for apart. */
static bool is_separator(struct view cell, size_t at) {
    switch (cell.text[at]) {
    case ';':
    case '|':
    case '\r':
    case '\n': return true;
    case '&':
    case '/': return is_between_blanks(cell, at);
    default: return false;
    }
}

/* The next piece of a cell between such signs, without blanks and commas at its ends; false behind the last. */
static bool next_piece(struct view cell, size_t *at, struct view *piece) {
    if (*at > cell.length) return false;
    size_t end = *at;
    while (end < cell.length && !is_separator(cell, end))
        end++;
    *piece = trim(view_from(cell.text + *at, end - *at));
    *at = end + 1;
    while (piece->length > 0 && (piece->text[0] == ',' || piece->text[piece->length - 1] == ',')) {
        bool is_first = piece->text[0] == ',';
        *piece = trim(view_from(piece->text + is_first, piece->length - 1));
    }
    return true;
}

bool name_has_comma(struct view cell) {
    struct view piece;
    for (size_t at = 0; next_piece(cell, &at, &piece);)
        if (is_one_name(piece)) return true;
    return false;
}

static bool is_known(struct view name, const struct view *parts, size_t count) {
    struct buffer one = {0}, other = {0};
    bool found = false;
    name_fold(name, &one);
    for (size_t i = 0; i < count && !found; i++) {
        name_fold(parts[i], &other);
        found = view_equal(buffer_view(&one), buffer_view(&other));
    }
    buffer_free(&one);
    buffer_free(&other);
    return found;
}

static void add_name(struct view name, struct view *parts, size_t limit, size_t *count) {
    name = trim(name);
    if (name.length == 0 || is_known(name, parts, *count < limit ? *count : limit)) return;
    if (*count < limit) parts[*count] = name;
    ++*count;
}

size_t names_split(struct view cell, enum name_commas commas, struct view *parts, size_t limit) {
    struct view piece;
    size_t count = 0;
    for (size_t at = 0; next_piece(cell, &at, &piece);) {
        bool has_list = commas == COMMAS_PEOPLE || (commas != COMMAS_NAME && !is_one_name(piece));
        size_t start = 0;
        for (size_t i = 0; i <= piece.length; i++) {
            if (i < piece.length && !(has_list && piece.text[i] == ',')) continue;
            add_name(view_from(piece.text + start, i - start), parts, limit, &count);
            start = i + 1;
        }
    }
    return count;
}

/* Letters, digits and what else cannot separate, end or trim a name; false for anything that needs a closer look.
 * `*has_blank`: there is one inside. */
static bool is_plain(struct view cell, bool *has_blank) {
    enum { OTHER, NAME, BLANK };
#define FOUR(first) [first] = NAME, [(first) + 1] = NAME, [(first) + 2] = NAME, [(first) + 3] = NAME
#define LETTERS(first)                                                                                                 \
    FOUR(first), FOUR((first) + 4), FOUR((first) + 8), FOUR((first) + 12), FOUR((first) + 16), FOUR((first) + 20),     \
        [(first) + 24] = NAME, [(first) + 25] = NAME
    static const unsigned char kinds[256] = {
        [' '] = BLANK, ['\''] = NAME, ['-'] = NAME, ['.'] = NAME, LETTERS('A'),
        LETTERS('a'),  FOUR('0'),     FOUR('4'),    ['8'] = NAME, ['9'] = NAME,
    };
#undef LETTERS
#undef FOUR
    unsigned met = 0;
    *has_blank = false;
    for (size_t i = 0; i < cell.length; i++) {
        unsigned char kind = kinds[(unsigned char)cell.text[i]];
        if (kind == OTHER) return false;
        met |= kind;
    }
    *has_blank = (met & BLANK) != 0;
    return cell.length > 0 && cell.text[0] != ' ' && cell.text[cell.length - 1] != ' ';
}

bool comma_evidence_add(struct comma_evidence *evidence, struct view cell) {
    struct view piece;
    bool has_blank;
    if (is_plain(cell, &has_blank)) {
        evidence->single_word += !has_blank;
        evidence->full_name += has_blank;
        return true;
    }
    for (size_t at = 0; next_piece(cell, &at, &piece);) {
        if (piece.length == 0) continue;
        bool has_comma = memchr(piece.text, ',', piece.length) != NULL;
        bool is_name = has_comma && is_one_name(piece), is_single = is_single_word(piece);
        evidence->name_like += is_name;
        evidence->list_like += has_comma && !is_name;
        evidence->single_word += !has_comma && is_single;
        evidence->full_name += !has_comma && !is_single;
    }
    return false;
}

void comma_evidence_merge(struct comma_evidence *into, const struct comma_evidence *from) {
    into->name_like += from->name_like;
    into->list_like += from->list_like;
    into->single_word += from->single_word;
    into->full_name += from->full_name;
}

enum name_commas comma_evidence_decide(const struct comma_evidence *evidence) {
    if (evidence->name_like + evidence->list_like == 0) return COMMAS_AUTO;
    if (evidence->single_word > evidence->full_name) return COMMAS_PEOPLE;
    return evidence->name_like > 0 && evidence->list_like > 0 ? COMMAS_UNSURE : COMMAS_AUTO;
}
