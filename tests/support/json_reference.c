/* json_reference.c: the cells of an element by way of cJSON. It makes doubles of numbers and refuses some escapes, so it
 * gets a copy of the (already validated) text in which every text begins with 's' and every number is a text that begins
 * with 'n': no digit is lost. */
#include "support/json_reference.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/json_find.h"
#include "base/json_scan.h"
#include "base/memory.h"

/* One path as the keys cJSON will see. */
struct key_path {
    char **keys;
    size_t count;
};

struct json_reference {
    const struct view *texts;
    struct key_path *paths;
    size_t count;
    struct buffer copy;
    bool is_repeated;
};

struct json_reference *json_reference_create(const struct view *paths, size_t count) {
    struct json_reference *reference = memory_get_zero(1, sizeof *reference);
    reference->texts = paths;
    reference->count = count;
    reference->paths = memory_get_zero(count + 1, sizeof *reference->paths);
    for (size_t i = 0; i < count; i++) {
        struct key_path *path = &reference->paths[i];
        path->keys = memory_get_zero(paths[i].length + 1, sizeof *path->keys);
        size_t start = 0;
        for (size_t at = 0; at <= paths[i].length; at++) {
            if (at == paths[i].length || paths[i].text[at] == '.') {
                path->keys[path->count++] = memory_print("s%.*s", (int)(at - start), paths[i].text + start);
                start = at + 1;
            }
        }
    }
    return reference;
}

void json_reference_destroy(struct json_reference *reference) {
    if (!reference) {
        return;
    }
    for (size_t i = 0; i < reference->count; i++) {
        for (size_t key = 0; key < reference->paths[i].count; key++) {
            free(reference->paths[i].keys[key]);
        }
        free(reference->paths[i].keys);
    }
    free(reference->paths);
    buffer_free(&reference->copy);
    free(reference);
}

/* --- the copy --------------------------------------------------------------------------------- */

/* Whether the four hex digits behind `\u` at `at` begin so: "d8".."db" (high) or "dc".."df" (low). */
static bool is_half(const char *at, const char *letters) {
    return (at[2] == 'd' || at[2] == 'D') && at[3] != '\0' && strchr(letters, at[3]) != NULL;
}

/* A \u escape: pairs as they are, lone halves and U+0000 as \ufffd. Returns what stands behind it. */
static const char *copy_unicode(struct buffer *copy, const char *at, const char *end) {
    static const char high[] = "89abAB", low[] = "cdefCDEF";
    if (is_half(at, high) && end - at >= 12 && at[6] == '\\' && at[7] == 'u' && is_half(at + 6, low)) {
        buffer_add(copy, view_from(at, 12));
        return at + 12;
    }
    bool bad = is_half(at, high) || is_half(at, low) || memcmp(at + 2, "0000", 4) == 0;
    buffer_add(copy, bad ? view_of("\\ufffd") : view_from(at, 6));
    return at + 6;
}

static void copy_string(struct buffer *copy, struct view inside) {
    const char *at = inside.text, *end = at + inside.length;
    buffer_add_text(copy, "\"s");
    while (at < end) {
        if (*at != '\\') {
            buffer_add_char(copy, *at++);
        } else if (at[1] == 'u') {
            at = copy_unicode(copy, at, end);
        } else {
            buffer_add(copy, view_from(at, 2));
            at += 2;
        }
    }
    buffer_add_char(copy, '"');
}

static void make_copy(struct buffer *copy, struct view text) {
    struct json_scan scan;
    struct view inside;
    bool escaped;
    copy->length = 0;
    json_scan_start(&scan, text);
    while (scan.at < scan.end) {
        const char *start = scan.at;
        if (*start == '"' && json_scan_string(&scan, &inside, &escaped)) {
            copy_string(copy, inside);
        } else if ((*start == '-' || (*start >= '0' && *start <= '9')) && json_scan_scalar(&scan)) {
            buffer_add_text(copy, "\"n");
            buffer_add(copy, view_from(start, (size_t)(scan.at - start)));
            buffer_add_char(copy, '"');
        } else {
            buffer_add_char(copy, *scan.at++);
        }
    }
}

/* --- cells ------------------------------------------------------------------------------------ */

/* `raw` is where the value stands in the text; cJSON does not keep it, and only lists and objects need it. */
static void fill_cell(const cJSON *item, struct view raw, struct arena *arena, struct cell *cell) {
    if (cJSON_IsString(item)) {
        cell->kind = item->valuestring[0] == 'n' ? CELL_NUMBER : CELL_TEXT;
        cell->text = arena_copy(arena, view_of(item->valuestring + 1));
    } else if (cJSON_IsBool(item)) {
        cell->kind = CELL_BOOLEAN;
        cell->text = view_of(cJSON_IsTrue(item) ? "true" : "false");
    } else if (cJSON_IsNull(item)) {
        cell->kind = CELL_NULL;
    } else {
        cell->kind = CELL_NESTED;
        cell->text = raw;
    }
}

static cJSON *parse(struct json_reference *reference, struct view text) {
    make_copy(&reference->copy, text);
    return cJSON_ParseWithLengthOpts(reference->copy.text, reference->copy.length, NULL, 0);
}

static bool comes_twice(const cJSON *object, const char *key) {
    size_t count = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, object) count += item->string && strcmp(item->string, key) == 0;
    return count > 1;
}

bool json_reference_repeated(const struct json_reference *reference) {
    return reference->is_repeated;
}

bool json_reference_object(struct json_reference *reference, struct view text, struct arena *arena,
                           struct cell *cells) {
    cJSON *root = parse(reference, text);
    reference->is_repeated = false;
    for (size_t i = 0; root && i < reference->count; i++) {
        const cJSON *item = root;
        for (size_t key = 0; item && key < reference->paths[i].count; key++) {
            reference->is_repeated |= cJSON_IsObject(item) && comes_twice(item, reference->paths[i].keys[key]);
            item = cJSON_IsObject(item) ? cJSON_GetObjectItemCaseSensitive(item, reference->paths[i].keys[key]) : NULL;
        }
        struct view raw = {NULL, 0};
        bool is_nested = cJSON_IsArray(item) || cJSON_IsObject(item); /* told by its text as written */
        if (item && (!is_nested || json_find_path(text, reference->texts[i], &raw))) {
            fill_cell(item, raw, arena, &cells[i]);
        }
    }
    cJSON_Delete(root);
    return root != NULL;
}

bool json_reference_row(struct json_reference *reference, struct view text, struct arena *arena, struct json_row *row) {
    cJSON *root = parse(reference, text);
    const cJSON *item;
    row->count = 0;
    cJSON_ArrayForEach(item, root) {
        struct view raw = {NULL, 0};
        if (cJSON_IsArray(item) || cJSON_IsObject(item)) {
            json_find_item(text, row->count, &raw);
        }
        fill_cell(item, raw, arena, json_row_add(row));
    }
    cJSON_Delete(root);
    return root != NULL;
}
