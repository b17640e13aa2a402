/* side_journal.c: a side from the journal: what Plecto confirmed, as it was sent; and the IDs that it refused. */
#include "base/memory.h"
#include "reconcile/read_side.h"
#include "upload/journal.h"

struct sent {
    struct buffer lines;
    struct table *refused;
};

static bool take(void *context, const struct journal_entry *entry) {
    struct sent *sent = context;
    if (entry->is_refused) table_add(sent->refused, entry->external_id, NULL);
    if (!entry->is_confirmed) return true;
    buffer_add(&sent->lines, entry->line);
    buffer_add_char(&sent->lines, '\n');
    return true;
}

static bool find_source(struct journal *journal, const char *path, const char *schema, struct journal_source *source,
                        struct error *error) {
    size_t count = 0;
    if (!schema) {
        error_set(error, EXIT_WRONG_USE,
                  "%s: holds several kinds of data, and the other side does not say which is meant", path);
        return error_fix(error, "Name it: --schema jobs");
    }
    if (!journal_source_of(journal, schema, "row", source, &count, error)) return false;
    if (count > 0) return true;
    error_set(error, EXIT_WRONG_USE, "%s: nothing of %s was sent", path, schema);
    return error_fix(error, "Name the journal of the upload: --journal FILE");
}

bool side_read_journal(const char *path, const char *schema, const struct zone *zone, struct table *pool,
                       struct side *side, struct error *error) {
    struct journal *journal = NULL;
    struct journal_source source = {0};
    struct sent sent = {.refused = table_create()};
    side->kind = SIDE_JOURNAL;
    side->schema = schema ? memory_copy(view_of(schema)) : NULL;
    bool is_fine = journal_open(path, false, &journal, error) && find_source(journal, path, schema, &source, error) &&
                   journal_walk(journal, source.number, NULL, NULL, take, &sent, error) &&
                   side_read_text(path, buffer_view(&sent.lines), zone, pool, side, error);
    side->refused = sent.refused;
    journal_source_free(&source);
    journal_close(journal);
    buffer_free(&sent.lines);
    return is_fine;
}
