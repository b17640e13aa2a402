/* repeats.c: for each repeated ID the row that counts. */
#include "convert/repeats.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"

#define MODIFIED_BYTES 40

struct state {
    struct repeat_row place;
    char modified[MODIFIED_BYTES];
    uint8_t length;
    size_t next; /* of the same ID, one further; 0: none */
};

struct repeated {
    size_t first, last; /* states, in the order of the input; one further, 0: none */
    char *id;
    size_t id_length;
    bool is_decided; /* by file at least */
    bool has_row;    /* and by row within it */
    bool is_same;    /* all states make one registration */
    struct repeat_row chosen;
};

struct repeats {
    struct table *ids; /* keys are the bytes of the hashes */
    struct repeated *records;
    struct state *states;
    size_t count, capacity;
    bool has_doubt;
    size_t doubtful; /* record */
    struct repeat_row doubt[2];
};

static struct view key_of(const uint64_t *hash) {
    return view_from((const char *)hash, sizeof *hash);
}

struct repeats *repeats_create(const uint64_t *id_hashes, size_t count) {
    struct repeats *repeats = memory_get_zero(1, sizeof *repeats);
    repeats->ids = table_create();
    for (size_t i = 0; i < count; i++)
        table_add(repeats->ids, key_of(&id_hashes[i]), NULL);
    repeats->records = memory_get_zero(table_count(repeats->ids) + 1, sizeof *repeats->records);
    return repeats;
}

void repeats_free(struct repeats *repeats) {
    if (!repeats) return;
    for (size_t i = 0; i < table_count(repeats->ids); i++)
        free(repeats->records[i].id);
    table_destroy(repeats->ids);
    free(repeats->records);
    free(repeats->states);
    free(repeats);
}

static size_t find(const struct repeats *repeats, struct view id) {
    uint64_t hash = hash_bytes(id, 0);
    return table_find(repeats->ids, key_of(&hash));
}

bool repeats_has(const struct repeats *repeats, struct view id) {
    return find(repeats, id) != SIZE_MAX;
}

void repeats_add(struct repeats *repeats, struct view id, struct view modified, const struct repeat_row *row) {
    size_t number = find(repeats, id);
    if (number == SIZE_MAX) return;
    struct repeated *record = &repeats->records[number];
    void *states = repeats->states;
    memory_grow(&states, &repeats->capacity, repeats->count + 1, sizeof *repeats->states);
    repeats->states = states;
    struct state *state = &repeats->states[repeats->count++];
    *state = (struct state){.place = *row};
    state->length = (uint8_t)(modified.length < MODIFIED_BYTES ? modified.length : MODIFIED_BYTES);
    memcpy(state->modified, modified.text, state->length);
    if (record->last)
        repeats->states[record->last - 1].next = repeats->count;
    else
        record->first = repeats->count;
    record->last = repeats->count;
    if (record->id) return;
    record->id = memory_copy(id);
    record->id_length = id.length;
}

/* --- deciding ------------------------------------------------------------------------------------------------ */

static struct state *first_of(const struct repeats *repeats, const struct repeated *record) {
    return record->first ? &repeats->states[record->first - 1] : NULL;
}

static struct state *next_of(const struct repeats *repeats, const struct state *state) {
    return state->next ? &repeats->states[state->next - 1] : NULL;
}

static int compare_modified(const struct state *one, const struct state *other) {
    size_t common = one->length < other->length ? one->length : other->length;
    int order = common ? memcmp(one->modified, other->modified, common) : 0;
    return order ? order : (one->length > other->length) - (one->length < other->length);
}

/* Some of the states of a record. */
struct range {
    size_t file;               /* SIZE_MAX: of any file */
    const struct state *least; /* only those changed as late as this one; NULL: all */
};

static bool is_in(const struct range *range, const struct state *state) {
    return (range->file == SIZE_MAX || state->place.file == range->file) &&
           (!range->least || compare_modified(state, range->least) == 0);
}

/* The first state of a range; `*differ` whether there is another one with other content. */
static const struct state *first_in(const struct repeats *repeats, const struct repeated *record,
                                    const struct range *range, bool *differ) {
    const struct state *first = NULL;
    *differ = false;
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state)) {
        if (!is_in(range, state)) continue;
        if (!first) first = state;
        *differ = *differ || state->place.content != first->place.content;
    }
    return first;
}

/* The latest changed state of a file, or of any; NULL where one of them has no date. */
static const struct state *latest_changed(const struct repeats *repeats, const struct repeated *record, size_t file) {
    const struct state *latest = NULL;
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state)) {
        if (file != SIZE_MAX && state->place.file != file) continue;
        if (state->length == 0) return NULL;
        if (!latest || compare_modified(state, latest) > 0) latest = state;
    }
    return latest;
}

static void choose(struct repeated *record, const struct state *state, bool has_row) {
    record->is_decided = true;
    record->has_row = has_row;
    record->chosen = state->place;
}

/* Whether a file is newer than all others of the range that hold another state; else `*rival` is one that is not. */
static bool is_newest(const struct repeats *repeats, const struct repeated *record, const struct range *range,
                      const struct state *candidate, const struct file_age *ages, const struct state **rival) {
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state)) {
        if (!is_in(range, state) || state->place.file == candidate->place.file) continue;
        if (file_age_compare(&ages[candidate->place.file], &ages[state->place.file]) > 0) continue;
        if (state->place.content == candidate->place.content) continue;
        *rival = state;
        return false;
    }
    return true;
}

/* The state of the newest file; NULL where there is none. */
static const struct state *newest_in(const struct repeats *repeats, const struct repeated *record,
                                     const struct range *range, const struct file_age *ages) {
    const struct state *best = NULL, *rival;
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state)) {
        if (!is_in(range, state)) continue;
        if (!best || file_age_compare(&ages[state->place.file], &ages[best->place.file]) > 0) best = state;
    }
    if (is_newest(repeats, record, range, best, ages, &rival)) return best;
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state))
        if (is_in(range, state) && is_newest(repeats, record, range, state, ages, &rival)) return state;
    return NULL;
}

/* Keeps the first two states that no file's age orders. */
static void doubt(struct repeats *repeats, const struct repeated *record, const struct range *range,
                  const struct file_age *ages) {
    if (repeats->has_doubt) return;
    repeats->has_doubt = true;
    repeats->doubtful = (size_t)(record - repeats->records);
    for (const struct state *one = first_of(repeats, record); one; one = next_of(repeats, one)) {
        const struct state *rival;
        if (!is_in(range, one) || is_newest(repeats, record, range, one, ages, &rival)) continue;
        repeats->doubt[0] = one->place;
        repeats->doubt[1] = rival->place;
        if (file_age_compare(&ages[one->place.file], &ages[rival->place.file]) == 0) return;
    }
}

/* The state whose file is the one to take; NULL, and a doubt, where nothing tells. */
static const struct state *by_file(struct repeats *repeats, const struct repeated *record, const struct range *range,
                                   enum repeat_policy policy, const struct file_age *ages) {
    if (policy == REPEATS_NEWEST) {
        const struct state *newest = newest_in(repeats, record, range, ages);
        if (!newest) doubt(repeats, record, range, ages);
        return newest;
    }
    const struct state *chosen = NULL;
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state)) {
        bool is_better = !chosen || (policy == REPEATS_LAST ? state->place.file > chosen->place.file
                                                            : state->place.file < chosen->place.file);
        if (is_in(range, state) && is_better) chosen = state;
    }
    return chosen;
}

static bool is_of_one_file(const struct repeats *repeats, const struct repeated *record, const struct range *range) {
    const struct state *first = NULL;
    for (const struct state *state = first_of(repeats, record); state; state = next_of(repeats, state)) {
        if (!is_in(range, state)) continue;
        if (!first) first = state;
        if (state->place.file != first->place.file) return false;
    }
    return true;
}

/* Of the chosen file: its one state, or that changed last; else the file alone is decided. */
static void choose_within(struct repeats *repeats, struct repeated *record, struct range range) {
    bool differ;
    const struct state *first = first_in(repeats, record, &range, &differ);
    if (differ && !range.least) {
        range.least = latest_changed(repeats, record, range.file);
        if (range.least) first = first_in(repeats, record, &range, &differ);
    }
    choose(record, first, !differ);
}

/* Whether all states make the same registration: a report as CSV and as a workbook, say. */
static bool make_one(const struct repeats *repeats, const struct repeated *record) {
    const struct state *first = first_of(repeats, record);
    for (const struct state *state = first; state; state = next_of(repeats, state))
        if (state->place.sent == 0 || state->place.sent != first->place.sent) return false;
    return true;
}

static void decide(struct repeats *repeats, struct repeated *record, enum repeat_policy policy,
                   const struct file_age *ages) {
    bool differ;
    struct range range = {SIZE_MAX, NULL};
    first_in(repeats, record, &range, &differ);
    if (!differ) return;
    bool is_one_file = is_of_one_file(repeats, record, &range);
    if (!is_one_file && make_one(repeats, record)) {
        choose(record, first_of(repeats, record), true);
        record->is_same = true;
        return;
    }
    if (policy == REPEATS_NEWEST || is_one_file) range.least = latest_changed(repeats, record, SIZE_MAX);
    const struct state *latest = first_in(repeats, record, &range, &differ);
    if (!differ) {
        choose(record, latest, true);
        return;
    }
    if (is_of_one_file(repeats, record, &range)) return; /* two rows of one file, as late as each other */
    const struct state *chosen = by_file(repeats, record, &range, policy, ages);
    if (!chosen) return;
    range.file = chosen->place.file;
    choose_within(repeats, record, range);
}

bool repeats_decide(struct repeats *repeats, enum repeat_policy policy, const struct file_age *ages) {
    bool is_any = false;
    for (size_t i = 0; policy != REPEATS_ERROR && i < table_count(repeats->ids); i++) {
        decide(repeats, &repeats->records[i], policy, ages);
        is_any = is_any || repeats->records[i].is_decided;
    }
    return is_any;
}

bool repeats_doubt(const struct repeats *repeats, struct view *id, struct repeat_row *one, struct repeat_row *other) {
    if (!repeats->has_doubt) return false;
    const struct repeated *record = &repeats->records[repeats->doubtful];
    *id = view_from(record->id, record->id_length);
    *one = repeats->doubt[0];
    *other = repeats->doubt[1];
    return true;
}

enum repeat_state repeats_state(const struct repeats *repeats, struct view id, size_t file, uint64_t row,
                                uint64_t item) {
    size_t number = find(repeats, id);
    if (number == SIZE_MAX || !repeats->records[number].is_decided) return REPEAT_OPEN;
    const struct repeated *record = &repeats->records[number];
    enum repeat_state other = record->is_same ? REPEAT_SAME : REPEAT_SUPERSEDED;
    if (file != record->chosen.file) return other;
    if (!record->has_row) return REPEAT_OPEN;
    if (row != record->chosen.row || item != record->chosen.item) return other;
    return record->is_same ? REPEAT_OPEN : REPEAT_TAKEN;
}
