/* json_find.c: members of objects and items of lists, one after another. */
#include "base/json_find.h"

bool json_is_valid(struct view text) {
    struct json_scan scan;
    return json_scan_all(&scan, text);
}

/* --- walks ------------------------------------------------------------------------------------ */

bool json_walk_start(struct json_walk *walk, struct view text) {
    *walk = (struct json_walk){0};
    json_scan_start(&walk->scan, text);
    json_scan_blanks(&walk->scan);
    char open = json_scan_ahead(&walk->scan);
    if (open != '{' && open != '[') return false;
    walk->is_object = open == '{';
    walk->scan.at++;
    return true;
}

static bool is_closed(const struct json_walk *walk) {
    return json_scan_ahead(&walk->scan) == (walk->is_object ? '}' : ']');
}

/* To the next key or item, over the comma; false where none should follow. */
static bool step_on(struct json_walk *walk) {
    struct json_scan *scan = &walk->scan;
    if (walk->is_started) {
        if (json_scan_ahead(scan) != ',') return json_scan_fault(scan, "a comma or a closing bracket is expected here");
        scan->at++;
        json_scan_blanks(scan);
    }
    walk->is_started = true;
    return true;
}

static bool scan_member(struct json_walk *walk, struct view *key, struct view *value) {
    struct json_scan *scan = &walk->scan;
    struct view name = {0};
    bool escaped;
    if (!step_on(walk) || (walk->is_object && !json_scan_key(scan, &name, &escaped))) return false;
    const char *start = scan->at;
    if (!json_scan_value(scan, 1)) return false;
    *value = view_from(start, (size_t)(scan->at - start));
    if (key) *key = walk->is_object ? view_from(name.text - 1, name.length + 2) : view_from(NULL, 0);
    return true;
}

bool json_walk_next(struct json_walk *walk, struct view *key, struct view *value) {
    json_scan_blanks(&walk->scan);
    if (walk->is_broken || is_closed(walk)) return false;
    walk->is_broken = !scan_member(walk, key, value);
    return !walk->is_broken;
}

bool json_walk_is_whole(const struct json_walk *walk) {
    if (walk->is_broken || !is_closed(walk)) return false;
    struct json_scan scan = walk->scan;
    scan.at++;
    json_scan_blanks(&scan);
    return scan.at == scan.end;
}

/* --- single values ---------------------------------------------------------------------------- */

/* The same as view_equal(json_unescape(...)) for a key with its quotes, which mostly holds no escape. */
static bool is_key(struct view raw, struct view key) {
    struct view inside = view_from(raw.text + 1, raw.length - 2);
    return json_string_equals(inside, inside.length > 0 && memchr(inside.text, '\\', inside.length), key);
}

bool json_find_key(struct view object, struct view key, struct view *value) {
    struct json_walk walk;
    struct view name, found;
    if (!json_walk_start(&walk, object) || !walk.is_object) return false;
    while (json_walk_next(&walk, &name, &found))
        if (is_key(name, key)) {
            *value = found;
            return true;
        }
    return false;
}

bool json_find_path(struct view object, struct view path, struct view *value) {
    *value = object;
    for (;;) {
        const char *dot = path.length ? memchr(path.text, '.', path.length) : NULL;
        size_t length = dot ? (size_t)(dot - path.text) : path.length;
        if (!json_find_key(*value, view_from(path.text, length), value)) return false;
        if (!dot) return true;
        path = view_from(dot + 1, path.length - length - 1);
    }
}

bool json_find_item(struct view list, size_t index, struct view *value) {
    struct json_walk walk;
    struct view found;
    if (!json_walk_start(&walk, list) || walk.is_object) return false;
    while (json_walk_next(&walk, NULL, &found))
        if (index-- == 0) {
            *value = found;
            return true;
        }
    return false;
}

size_t json_count_members(struct view value) {
    struct json_walk walk;
    struct view item;
    size_t count = 0;
    if (!json_walk_start(&walk, value)) return 0;
    while (json_walk_next(&walk, NULL, &item))
        count++;
    return count;
}

void json_add_plain(struct buffer *out, struct view value) {
    if (!json_is_text(value) || value.length < 2) {
        buffer_add(out, value);
        return;
    }
    struct view inside = view_from(value.text + 1, value.length - 2);
    if (inside.length > 0) out->length += json_unescape(inside, buffer_reserve(out, inside.length));
}

bool json_says(struct view value, const char *text) {
    return json_is_text(value) && value.length >= 2 && is_key(value, view_of(text));
}
