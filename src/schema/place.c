/* place.c: finds entries of JSON lists and objects by scanning the text. */
#include "schema/place.h"

#include <stdint.h>

#include "base/json_find.h"

/* A scanner at `offset` that takes what cJSON took. */
static struct json_scan scan_at(struct view text, size_t offset) {
    struct json_scan scan;
    json_scan_start(&scan, view_from(text.text + offset, text.length - offset));
    scan.is_lenient = true;
    return scan;
}

static size_t offset_of(struct view text, const char *at) {
    return (size_t)(at - text.text);
}

/* Control characters that only cJSON takes for blanks. */
static bool is_blank_to_cjson(char c) {
    return (unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r';
}

void place_blank_comments(char *text, size_t length) {
    struct view all = view_from(text, length), inside;
    size_t offset = 0;
    bool escaped;
    while (offset < length) {
        if (text[offset] == '"') {
            struct json_scan scan = scan_at(all, offset);
            offset = json_scan_string(&scan, &inside, &escaped) ? offset_of(all, scan.at) : length;
        } else if (text[offset] == '/' && offset + 1 < length && text[offset + 1] == '/') {
            while (offset < length && text[offset] != '\n' && text[offset] != '\r')
                text[offset++] = ' ';
        } else {
            if (is_blank_to_cjson(text[offset])) text[offset] = ' ';
            offset++;
        }
    }
}

size_t place_skip_blanks(struct view text, size_t offset) {
    if (offset >= text.length) return offset;
    struct json_scan scan = scan_at(text, offset);
    json_scan_blanks(&scan);
    return offset_of(text, scan.at);
}

size_t place_value(struct view text, size_t key) {
    if (key >= text.length) return SIZE_MAX;
    struct json_scan scan = scan_at(text, key);
    struct view name;
    bool escaped;
    return json_scan_key(&scan, &name, &escaped) ? offset_of(text, scan.at) : SIZE_MAX;
}

size_t place_next_item(struct view text, size_t entry) {
    if (entry >= text.length) return SIZE_MAX;
    struct json_scan scan = scan_at(text, entry);
    if (!json_scan_value(&scan, 1)) return SIZE_MAX;
    json_scan_blanks(&scan);
    if (json_scan_ahead(&scan) != ',') return SIZE_MAX;
    scan.at++;
    json_scan_blanks(&scan);
    return offset_of(text, scan.at);
}

size_t place_entry(struct view text, size_t container, size_t number) {
    struct json_walk walk;
    struct view key, value;
    if (container >= text.length || !json_walk_start(&walk, view_from(text.text + container, text.length - container)))
        return SIZE_MAX;
    walk.scan.is_lenient = true;
    while (json_walk_next(&walk, &key, &value))
        if (number-- == 0) return offset_of(text, walk.is_object ? key.text : value.text);
    return SIZE_MAX;
}

unsigned place_line(struct view text, size_t offset) {
    unsigned line = 1;
    if (offset == SIZE_MAX) return line;
    if (offset > text.length) offset = text.length;
    const char *at = text.text, *end = text.text + offset;
    while ((at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        line++;
        at++;
    }
    return line;
}
