/* repeats.c: for each repeated ID the row with the latest change. */
#include "convert/repeats.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/table.h"

#define MODIFIED_BYTES 40

struct latest {
    char modified[MODIFIED_BYTES];
    size_t length;
    size_t file;
    uint64_t row, item;
    bool is_met;
    bool is_decided; /* rows differ in their date, and none lacks it */
    bool lacks_date;
    bool is_tied; /* another state has the latest date too */
    uint32_t content;
};

struct repeats {
    struct table *ids; /* keys are the bytes of the hashes */
    struct latest *latest;
};

static struct view key_of(const uint64_t *hash) {
    return view_from((const char *)hash, sizeof *hash);
}

struct repeats *repeats_create(const uint64_t *id_hashes, size_t count) {
    struct repeats *repeats = memory_get_zero(1, sizeof *repeats);
    repeats->ids = table_create();
    for (size_t i = 0; i < count; i++)
        table_add(repeats->ids, key_of(&id_hashes[i]), NULL);
    repeats->latest = memory_get_zero(table_count(repeats->ids) + 1, sizeof *repeats->latest);
    return repeats;
}

void repeats_free(struct repeats *repeats) {
    if (!repeats) return;
    table_destroy(repeats->ids);
    free(repeats->latest);
    free(repeats);
}

static size_t find(const struct repeats *repeats, struct view id) {
    uint64_t hash = hash_bytes(id, 0);
    return table_find(repeats->ids, key_of(&hash));
}

bool repeats_has(const struct repeats *repeats, struct view id) {
    return find(repeats, id) != SIZE_MAX;
}

static int compare(const struct latest *latest, struct view modified) {
    size_t common = latest->length < modified.length ? latest->length : modified.length;
    int order = common ? memcmp(latest->modified, modified.text, common) : 0;
    return order ? order : (latest->length > modified.length) - (latest->length < modified.length);
}

void repeats_add(struct repeats *repeats, struct view id, struct view modified, uint32_t content, size_t file,
                 uint64_t row, uint64_t item) {
    size_t number = find(repeats, id);
    if (number == SIZE_MAX) return;
    struct latest *latest = &repeats->latest[number];
    if (modified.length > MODIFIED_BYTES) modified.length = MODIFIED_BYTES;
    latest->lacks_date = latest->lacks_date || modified.length == 0;
    int order = latest->is_met ? compare(latest, modified) : -1;
    if (latest->is_met && order != 0) latest->is_decided = true;
    if (latest->is_met && order == 0 && content != latest->content) latest->is_tied = true;
    latest->is_met = true;
    if (order >= 0) return; /* of equal ones the first */
    latest->is_tied = false;
    latest->content = content;
    memcpy(latest->modified, modified.text, modified.length);
    latest->length = modified.length;
    latest->file = file;
    latest->row = row;
    latest->item = item;
}

bool repeats_can_decide(const struct repeats *repeats) {
    for (size_t i = 0; i < table_count(repeats->ids); i++)
        if (repeats->latest[i].is_decided && !repeats->latest[i].lacks_date && !repeats->latest[i].is_tied) return true;
    return false;
}

bool repeats_are_superseded(const struct repeats *repeats, struct view id, size_t file, uint64_t row, uint64_t item) {
    size_t number = find(repeats, id);
    if (number == SIZE_MAX) return false;
    const struct latest *latest = &repeats->latest[number];
    if (!latest->is_decided || latest->lacks_date || latest->is_tied) return false;
    return latest->file != file || latest->row != row || latest->item != item;
}
