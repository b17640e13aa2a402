/* answer.c: the keys around `data`: is it an error answer, is it complete. */
#include "input/json/answer.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/json_scan.h"
#include "base/memory.h"
#include "values/bounds_text.h"

/* Digits only, at most 18 of them. */
static bool whole_number(struct view text, uint64_t *number) {
    *number = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9' || i == 18) {
            return false;
        }
        *number = *number * 10 + (uint64_t)(text.text[i] - '0');
    }
    return text.length > 0;
}

void json_answer_note(struct json_answer *answer, struct arena *arena, struct view key, struct view value) {
    const struct {
        const char *key;
        struct view *to;
    } texts[] = {{"title", &answer->title},
                 {"status", &answer->status},
                 {"traceId", &answer->trace},
                 {"error", &answer->error},
                 {"error_description", &answer->description}};
    const struct {
        const char *key;
        bool *to;
    } flags[] = {{"page", &answer->page},
                 {"continueFrom", &answer->continue_from},
                 {"fields", &answer->fields},
                 {"hasMore", &answer->has_more_given},
                 {"id", &answer->id}};
    if (view_is(key, "hasMore") && !answer->has_more_given) {
        answer->has_more = view_is(value, "true");
    } else if (view_is(key, "totalCount") && !answer->total_given) {
        answer->total_given = whole_number(value, &answer->total);
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        *flags[i].to |= view_is(key, flags[i].key);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (view_is(key, texts[i].key) && !texts[i].to->text && value.length <= 4096) {
            *texts[i].to = arena_copy(arena, value);
        }
    }
}

#define BOUNDS_BYTES 4096u /* of a value: a request is no longer */

static void add_bound(struct input_facts *facts, struct arena *arena, const struct date_bound *bound) {
    bool is_last = facts->bound_count == BOUNDS_LIMIT - 1; /* what comes behind is not kept: it could restrict */
    if (is_last) json_answer_add_filter(facts, arena, view_of("a parameter"));
    json_answer_add_text(facts, arena, memory_print("%.*s=%.*s", VIEW_ARGS(bound->word), VIEW_ARGS(bound->date)));
}

void json_answer_note_bounds(struct input_facts *facts, struct arena *arena, struct view key, struct view value) {
    struct date_bound bound;
    size_t at = 0;
    if (value.length > BOUNDS_BYTES) json_answer_add_filter(facts, arena, view_of("a parameter"));
    if (value.length > BOUNDS_BYTES || facts->bound_count == BOUNDS_LIMIT) return;
    json_answer_note_filters(facts, arena, key, value);
    /* the bounds alone: a request that was saved may hold keys and tokens */
    char *text = memory_print("%.*s: %.*s", VIEW_ARGS(key), VIEW_ARGS(value));
    while (facts->bound_count < BOUNDS_LIMIT && bounds_next(view_of(text), &at, &bound))
        add_bound(facts, arena, &bound);
    free(text);
}

/* A raw value as text for people; the caller frees it. */
static char *plain(struct view value) {
    return value.length > 1 && value.text[0] == '"' ? json_string_copy(value) : memory_copy(value);
}

static bool is_text(struct view value) {
    return value.length > 0 && value.text[0] == '"';
}

bool json_answer_is_error(const struct json_answer *answer, const char *name, uint64_t line, uint64_t column,
                          struct error *error) {
    if (answer->records > 0 || answer->page || answer->has_more_given || answer->fields) {
        return false;
    }
    uint64_t status = 0;
    bool failed = whole_number(answer->status, &status) && status >= 400 && status < 600;
    if (is_text(answer->title) && (failed || answer->trace.length > 0)) {
        char *title = plain(answer->title), *code = plain(answer->status);
        error_set(error, EXIT_CANNOT_READ,
                  "%s:%" PRIu64 ":%" PRIu64
                  ": this is not an export but an error answer from ServiceTitan: \"%s\"%s%s%s",
                  name, line, column, title, *code ? " (status " : "", code, *code ? ")" : "");
        error_fix(error, "Export again and look at the answer's status before you save it%s",
                  status == 429 ? ". 429 means too many requests. Wait as long as Retry-After says." : "");
        free(title);
        free(code);
        return true;
    }
    if (is_text(answer->error) && (is_text(answer->description) || !answer->id)) {
        char *code = plain(answer->error), *description = plain(answer->description);
        error_set(error, EXIT_CANNOT_READ,
                  "%s:%" PRIu64 ":%" PRIu64
                  ": this is not an export but an answer from ServiceTitan's login server: %s%s%s",
                  name, line, column, code, *description ? ": " : "", description);
        error_fix(error, "Check the client ID and client secret of the program that exports. Then export again.");
        free(code);
        free(description);
        return true;
    }
    return false;
}

void json_totals_add(struct json_totals *totals, const struct json_answer *answer, uint64_t line) {
    totals->answers++;
    totals->records += answer->records;
    totals->has_more = answer->has_more;
    totals->last_line = line;
    if (!answer->total_given) {
        return;
    }
    if (!totals->any_total || answer->total != totals->last_total) {
        totals->sum += answer->total;
        totals->all_same = !totals->any_total;
    }
    totals->any_total = true;
    totals->last_total = answer->total;
}

char *json_totals_cut_reason(const struct json_totals *totals) {
    if (totals->answers > 0 && totals->has_more) {
        return memory_print("hasMore is true in the last answer (line %" PRIu64
                            "), so more pages exist that are not in this file",
                            totals->last_line);
    }
    /* Totals that differ are either several exports in one file (then they add up) or an export during
     * which records came in (then the last one counts). */
    if (totals->any_total && totals->records != totals->last_total &&
        (totals->all_same || totals->records != totals->sum)) {
        return memory_print("totalCount says %" PRIu64 " records, but the file has %" PRIu64 "",
                            totals->all_same ? totals->last_total : totals->sum, totals->records);
    }
    return NULL;
}
