/* json_find.c: finding one value inside a JSON text, the slow way, by scanning from its start: for
 * issues, for the reference reader's raw texts and for Singer lines. */
#include "base/json_scan.h"

/* Steps inside a container that opens with `open`; false if it is another one or empty. */
static bool step_inside(struct json_scan *scan, struct view text, char open) {
    json_scan_start(scan, text);
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) != open) {
        return false;
    }
    scan->at++;
    json_scan_blanks(scan);
    return scan->at < scan->end && *scan->at != '}' && *scan->at != ']';
}

/* Behind a value: over the comma to the next one. */
static bool step_on(struct json_scan *scan) {
    json_scan_blanks(scan);
    if (json_scan_ahead(scan) != ',') {
        return false;
    }
    scan->at++;
    json_scan_blanks(scan);
    return true;
}

static bool step_over(struct json_scan *scan, struct view *value) {
    const char *start = scan->at;
    if (!json_scan_value(scan, 1)) {
        return false;
    }
    *value = view_from(start, (size_t)(scan->at - start));
    return true;
}

bool json_find_key(struct view object, struct view key, struct view *value) {
    struct json_scan scan;
    struct view found;
    bool escaped;
    if (!step_inside(&scan, object, '{')) {
        return false;
    }
    do {
        if (!json_scan_key(&scan, &found, &escaped) || !step_over(&scan, value)) {
            return false;
        }
        if (json_string_equals(found, escaped, key)) {
            return true;
        }
    } while (step_on(&scan));
    return false;
}

bool json_find_path(struct view object, struct view path, struct view *value) {
    *value = object;
    for (;;) {
        const char *dot = path.length ? memchr(path.text, '.', path.length) : NULL;
        size_t length = dot ? (size_t)(dot - path.text) : path.length;
        if (!json_find_key(*value, view_from(path.text, length), value)) {
            return false;
        }
        if (!dot) {
            return true;
        }
        path = view_from(dot + 1, path.length - length - 1);
    }
}

bool json_find_item(struct view list, size_t index, struct view *value) {
    struct json_scan scan;
    if (!step_inside(&scan, list, '[')) {
        return false;
    }
    do {
        if (!step_over(&scan, value)) {
            return false;
        }
        if (index-- == 0) {
            return true;
        }
    } while (step_on(&scan));
    return false;
}

bool json_singer_counts(struct view line) {
    static const char usual[] = "{\"type\": \"RECORD\"", tight[] = "{\"type\":\"RECORD\"";
    if (view_starts_with(line, usual) || view_starts_with(line, tight)) {
        return true;
    }
    struct view type;
    if (json_find_key(line, view_of("type"), &type)) {
        return type.text[0] == '"' &&
               json_string_equals(view_from(type.text + 1, type.length - 2), true, view_of("RECORD"));
    }
    struct json_scan scan;
    return !json_scan_all(&scan, line) || line.text[0] != '{';
}
