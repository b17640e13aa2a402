/* shape.c: walks over the top keys of the first object in the head. An answer is an object whose
 * `data` is a list of objects or lists, or an object that has such a list or `fields`; everything else
 * is a record. Keys may come in any order, so the walk goes on behind `data` as far as the head goes. */
#include "input/json/shape.h"

#include <inttypes.h>

#include "base/json_scan.h"
#include "input/json/answer.h"
#include "input/json/cut.h"
#include "input/json/singer.h"

enum walk_end {
    WALK_CLOSED, /* the object's end was seen */
    WALK_ENDED,  /* the head ended first */
    WALK_BROKEN  /* not JSON: see scan.fault */
};

struct object_walk {
    struct json_scan scan;
    struct json_answer keys;
    bool data;    /* `data` is a list as answers have it, or holds one */
    bool rows;    /* … whose first element is a list */
    bool records; /* … whose first element is an object */
    const char *wrapper; /* a line of Singer or Airbyte */
    size_t key_count, object_count; /* keys, and those whose value is an object */
    struct view first_key, inner_key; /* the first key, and the first key of its object */
    bool are_alike; /* all objects begin with the same key */
    bool are_numbers, have_digits; /* all keys are digits; have one */
    enum walk_end end;
};

static enum walk_end walk_fault(const struct json_scan *scan) {
    return scan->fault_at == scan->end ? WALK_ENDED : WALK_BROKEN;
}

/* `[` of data: what are its elements? */
static void look_at_list(struct object_walk *walk) {
    const char *first = json_skip_blanks(walk->scan.at + 1, walk->scan.end);
    walk->rows = first < walk->scan.end && *first == '[';
    walk->records = first < walk->scan.end && *first == '{';
    walk->data = walk->rows || walk->records || first == walk->scan.end || *first == ']';
}

/* Up to the first key of an object, which is left out of where there is none. */
static struct view key_of(struct view object) {
    const char *end = object.text + object.length, *at = json_skip_blanks(object.text + 1, end);
    const char *close = at < end && *at == '"' ? memchr(at + 1, '"', (size_t)(end - at - 1)) : NULL;
    return close ? view_from(at, (size_t)(close - at)) : view_of("");
}

/* What tells records held by their keys ({"1001": {…}, "1002": {…}}) from one record. */
static void note_object(struct object_walk *walk, struct view key, struct view value) {
    bool is_first = walk->key_count++ == 0, is_object = value.length > 1 && value.text[0] == '{';
    walk->object_count += is_object;
    if (is_first) {
        walk->first_key = key;
        walk->are_alike = walk->are_numbers = walk->have_digits = true;
    }
    size_t digits = 0;
    for (size_t i = 0; i < key.length; i++)
        digits += key.text[i] >= '0' && key.text[i] <= '9';
    walk->are_numbers = walk->are_numbers && digits == key.length;
    walk->have_digits = walk->have_digits && digits > 0;
    struct view inner = is_object ? key_of(value) : view_of("");
    if (is_first) walk->inner_key = inner;
    walk->are_alike = walk->are_alike && inner.length > 0 && view_equal(inner, walk->inner_key);
}

static bool is_keyed(const struct object_walk *walk) {
    return walk->key_count > 0 && walk->object_count == walk->key_count &&
           (walk->are_numbers || (walk->have_digits && walk->are_alike && walk->key_count > 1));
}

static void note(struct object_walk *walk, struct arena *arena, struct view key, struct view value) {
    json_answer_note(&walk->keys, arena, key, value);
    static const char *const types[] = {"\"RECORD\"", "\"SCHEMA\"", "\"STATE\"", "\"ACTIVATE_VERSION\"", "\"BATCH\""};
    for (size_t i = 0; view_is(key, "type") && i < sizeof types / sizeof *types; i++) {
        if (view_is(value, types[i])) walk->wrapper = JSON_WRAPPER_SINGER;
    }
    if (view_is(key, JSON_WRAPPER_AIRBYTE)) walk->wrapper = JSON_WRAPPER_AIRBYTE;
    note_object(walk, key, value);
}

static void walk_object(struct object_walk *walk, struct view text, struct arena *arena, struct object_walk *inner);

/* At the value of `data`. */
static void look_at_data(struct object_walk *walk, struct arena *arena, struct object_walk *inner) {
    char c = json_scan_ahead(&walk->scan);
    if (c == '[') {
        look_at_list(walk);
    } else if (c == '{' && inner) {
        memset(inner, 0, sizeof *inner);
        walk_object(inner, view_from(walk->scan.at, (size_t)(walk->scan.end - walk->scan.at)), arena, NULL);
        walk->data = inner->data || inner->keys.fields;
        walk->rows = inner->rows;
        walk->records = inner->records;
        walk->keys.fields |= inner->keys.fields;
    } else if (c == 'n') {
        walk->keys.null_data = true;
    }
}

/* Ends the walk; false, for the caller to return. */
static bool end_walk(struct object_walk *walk, enum walk_end end) {
    walk->end = end;
    return false;
}

/* From the bracket or a value to the next value, whose key is filled. False: the walk has ended. */
static bool walk_to_value(struct object_walk *walk, bool is_first, struct view *key) {
    struct json_scan *scan = &walk->scan;
    if (json_scan_ahead(scan) == '}') {
        scan->at++;
        return end_walk(walk, WALK_CLOSED);
    }
    if (!is_first && json_scan_ahead(scan) == ',') {
        scan->at++;
        json_scan_blanks(scan);
    } else if (!is_first) {
        json_scan_fault(scan, "a comma or } is expected here");
        return end_walk(walk, walk_fault(scan));
    }
    bool escaped;
    if (!json_scan_key(scan, key, &escaped)) return end_walk(walk, walk_fault(scan));
    if (scan->at < scan->end) return true;
    json_scan_fault(scan, NULL);
    return end_walk(walk, WALK_ENDED);
}

/* Over the value at hand. False: the walk has ended. */
static bool walk_over_value(struct object_walk *walk, struct view *value) {
    struct json_scan *scan = &walk->scan;
    const char *start = scan->at;
    if (strchr(",:}]", *start)) {
        json_scan_fault(scan, "a value is expected here");
        return end_walk(walk, WALK_BROKEN);
    }
    scan->at = json_element_end(start, scan->end, false);
    if (!scan->at) {
        scan->at = scan->end;
        json_scan_fault(scan, NULL);
        return end_walk(walk, WALK_ENDED);
    }
    *value = view_from(start, (size_t)(scan->at - start));
    return true;
}

/* Walks the keys of the object that begins `text`; `inner` is room for the one in `data`, or NULL. */
static void walk_object(struct object_walk *walk, struct view text, struct arena *arena, struct object_walk *inner) {
    struct json_scan *scan = &walk->scan;
    struct view key, value;
    json_scan_start(scan, text);
    scan->at++;
    json_scan_blanks(scan);
    for (bool is_first = true; walk_to_value(walk, is_first, &key); is_first = false) {
        bool is_data = view_is(key, "data") && !walk->data;
        if (is_data) look_at_data(walk, arena, inner);
        if (!walk_over_value(walk, &value)) return;
        if (!is_data) note(walk, arena, key, value);
        json_scan_blanks(scan);
    }
}

static bool is_answer(const struct object_walk *walk) {
    const struct json_answer *keys = &walk->keys;
    bool envelope = keys->has_more_given || keys->continue_from || (keys->page && keys->total_given);
    return walk->data || envelope || (keys->null_data && (keys->page || keys->fields));
}

static enum input_shape answer_shape(const struct object_walk *walk) {
    if (walk->rows || (walk->keys.fields && !walk->records)) {
        return SHAPE_REPORT;
    }
    return walk->keys.continue_from && !walk->keys.page ? SHAPE_EXPORT : SHAPE_LIST;
}

static bool fail_at(struct view head, const char *at, const char *name, const char *what, struct error *error) {
    struct json_position position = json_position_at(1, 1);
    json_position_advance(&position, head.text, at);
    error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": this is not JSON that can be read: %s", name,
              position.line, position.column, what);
    const char *end = head.text + head.length;
    bool is_comment = at + 1 < end && *at == '/' && (at[1] == '/' || at[1] == '*');
    return error_fix(error, is_comment ? "JSON has no comments. Remove the one here."
                                       : "The file is damaged or cut off. Export it again and do not edit it by hand.");
}

/* Whether the second line of the head begins an object too: then a damaged first one is one line's trouble. */
static bool second_line_is_object(struct view head) {
    for (size_t i = 0; i < head.length; i++) {
        if (head.text[i] == '\n' || head.text[i] == '\r') {
            const char *next = json_skip_blanks(head.text + i, head.text + head.length);
            return next < head.text + head.length && *next == '{' && (next[-1] == '\n' || next[-1] == '\r');
        }
    }
    return false;
}

/* The first object, which is no answer, begins at `start`: one a line? */
static void record_layout(struct view head, const char *start, const struct object_walk *walk,
                          struct json_head *found) {
    bool one_line = second_line_is_object(head);
    if (walk->end == WALK_CLOSED) {
        struct json_position position = json_position_at(1, 1);
        json_position_advance(&position, start, walk->scan.at);
        const char *behind = walk->scan.at;
        while (behind < walk->scan.end && (*behind == ' ' || *behind == '\t')) {
            behind++;
        }
        one_line = position.line == 1 && (behind == walk->scan.end || *behind == '\n' || *behind == '\r');
    }
    found->layout = one_line ? LAYOUT_LINES : LAYOUT_STREAM;
    found->shape = one_line ? SHAPE_LINES : SHAPE_ARRAY;
    found->wrapper = one_line ? walk->wrapper : NULL;
    found->lone_return = !memchr(head.text, '\n', head.length) && memchr(head.text, '\r', head.length);
}

/* The first object of the text, at `at`; `listed`: inside of a list. */
static bool recognise_object(struct view head, const char *at, bool listed, enum json_head_end end, const char *name,
                             struct arena *arena, struct json_head *found, bool *undecided, struct error *error) {
    struct object_walk walk, inner;
    memset(&walk, 0, sizeof walk);
    walk_object(&walk, view_from(at, (size_t)(head.text + head.length - at)), arena, &inner);
    struct json_position position = json_position_at(1, 1);
    json_position_advance(&position, head.text, at);
    walk.keys.records = walk.rows || walk.records;
    if (walk.end == WALK_CLOSED && json_answer_is_error(&walk.keys, name, position.line, position.column, error)) {
        return false;
    }
    if (is_answer(&walk)) {
        found->layout = LAYOUT_ANSWERS;
        found->shape = answer_shape(&walk);
        return true;
    }
    if (listed) {
        return true;
    }
    if (walk.end != WALK_BROKEN && is_keyed(&walk)) {
        error_set(error, EXIT_CANNOT_READ,
                  "%s:%" PRIu64 ":%" PRIu64 ": this JSON is one object that holds each record under a key (\"%.*s\"), not a "
                  "list of records",
                  name, position.line, position.column, VIEW_ARGS(walk.first_key));
        return error_fix(error, "Make a list of it:\njq '[.[]]' %s > list.json", name);
    }
    bool is_huge = walk.end == WALK_ENDED && end == JSON_HEAD_LARGEST; /* a record that readers tell as too large */
    if (walk.end != WALK_CLOSED && !is_huge && !second_line_is_object(head)) {
        *undecided = walk.end == WALK_ENDED && end == JSON_HEAD_PART;
        return *undecided || fail_at(head, walk.scan.fault_at, name,
                                     walk.end == WALK_ENDED ? "it ends in its first object" : walk.scan.fault, error);
    }
    record_layout(head, at, &walk, found);
    return true;
}

bool json_shape_recognise(struct view head, enum json_head_end head_end, const char *name, struct arena *arena,
                          struct json_head *found, bool *undecided, struct error *error) {
    const char *end = head.text + head.length, *at = json_skip_blanks(head.text, end);
    memset(found, 0, sizeof *found);
    *undecided = false;
    if (at < end && *at == '{') {
        return recognise_object(head, at, false, head_end, name, arena, found, undecided, error);
    }
    found->layout = LAYOUT_ARRAY;
    found->shape = SHAPE_ARRAY;
    at = at < end ? json_skip_blanks(at + 1, end) : end;
    if (at == end) {
        *undecided = head_end == JSON_HEAD_PART;
        return *undecided || fail_at(head, end, name, "it ends too early", error);
    }
    if (*at == '{') {
        return recognise_object(head, at, true, head_end, name, arena, found, undecided, error);
    }
    if (*at == '[') {
        struct json_position position = json_position_at(1, 1);
        json_position_advance(&position, head.text, at);
        error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": these are rows without column names", name,
                  position.line, position.column);
        return error_fix(error, "Save the whole report answer, with its \"fields\", not only its \"data\".");
    }
    return true;
}
