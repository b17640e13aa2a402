/* journal_send.c: what is written before and after each request. See journal.h for the order that makes it safe. */
#include "upload/journal_private.h"

bool journal_source_add(struct journal *journal, struct journal_source *source, const char *when, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_SOURCE_ADD, error);
    if (!statement) return false;
    const char *const values[] = {source->uuid, source->schema, source->totals, source->title, when};
    for (int i = 0; i < 5; i++)
        journal_bind_text(statement, i + 1, values[i]);
    if (!journal_run(journal, statement, error)) return false;
    source->number = sqlite3_last_insert_rowid(journal->database);
    return true;
}

/* A row about a request that is about to go out. */
static bool add_batch(struct journal *journal, int64_t source, int64_t upload, const char *kind, size_t count,
                      const char *when, int64_t *batch, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_BATCH_ADD, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, source);
    sqlite3_bind_int64(statement, 2, upload);
    journal_bind_text(statement, 3, kind);
    sqlite3_bind_int64(statement, 4, (sqlite3_int64)count);
    journal_bind_text(statement, 5, when);
    if (!journal_run(journal, statement, error)) return false;
    *batch = sqlite3_last_insert_rowid(journal->database);
    return true;
}

static bool end_batch(struct journal *journal, int64_t batch, long status, const char *receipt, const char *when,
                      struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_BATCH_END, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, batch);
    journal_bind_text(statement, 2, when);
    sqlite3_bind_int64(statement, 3, status);
    journal_bind_text(statement, 4, receipt);
    return journal_run(journal, statement, error);
}

/* A statement about one external ID of the source, ready for what is to be bound from ?3 on. */
static sqlite3_stmt *about(struct journal *journal, enum journal_statement number, int64_t source,
                           struct view external_id, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, number, error);
    if (!statement) return NULL;
    sqlite3_bind_int64(statement, 1, source);
    journal_bind(statement, 2, external_id);
    return statement;
}

static bool mark_doubt(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *item,
                       struct error *error) {
    sqlite3_stmt *statement = about(journal, SQL_DOUBT, source, item->external_id, error);
    if (!statement) return false;
    journal_bind(statement, 3, item->day);
    sqlite3_bind_blob(statement, 4, item->hash, JOURNAL_HASH, SQLITE_STATIC);
    journal_bind(statement, 5, item->line);
    sqlite3_bind_int64(statement, 6, batch);
    return journal_run(journal, statement, error);
}

/* Runs a statement about two numbers. */
static bool run_numbers(struct journal *journal, enum journal_statement which, int64_t first, int64_t second,
                        struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, which, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, first);
    sqlite3_bind_int64(statement, 2, second);
    return journal_run(journal, statement, error);
}

bool journal_sending(struct journal *journal, int64_t source, int64_t upload, const struct journal_item *items,
                     size_t count, const char *when, int64_t *batch, struct error *error) {
    if (!journal_begin(journal, error)) return false;
    bool is_fine = add_batch(journal, source, upload, "list", count, when, batch, error);
    for (size_t i = 0; i < count && is_fine; i++)
        is_fine = mark_doubt(journal, source, *batch, &items[i], error);
    return journal_end(journal, is_fine, error);
}

/* What became of it, for those who ask later. */
static bool remember(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *item,
                     const char *end, struct error *error) {
    sqlite3_stmt *statement = about(journal, SQL_SENT_ADD, source, item->external_id, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 3, batch);
    sqlite3_bind_blob(statement, 4, item->hash, JOURNAL_HASH, SQLITE_STATIC);
    journal_bind_text(statement, 5, end);
    return journal_run(journal, statement, error);
}

bool journal_forget_sent(struct journal *journal, const char *before, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_SENT_FORGET, error);
    if (!statement) return false;
    journal_bind_text(statement, 1, before);
    return journal_run(journal, statement, error);
}

static bool add_member(struct journal *journal, struct view provider, struct view id, struct view name, int64_t batch,
                       struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_MEMBER_ADD, error);
    if (!statement) return false;
    journal_bind(statement, 1, provider);
    journal_bind(statement, 2, id);
    journal_bind(statement, 3, name);
    sqlite3_bind_int64(statement, 4, batch);
    return journal_run(journal, statement, error);
}

bool journal_member_add(struct journal *journal, struct view provider, struct view id, struct view name,
                        struct error *error) {
    return add_member(journal, provider, id, name, 0, error);
}

static bool confirm(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *item,
                    const char *when, struct error *error) {
    sqlite3_stmt *statement = about(journal, SQL_CONFIRM, source, item->external_id, error);
    if (!statement) return false;
    journal_bind(statement, 3, item->day);
    sqlite3_bind_int64(statement, 4, batch);
    journal_bind_text(statement, 5, when);
    if (!journal_run(journal, statement, error)) return false;
    if (!remember(journal, source, batch, item, "confirmed", error) ||
        !journal_run(journal, about(journal, SQL_REFUSAL_FORGET, source, item->external_id, error), error))
        return false;
    return add_member(journal, item->provider, item->member_id, item->member_name, batch, error);
}

bool journal_taken(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *items,
                   size_t count, long status, const char *receipt, const char *when, struct error *error) {
    if (!journal_begin(journal, error)) return false;
    bool is_fine = end_batch(journal, batch, status, receipt, when, error);
    for (size_t i = 0; i < count && is_fine; i++)
        is_fine = confirm(journal, source, batch, &items[i], when, error);
    is_fine = is_fine && run_numbers(journal, SQL_UPLOAD_COUNT, batch, (int64_t)count, error);
    return journal_end(journal, is_fine, error);
}

bool journal_list_refused(struct journal *journal, int64_t batch, long status, const char *receipt, const char *when,
                          struct error *error) {
    return end_batch(journal, batch, status, receipt, when, error);
}

static bool add_refusal(struct journal *journal, int64_t source, const struct journal_item *item, long status,
                        const char *words, const char *when, struct error *error) {
    sqlite3_stmt *statement = about(journal, SQL_REFUSAL_ADD, source, item->external_id, error);
    if (!statement) return false;
    sqlite3_bind_blob(statement, 3, item->hash, JOURNAL_HASH, SQLITE_STATIC);
    journal_bind(statement, 4, item->line);
    sqlite3_bind_int64(statement, 5, status);
    journal_bind_text(statement, 6, words);
    journal_bind_text(statement, 7, when);
    journal_bind(statement, 8, item->day);
    return journal_run(journal, statement, error);
}

bool journal_refused(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *item,
                     long status, const char *words, const char *when, struct error *error) {
    if (!journal_begin(journal, error)) return false;
    bool is_fine = end_batch(journal, batch, status, words, when, error) &&
                   journal_run(journal, about(journal, SQL_DOUBT_END, source, item->external_id, error), error) &&
                   journal_run(journal, about(journal, SQL_NEVER_SENT, source, item->external_id, error), error) &&
                   add_refusal(journal, source, item, status, words, when, error) &&
                   remember(journal, source, batch, item, "refused", error);
    return journal_end(journal, is_fine, error);
}

bool journal_forget_refusals(struct journal *journal, int64_t source, const char *before, const char *first,
                             const char *last, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_REFUSALS_GONE, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, source);
    journal_bind_text(statement, 2, before);
    journal_bind_text(statement, 3, first);
    journal_bind_text(statement, 4, last);
    return journal_run(journal, statement, error);
}

bool journal_deleting(struct journal *journal, int64_t source, int64_t number, int64_t upload, const char *when,
                      int64_t *batch, struct error *error) {
    if (!journal_begin(journal, error)) return false;
    bool is_fine = add_batch(journal, source, upload, "delete", 1, when, batch, error);
    is_fine = is_fine && run_numbers(journal, SQL_DELETING, number, *batch, error);
    return journal_end(journal, is_fine, error);
}

bool journal_deleted(struct journal *journal, int64_t number, int64_t batch, long status, const char *receipt,
                     const char *when, struct error *error) {
    if (!journal_begin(journal, error)) return false;
    bool is_fine = end_batch(journal, batch, status, receipt, when, error);
    is_fine = is_fine && run_numbers(journal, SQL_SENT_DELETED, number, batch, error);
    sqlite3_stmt *statement = is_fine ? journal_statement(journal, SQL_DELETE, error) : NULL;
    if (statement) sqlite3_bind_int64(statement, 1, number);
    is_fine = is_fine && journal_run(journal, statement, error);
    return journal_end(journal, is_fine, error);
}

bool journal_delete_failed(struct journal *journal, int64_t number, int64_t batch, long status, const char *when,
                           struct error *error) {
    if (!journal_begin(journal, error)) return false;
    bool is_fine = end_batch(journal, batch, status, "still there", when, error);
    is_fine = is_fine && run_numbers(journal, SQL_DELETE_FAILED, number, batch, error);
    return journal_end(journal, is_fine, error);
}

bool journal_upload_begin(struct journal *journal, int64_t source, const struct journal_upload *upload, int64_t *number,
                          struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_UPLOAD_ADD, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, source);
    journal_bind_text(statement, 2, upload->folder);
    journal_bind_text(statement, 3, upload->receipt_sha256);
    journal_bind_text(statement, 4, upload->options);
    sqlite3_bind_int64(statement, 5, (sqlite3_int64)upload->to_send);
    journal_bind_text(statement, 6, upload->started);
    if (!journal_run(journal, statement, error)) return false;
    *number = sqlite3_last_insert_rowid(journal->database);
    return true;
}

bool journal_upload_end(struct journal *journal, int64_t number, const char *end, const char *when,
                        struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_UPLOAD_END, error);
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, number);
    journal_bind_text(statement, 2, end);
    journal_bind_text(statement, 3, when);
    return journal_run(journal, statement, error);
}
