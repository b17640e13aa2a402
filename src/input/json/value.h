/* value.h: values that are no lists or objects, at full speed where they are plain, and values as cells. Private to
 * extract.c and row.c. */
#ifndef INPUT_JSON_VALUE_H
#define INPUT_JSON_VALUE_H

#include "base/arena.h"
#include "base/json_scan.h"
#include "base/json_token.h"
#include "input/json/marks.h"
#include "input/record.h"

/* Behind the value at `at`, which is no list or object, by the way of the strict scanner; NULL: it is not valid. */
const char *json_value_end_strict(const char *at, const char *end, bool *escaped);

static inline bool json_ends_number(char c) {
    return c == ',' || c == '}' || c == ']';
}

/* Behind the string, number or word at `at` (at < end), or NULL if it is not valid. `marks` may be NULL. */
static inline const char *json_value_end(struct json_marks *marks, const char *at, const char *end, bool *escaped) {
    *escaped = false;
    if (*at == '"') {
        const char *stop = marks ? json_marks_behind(marks, at) : NULL;
        if (!stop) stop = json_string_stop(at + 1, end);
        if (stop < end && *stop == '"') return stop + 1;
    } else if (*at >= '1' && *at <= '9') {
        const char *stop = json_digits_end(at, end);
        if (stop < end && json_ends_number(*stop)) return stop;
    } else if (end - at > 4 && (memcmp(at, "null", 4) == 0 || memcmp(at, "true", 4) == 0)) {
        return at + 4;
    }
    return json_value_end_strict(at, end, escaped);
}

/* The value from `start` to `end` as a cell. */
static inline void json_fill_cell(struct cell *cell, const char *start, const char *end, bool escaped,
                                  struct arena *arena) {
    cell->text = view_from(start, (size_t)(end - start));
    switch (*start) {
    case '"':
        cell->kind = CELL_TEXT;
        cell->text = view_from(start + 1, cell->text.length - 2);
        if (escaped) {
            char *to = arena_get(arena, cell->text.length);
            cell->text = view_from(to, json_unescape(cell->text, to));
        }
        break;
    case '{':
    case '[': cell->kind = CELL_NESTED; break;
    case 't':
    case 'f': cell->kind = CELL_BOOLEAN; break;
    case 'n':
        cell->kind = CELL_NULL;
        cell->text = view_from(NULL, 0);
        break;
    default: cell->kind = CELL_NUMBER; break;
    }
}

#endif
