/* id_form.c: see id_form.h. */
#include "convert/id_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "convert/identity.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool id_guard_slowly(struct view text, struct view *inside) {
    if (text.text[0] == '\'') {
        *inside = view_from(text.text + 1, text.length - 1);
        return digits_only(*inside);
    }
    *inside = view_from(text.text + 1, text.length - 1);
    if (digits_only(*inside)) return true; /* =001234 */
    if (text.length < 4 || text.text[1] != '"' || text.text[text.length - 1] != '"') return false;
    *inside = view_from(text.text + 2, text.length - 3);
    return !memchr(inside->text, '"', inside->length);
}

bool id_has_commas_slowly(struct view text) {
    const char *comma = text.length > 4 ? memchr(text.text, ',', text.length) : NULL;
    if (!comma || comma == text.text || comma - text.text > 3 || text.text[0] == '0') return false;
    size_t run = 0, count = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] == ',') {
            if (count++ > 0 && run != 3) return false;
            run = 0;
        } else if (is_digit(text.text[i])) {
            run++;
        } else {
            return false;
        }
    }
    return run == 3;
}

struct view id_without_commas(struct view text, struct arena *arena) {
    char *copy = arena_get(arena, text.length);
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] != ',') copy[length++] = text.text[i];
    return view_from(copy, length);
}

/* 12E5, 1.2E18, 1.2E+18, -1,2E+18. */
static bool is_exponent(struct view id) {
    size_t i = 0, digits = 0, points = 0;
    if (id.length > 0 && (id.text[0] == '-' || id.text[0] == '+')) id = view_from(id.text + 1, id.length - 1);
    for (; i < id.length && (is_digit(id.text[i]) || id.text[i] == '.' || id.text[i] == ','); i++) {
        bool is_point = !is_digit(id.text[i]);
        digits += !is_point;
        points += is_point;
    }
    if (digits == 0 || points > 1 || i == id.length || (id.text[i] | 0x20) != 'e' || !is_digit(id.text[0]))
        return false;
    i++;
    if (i < id.length && id.text[i] == '+') i++;
    struct view power = view_from(id.text + i, id.length - i);
    return digits_only(power) && power.length <= 3;
}

enum id_kind id_kind_slowly(struct view id) {
    return digits_only(id) ? ID_DIGITS : is_point_zero(id) ? ID_POINT_ZERO : is_exponent(id) ? ID_EXPONENT : ID_OTHER;
}

/* Whether a text is such a form: '0' is a digit, anything else itself. */
static bool has_form(struct view text, const char *form) {
    if (text.length != strlen(form)) return false;
    for (size_t i = 0; i < text.length; i++)
        if (form[i] == '0' ? !is_digit(text.text[i]) : text.text[i] != form[i]) return false;
    return true;
}

bool id_is_date_slowly(struct view id) {
    static const char *const forms[] = {"0000-00-00", "0000-00-00 00:00:00", "0/0/0000",
                                        "00/0/0000",  "0/00/0000",           "00/00/0000"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (has_form(id, forms[i])) return true;
    return false;
}

bool id_is_zero_slowly(struct view id) {
    size_t zeros = 0;
    for (size_t i = id.text[0] == '-'; i < id.length; i++) {
        if (id.text[i] != '0' && id.text[i] != '.') return false;
        zeros += id.text[i] == '0';
    }
    return zeros > 0;
}

/* Bytes of a blank or of a sign that nobody sees at `at`, or 0: U+00A0, U+00AD, U+2009, U+200B to U+200F, U+202F, U+2060,
 * U+FEFF. */
static size_t unseen_length(struct view id, size_t at) {
    const unsigned char *byte = (const unsigned char *)id.text + at;
    size_t left = id.length - at;
    if (byte[0] == ' ') return 1;
    if (left >= 2 && byte[0] == 0xC2 && (byte[1] == 0xAD || byte[1] == 0xA0)) return 2;
    if (left < 3) return 0;
    bool is_mark = byte[0] == 0xE2 &&
                   ((byte[1] == 0x80 && (byte[2] == 0x89 || byte[2] == 0xAF || (byte[2] >= 0x8B && byte[2] <= 0x8F))) ||
                    (byte[1] == 0x81 && byte[2] == 0xA0));
    return is_mark || (byte[0] == 0xEF && byte[1] == 0xBB && byte[2] == 0xBF) ? 3 : 0;
}

/* The digit that three bytes at `at` are in full width (U+FF10 to U+FF19), or 0. */
static char wide_digit(struct view id, size_t at) {
    const unsigned char *byte = (const unsigned char *)id.text + at;
    bool is_wide = id.length - at >= 3 && byte[0] == 0xEF && byte[1] == 0xBC && byte[2] >= 0x90 && byte[2] <= 0x99;
    return is_wide ? (char)('0' + (byte[2] - 0x90)) : '\0';
}

/* Without what people put around a number: #1005, +1005, "1005". */
static struct view bare_number(struct view text) {
    struct view inside = text;
    while (inside.length > 0 && strchr("#+\"'", inside.text[0]) && inside.text[0] != '\0')
        inside = view_from(inside.text + 1, inside.length - 1);
    while (inside.length > 0 && (inside.text[inside.length - 1] == '"' || inside.text[inside.length - 1] == '\''))
        inside.length--;
    return digits_only(inside) ? inside : text;
}

void id_fold(struct view id, struct buffer *folded) {
    folded->length = 0;
    bool has_commas = id_has_commas(id);
    for (size_t i = 0; i < id.length;) {
        size_t unseen = unseen_length(id, i);
        char wide = wide_digit(id, i), c = wide ? wide : id.text[i];
        i += unseen > 0 ? unseen : wide ? 3 : 1;
        if (unseen > 0 || (has_commas && c == ',')) continue;
        buffer_add_char(folded, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    }
    struct view text = id_without_zero(bare_number(buffer_view(folded)));
    if (digits_only(text))
        while (text.length > 1 && text.text[0] == '0')
            text = view_from(text.text + 1, text.length - 1);
    if (text.length > 0) memmove(folded->text, text.text, text.length);
    folded->length = text.length;
}

static void grow(struct odd_ids *odd, size_t count) {
    void *list = odd->list;
    memory_grow(&list, &odd->capacity, count, sizeof *odd->list);
    odd->list = list;
}

void odd_ids_add(struct odd_ids *odd, struct view id, uint32_t file, uint64_t row, uint64_t line,
                 struct buffer *scratch) {
    if (id_is_plain(id) || odd->count == ODD_IDS_MOST) return;
    id_fold(id, scratch);
    struct view folded = buffer_view(scratch);
    if (view_equal(id, folded)) return;
    grow(odd, odd->count + 1);
    struct odd_id *added = &odd->list[odd->count++];
    *added = (struct odd_id){
        .folded_hash = hash_bytes(folded, 0), .hash = hash_bytes(id, 0), .file = file, .row = row, .line = line};
    snprintf(added->text, sizeof added->text, "%.*s", VIEW_ARGS(id));
    snprintf(added->folded, sizeof added->folded, "%.*s", VIEW_ARGS(folded));
}

void odd_ids_merge(struct odd_ids *into, const struct odd_ids *from) {
    size_t room = ODD_IDS_MOST - into->count, count = from->count < room ? from->count : room;
    if (count == 0) return;
    grow(into, into->count + count);
    memcpy(into->list + into->count, from->list, count * sizeof *from->list);
    into->count += count;
}

static int compare(const void *left, const void *right) {
    const struct odd_id *a = *(const struct odd_id *const *)left, *b = *(const struct odd_id *const *)right;
    return a->folded_hash < b->folded_hash ? -1 : a->folded_hash > b->folded_hash;
}

void odd_ids_find_twins(struct odd_ids *odd, const struct identity_set *set) {
    struct odd_id **sorted = memory_get_zero(odd->count + 1, sizeof *sorted);
    for (size_t i = 0; i < odd->count; i++) {
        sorted[i] = &odd->list[i];
        odd->list[i].has_twin = identity_set_has(set, odd->list[i].folded_hash);
    }
    if (odd->count > 1) qsort(sorted, odd->count, sizeof *sorted, compare);
    for (size_t i = 1; i < odd->count; i++) {
        bool are_twins = sorted[i - 1]->folded_hash == sorted[i]->folded_hash && sorted[i - 1]->hash != sorted[i]->hash;
        if (are_twins) sorted[i - 1]->has_twin = sorted[i]->has_twin = true;
    }
    free(sorted);
}

void odd_ids_free(struct odd_ids *odd) {
    free(odd->list);
    *odd = (struct odd_ids){0};
}
