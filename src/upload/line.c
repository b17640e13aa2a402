/* line.c: see line.h. */
#include "upload/line.h"

#include "base/json_find.h"
#include "upload/plecto_facts.h"

static const char *const common_keys[] = {KEY_DATA_SOURCE, KEY_EXTERNAL_ID, KEY_DATE,
                                          KEY_PROVIDER,    KEY_MEMBER_ID,   KEY_MEMBER_NAME};
#define COMMON_COUNT (sizeof common_keys / sizeof *common_keys)

static size_t common_number(struct view key) {
    size_t i = 0;
    while (i < COMMON_COUNT && !json_says(key, common_keys[i]))
        i++;
    return i;
}

bool line_is_common_key(struct view key) {
    return common_number(key) < COMMON_COUNT;
}

static struct view plain(struct view value, struct arena *arena) {
    if (json_is_null(value)) return view_from(NULL, 0);
    if (json_is_text(value) && !memchr(value.text, '\\', value.length))
        return view_from(value.text + 1, value.length - 2);
    struct buffer text = {0};
    json_add_plain(&text, value);
    struct view copy = arena_copy(arena, buffer_view(&text));
    buffer_free(&text);
    return copy;
}

bool line_read(struct view text, struct arena *arena, struct line *line) {
    *line = (struct line){.text = view_trim(text)};
    struct view *const places[] = {&line->data_source, &line->external_id, &line->date,
                                   &line->provider,    &line->member_id,   &line->member_name};
    struct json_walk walk;
    struct view key, value;
    if (!json_walk_start(&walk, line->text) || !walk.is_object) return false;
    while (json_walk_next(&walk, &key, &value)) {
        size_t number = common_number(key);
        if (number < COMMON_COUNT) *places[number] = plain(value, arena);
    }
    return json_walk_is_whole(&walk) && line->external_id.length > 0 && line->date.length >= 10 &&
           (line->member_id.length > 0 || line->member_name.length > 0);
}

struct view line_day(const struct line *line) {
    return line->date.length >= 10 ? view_from(line->date.text, 10) : view_from(NULL, 0);
}

bool line_has_offset(const struct line *line) {
    struct view date = line->date;
    if (date.length > 10 && date.text[date.length - 1] == 'Z') return true;
    for (size_t i = 11; i < date.length; i++)
        if (date.text[i] == '+' || date.text[i] == '-') return true;
    return false;
}

struct view line_person(const struct line *line) {
    return line->member_name.length > 0 ? line->member_name : line->member_id;
}

bool line_field(struct view line, struct view key, struct view *value) {
    struct json_walk walk;
    struct view name, found;
    if (!json_walk_start(&walk, line)) return false;
    while (json_walk_next(&walk, &name, &found))
        if (view_equal(name, key)) {
            *value = found;
            return true;
        }
    return false;
}

void line_add_sent(struct buffer *out, const struct line *line, const char *data_source) {
    if (line->data_source.length > 0 || line->text.length < 2) {
        buffer_add(out, line->text);
        return;
    }
    buffer_add_text(out, "{\"" KEY_DATA_SOURCE "\":");
    buffer_add_json(out, view_of(data_source));
    buffer_add_char(out, ',');
    buffer_add(out, view_from(line->text.text + 1, line->text.length - 1));
}

void line_add_zeroed(struct buffer *out, struct view line) {
    struct json_walk walk;
    struct view key, value;
    bool is_first = true;
    buffer_add_char(out, '{');
    bool is_object = json_walk_start(&walk, line);
    while (is_object && json_walk_next(&walk, &key, &value)) {
        if (!is_first) buffer_add_char(out, ',');
        is_first = false;
        buffer_add(out, key);
        buffer_add_char(out, ':');
        bool is_number = json_is_number(value) && !line_is_common_key(key);
        buffer_add(out, is_number ? view_of("0") : value);
    }
    buffer_add_char(out, '}');
}

void line_drop_source(struct buffer *text, const char *data_source) {
    struct view value;
    struct buffer changed = {0};
    if (!json_find_key(buffer_view(text), view_of(KEY_DATA_SOURCE), &value)) return;
    buffer_add(&changed, view_from(text->text, (size_t)(value.text - text->text)));
    buffer_add_json(&changed, view_of(data_source));
    size_t end = (size_t)(value.text - text->text) + value.length;
    buffer_add(&changed, view_from(text->text + end, text->length - end));
    buffer_free(text);
    *text = changed;
}

bool line_is_zeroed(struct view line) {
    struct json_walk walk;
    struct view key, value;
    bool has_number = false;
    if (!json_walk_start(&walk, line)) return false;
    while (json_walk_next(&walk, &key, &value)) {
        if (!json_is_number(value) || line_is_common_key(key)) continue;
        if (!view_is(value, "0")) return false;
        has_number = true;
    }
    return has_number;
}

static unsigned nibble(char digit) {
    return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

void line_hash(const struct sha256 *started, struct view sent, unsigned char hash[LINE_HASH]) {
    struct sha256 state = *started;
    char hex[65];
    sha256_add(&state, sent.text, sent.length);
    sha256_end(&state, hex);
    for (size_t i = 0; i < LINE_HASH; i++)
        hash[i] = (unsigned char)(nibble(hex[2 * i]) << 4 | nibble(hex[2 * i + 1]));
}
