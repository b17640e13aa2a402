/* extract.c: one strict pass over an object that keeps only the wanted values. Everything else is stepped
 * over, but checked: a text is taken only if all of it is valid. What is wrong with one that is not is for the strict
 * scanner to say (reader.c), so here a fault is only `false`. Values without escapes are views of the text. */
#include "input/json/extract.h"

#include <stdlib.h>

#include "base/memory.h"
#include "input/json/cut.h"
#include "input/json/keys.h"
#include "input/json/marks.h"
#include "input/json/trail.h"
#include "input/json/value.h"

/* An object or list that is being read. */
struct frame {
    const char *start;
    size_t cell;    /* that its text becomes, or SIZE_MAX */
    uint32_t key;   /* whose value it is; of a list: what stands for its elements; or JSON_KEY_NONE */
    uint32_t last;  /* its last key so far */
    char close;     /* the bracket that ends it */
    bool is_wanted; /* some of its keys may be */
};

struct json_paths {
    struct json_keys keys;
    size_t *same_as; /* for each path that is there twice: the first one; else itself */
    size_t path_count;
    bool has_same, is_repeated;
    uint64_t record;
    struct json_trail trail;
    struct json_marks marks;
    struct frame frames[JSON_DEPTH_LIMIT];
};

/* A pass: where it is. */
struct pass {
    struct json_paths *paths;
    struct arena *arena;
    struct cell *cells;
    const char *at, *end;
    size_t depth; /* frames in use */
    /* since the plain value before: */
    const char *behind;    /* its end; NULL: there is none */
    uint32_t before;       /* key of the object it stands in, or JSON_KEY_NONE */
    size_t opened, closed; /* objects and lists */
    size_t step;           /* that of the trail which most likely comes */
};

struct json_paths *json_paths_create(const struct view *texts, size_t count) {
    struct json_paths *paths = memory_get_zero(1, sizeof *paths);
    struct json_keys *keys = &paths->keys;
    json_keys_start(keys);
    json_trail_start(&paths->trail);
    paths->path_count = count;
    paths->same_as = memory_get_zero(count + 1, sizeof *paths->same_as);
    keys->keys[JSON_KEY_ROOT].is_wanted = keys->keys[JSON_KEY_ROOT].is_parent = true;
    for (size_t i = 0; i < count; i++) {
        struct view rest = texts[i];
        uint32_t key = JSON_KEY_ROOT;
        for (const char *dot; rest.length && (dot = memchr(rest.text, '.', rest.length));) {
            size_t length = (size_t)(dot - rest.text);
            key = json_keys_get(keys, key, view_from(rest.text, length), true);
            keys->keys[key].is_parent = true;
            rest = view_from(dot + 1, rest.length - length - 1);
        }
        key = json_keys_get(keys, key, rest, true);
        if (keys->keys[key].cell == SIZE_MAX) keys->keys[key].cell = i;
        paths->same_as[i] = keys->keys[key].cell;
        paths->has_same |= paths->same_as[i] != i;
    }
    return paths;
}

void json_paths_destroy(struct json_paths *paths) {
    if (!paths) return;
    json_keys_free(&paths->keys);
    json_trail_free(&paths->trail);
    free(paths->same_as);
    free(paths);
}

void json_paths_start(struct json_paths *paths, struct view text) {
    json_marks_start(&paths->marks, text);
}

/* --- objects ----------------------------------------------------------------------------------- */

static inline char ahead(const struct pass *pass) {
    return pass->at < pass->end ? *pass->at : '\0';
}

static inline void skip_blanks(struct pass *pass) {
    if ((unsigned char)ahead(pass) <= ' ') pass->at = json_skip_blanks(pass->at, pass->end);
}

/* A key that was not expected: found in the tree the usual way, and expected here from now on. JSON_KEY_NONE in `*key`:
 * the tree has no room for it. */
static bool learn_key(struct pass *pass, struct frame *frame, uint32_t *key) {
    struct json_keys *keys = &pass->paths->keys;
    struct json_scan scan;
    struct view name;
    bool escaped;
    char *plain = NULL;
    json_scan_start(&scan, view_from(pass->at, (size_t)(pass->end - pass->at)));
    if (!json_scan_key(&scan, &name, &escaped)) return false;
    if (escaped) {
        plain = memory_get(name.length + 1);
        name = view_from(plain, json_unescape(name, plain));
    }
    *key = frame->key == JSON_KEY_NONE ? JSON_KEY_NONE : json_keys_get(keys, frame->key, name, false);
    free(plain);
    if (*key != JSON_KEY_NONE) {
        json_keys_note(keys, *key, view_from(pass->at, (size_t)(scan.at - pass->at)));
        if (frame->last == JSON_KEY_NONE)
            keys->keys[frame->key].inside = *key;
        else
            keys->keys[frame->last].behind = *key;
        frame->last = *key;
    }
    pass->at = scan.at;
    return true;
}

/* Over `"key" : ` up to the value. */
static inline bool take_key(struct pass *pass, struct frame *frame, uint32_t *key) {
    const struct json_key *keys = pass->paths->keys.keys;
    *key = frame->last != JSON_KEY_NONE  ? keys[frame->last].behind
           : frame->key != JSON_KEY_NONE ? keys[frame->key].inside
                                         : JSON_KEY_NONE;
    if (*key == JSON_KEY_NONE || !json_key_is_ahead(&keys[*key], pass->at, pass->end))
        return learn_key(pass, frame, key);
    pass->at += keys[*key].length;
    skip_blanks(pass); /* more of them than last time */
    frame->last = *key;
    return true;
}

/* At an opening bracket: steps inside; `*is_due`: a key or element comes next, not the closing bracket. */
static bool enter(struct pass *pass, uint32_t key, size_t cell, bool is_wanted, bool *is_due) {
    if (pass->depth == JSON_DEPTH_LIMIT) return false;
    bool is_object = *pass->at == '{';
    pass->paths->frames[pass->depth++] = (struct frame){
        .start = pass->at,
        .cell = cell,
        .key = is_object ? key : json_keys_element(&pass->paths->keys, key),
        .last = JSON_KEY_NONE,
        .close = is_object ? '}' : ']',
        .is_wanted = is_object && is_wanted,
    };
    pass->at++;
    pass->opened++;
    skip_blanks(pass);
    *is_due = ahead(pass) != (is_object ? '}' : ']');
    return true;
}

/* At the value of `key`, which is plain: notes how the pass came here, if that was short and simple. */
static void note_step(struct pass *pass, uint32_t key) {
    struct json_paths *paths = pass->paths;
    struct json_step *step = json_trail_step(&paths->trail, &paths->keys, key);
    const struct frame *frame = &paths->frames[pass->depth - 1];
    pass->step = paths->keys.keys[key].place + 1;
    if (!pass->behind || pass->before == JSON_KEY_NONE || pass->opened > 1 || pass->closed > 1) return;
    struct view bytes = view_from(pass->behind, (size_t)(pass->at - pass->behind));
    if (step->before == pass->before && view_equal(bytes, view_from(step->bytes, step->length))) return;
    json_trail_note(step, &paths->keys, bytes, pass->before, pass->closed == 1,
                    pass->opened == 1 ? frame->key : JSON_KEY_NONE, key);
}

/* Takes a key and its value, or an element; `*is_due`: it is a list or object, and the pass stepped inside. Of equal
 * keys the first counts. */
static inline bool take_next(struct pass *pass, bool *is_due) {
    struct json_paths *paths = pass->paths;
    struct frame *frame = &paths->frames[pass->depth - 1];
    uint32_t key = frame->key;
    size_t cell = SIZE_MAX;
    bool is_parent = false, escaped;
    if (frame->close == '}' && !take_key(pass, frame, &key)) return false;
    if (pass->at == pass->end) return false;
    if (frame->is_wanted && key != JSON_KEY_NONE) {
        struct json_key *found = &paths->keys.keys[key];
        paths->is_repeated |= found->is_wanted && found->met == paths->record;
        if (found->is_wanted && found->met != paths->record) {
            found->met = paths->record;
            cell = found->cell;
            is_parent = found->is_parent;
        }
    }
    if (*pass->at == '{' || *pass->at == '[') return enter(pass, key, cell, is_parent, is_due);
    const char *start = pass->at;
    *is_due = false;
    if (frame->close == '}' && key != JSON_KEY_NONE) note_step(pass, key);
    pass->at = json_value_end(&paths->marks, start, pass->end, &escaped);
    if (!pass->at) return false;
    if (cell != SIZE_MAX) json_fill_cell(&pass->cells[cell], start, pass->at, escaped, pass->arena);
    pass->behind = pass->at;
    pass->before = frame->close == '}' ? frame->key : JSON_KEY_NONE;
    pass->opened = pass->closed = 0;
    return true;
}

/* --- the trail ------------------------------------------------------------------------------------ */

/* Behind the value at `value` (16 bytes are there) if it is plain and its end is seen at once, else NULL. `places` are
 * the marks from there on. */
static inline const char *plain_end(const struct json_marks *marks, const uint16_t *places, const char *value,
                                    const char *end) {
    if (value + 4 >= end) return NULL;
    if (*value == '"') {
        const char *stop = marks->base + places[1];
        return places[1] != JSON_MARKS_BEHIND && stop < end && *stop == '"' ? stop + 1 : NULL;
    }
    if (*value >= '1' && *value <= '9') {
        const char *stop = json_digits_end(value, end);
        return stop < end && json_ends_number(*stop) ? stop : NULL;
    }
    return memcmp(value, "null", 4) == 0 || memcmp(value, "true", 4) == 0 ? value + 4 : NULL;
}

/* Notes that the wanted keys of the step are met; false: one was met before. */
static bool meet_step(struct json_paths *paths, const struct json_step *step) {
    struct json_key *keys = paths->keys.keys, *key = &keys[step->key];
    struct json_key *opened = step->opened != JSON_KEY_NONE ? &keys[step->opened] : NULL;
    if ((key->is_wanted && key->met == paths->record) || (opened && opened->is_wanted && opened->met == paths->record))
        return false;
    key->met = paths->record;
    if (opened) opened->met = paths->record;
    return true;
}

/* Out of the object and into the next one, as the step says. */
static void change_object(struct pass *pass, const struct json_step *step) {
    struct json_paths *paths = pass->paths;
    pass->depth -= step->closes;
    if (step->opened == JSON_KEY_NONE) return;
    paths->frames[pass->depth - 1].last = step->opened;
    paths->frames[pass->depth++] = (struct frame){
        .cell = SIZE_MAX, .key = step->opened, .close = '}', .is_wanted = paths->keys.keys[step->opened].is_parent};
}

/* The step to the first key of the object: where it is the element of a list, it may be followed by its like. */
static const struct json_step *first_step(const struct json_paths *paths, uint32_t object) {
    const struct json_key *keys = paths->keys.keys;
    uint32_t first = keys[object].inside, place = first != JSON_KEY_NONE ? keys[first].place : JSON_KEY_NONE;
    return &paths->trail.steps[place != JSON_KEY_NONE ? place : paths->trail.count - 1];
}

/* Behind a plain value in an object: goes along the trail as far as it leads. */
static void follow_trail(struct pass *pass) {
    struct json_paths *paths = pass->paths;
    struct json_marks *marks = &paths->marks;
    const struct json_step *step = paths->trail.steps + pass->step;
    const char *at = pass->at, *end = pass->end;
    uint32_t object = pass->before;
    if (pass->behind != at || object == JSON_KEY_NONE) return;
    const uint16_t *places = json_marks_from(marks, at);
    if (!places) return;
    for (; marks->end - at >= JSON_STEP_BYTES + 16; step++) {
        if (step->before != object) step = first_step(paths, object);
        /* where the list of marks ends, what is ahead must be looked at first */
        if (step->before != object || *places == JSON_MARKS_BEHIND || !json_step_is_ahead(step, at)) break;
        const char *value = at + step->length, *behind = plain_end(marks, places + step->marks, value, end);
        if (!behind || pass->depth == JSON_DEPTH_LIMIT || (step->is_wanted && !meet_step(paths, step))) break;
        if (step->closes || step->opened != JSON_KEY_NONE) change_object(pass, step);
        if (step->cell != UINT32_MAX) json_fill_cell(&pass->cells[step->cell], value, behind, false, pass->arena);
        paths->frames[pass->depth - 1].last = step->key;
        places += step->marks + (*value == '"' ? 2 : 0);
        object = step->object;
        at = behind;
    }
    marks->next = (size_t)(places - marks->places);
    pass->step = (size_t)(step - paths->trail.steps);
    pass->at = pass->behind = at;
    pass->before = object;
}

/* Behind a value: over the comma to the next one, which then is due, or over closing brackets. */
static inline bool step_behind(struct pass *pass, bool *is_due) {
    while (pass->depth > 0) {
        const struct frame *frame = &pass->paths->frames[pass->depth - 1];
        skip_blanks(pass);
        char c = ahead(pass);
        if (c == ',') {
            pass->at++;
            skip_blanks(pass);
            *is_due = true;
            return true;
        }
        if (c != frame->close) return false;
        pass->at++;
        pass->depth--;
        pass->closed++;
        if (frame->cell != SIZE_MAX)
            json_fill_cell(&pass->cells[frame->cell], frame->start, pass->at, false, pass->arena);
    }
    return true;
}

bool json_paths_read(struct json_paths *paths, struct json_scan *scan, struct arena *arena, struct cell *cells) {
    struct pass pass = {
        .paths = paths, .arena = arena, .cells = cells, .at = scan->at, .end = scan->end, .before = JSON_KEY_NONE};
    bool is_due = false;
    paths->record++;
    paths->is_repeated = false;
    if (!enter(&pass, JSON_KEY_ROOT, SIZE_MAX, true, &is_due)) return false;
    while (pass.depth > 0) {
        if (is_due && !take_next(&pass, &is_due)) return false;
        if (is_due) continue;
        follow_trail(&pass);
        if (!step_behind(&pass, &is_due)) return false;
    }
    scan->at = pass.at;
    for (size_t i = 0; paths->has_same && i < paths->path_count; i++)
        cells[i] = cells[paths->same_as[i]];
    return true;
}

bool json_paths_repeated(const struct json_paths *paths) {
    return paths->is_repeated;
}
