/* answer.c: see answer.h. */
#include "upload/answer.h"

#include "base/json_find.h"
#include "base/plain.h"
#include "upload/data_source.h"
#include "upload/plecto_facts.h"

#define WORDS_LIMIT 400
#define WORDS_DEPTH 64 /* each level is scanned once more: what is nested deeper says nothing to a person */
#define CUT_LENGTH 3 /* of the sign that something is missing */

/* --- words ------------------------------------------------------------------------------------------------------------ */

/* NOLINTNEXTLINE(misc-no-recursion): at most WORDS_DEPTH deep */
static void add_value(struct view value, size_t depth, struct buffer *out) {
    struct json_walk walk;
    struct view key, inner;
    bool is_first = true;
    if (!json_walk_start(&walk, value)) {
        json_add_plain(out, value);
        return;
    }
    while (depth < WORDS_DEPTH && out->length < WORDS_LIMIT && json_walk_next(&walk, &key, &inner)) {
        bool is_empty =
            json_is_null(inner) || ((json_is_object(inner) || json_is_list(inner)) && json_count_members(inner) == 0);
        if (is_empty) continue;
        if (!is_first) buffer_add_text(out, "; ");
        is_first = false;
        if (key.length > 0 && !json_says(key, "detail") && !json_says(key, "non_field_errors")) {
            json_add_plain(out, key);
            buffer_add_text(out, ": ");
        }
        add_value(inner, depth + 1, out);
    }
}

/* The text of a page: tags, and what stands in style and script, left out. */
static void add_page_text(struct view body, struct buffer *out) {
    for (size_t i = 0; i < body.length && out->length < WORDS_LIMIT; i++) {
        if (body.text[i] != '<') {
            buffer_add_char(out, body.text[i]);
            continue;
        }
        struct view rest = view_from(body.text + i, body.length - i);
        const char *stop = NULL;
        if (rest.length > 7 && (view_starts_with_fold(rest, "<style") || view_starts_with_fold(rest, "<script"))) {
            for (size_t k = 1; k + 1 < rest.length && !stop; k++)
                if (rest.text[k] == '<' && rest.text[k + 1] == '/') stop = rest.text + k;
        }
        stop = memchr(stop ? stop : rest.text, '>', stop ? (size_t)(rest.text + rest.length - stop) : rest.length);
        if (!stop) return;
        i = (size_t)(stop - body.text);
        buffer_add_char(out, ' ');
    }
}

/* One line, blanks only between words, cut at a whole character. */
static void tidy(struct buffer *text, struct buffer *out) {
    size_t start = out->length;
    bool is_blank = false;
    for (size_t i = 0; i < text->length;) {
        struct view rest = view_from(text->text + i, text->length - i);
        struct plain_character character = plain_character(rest);
        i += character.length;
        if (character.is_hidden || character.value == ' ') {
            is_blank = out->length > start;
            continue;
        }
        if (out->length - start + character.length + 1 + CUT_LENGTH > WORDS_LIMIT) {
            buffer_add_text(out, "\xE2\x80\xA6");
            return;
        }
        if (is_blank) buffer_add_char(out, ' ');
        is_blank = false;
        buffer_add(out, view_from(rest.text, character.length));
    }
}

void answer_words(struct view body, struct buffer *out) {
    struct buffer text = {0};
    if (json_is_valid(body))
        add_value(view_trim(body), 0, &text);
    else
        add_page_text(body, &text);
    tidy(&text, out);
    buffer_free(&text);
}

/* --- refused lists ---------------------------------------------------------------------------------------------------- */

static bool says_something(struct view value) {
    if (json_is_object(value) || json_is_list(value)) return json_count_members(value) > 0;
    return !json_is_null(value) && !view_is(value, "\"\"") && !view_is(value, "true");
}

/* The list with a place for each registration: bare, or under one of these keys. */
static bool find_list(struct view body, struct view *list) {
    static const char *const keys[] = {"errors", "results", "registrations", "data"};
    struct view item;
    *list = view_trim(body);
    for (size_t i = 0; json_is_object(*list) && i < sizeof keys / sizeof *keys; i++)
        if (json_find_key(*list, view_of(keys[i]), &item) && json_is_list(item)) *list = item;
    return json_is_list(*list);
}

bool answer_marks(struct view body, size_t count, bool *marks) {
    struct json_walk walk;
    struct view list, item;
    size_t number = 0;
    bool has_mark = false;
    if (!json_is_valid(body) || !find_list(body, &list) || json_count_members(list) != count ||
        !json_walk_start(&walk, list))
        return false;
    while (json_walk_next(&walk, NULL, &item)) {
        marks[number] = says_something(item);
        has_mark = has_mark || marks[number];
        number++;
    }
    return has_mark;
}

bool answer_complains_about(struct view body, const char *key) {
    struct view value;
    return json_is_valid(body) && json_find_key(body, view_of(key), &value) && says_something(value);
}

/* --- pages ------------------------------------------------------------------------------------------------------------ */

bool answer_page(struct view body, struct view *list) {
    static const char *const keys[] = PLECTO_PAGE_KEYS;
    *list = view_trim(body);
    if (!json_is_valid(body)) return false;
    if (json_is_list(*list)) return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (json_find_key(body, view_of(keys[i]), list) && json_is_list(*list)) return true;
    return false;
}

bool answer_is_last(struct view body) {
    struct view next;
    return json_find_key(body, view_of("next"), &next) && json_is_null(next);
}

bool answer_is_behind(long status, struct view body, unsigned long page) {
    struct buffer words = {0};
    bool is_said = false;
    if (page <= 1 || status != 400) return page > 1 && status == 404;
    answer_words(body, &words);
    for (size_t i = 0; i < words.length && !is_said; i++)
        is_said = view_starts_with_fold(view_from(words.text + i, words.length - i), "page");
    buffer_free(&words);
    return is_said;
}

/* The UUID that ends a text, as an address does: ".../datasources/UUID/". */
static bool ending_uuid(struct view text, char uuid[UUID_LENGTH + 1]) {
    if (text.length == 0) return false;
    while (text.length > 0 && text.text[text.length - 1] == '/')
        text.length--;
    size_t start = text.length;
    while (start > 0 && text.text[start - 1] != '/')
        start--;
    return data_source_uuid(view_from(text.text + start, text.length - start), uuid);
}

bool answer_uuid(struct view object, char uuid[UUID_LENGTH + 1]) {
    static const char *const keys[] = PLECTO_UUID_KEYS;
    struct view value;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!json_find_key(object, view_of(keys[i]), &value) || !json_is_text(value)) continue;
        struct buffer text = {0};
        json_add_plain(&text, value);
        bool is_found = ending_uuid(buffer_view(&text), uuid);
        buffer_free(&text);
        if (is_found) return true;
    }
    return false;
}

bool answer_is_of(struct view object, const char *data_source) {
    struct view value;
    char uuid[UUID_LENGTH + 1];
    if (!json_find_key(object, view_of(KEY_DATA_SOURCE), &value)) return true;
    if (json_is_object(value)) return !answer_uuid(value, uuid) || data_source_is_same(view_of(uuid), view_of(data_source));
    struct buffer text = {0};
    json_add_plain(&text, value);
    bool is_known = ending_uuid(buffer_view(&text), uuid);
    buffer_free(&text);
    return !is_known || data_source_is_same(view_of(uuid), view_of(data_source));
}

bool answer_has_id(struct view object, struct view id) {
    static const char *const keys[] = {KEY_EXTERNAL_ID, KEY_REFERENCE};
    bool is_found = false;
    for (size_t i = 0; i < 2 && !is_found; i++) {
        struct view value;
        struct buffer text = {0};
        if (json_find_key(object, view_of(keys[i]), &value) && !json_is_null(value)) json_add_plain(&text, value);
        is_found = view_equal(buffer_view(&text), id);
        buffer_free(&text);
    }
    return is_found;
}
