/* lists.c: see lists.h. The one pass over a record finds the list as raw text; what is wanted of its
 * elements is found in that text the slow way: lists are short. */
#include "input/json/lists.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/json_find.h"
#include "base/memory.h"
#include "input/json/cut.h"

#define DIGITS 20       /* of a size_t */
#define NESTING_LIMIT 8 /* lists within lists in one path */

static size_t bracket_in(struct view path) {
    const char *bracket = path.length ? memchr(path.text, '[', path.length) : NULL;
    return bracket ? (size_t)(bracket - path.text) : path.length;
}

static size_t add_path(struct view *paths, size_t *count, struct view path) {
    for (size_t i = 0; i < *count; i++)
        if (view_equal(paths[i], path)) return i;
    paths[*count] = path;
    return (*count)++;
}

/* Where the "[*]" of a path begins, or SIZE_MAX. */
static size_t star_in(struct view path) {
    size_t bracket = bracket_in(path);
    bool is_star = path.length - bracket >= 3 && memcmp(path.text + bracket, "[*]", 3) == 0;
    return is_star ? bracket : SIZE_MAX;
}

static bool has_star(const struct view *paths, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (star_in(paths[i]) != SIZE_MAX) return true;
    return false;
}

struct json_lists *json_lists_create(const struct view *paths, size_t count) {
    struct json_lists *lists = memory_get_zero(1, sizeof *lists);
    lists->paths = memory_get_zero(count + 1, sizeof *lists->paths);
    lists->outer = memory_get_zero(count + 2, sizeof *lists->outer);
    lists->inner = memory_get_zero(count + 1, sizeof *lists->inner);
    lists->list_cells = memory_get_zero(count + 1, sizeof *lists->list_cells);
    lists->path_count = count;
    lists->explode = SIZE_MAX;
    bool is_exploded = has_star(paths, count);
    for (size_t i = 0; i < count; i++) {
        struct view path = paths[i];
        struct list_path *made = &lists->paths[i];
        size_t star = star_in(path);
        if (star != SIZE_MAX) {
            lists->explode = add_path(lists->outer, &lists->outer_count, view_from(path.text, star));
            size_t behind = star + 3 + (path.length > star + 3 && path.text[star + 3] == '.');
            path = view_from(path.text + behind, path.length - behind);
        }
        size_t bracket = bracket_in(path);
        bool has_list = bracket < path.length;
        struct view base = view_from(path.text, bracket);
        made->rest = view_from(path.text + bracket, path.length - bracket);
        made->source =
            star != SIZE_MAX ? (has_list ? FROM_ELEMENT_LIST : FROM_ELEMENT) : (has_list ? FROM_LIST : FROM_RECORD);
        if (!is_exploded) {
            made->cell = i;
            lists->outer[lists->outer_count++] = base;
            if (has_list) lists->list_cells[lists->list_count++] = i;
            continue;
        }
        made->cell = star != SIZE_MAX ? add_path(lists->inner, &lists->inner_count, base)
                                      : add_path(lists->outer, &lists->outer_count, base);
    }
    return lists;
}

void json_lists_destroy(struct json_lists *lists) {
    if (!lists) return;
    free(lists->paths);
    free(lists->outer);
    free(lists->inner);
    free(lists->list_cells);
    free(lists);
}

bool json_list_next(struct view list, const char **at, struct view *element) {
    const char *end = list.text + list.length, *place = json_skip_blanks(*at, end);
    if (place == end || *place != (*at == list.text ? '[' : ',')) return false;
    place = json_skip_blanks(place + 1, end);
    if (place == end || *place == ']') return false;
    *at = json_element_end(place, end, true);
    if (!*at) return false;
    *element = view_from(place, (size_t)(*at - place));
    return true;
}

/* --- values as text ---------------------------------------------------------------------------- */

static bool is_filled(struct view value) {
    return value.length > 0 && !view_is(value, "null") && !view_is(value, "\"\"");
}

static struct view plain_text(struct view value, struct arena *arena) {
    if (value.length < 2 || value.text[0] != '"') return value;
    char *to = arena_get(arena, value.length);
    return view_from(to, json_unescape(view_from(value.text + 1, value.length - 2), to));
}

static void add_joined(struct buffer *joined, struct view value, struct arena *arena) {
    if (!is_filled(value)) return;
    if (joined->length > 0) buffer_add_text(joined, ", ");
    buffer_add(joined, plain_text(value, arena));
}

/* "Region: North" of {"name": "Region", "value": "North"}; false for other objects. */
static bool add_pair(struct buffer *joined, struct view object, struct arena *arena) {
    struct view name, value;
    if (!json_find_key(object, view_of("name"), &name) || !json_find_key(object, view_of("value"), &value))
        return false;
    if (!is_filled(value)) return true;
    if (joined->length > 0) buffer_add_text(joined, ", ");
    buffer_add(joined, plain_text(name, arena));
    buffer_add_text(joined, ": ");
    buffer_add(joined, plain_text(value, arena));
    return true;
}

static void set_text(struct cell *cell, struct buffer *joined, struct arena *arena) {
    cell->kind = CELL_LIST;
    cell->text = arena_copy(arena, buffer_view(joined));
}

/* A list in a plain cell: joined where it holds plain values or pairs only, else left as it is. */
static void join_plain(struct cell *cell, struct arena *arena) {
    struct buffer joined = {0};
    const char *at = cell->text.text;
    struct view element;
    bool is_plain = true;
    while (is_plain && json_list_next(cell->text, &at, &element)) {
        if (element.text[0] == '{')
            is_plain = add_pair(&joined, element, arena);
        else if (element.text[0] == '[')
            is_plain = false;
        else
            add_joined(&joined, element, arena);
    }
    if (is_plain) set_text(cell, &joined, arena);
    buffer_free(&joined);
}

static void set_scalar(struct cell *cell, struct view value, struct arena *arena) {
    char first = value.length ? value.text[0] : 'n';
    cell->kind = first == '"'                   ? CELL_TEXT
                 : first == '{' || first == '[' ? CELL_NESTED
                 : first == 't' || first == 'f' ? CELL_BOOLEAN
                 : first == 'n'                 ? CELL_NULL
                                                : CELL_NUMBER;
    cell->text = cell->kind == CELL_NULL ? view_from(NULL, 0) : plain_text(value, arena);
    if (cell->kind == CELL_NESTED && first == '[') join_plain(cell, arena);
}

/* --- paths through lists ------------------------------------------------------------------------- */

/* Cuts "[inside]" and the plain path behind it off `rest`. */
static bool cut_bracket(struct view *rest, struct view *inside, struct view *path) {
    const char *close = rest->length ? memchr(rest->text, ']', rest->length) : NULL;
    if (!close || rest->text[0] != '[') return false;
    *inside = view_from(rest->text + 1, (size_t)(close - rest->text) - 1);
    struct view behind = view_from(close + 1, rest->length - (size_t)(close + 1 - rest->text));
    if (behind.length && behind.text[0] == '.') behind = view_from(behind.text + 1, behind.length - 1);
    size_t bracket = bracket_in(behind);
    *path = view_from(behind.text, bracket);
    *rest = view_from(behind.text + bracket, behind.length - bracket);
    return true;
}

static bool find_below(struct view value, struct view path, struct view *found) {
    *found = value;
    return path.length == 0 || json_find_path(value, path, found);
}

static bool element_number(struct view inside, size_t *number) {
    *number = 0;
    for (size_t i = 0; i < inside.length; i++) {
        if (inside.text[i] < '0' || inside.text[i] > '9' || i > 8) return false;
        *number = *number * 10 + (size_t)(inside.text[i] - '0');
    }
    return inside.length > 0;
}

static bool is_named(struct view element, struct view name, struct arena *arena) {
    struct view value;
    return json_find_key(element, view_of("name"), &value) &&
           view_equal(view_trim(plain_text(value, arena)), view_trim(name));
}

/* The one element that "[0]" or "[Region]" means, and what is wanted of it. */
static bool find_one(struct view list, struct view inside, struct view path, struct arena *arena, struct view *found) {
    size_t number;
    struct view element;
    if (element_number(inside, &number))
        return json_find_item(list, number, &element) && find_below(element, path, found);
    const char *at = list.text;
    while (json_list_next(list, &at, &element))
        if (is_named(element, inside, arena)) return find_below(element, path.length ? path : view_of("value"), found);
    return false;
}

static void join_all(struct view list, struct view rest, struct arena *arena, size_t depth, struct buffer *joined) {
    struct view inside, path, element, found;
    if (depth == NESTING_LIMIT || !cut_bracket(&rest, &inside, &path)) return;
    const char *at = list.text;
    if (inside.length > 0) {
        if (!find_one(list, inside, path, arena, &found)) return;
        if (rest.length)
            join_all(found, rest, arena, depth + 1, joined);
        else
            add_joined(joined, found, arena);
        return;
    }
    while (json_list_next(list, &at, &element)) {
        if (!find_below(element, path, &found)) continue;
        if (rest.length)
            join_all(found, rest, arena, depth + 1, joined);
        else
            add_joined(joined, found, arena);
    }
}

static void count_elements(struct cell *cell, struct arena *arena) {
    size_t count = 0;
    struct view element;
    if (cell->kind != CELL_NESTED) { /* no list is no number of elements */
        *cell = (struct cell){view_from(NULL, 0), CELL_ABSENT, false};
        return;
    }
    const char *at = cell->text.text;
    while (json_list_next(cell->text, &at, &element))
        count++;
    char *digits = arena_get(arena, DIGITS), *first = digits + DIGITS;
    do {
        *--first = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    cell->kind = CELL_NUMBER;
    cell->text = view_from(first, (size_t)(digits + DIGITS - first));
}

static void take_list(struct cell *cell, struct view rest, struct arena *arena) {
    if (view_is(rest, "[#]")) {
        count_elements(cell, arena);
        return;
    }
    if (cell->kind != CELL_NESTED) return;
    struct view list = cell->text, behind = rest, inside, path, found;
    if (cut_bracket(&behind, &inside, &path) && inside.length > 0 && behind.length == 0) {
        *cell = (struct cell){view_from(NULL, 0), CELL_ABSENT, false};
        if (find_one(list, inside, path, arena, &found)) set_scalar(cell, found, arena);
        return;
    }
    struct buffer joined = {0};
    join_all(list, rest, arena, 0, &joined);
    set_text(cell, &joined, arena);
    buffer_free(&joined);
}

void json_lists_finish(const struct json_lists *lists, struct arena *arena, struct cell *cells) {
    for (size_t i = 0; i < lists->list_count; i++) {
        size_t cell = lists->list_cells[i];
        take_list(&cells[cell], lists->paths[cell].rest, arena);
    }
    for (size_t i = 0; i < lists->path_count; i++)
        if (cells[i].kind == CELL_NESTED && cells[i].text.text[0] == '[' && lists->paths[i].rest.length == 0)
            join_plain(&cells[i], arena);
}

void json_lists_fill(const struct json_lists *lists, const struct cell *outer, const struct cell *inner,
                     struct arena *arena, struct cell *cells) {
    for (size_t i = 0; i < lists->path_count; i++) {
        const struct list_path *path = &lists->paths[i];
        bool is_inner = path->source == FROM_ELEMENT || path->source == FROM_ELEMENT_LIST;
        struct cell cell = {view_from(NULL, 0), CELL_ABSENT, false};
        if (!is_inner)
            cell = outer[path->cell];
        else if (inner)
            cell = inner[path->cell];
        if (path->rest.length)
            take_list(&cell, path->rest, arena);
        else if (cell.kind == CELL_NESTED && cell.text.text[0] == '[')
            join_plain(&cell, arena);
        cells[i] = cell;
    }
}
