/* columns.c: the columns a JSON export shows: `fields` of a report answer, or the leaf paths of its
 * first objects, found by one walk with the dotted path of the place kept in a buffer. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/json_find.h"
#include "base/memory.h"
#include "base/table.h"
#include "input/json/answer.h"
#include "input/json/lists.h"

#define LIST_NESTING 8     /* lists within lists that are looked into */
#define ELEMENTS_SEEN 1000 /* elements of one list that are looked at */

/* The text a raw string value stands for, in the arena; empty for other values. */
static struct view text_of(struct view value, struct arena *arena) {
    if (value.length < 2 || value.text[0] != '"') {
        return view_from("", 0);
    }
    char *to = arena_get(arena, value.length);
    return view_from(to, json_unescape(view_from(value.text + 1, value.length - 2), to));
}

static struct view member(struct view object, const char *key, struct arena *arena) {
    struct view value;
    return json_find_key(object, view_of(key), &value) ? text_of(value, arena) : view_from("", 0);
}

bool json_columns_of_fields(struct view fields, struct arena *arena, struct input_column **columns, size_t *count) {
    size_t capacity = 0;
    void *items = memory_get_zero(1, sizeof **columns); /* not NULL, even for no columns */
    struct json_scan scan;
    *count = 0;
    json_scan_start(&scan, fields);
    bool good = json_scan_ahead(&scan) == '[';
    scan.at += good;
    json_scan_blanks(&scan);
    while (good && json_scan_ahead(&scan) == '{') {
        const char *start = scan.at;
        good = json_scan_value(&scan, 1);
        struct view field = view_from(start, (size_t)(scan.at - start));
        struct view name = member(field, "name", arena), label = member(field, "label", arena);
        good = good && (name.length || label.length);
        memory_grow(&items, &capacity, *count + 1, sizeof **columns);
        struct input_column column = {label.length ? label : name, name.length ? name : label, false};
        ((struct input_column *)items)[(*count)++] = column;
        json_scan_blanks(&scan);
        if (json_scan_ahead(&scan) == ',') {
            scan.at++;
            json_scan_blanks(&scan);
        }
    }
    good = good && json_scan_ahead(&scan) == ']';
    if (!good) {
        free(items);
        items = NULL;
        *count = 0;
    }
    *columns = items;
    return good;
}

/* --- leaf paths of objects -------------------------------------------------------------------- */

struct json_paths_seen {
    struct table *paths;
    bool *filled; /* for each path: had a value other than null or {} */
    size_t capacity;
};

struct json_paths_seen *json_paths_seen_create(void) {
    struct json_paths_seen *seen = memory_get_zero(1, sizeof *seen);
    seen->paths = table_create();
    return seen;
}

void json_paths_seen_destroy(struct json_paths_seen *seen) {
    if (seen) {
        table_destroy(seen->paths);
        free(seen->filled);
        free(seen);
    }
}

/* The walk: the path of the present place and where each level of it began. */
struct walk {
    struct buffer path;
    size_t *levels;
    size_t depth, capacity;
    size_t dotted;  /* levels whose key holds a dot or bracket: nothing below can be bound */
    size_t nesting; /* lists around */
};

static void walk_object(struct json_paths_seen *seen, struct view prefix, struct view object, size_t nesting);

static void add_leaf(struct json_paths_seen *seen, const struct walk *walk, bool filled) {
    if (walk->dotted || walk->path.length == 0) {
        return;
    }
    bool is_new;
    size_t number = table_add(seen->paths, buffer_view(&walk->path), &is_new);
    void *items = seen->filled;
    memory_grow(&items, &seen->capacity, number + 1, sizeof *seen->filled);
    seen->filled = items;
    seen->filled[number] = filled || (!is_new && seen->filled[number]);
}

/* Reads a key and makes it the last part of the path; its former length is put on the stack. */
static bool enter_key(struct json_scan *scan, struct walk *walk) {
    struct view key;
    bool escaped;
    if (!json_scan_key(scan, &key, &escaped)) {
        return false;
    }
    void *levels = walk->levels;
    memory_grow(&levels, &walk->capacity, walk->depth + 1, sizeof *walk->levels);
    walk->levels = levels;
    walk->levels[walk->depth++] = walk->path.length;
    if (walk->path.length > 0) {
        buffer_add_char(&walk->path, '.');
    }
    char *to = buffer_reserve(&walk->path, key.length + 1);
    size_t length = json_unescape(key, to);
    walk->path.length += length;
    if (walk->dotted || length == 0 || memchr(to, '.', length) || memchr(to, '[', length)) {
        walk->dotted++;
    }
    return true;
}

static void leave_key(struct walk *walk) {
    walk->path.length = walk->levels[--walk->depth];
    if (walk->dotted) {
        walk->dotted--;
    }
}

/* A column for each pair of a list such as [{"name": "Region", "value": "North"}]: "customFields[Region]". */
static bool add_pair(struct json_paths_seen *seen, struct walk *walk, struct view element) {
    struct view name, value;
    if (!json_find_key(element, view_of("name"), &name) || !json_find_key(element, view_of("value"), &value) ||
        name.text[0] != '"')
        return false;
    size_t length = walk->path.length;
    buffer_add_char(&walk->path, '[');
    char *to = buffer_reserve(&walk->path, name.length);
    struct view text = view_from(to, json_unescape(view_from(name.text + 1, name.length - 2), to));
    bool is_fit = text.length > 0 && !memchr(text.text, '[', text.length) && !memchr(text.text, ']', text.length);
    walk->path.length += text.length;
    buffer_add_char(&walk->path, ']');
    if (is_fit) add_leaf(seen, walk, value.text[0] != 'n');
    walk->path.length = length;
    return is_fit;
}

/* The leaf paths below the elements of a list, or the list itself where it holds plain values or nothing. */
static void add_list(struct json_paths_seen *seen, struct walk *walk, struct view list) {
    struct view element;
    const char *at = list.text;
    bool has_elements = false, has_objects = false;
    size_t length = walk->path.length;
    for (size_t i = 0; i < ELEMENTS_SEEN && json_list_next(list, &at, &element); i++) {
        has_elements = true;
        if (element.text[0] != '{' || walk->dotted || walk->nesting == LIST_NESTING) continue;
        has_objects = true;
        if (add_pair(seen, walk, element)) continue;
        buffer_add_text(&walk->path, "[]");
        struct view prefix = buffer_view(&walk->path);
        walk_object(seen, prefix, element, walk->nesting + 1);
        walk->path.length = length;
    }
    if (!has_objects) add_leaf(seen, walk, has_elements);
}

/* At a value: a leaf is noted and stepped over; false at a fault. `*inside`: an object was entered. */
static bool take_value(struct json_paths_seen *seen, struct json_scan *scan, struct walk *walk, bool *inside) {
    char c = json_scan_ahead(scan);
    *inside = false;
    if (c != '{') {
        const char *start = scan->at;
        bool good = json_scan_value(scan, walk->depth);
        if (good && c == '[')
            add_list(seen, walk, view_from(start, (size_t)(scan->at - start)));
        else
            add_leaf(seen, walk, c != 'n');
        return good;
    }
    scan->at++;
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) == '}') {
        scan->at++;
        add_leaf(seen, walk, false);
        return true;
    }
    *inside = true;
    return walk->depth < JSON_DEPTH_LIMIT;
}

static void walk_object(struct json_paths_seen *seen, struct view prefix, struct view object, size_t nesting) {
    struct walk walk = {.nesting = nesting};
    struct json_scan scan;
    bool inside;
    buffer_add(&walk.path, prefix);
    json_scan_start(&scan, object);
    json_scan_blanks(&scan);
    bool good = json_scan_ahead(&scan) == '{' && take_value(seen, &scan, &walk, &inside) && inside;
    while (good) {
        good = enter_key(&scan, &walk) && take_value(seen, &scan, &walk, &inside);
        if (!good || inside) {
            continue;
        }
        leave_key(&walk);
        json_scan_blanks(&scan);
        while (walk.depth > 0 && json_scan_ahead(&scan) == '}') {
            scan.at++;
            leave_key(&walk);
            json_scan_blanks(&scan);
        }
        good = json_scan_ahead(&scan) == ',';
        scan.at += good;
        json_scan_blanks(&scan);
    }
    buffer_free(&walk.path);
    free(walk.levels);
}

void json_paths_seen_add(struct json_paths_seen *seen, struct view object) {
    walk_object(seen, view_from("", 0), object, 0);
}

/* Whether some other path lies below path `number`. */
static bool has_deeper(const struct json_paths_seen *seen, size_t number) {
    struct view path = table_key(seen->paths, number);
    for (size_t i = 0; i < table_count(seen->paths); i++) {
        struct view other = table_key(seen->paths, i);
        bool is_longer =
            other.length > path.length && (other.text[path.length] == '.' || other.text[path.length] == '[');
        if (is_longer && memcmp(other.text, path.text, path.length) == 0) {
            return true;
        }
    }
    return false;
}

void json_paths_seen_columns(const struct json_paths_seen *seen, struct arena *arena, struct input_column **columns,
                             size_t *count) {
    size_t all = table_count(seen->paths);
    *columns = memory_get_zero(all + 1, sizeof **columns);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        if (seen->filled[i] || !has_deeper(seen, i)) {
            struct view label = arena_copy(arena, table_key(seen->paths, i));
            struct input_column column = {label, label, false};
            (*columns)[(*count)++] = column;
        }
    }
}
