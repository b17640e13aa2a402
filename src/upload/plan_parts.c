/* plan_parts.c: parts of divided records. A record of several people has its own ID for the first of them and ID:PERSON for
 * each further one. Where the folder has the record, a part that was sent earlier and that the folder lacks is gone for
 * certain: it needs no --vanished, or the record would count twice in Plecto. */
#include <stdlib.h>

#include "base/memory.h"
#include "upload/plan_private.h"

struct plan_parts {
    struct table *records; /* IDs of the records of which the journal has parts */
    bool *is_there;        /* by record: the folder has it */
};

/* The ID of the record, where the entry's own is that one with its person's behind it; else empty. */
static struct view record_of(struct plan_maker *maker, const struct journal_entry *entry) {
    struct view id = entry->external_id;
    struct line line;
    if (!memchr(id.text, ':', id.length)) return view_of("");
    arena_reset(maker->arena);
    if (!line_read(entry->is_confirmed ? entry->line : entry->doubt_line, maker->arena, &line)) return view_of("");
    const struct view people[] = {line.member_id, line.member_name};
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        size_t length = people[i].length;
        if (length == 0 || id.length < length + 2 || id.text[id.length - length - 1] != ':') continue;
        if (view_equal(view_from(id.text + id.length - length, length), people[i]))
            return view_from(id.text, id.length - length - 1);
    }
    return view_of("");
}

static bool note_record(void *context, const struct journal_entry *entry) {
    struct plan_maker *maker = context;
    struct view record = record_of(maker, entry);
    if (record.length > 0) table_add(maker->parts->records, record, NULL);
    return true;
}

bool upload_plan_parts_find(struct plan_maker *maker) {
    struct plan_parts *parts = maker->parts = memory_get_zero(1, sizeof *maker->parts);
    parts->records = table_create();
    bool is_fine =
        strcmp(maker->plan->totals, "row") != 0 || /* else IDs name a period, not a record */
        journal_walk(maker->journal, maker->plan->source.number, NULL, NULL, note_record, maker, maker->error);
    parts->is_there = memory_get_zero(table_count(parts->records) + 1, sizeof *parts->is_there);
    return is_fine;
}

void upload_plan_parts_see(struct plan_maker *maker, struct view id) {
    struct plan_parts *parts = maker->parts;
    size_t record = table_count(parts->records) > 0 ? table_find(parts->records, id) : SIZE_MAX;
    if (record != SIZE_MAX) parts->is_there[record] = true;
}

bool upload_plan_has_parts(const struct plan_maker *maker) {
    for (size_t i = 0; i < table_count(maker->parts->records); i++)
        if (maker->parts->is_there[i]) return true;
    return false;
}

bool upload_plan_is_part(struct plan_maker *maker, const struct journal_entry *entry) {
    struct view record = record_of(maker, entry);
    size_t number = record.length > 0 ? table_find(maker->parts->records, record) : SIZE_MAX;
    return number != SIZE_MAX && maker->parts->is_there[number];
}

void upload_plan_parts_free(struct plan_maker *maker) {
    if (!maker->parts) return;
    table_destroy(maker->parts->records);
    free(maker->parts->is_there);
    free(maker->parts);
    maker->parts = NULL;
}
