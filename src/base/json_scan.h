/* json_scan.h: a small strict scanner (RFC 8259) over text that is all in memory. It decides what is
 * valid for both JSON readers, and finds raw values: numbers keep every digit. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

#define JSON_DEPTH_LIMIT 1000 /* lists and objects inside each other; the same limit as cJSON's */

/* Where the scanner stands. Functions that return false have set `fault` and `fault_at`. */
struct json_scan {
    const char *at;
    const char *end;
    const char *fault;    /* what is wrong, in a user's words; static text */
    const char *fault_at; /* where: start .. end */
};

/* Begins at the first byte of `text`, which must stay unchanged. */
void json_scan_start(struct json_scan *scan, struct view text);
/* Notes a fault at the present place; returns false. */
bool json_scan_fault(struct json_scan *scan, const char *fault);
/* Steps over blanks: space, tab, LF, CR. */
static inline void json_scan_blanks(struct json_scan *scan) {
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t')) {
        scan->at++;
    }
}
/* The byte ahead, or NUL at the end (a NUL in the text is never valid outside of a string either). */
static inline char json_scan_ahead(const struct json_scan *scan) {
    return scan->at < scan->end ? *scan->at : '\0';
}
/* Steps over a string. `*inside` is what stands between its quotes, `*escaped` whether that holds a backslash. */
bool json_scan_string(struct json_scan *scan, struct view *inside, bool *escaped);
/* Steps over a string, a number, true, false or null. */
bool json_scan_scalar(struct json_scan *scan);
/* Steps over any value; no recursion. `depth` is how many lists and objects stand around it. */
bool json_scan_value(struct json_scan *scan, size_t depth);
/* Steps over `"key" : ` up to the value. */
bool json_scan_key(struct json_scan *scan, struct view *key, bool *escaped);
/* Whether all of `text` is one valid value, blanks around it allowed. `scan` keeps the fault. */
bool json_scan_all(struct json_scan *scan, struct view text);

/* Writes the text that the inside of a valid string stands for to `to` (room: inside.length bytes) and
 * returns its length. A lone half of a surrogate pair and U+0000 become U+FFFD; invalid UTF-8 is kept. */
size_t json_unescape(struct view inside, char *to);
/* The same as a NUL-terminated text that the caller frees. `string` still has its quotes. */
char *json_string_copy(struct view string);
/* Whether the inside of a string stands for `text`. */
bool json_string_equals(struct view inside, bool escaped, struct view text);

/* The value of the first `key` of a valid object; false if it is not there or `object` is no object. */
bool json_find_key(struct view object, struct view key, struct view *value);
/* The value at a dotted path ("a.b.c") below a valid object. */
bool json_find_path(struct view object, struct view path, struct view *value);
/* Value number `index` (from 0) of a valid list. */
bool json_find_item(struct view list, size_t index, struct view *value);
/* Whether a Singer line counts as data: "type" is "RECORD", or the line is no valid object (then it is
 * to be told as damage). SCHEMA, STATE and other lines do not count. */
bool json_singer_counts(struct view line);

#endif
