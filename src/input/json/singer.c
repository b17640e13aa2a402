/* singer.c: which lines are records, and of which stream. */
#include "input/json/singer.h"

#include <stdlib.h>
#include <string.h>

#include "base/json_find.h"
#include "base/json_scan.h"

static bool is_singer(const char *wrapper) {
    return strcmp(wrapper, JSON_WRAPPER_SINGER) == 0;
}

bool json_wrapped_counts(const char *wrapper, struct view line) {
    static const char usual[] = "{\"type\": \"RECORD\"", tight[] = "{\"type\":\"RECORD\"";
    if (!is_singer(wrapper) || view_starts_with(line, usual) || view_starts_with(line, tight)) return true;
    struct view type;
    if (json_find_key(line, view_of("type"), &type)) return json_says(type, "RECORD");
    return !json_is_valid(line) || line.text[0] != '{';
}

bool json_wrapped_open(const char *wrapper, struct view line, struct arena *arena, struct view *opened) {
    struct view text;
    if (strcmp(wrapper, JSON_WRAPPER_AIRBYTE) != 0 || !json_find_key(line, view_of(wrapper), &text) ||
        text.text[0] != '"')
        return false;
    char *record = json_string_copy(text);
    struct view inside = view_trim(view_of(record));
    bool is_object = inside.length > 1 && inside.text[0] == '{' && json_is_valid(inside);
    const char *behind = text.text + text.length;
    if (is_object)
        *opened = arena_print(arena, "%.*s%.*s%.*s", (int)(text.text - line.text), line.text, VIEW_ARGS(inside),
                              (int)(line.text + line.length - behind), behind);
    free(record);
    return is_object;
}

bool json_wrapped_stream(const char *wrapper, struct view line, struct view *stream) {
    struct view type;
    return is_singer(wrapper) && json_find_key(line, view_of("type"), &type) && json_says(type, "RECORD") &&
           json_find_key(line, view_of("stream"), stream) && stream->length > 2;
}
