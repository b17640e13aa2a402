/* texts.c: texts that would not arrive as they are: bytes that are no UTF-8, zero bytes, characters lost on the way.
 *
 * Most blocks are plain ASCII, which one look at the block tells; only in the others are the texts of a row looked at. */
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "convert/row/row_private.h"

/* Beyond ASCII, or zero. */
static bool is_odd(char byte) {
    return (unsigned char)byte >= 0x80 || byte == 0;
}

/* Whether an escape such as \u0000 or \ud800 may begin at `i`; so it seems of \\u too. */
static bool is_code(struct view text, size_t i) {
    return text.text[i] == '\\' && i + 1 < text.length && text.text[i + 1] == 'u';
}

bool texts_are_plain(struct view text, bool is_json) {
    size_t i = 0;
#ifdef __SSE2__
    const __m128i zero = _mm_setzero_si128(), slash = _mm_set1_epi8('\\'), letter = _mm_set1_epi8('u');
    for (; text.length - i > 64; i += 64) {
        __m128i odd = zero;
        for (size_t k = 0; k < 64; k += 16) {
            const __m128i *place = (const __m128i *)(const void *)(text.text + i + k);
            const __m128i *next = (const __m128i *)(const void *)(text.text + i + k + 1);
            __m128i bytes = _mm_loadu_si128(place);
            odd = _mm_or_si128(odd, _mm_or_si128(bytes, _mm_cmpeq_epi8(bytes, zero))); /* the highest bit counts */
            if (!is_json) continue;
            __m128i codes = _mm_and_si128(_mm_cmpeq_epi8(bytes, slash), _mm_cmpeq_epi8(_mm_loadu_si128(next), letter));
            odd = _mm_or_si128(odd, codes);
        }
        if (_mm_movemask_epi8(odd)) return false;
    }
#endif
    for (; i < text.length; i++)
        if (is_odd(text.text[i]) || (is_json && is_code(text, i))) return false;
    return true;
}

enum text_state { TEXT_FINE, TEXT_BROKEN, TEXT_ZERO, TEXT_LOST, TEXT_HALF };

/* Whether one of eight bytes may be beyond ASCII or zero. */
static bool is_doubtful(uint64_t word) {
    return (((word - 0x0101010101010101u) | word) & 0x8080808080808080u) != 0;
}

/* False: perhaps a byte is beyond ASCII or zero. The last bytes are looked at twice rather than one by one. */
static bool is_plain(struct view text) {
    uint64_t word, doubt = 0;
    if (text.length >= sizeof word) {
        for (size_t i = 0; text.length - i > sizeof word; i += sizeof word) {
            memcpy(&word, text.text + i, sizeof word);
            doubt |= is_doubtful(word);
        }
        memcpy(&word, text.text + text.length - sizeof word, sizeof word);
        return !(doubt | is_doubtful(word));
    }
    for (size_t i = 0; i < text.length; i++)
        doubt |= is_odd(text.text[i]);
    return !doubt;
}

/* Whether a text begins with what a wrong turn from one encoding to another leaves: a control character of C1, where
 * Windows-1252 has its quotes and dashes, or the bytes of one UTF-8 character taken one by one for Windows-1252 ("Ã©" for é,
 * "â€™" for an apostrophe). */
static bool is_half_turned(struct view text) {
    const unsigned char *byte = (const unsigned char *)text.text;
    if (text.length < 2 || (byte[0] != 0xC2 && byte[0] != 0xC3)) return false;
    if (byte[0] == 0xC2 && byte[1] >= 0x80 && byte[1] < 0xA0) return true;
    bool is_lead = byte[0] == 0xC3 && (byte[1] == 0x82 || byte[1] == 0x83);
    if (is_lead) return text.length >= 4 && byte[2] == 0xC2 && byte[3] >= 0x80 && byte[3] < 0xC0;
    return view_starts_with(text, "\xC3\xA2\xE2\x82\xAC");
}

static enum text_state look(struct view text) {
    enum text_state state = TEXT_FINE;
    if (is_plain(text)) return state;
    for (size_t i = 0; i < text.length;) {
        unsigned char byte = (unsigned char)text.text[i];
        if (byte == 0) return TEXT_ZERO;
        size_t length = byte < 0x80 ? 1 : view_character(view_from(text.text + i, text.length - i));
        if (length == 0) return TEXT_BROKEN;
        if (length == 3 && memcmp(text.text + i, "\xEF\xBF\xBD", 3) == 0) state = TEXT_LOST;
        if (state == TEXT_FINE && is_half_turned(view_from(text.text + i, text.length - i))) state = TEXT_HALF;
        i += length;
    }
    return state;
}

/* `field` SIZE_MAX: the text is made of several (an ID by template), called `what`. */
static void check(struct converter *converter, size_t field, const char *what, struct view text) {
    enum text_state state = look(text);
    if (state == TEXT_FINE) return;
    struct view label = field == SIZE_MAX ? view_of(what) : row_label(&converter->file, field);
    if (state == TEXT_LOST || state == TEXT_HALF) {
        const char *words = state == TEXT_LOST ? "has lost a character: \xEF\xBF\xBD (U+FFFD) is in its place"
                                               : "has wrong characters in the place of a letter or an apostrophe";
        enum issue_code code = state == TEXT_LOST ? W326_LOST_CHARACTER : W327_WRONG_ENCODING;
        if (field == SIZE_MAX)
            row_problem(converter, code, field, "%.*s %s", VIEW_ARGS(label), words);
        else
            row_cell_problem(converter, code, field, words);
        return;
    }
    row_problem(converter, E309_NOT_TEXT, field,
                state == TEXT_ZERO ? "%.*s has a zero byte" : "%.*s has bytes that are not UTF-8", VIEW_ARGS(label));
}

/* The field of the employee's that has this text, so that the place can be told. */
static size_t person_field(const struct converter *converter, struct view text) {
    const struct binding *binding = converter->file.binding;
    for (size_t i = 0; i < binding->person_count; i++) {
        const size_t fields[] = {binding->people[i].name_field, binding->people[i].id_field};
        for (size_t k = 0; k < 2; k++) {
            const struct cell *cell = fields[k] != SIZE_MAX ? row_cell(converter, fields[k]) : NULL;
            if (cell && view_equal(view_trim(cell->text), text)) return fields[k];
        }
    }
    return SIZE_MAX;
}

void row_check_texts(struct converter *converter) {
    const struct plan *plan = converter->plan;
    size_t before = converter->row.problem_count;
    for (size_t i = 0; i < plan->sent_count; i++) {
        const struct value *value = &converter->fields[plan->sent[i]].value;
        if (value->kind == VALUE_TEXT) check(converter, plan->sent[i], NULL, value->text);
    }
    if (converter->row.problem_count > before) return; /* the ID and the employee are mostly among these */
    check(converter, SIZE_MAX, "the ID", converter->row.external_id);
    const struct view member = converter->row.member_id, name = converter->row.member_name;
    if (look(member) != TEXT_FINE) check(converter, person_field(converter, member), "the employee's ID", member);
    if (!view_equal(member, name) && look(name) != TEXT_FINE)
        check(converter, person_field(converter, name), "the employee's name", name);
    for (size_t i = 0; i < plan->group_count; i++) {
        const struct cell *cell = row_cell(converter, plan->groups[i]);
        if (cell) check(converter, plan->groups[i], NULL, cell->text);
    }
}
