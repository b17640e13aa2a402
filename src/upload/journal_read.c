/* journal_read.c: what the journal knows. */
#include <stdlib.h>

#include "base/memory.h"
#include "upload/journal_private.h"

void journal_source_free(struct journal_source *source) {
    char *texts[] = {source->uuid, source->schema, source->totals, source->title};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    *source = (struct journal_source){0};
}

static void take_source(sqlite3_stmt *statement, struct journal_source *source) {
    *source = (struct journal_source){
        .number = sqlite3_column_int64(statement, 0),
        .uuid = journal_column_copy(statement, 1),
        .schema = journal_column_copy(statement, 2),
        .totals = journal_column_copy(statement, 3),
        .title = journal_column_copy(statement, 4),
    };
}

/* The first row of a statement that asks about one number, which is to be reset behind it. */
static bool first_row(struct journal *journal, enum journal_statement which, int64_t number, sqlite3_stmt **statement,
                      bool *has_row, struct error *error) {
    *statement = journal_statement(journal, which, error);
    if (!*statement) return false;
    sqlite3_bind_int64(*statement, 1, number);
    return journal_row(journal, *statement, has_row, error);
}

bool journal_source_find(struct journal *journal, const char *uuid, struct journal_source *source,
                         struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_SOURCE_BY_UUID, error);
    bool has_row = false;
    char bare[64];
    if (!statement) return false;
    journal_bare_uuid(uuid, bare);
    journal_bind_text(statement, 1, bare);
    if (!journal_row(journal, statement, &has_row, error)) return false;
    if (has_row) take_source(statement, source);
    sqlite3_reset(statement);
    return true;
}

bool journal_batch_find(struct journal *journal, int64_t number, struct journal_batch *batch, struct error *error) {
    sqlite3_stmt *statement;
    bool has_row;
    if (!first_row(journal, SQL_BATCH, number, &statement, &has_row, error)) return false;
    if (!has_row) return true;
    *batch = (struct journal_batch){journal_column_copy(statement, 0), journal_column_copy(statement, 1),
                                    (long)sqlite3_column_int64(statement, 2)};
    sqlite3_reset(statement);
    return true;
}

bool journal_sends(struct journal *journal, int64_t source, struct view external_id, journal_send_taker *take,
                   void *context, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_SENDS, error);
    bool has_row = false, is_fine = false;
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, source);
    journal_bind(statement, 2, external_id);
    while ((is_fine = journal_row(journal, statement, &has_row, error)) && has_row) {
        const struct journal_send send = {.sent = journal_column(statement, 0),
                                          .answered = journal_column(statement, 1),
                                          .status = (long)sqlite3_column_int64(statement, 2),
                                          .kind = journal_column(statement, 3),
                                          .end = journal_column(statement, 4),
                                          .words = journal_column(statement, 5)};
        take(context, &send);
    }
    return is_fine;
}

void journal_batch_free(struct journal_batch *batch) {
    free(batch->sent);
    free(batch->answered);
    *batch = (struct journal_batch){0};
}

bool journal_source_of(struct journal *journal, const char *schema, const char *totals, struct journal_source *source,
                       size_t *count, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_SOURCE_OF, error);
    bool has_row = false, is_fine = false;
    *count = 0;
    if (!statement) return false;
    journal_bind_text(statement, 1, schema);
    journal_bind_text(statement, 2, totals);
    while ((is_fine = journal_row(journal, statement, &has_row, error)) && has_row)
        if ((*count)++ == 0) take_source(statement, source);
    return is_fine;
}

static void take_hash(sqlite3_stmt *statement, int place, unsigned char hash[JOURNAL_HASH]) {
    const void *bytes = sqlite3_column_blob(statement, place);
    if (bytes && sqlite3_column_bytes(statement, place) == JOURNAL_HASH) memcpy(hash, bytes, JOURNAL_HASH);
}

static void take_entry(sqlite3_stmt *statement, struct journal_entry *entry) {
    *entry = (struct journal_entry){
        .number = sqlite3_column_int64(statement, 0),
        .is_confirmed = sqlite3_column_type(statement, 1) != SQLITE_NULL,
        .line = journal_column(statement, 2),
        .is_in_doubt = sqlite3_column_type(statement, 3) != SQLITE_NULL,
        .doubt_line = journal_column(statement, 4),
        .external_id = journal_column(statement, 5),
        .day = journal_column(statement, 6),
        .is_refused = sqlite3_column_type(statement, 7) != SQLITE_NULL,
        .batch = sqlite3_column_int64(statement, 8),
    };
    take_hash(statement, 1, entry->hash);
    take_hash(statement, 7, entry->refused_hash);
}

bool journal_lookup(struct journal *journal, int64_t source, struct view external_id, struct journal_entry *entry,
                    struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_LOOKUP, error);
    bool has_row = false;
    *entry = (struct journal_entry){0};
    if (!statement) return false;
    sqlite3_bind_int64(statement, 1, source);
    journal_bind(statement, 2, external_id);
    if (!journal_row(journal, statement, &has_row, error)) return false;
    if (has_row) take_entry(statement, entry);
    return true;
}

bool journal_entry_line(struct journal *journal, int64_t number, struct buffer *out, char **id, struct error *error) {
    sqlite3_stmt *statement;
    bool has_row;
    if (!first_row(journal, SQL_LINE, number, &statement, &has_row, error)) return false;
    if (!has_row)
        return error_set(error, EXIT_CANNOT_READ, "the journal %s lost an entry while it was read", journal->path);
    if (out) buffer_add(out, journal_column(statement, 0));
    if (id) *id = journal_column_copy(statement, 1);
    sqlite3_reset(statement);
    return true;
}

/* The one number that the statement gives. */
static bool read_number(struct journal *journal, sqlite3_stmt *statement, int64_t *number, struct error *error) {
    bool has_row = false;
    if (!journal_row(journal, statement, &has_row, error)) return false;
    *number = has_row ? sqlite3_column_int64(statement, 0) : 0;
    if (has_row) sqlite3_reset(statement);
    return true;
}

bool journal_last_number(struct journal *journal, int64_t *number, struct error *error) {
    return read_number(journal, journal_statement(journal, SQL_LAST_NUMBER, error), number, error);
}

bool journal_last_batch(struct journal *journal, int64_t *number, struct error *error) {
    return read_number(journal, journal_statement(journal, SQL_LAST_BATCH, error), number, error);
}

static sqlite3_stmt *between(struct journal *journal, enum journal_statement number, int64_t source, const char *first,
                             const char *last, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, number, error);
    if (!statement) return NULL;
    sqlite3_bind_int64(statement, 1, source);
    journal_bind_text(statement, 2, first ? first : "");
    journal_bind_text(statement, 3, last ? last : "~"); /* behind every digit */
    return statement;
}

bool journal_walk(struct journal *journal, int64_t source, const char *first, const char *last, journal_taker *take,
                  void *context, struct error *error) {
    sqlite3_stmt *statement = between(journal, SQL_WALK, source, first, last, error);
    struct journal_entry entry;
    bool has_row = false, is_fine = false;
    if (!statement) return false;
    while ((is_fine = journal_row(journal, statement, &has_row, error)) && has_row) {
        take_entry(statement, &entry);
        if (!take(context, &entry)) break;
    }
    sqlite3_reset(statement);
    return is_fine;
}

bool journal_count(struct journal *journal, int64_t source, const char *first, const char *last, uint64_t *count,
                   struct error *error) {
    int64_t number = 0;
    bool is_fine = read_number(journal, between(journal, SQL_COUNT, source, first, last, error), &number, error);
    *count = (uint64_t)number;
    return is_fine;
}

bool journal_newest_day(struct journal *journal, int64_t source, char day[11], struct error *error) {
    sqlite3_stmt *statement;
    bool has_row;
    day[0] = '\0';
    if (!first_row(journal, SQL_NEWEST_DAY, source, &statement, &has_row, error)) return false;
    struct view found = has_row ? journal_column(statement, 0) : view_from(NULL, 0);
    if (found.length == 10) {
        memcpy(day, found.text, 10);
        day[10] = '\0';
    }
    sqlite3_reset(statement);
    return true;
}

bool journal_doubts(struct journal *journal, int64_t source, uint64_t *count, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_DOUBTS, error);
    int64_t number = 0;
    if (statement) sqlite3_bind_int64(statement, 1, source);
    bool is_fine = read_number(journal, statement, &number, error);
    *count = (uint64_t)number;
    return is_fine;
}

bool journal_knows_member(struct journal *journal, struct view provider, struct view id, bool *is_known,
                          struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_MEMBER, error);
    if (!statement) return false;
    journal_bind(statement, 1, provider);
    journal_bind(statement, 2, id);
    bool is_fine = journal_row(journal, statement, is_known, error);
    sqlite3_reset(statement);
    return is_fine;
}

bool journal_refusals(struct journal *journal, journal_refusal_taker *take, void *context, struct error *error) {
    sqlite3_stmt *statement = journal_statement(journal, SQL_REFUSALS, error);
    bool has_row = false, is_fine = false;
    if (!statement) return false;
    while ((is_fine = journal_row(journal, statement, &has_row, error)) && has_row) {
        const struct journal_refusal refusal = {
            .data_source = (const char *)sqlite3_column_text(statement, 0),
            .schema = (const char *)sqlite3_column_text(statement, 1),
            .external_id = journal_column(statement, 2),
            .line = journal_column(statement, 3),
            .status = (long)sqlite3_column_int64(statement, 4),
            .words = journal_column(statement, 5),
            .when = journal_column(statement, 6),
        };
        take(context, &refusal);
    }
    return is_fine;
}

void journal_upload_free(struct journal_upload *upload) {
    char *texts[] = {upload->folder, upload->receipt_sha256, upload->options, upload->started, upload->end};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    *upload = (struct journal_upload){0};
}

bool journal_last_upload(struct journal *journal, int64_t source, struct journal_upload *upload, struct error *error) {
    sqlite3_stmt *statement;
    bool has_row;
    *upload = (struct journal_upload){0};
    if (!first_row(journal, SQL_LAST_UPLOAD, source, &statement, &has_row, error)) return false;
    if (!has_row) return true;
    *upload = (struct journal_upload){
        .number = sqlite3_column_int64(statement, 0),
        .folder = journal_column_copy(statement, 1),
        .receipt_sha256 = journal_column_copy(statement, 2),
        .options = journal_column_copy(statement, 3),
        .to_send = (uint64_t)sqlite3_column_int64(statement, 4),
        .confirmed = (uint64_t)sqlite3_column_int64(statement, 5),
        .started = journal_column_copy(statement, 6),
        .end = journal_column_copy(statement, 7),
    };
    sqlite3_reset(statement);
    return true;
}
