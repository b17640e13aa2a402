/* json_extract.c: one strict pass over an object that keeps only the wanted values. The wanted paths are
 * a tree whose nodes find a key by a small hash over its length and ends; all else is stepped over by
 * the scanner, which checks it. Values without escapes are views of the text itself. */
#include "input/json_extract.h"

#include <stdlib.h>

#include "base/memory.h"

#define NONE SIZE_MAX
#define BUCKETS 64

struct node {
    struct view key;
    size_t cell;             /* the path that ends here, or NONE */
    size_t next;             /* node with the same bucket under the same parent, or NONE */
    size_t buckets[BUCKETS]; /* first child by bucket, or NONE */
    bool parent;             /* has children */
    uint64_t met;            /* record in which this key was met first */
};

/* An object that is being read because of what is wanted inside of it. */
struct frame {
    struct node *node;
    const char *start;
};

struct json_paths {
    struct node *nodes; /* [0] is the record itself */
    size_t count, capacity;
    size_t *same_as; /* for each path: the first equal one */
    size_t path_count;
    struct frame *frames;
    uint64_t record;
};

static inline size_t bucket_of(struct view key) {
    if (key.length == 0) {
        return 0;
    }
    unsigned char first = (unsigned char)key.text[0], last = (unsigned char)key.text[key.length - 1];
    return (key.length * 7 + first + last * 5u) % BUCKETS;
}

static size_t add_node(struct json_paths *paths, struct view key) {
    void *nodes = paths->nodes;
    memory_grow(&nodes, &paths->capacity, paths->count + 1, sizeof *paths->nodes);
    paths->nodes = nodes;
    struct node *node = &paths->nodes[paths->count];
    memset(node, 0, sizeof *node);
    node->key = key;
    node->cell = node->next = NONE;
    for (size_t i = 0; i < BUCKETS; i++) {
        node->buckets[i] = NONE;
    }
    return paths->count++;
}

static struct node *find_child(const struct json_paths *paths, const struct node *node, struct view key) {
    size_t child = node->buckets[bucket_of(key)];
    while (child != NONE && !view_equal(paths->nodes[child].key, key)) {
        child = paths->nodes[child].next;
    }
    return child == NONE ? NULL : &paths->nodes[child];
}

static size_t get_child(struct json_paths *paths, size_t node, struct view key) {
    struct node *found = find_child(paths, &paths->nodes[node], key);
    if (found) {
        return (size_t)(found - paths->nodes);
    }
    size_t child = add_node(paths, key), bucket = bucket_of(key);
    paths->nodes[child].next = paths->nodes[node].buckets[bucket];
    paths->nodes[node].buckets[bucket] = child;
    paths->nodes[node].parent = true;
    return child;
}

struct json_paths *json_paths_create(const struct view *texts, size_t count) {
    struct json_paths *paths = memory_get_zero(1, sizeof *paths);
    size_t deepest = 1;
    add_node(paths, view_from("", 0));
    paths->path_count = count;
    paths->same_as = memory_get_zero(count + 1, sizeof *paths->same_as);
    for (size_t i = 0; i < count; i++) {
        struct view rest = texts[i];
        size_t node = 0, depth = 1;
        for (const char *dot; rest.length && (dot = memchr(rest.text, '.', rest.length)); depth++) {
            size_t length = (size_t)(dot - rest.text);
            node = get_child(paths, node, view_from(rest.text, length));
            rest = view_from(dot + 1, rest.length - length - 1);
        }
        node = get_child(paths, node, rest);
        deepest = depth > deepest ? depth : deepest;
        if (paths->nodes[node].cell == NONE) {
            paths->nodes[node].cell = i;
        }
        paths->same_as[i] = paths->nodes[node].cell;
    }
    paths->frames = memory_get_zero(deepest + 1, sizeof *paths->frames);
    return paths;
}

void json_paths_destroy(struct json_paths *paths) {
    if (paths) {
        free(paths->nodes);
        free(paths->same_as);
        free(paths->frames);
        free(paths);
    }
}

/* At a value: steps over it and makes it a cell. */
static inline bool take_cell(struct json_scan *scan, size_t depth, struct arena *arena, struct cell *cell) {
    const char *start = scan->at;
    char c = json_scan_ahead(scan);
    if (c == '"') {
        bool escaped;
        if (!json_scan_string(scan, &cell->text, &escaped)) {
            return false;
        }
        if (escaped) {
            char *to = arena_get(arena, cell->text.length);
            cell->text = view_from(to, json_unescape(cell->text, to));
        }
        cell->kind = CELL_TEXT;
        return true;
    }
    if (!json_scan_value(scan, depth)) {
        return false;
    }
    cell->text = view_from(start, (size_t)(scan->at - start));
    switch (c) {
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
    return true;
}

/* The node of a key that was just read and is wanted and new in this record, or NULL. */
static inline struct node *wanted_node(struct json_paths *paths, struct node *parent, struct view key, bool escaped) {
    char *plain = NULL;
    if (escaped) {
        plain = memory_get(key.length + 1);
        key = view_from(plain, json_unescape(key, plain));
    }
    struct node *node = find_child(paths, parent, key);
    free(plain);
    if (!node || node->met == paths->record) {
        return NULL;
    }
    node->met = paths->record;
    return node;
}

/* Behind a value at `depth` frames: over the comma, or out of objects that end; `*depth` 0: all is read. */
static bool step_behind(struct json_paths *paths, struct json_scan *scan, size_t *depth, struct cell *cells) {
    for (;;) {
        json_scan_blanks(scan);
        char c = json_scan_ahead(scan);
        if (c == ',') {
            scan->at++;
            json_scan_blanks(scan);
            return true;
        }
        if (c != '}') {
            return json_scan_fault(scan, "a comma or } should stand here");
        }
        scan->at++;
        const struct frame *frame = &paths->frames[--*depth];
        if (frame->node->cell != NONE) {
            cells[frame->node->cell].kind = CELL_NESTED;
            cells[frame->node->cell].text = view_from(frame->start, (size_t)(scan->at - frame->start));
        }
        if (*depth == 0) {
            return true;
        }
    }
}

/* At '{': steps inside; `*empty`: '}' follows at once. */
static bool step_inside(struct json_paths *paths, struct json_scan *scan, struct node *node, size_t *depth,
                        bool *empty) {
    if (*depth == JSON_DEPTH_LIMIT) {
        return json_scan_fault(scan, "lists and objects are nested more than 1000 deep");
    }
    paths->frames[(*depth)++] = (struct frame){node, scan->at};
    scan->at++;
    json_scan_blanks(scan);
    *empty = json_scan_ahead(scan) == '}';
    return true;
}

bool json_paths_read(struct json_paths *paths, struct json_scan *scan, struct arena *arena, struct cell *cells) {
    size_t depth = 0;
    bool empty;
    paths->record++;
    if (!step_inside(paths, scan, &paths->nodes[0], &depth, &empty) ||
        (empty && !step_behind(paths, scan, &depth, cells))) {
        return false;
    }
    while (depth > 0) {
        struct view key;
        bool escaped, good;
        if (!json_scan_key(scan, &key, &escaped)) {
            return false;
        }
        struct node *node = wanted_node(paths, paths->frames[depth - 1].node, key, escaped);
        if (node && node->parent && json_scan_ahead(scan) == '{') {
            if (!step_inside(paths, scan, node, &depth, &empty)) {
                return false;
            }
            if (!empty) {
                continue;
            }
            good = true;
        } else if (node && node->cell != NONE) {
            good = take_cell(scan, depth, arena, &cells[node->cell]);
        } else {
            good = json_scan_value(scan, depth);
        }
        if (!good || !step_behind(paths, scan, &depth, cells)) {
            return false;
        }
    }
    for (size_t i = 0; i < paths->path_count; i++) {
        cells[i] = cells[paths->same_as[i]];
    }
    return true;
}

struct cell *json_row_add(struct json_row *row) {
    void *cells = row->cells;
    memory_grow(&cells, &row->capacity, row->count + 1, sizeof *row->cells);
    row->cells = cells;
    memset(&row->cells[row->count], 0, sizeof *row->cells);
    return &row->cells[row->count++];
}

bool json_row_read(struct json_row *row, struct json_scan *scan, struct arena *arena) {
    row->count = 0;
    scan->at++;
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) == ']') {
        scan->at++;
        return true;
    }
    for (;;) {
        if (!take_cell(scan, 1, arena, json_row_add(row))) {
            return false;
        }
        json_scan_blanks(scan);
        char c = json_scan_ahead(scan);
        if (c != ',' && c != ']') {
            return json_scan_fault(scan, "a comma or ] should stand here");
        }
        scan->at++;
        if (c == ']') {
            return true;
        }
        json_scan_blanks(scan);
    }
}
