/* request.c: which parameters of a request, saved around the records of an answer, leave records out of it. A name that is not
 * known does: what is not in the answer may be in ServiceTitan all the same. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "input/json/answer.h"
#include "values/bounds_text.h"

#define NAME_BYTES 40u /* of a parameter's name; what is longer is not shown */
#define DEPTH 8u       /* nobody nests a request deeper */

/* Order and keys of a request, the envelope, and what programs write beside them: none leaves a record out. */
static const char *const harmless[] = {
    "pageSize",   "hasMore",      "totalCount",  "includeTotal",  "sort",     "order",      "orderBy",
    "fields",     "continueFrom", "traceId",     "method",        "url",      "uri",        "path",
    "endpoint",   "host",         "baseUrl",     "tenant",        "tenantId", "exportedAt", "fetchedAt",
    "exportedOn", "fetchedOn",    "timestamp",   "key",           "apiKey",   "appKey",     "st-app-key",
    "token",      "access_token", "accessToken", "authorization", "format",
};
/* Of the envelope, too; in a request they choose records. */
static const char *const harmless_at_top[] = {"title", "type", "status", "name"};
/* Objects that are not looked into. */
static const char *const closed[] = {"headers", "auth", "links", "_links", "error", "errors"};

static bool is_one_of(struct view name, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (view_equal_fold(name, view_of(list[i]))) return true;
    return false;
}

void json_answer_add_text(struct input_facts *facts, struct arena *arena, char *text) {
    bool is_new = facts->bound_count < BOUNDS_LIMIT;
    for (size_t i = 0; i < facts->bound_count && is_new; i++)
        is_new = !view_is(facts->bounds[i], text);
    if (is_new) {
        facts->bounds = memory_resize(facts->bounds, (facts->bound_count + 1) * sizeof *facts->bounds);
        facts->bounds[facts->bound_count++] = arena_copy(arena, view_of(text));
    }
    free(text);
}

void json_answer_add_filter(struct input_facts *facts, struct arena *arena, struct view name) {
    json_answer_add_text(facts, arena, memory_print("filter %.*s", VIEW_ARGS(name)));
}

static bool is_bound(struct view name, struct view value) {
    char *text = memory_print("%.*s=%.*s", VIEW_ARGS(name), VIEW_ARGS(value));
    struct date_bound bound;
    size_t at = 0;
    bool is_fine = bounds_next(view_of(text), &at, &bound) && view_equal(bound.word, name);
    free(text);
    return is_fine;
}

static void note(struct input_facts *facts, struct arena *arena, struct view name, struct view value, bool is_top) {
    if (value.length == 0 || view_is(value, "null") || view_equal_fold(value, view_of("any")) || is_bound(name, value))
        return;
    if (view_equal_fold(name, view_of("page")) || view_equal_fold(name, view_of("pageNumber"))) {
        char *digits = memory_copy(value);
        unsigned long page = value.length < 10 ? strtoul(digits, NULL, 10) : 0;
        free(digits);
        if (page <= facts->last_page + 1) {
            if (page > facts->last_page) facts->last_page = page;
            return;
        }
    } else if (is_one_of(name, harmless, sizeof harmless / sizeof *harmless) ||
               (is_top && is_one_of(name, harmless_at_top, sizeof harmless_at_top / sizeof *harmless_at_top))) {
        return;
    }
    json_answer_add_filter(facts, arena, name.length > NAME_BYTES ? view_of("a parameter") : name);
}

/* The parameters behind the ? of an address. */
static void look_at_address(struct input_facts *facts, struct arena *arena, struct view text) {
    const char *mark = text.length > 0 ? memchr(text.text, '?', text.length) : NULL;
    const char *end = text.text + text.length;
    while (mark && mark < end) {
        const char *start = mark + 1, *sign;
        for (mark = start; mark < end && *mark != '&' && *mark != '#'; mark++)
            continue;
        sign = memchr(start, '=', (size_t)(mark - start));
        struct view name = view_from(start, (size_t)((sign ? sign : mark) - start));
        struct view value = sign ? view_from(sign + 1, (size_t)(mark - sign - 1)) : view_of("true");
        if (name.length > 0) note(facts, arena, name, value, false);
    }
}

static void look(struct input_facts *facts, struct arena *arena, struct view key, struct view value, size_t depth);

/* {"name": "From", "value": "2025-10-01"}: a parameter of a report. */
static bool look_at_pair(struct input_facts *facts, struct arena *arena, struct view object, size_t depth) {
    struct view name, value;
    if (!json_find_key(object, view_of("name"), &name) || !json_find_key(object, view_of("value"), &value))
        return false;
    char *key = json_string_copy(name);
    look(facts, arena, view_of(key), value, depth);
    free(key);
    return true;
}

static void look(struct input_facts *facts, struct arena *arena, struct view key, struct view value, size_t depth) {
    struct json_walk walk;
    struct view raw, item;
    if (is_one_of(key, closed, sizeof closed / sizeof *closed)) return;
    if (depth == DEPTH) {
        json_answer_add_filter(facts, arena, view_of("a parameter"));
    } else if (json_walk_start(&walk, value)) {
        if (json_is_object(value) && look_at_pair(facts, arena, value, depth + 1)) return;
        while (json_walk_next(&walk, &raw, &item)) {
            char *name = json_is_object(value) ? json_string_copy(raw) : memory_copy(key);
            look(facts, arena, view_of(name), item, depth + 1);
            free(name);
        }
    } else {
        struct buffer text = {0};
        json_add_plain(&text, value);
        if (text.length > 0 && memchr(text.text, '?', text.length))
            look_at_address(facts, arena, buffer_view(&text));
        else
            note(facts, arena, key, buffer_view(&text), depth == 0);
        buffer_free(&text);
    }
}

void json_answer_note_filters(struct input_facts *facts, struct arena *arena, struct view key, struct view value) {
    look(facts, arena, key, value, 0);
}
