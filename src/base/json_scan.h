/* json_scan.h: THE scanner of JSON (RFC 8259), over text that is all in memory. It alone decides what is valid, whoever
 * reads: exports, answers of Plecto, published lines; and it finds raw values: numbers keep every digit.
 *
 * Two things that RFC 8259 leaves to us are decided here for all:
 * - `\u0000` is U+FFFD. As a NUL byte it would end every C string that the text comes to, so that "7\u0000" and "7" were
 *   one ID in one place and two in another. Half of a surrogate pair is U+FFFD too: UTF-8 has nothing else for it.
 * - Nesting ends at JSON_DEPTH_LIMIT. No function here recurses, so depth costs no stack; who does recurse over what was
 *   found keeps a limit of its own. */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

/* Lists and objects inside each other: cJSON's limit, so that no text is read here and refused where cJSON reads (schemas,
 * configurations, results), or the other way round. No export or answer seen goes beyond 8. */
#define JSON_DEPTH_LIMIT 1000

/* Where the scanner stands. Functions that return false have set `fault` and `fault_at`. */
struct json_scan {
    const char *at;
    const char *end;
    const char *fault;    /* what is wrong, in a user's words; static text */
    const char *fault_at; /* where: start .. end */
    bool is_lenient;      /* lets through what cJSON does, for texts that it has read: control characters in texts, and
                             numbers such as 01 and 1. */
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

#endif
