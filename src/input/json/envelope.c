/* envelope.c: a small machine of places: between answers, at the keys of an answer, in its data. The
 * place says what may come next and where a closing bracket leads; nothing recurses, and only values of
 * the envelope itself (never the data) are held in memory whole. */
#include "input/json/envelope.h"

#include <stdlib.h>

#include "base/json_scan.h"
#include "base/memory.h"

static void enter(struct json_input *input, enum place place) {
    input->place = place;
    input->containers[place].seen = input->containers[place].due = false;
    json_window_move(&input->window, json_window_start(&input->window) + 1);
}

static void answer_start(struct json_input *input) {
    memset(&input->answer, 0, sizeof input->answer);
    arena_reset(input->answer_arena);
    input->answer_start = input->window.position;
    input->listed = input->place == PLACE_ANSWERS;
    input->inner = false;
    input->facts->answers++;
    enter(input, PLACE_ANSWER);
}

static bool answer_end(struct json_input *input, struct error *error) {
    struct json_answer *answer = &input->answer;
    struct json_position at = input->answer_start;
    const char *name = source_name(input->window.source);
    if (json_answer_is_error(answer, name, at.line, at.column, error)) {
        return false;
    }
    if (!answer->data && !answer->null_data) {
        error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": this answer has no \"data\"", name, at.line,
                  at.column);
        return error_fix(error, "Save whole answers with their \"data\", and only answers of one export in one file.");
    }
    json_totals_add(&input->totals, answer, at.line);
    input->place = input->listed ? PLACE_ANSWERS : PLACE_TOP;
    return true;
}

/* Behind the closing bracket of the present container. */
static bool leave(struct json_input *input, struct error *error) {
    json_window_move(&input->window, json_window_start(&input->window) + 1);
    switch (input->place) {
    case PLACE_DATA:
        input->place = input->head.layout == LAYOUT_ARRAY ? PLACE_TOP : input->inner ? PLACE_INNER : PLACE_ANSWER;
        return true;
    case PLACE_INNER: input->place = PLACE_ANSWER; return true;
    case PLACE_ANSWER: return answer_end(input, error);
    default: input->place = PLACE_TOP; return true;
    }
}

/* Up to the next item of the present container, over the comma; `*closed`: its closing bracket is ahead. */
static bool next_item(struct json_input *input, char close, bool *closed, struct error *error) {
    struct container *container = &input->containers[input->place];
    struct json_window *window = &input->window;
    int c;
    *closed = false;
    for (;;) {
        if (!json_window_ahead(window, &c, error)) {
            return false;
        }
        if (c < 0) {
            return json_window_cut_off(
                window, input->place == PLACE_DATA || input->place == PLACE_ANSWERS ? "a list" : "an answer", error);
        }
        if (c == close && !container->due) {
            *closed = true;
            return true;
        }
        if (c == ',' && container->seen && !container->due) {
            container->due = true;
            json_window_move(window, json_window_start(window) + 1);
            continue;
        }
        if (c == ',' || c == ']' || c == '}' || c == ':') {
            return json_window_damaged(window,
                                       c == ','         ? "a comma is where a value is expected"
                                       : c == ':'       ? "a colon is where a value is expected"
                                       : container->due ? "a value is missing between comma and bracket"
                                                        : "a closing bracket has no opening one",
                                       error);
        }
        if (container->seen && !container->due) {
            return json_window_damaged(window, "a comma is missing here", error);
        }
        if (c == '/') {
            return json_window_damaged(window, "a value is expected here", error);
        }
        container->seen = true;
        container->due = false;
        return true;
    }
}

/* Reads the complete value ahead and checks it; it stays valid until the next move. */
static bool take_value(struct json_input *input, const char *what, struct view *value, struct error *error) {
    struct json_window *window = &input->window;
    const char *end;
    if (!json_window_value(window, what, 0, &end, error)) {
        return false;
    }
    struct json_scan scan;
    *value = view_from(json_window_start(window), (size_t)(end - json_window_start(window)));
    if (!json_scan_all(&scan, *value)) {
        json_window_move(window, scan.fault_at);
        return json_window_damaged(window, scan.fault, error);
    }
    return true;
}

/* `fields` of a report answer: the columns, or the check that they are still the same. */
static bool take_fields(struct json_input *input, struct view value, struct error *error) {
    struct input_facts *facts = input->facts;
    struct input_column *columns;
    size_t count;
    struct arena *arena = facts->columns ? input->answer_arena : input->arena;
    if (!json_columns_of_fields(value, arena, &columns, &count)) {
        return json_window_damaged(&input->window, "\"fields\" must be a list of objects with name and label", error);
    }
    if (!facts->columns) {
        facts->columns = columns;
        facts->column_count = count;
        return true;
    }
    bool same = count == facts->column_count;
    for (size_t i = 0; same && i < count; i++) {
        same = view_equal(columns[i].label, facts->columns[i].label) &&
               view_equal(columns[i].name, facts->columns[i].name);
    }
    free(columns);
    if (!same) {
        error_set(error, EXIT_CANNOT_READ,
                  "%s:%" PRIu64 ":%" PRIu64 ": answer %" PRIu64 " has other columns than the answers before it",
                  source_name(input->window.source), input->window.position.line, input->window.position.column,
                  facts->answers);
        return error_fix(error, "The report was changed between the pages. Export all pages again.");
    }
    return true;
}

/* At a value that is not the data: notes and steps over it. */
static bool pass_value(struct json_input *input, struct view key, struct error *error) {
    struct view value;
    bool data = view_is(key, "data");
    if (!take_value(input, data ? "data" : "a value", &value, error)) {
        return false;
    }
    if (data) {
        input->answer.null_data |= view_is(value, "null");
    } else if (view_is(key, "fields") && input->head.shape == SHAPE_REPORT && !view_is(value, "null")) {
        input->answer.fields = true;
        if (!take_fields(input, value, error)) {
            return false;
        }
    } else {
        json_answer_note(&input->answer, input->answer_arena, key, value);
        json_answer_note_bounds(input->facts, input->arena, key, value);
    }
    json_window_move(&input->window, value.text + value.length);
    return true;
}

/* At a key: steps over it and its value, or into its value if that is the data. */
static bool step_key(struct json_input *input, struct error *error) {
    struct json_window *window = &input->window;
    struct view raw;
    int c;
    if (*json_window_start(window) != '"') {
        return json_window_damaged(window, "a key in quotes is expected here", error);
    }
    if (!take_value(input, "a key", &raw, error)) {
        return false;
    }
    char *key = json_string_copy(raw);
    json_window_move(window, raw.text + raw.length);
    bool good = json_window_ahead(window, &c, error);
    if (good && c != ':') {
        good = c < 0 ? json_window_cut_off(window, "an answer", error)
                     : json_window_damaged(window, "a colon is expected here", error);
    }
    if (good) {
        json_window_move(window, json_window_start(window) + 1);
        good = json_window_ahead(window, &c, error);
    }
    bool data = view_is(view_of(key), "data") && !input->answer.data;
    if (good && data && c == '[') {
        input->answer.data = true;
        input->inner = input->place == PLACE_INNER;
        enter(input, PLACE_DATA);
    } else if (good && data && c == '{' && input->place == PLACE_ANSWER) {
        enter(input, PLACE_INNER);
    } else if (good && (c < 0 || strchr(",:}]", c))) {
        good = c < 0 ? json_window_cut_off(window, "an answer", error)
                     : json_window_damaged(window, "a value is expected here", error);
    } else if (good) {
        good = pass_value(input, view_of(key), error);
    }
    free(key);
    return good;
}

/* Outside of everything: the next answer or list, the end, or rubbish. */
static bool step_top(struct json_input *input, bool *end, struct error *error) {
    bool answers = input->head.layout == LAYOUT_ANSWERS;
    int c;
    if (!json_window_ahead(&input->window, &c, error)) {
        return false;
    }
    if (c < 0) {
        *end = true;
    } else if (c == '[') {
        enter(input, answers ? PLACE_ANSWERS : PLACE_DATA);
    } else if (c == '{' && answers) {
        answer_start(input);
    } else {
        return json_window_damaged(&input->window, "something follows the end of the data", error);
    }
    return true;
}

/* In a list of answers or at the keys of one. */
static bool step_inside(struct json_input *input, struct error *error) {
    bool closed;
    if (!next_item(input, input->place == PLACE_ANSWERS ? ']' : '}', &closed, error)) {
        return false;
    }
    if (closed) {
        return leave(input, error);
    }
    if (input->place != PLACE_ANSWERS) {
        return step_key(input, error);
    }
    if (*json_window_start(&input->window) != '{') {
        return json_window_damaged(&input->window, "an answer {…} is expected here", error);
    }
    answer_start(input);
    return true;
}

bool json_envelope_next(struct json_input *input, bool *end, struct error *error) {
    *end = false;
    while (!*end) {
        if (input->place != PLACE_DATA) {
            if (!(input->place == PLACE_TOP ? step_top(input, end, error) : step_inside(input, error))) {
                return false;
            }
            continue;
        }
        bool closed;
        if (!next_item(input, ']', &closed, error)) {
            return false;
        }
        if (!closed) {
            return true;
        }
        if (!leave(input, error)) {
            return false;
        }
    }
    return true;
}
