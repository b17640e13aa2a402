/* journal_statement.c: the SQL of all statements, and running them. What they mean is in journal_read.c and journal_send.c. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "upload/journal_private.h"

static const char *const texts[SQL_STATEMENT_COUNT] = {
    [SQL_BEGIN] = "BEGIN IMMEDIATE",
    [SQL_COMMIT] = "COMMIT",
    [SQL_ROLLBACK] = "ROLLBACK",
    [SQL_SOURCE_BY_UUID] = "SELECT number, uuid, schema, totals, title FROM data_source"
                           " WHERE replace(lower(uuid), '-', '')=?1",
    [SQL_SOURCE_OF] = "SELECT number, uuid, schema, totals, title FROM data_source WHERE schema=?1 AND totals=?2"
                      " ORDER BY number",
    [SQL_SOURCE_ADD] = "INSERT INTO data_source(uuid, schema, totals, title, remembered) VALUES(?1,?2,?3,?4,?5)",
    [SQL_LOOKUP] = "SELECT r.number, r.hash, r.line, r.doubt_hash, r.doubt_line, r.external_id, r.day, f.hash,"
                   " r.batch"
                   " FROM registration r LEFT JOIN refused f ON f.source=r.source AND f.external_id=r.external_id"
                   " WHERE r.source=?1 AND r.external_id=?2"
                   " UNION ALL SELECT 0, NULL, NULL, NULL, NULL, external_id, '', hash, NULL FROM refused"
                   " WHERE source=?1 AND external_id=?2 LIMIT 1",
    [SQL_LINE] = "SELECT COALESCE(line, doubt_line), external_id FROM registration WHERE number=?1",
    [SQL_LAST_BATCH] = "SELECT COALESCE(MAX(number), 0) FROM batch",
    [SQL_LAST_NUMBER] = "SELECT COALESCE(MAX(number), 0) FROM registration",
    [SQL_WALK] = "SELECT number, hash, line, doubt_hash, doubt_line, external_id, day, NULL, batch FROM registration"
                 " WHERE source=?1 AND day>=?2 AND day<=?3 ORDER BY external_id",
    [SQL_COUNT] = "SELECT COUNT(*) FROM registration WHERE source=?1 AND day>=?2 AND day<=?3",
    [SQL_NEWEST_DAY] = "SELECT COALESCE(MAX(day), '') FROM registration WHERE source=?1",
    [SQL_MEMBER] = "SELECT 1 FROM member WHERE provider=?1 AND id=?2",
    [SQL_BATCH] = "SELECT sent, answered, status FROM batch WHERE number=?1",
    [SQL_BATCH_ADD] = "INSERT INTO batch(source, upload, kind, count, sent) VALUES(?1,?2,?3,?4,?5)",
    [SQL_DOUBT] = "INSERT INTO registration(source, external_id, day, doubt_hash, doubt_line, doubt_batch)"
                  " VALUES(?1,?2,?3,?4,?5,?6) ON CONFLICT(source, external_id) DO UPDATE SET"
                  " doubt_is_older=doubt_is_older OR (doubt_hash IS NOT NULL AND doubt_hash<>excluded.doubt_hash),"
                  " doubt_hash=excluded.doubt_hash, doubt_line=excluded.doubt_line, doubt_batch=excluded.doubt_batch",
    [SQL_CONFIRM] = "UPDATE registration SET day=?3, hash=doubt_hash, line=doubt_line, batch=?4, confirmed=?5,"
                    " doubt_hash=NULL, doubt_line=NULL, doubt_batch=NULL, doubt_is_older=0"
                    " WHERE source=?1 AND external_id=?2 AND doubt_batch=?4",
    [SQL_MEMBER_ADD] = "INSERT INTO member(provider, id, name, first_batch) VALUES(?1,?2,?3,?4)"
                       " ON CONFLICT(provider, id) DO UPDATE SET name=excluded.name WHERE name<>excluded.name",
    [SQL_REFUSAL_FORGET] = "DELETE FROM refused WHERE source=?1 AND external_id=?2",
    [SQL_BATCH_END] = "UPDATE batch SET answered=?2, status=?3, receipt=?4 WHERE number=?1",
    [SQL_UPLOAD_COUNT] = "UPDATE upload SET confirmed=confirmed+?2"
                         " WHERE number=(SELECT upload FROM batch WHERE number=?1)",
    [SQL_DOUBT_END] = "UPDATE registration SET doubt_hash=NULL, doubt_line=NULL, doubt_batch=NULL"
                      " WHERE source=?1 AND external_id=?2 AND NOT doubt_is_older",
    [SQL_NEVER_SENT] = "DELETE FROM registration WHERE source=?1 AND external_id=?2 AND hash IS NULL AND"
                       " doubt_hash IS NULL",
    [SQL_REFUSAL_ADD] =
        "INSERT INTO refused(source, external_id, hash, line, status, words, tried, day)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT(source, external_id) DO UPDATE SET"
        " day=excluded.day, hash=excluded.hash, line=excluded.line, status=excluded.status, words=excluded.words,"
        " tried=excluded.tried",
    [SQL_REFUSALS_GONE] = "DELETE FROM refused WHERE source=?1 AND tried<?2 AND day>=?3 AND day<=?4",
    [SQL_DELETING] = "UPDATE registration SET doubt_hash=zeroblob(32), doubt_line=COALESCE(line, doubt_line),"
                     " doubt_batch=?2, doubt_is_older=CASE WHEN doubt_hash IS NULL THEN 2 ELSE 1 END WHERE number=?1",
    [SQL_DELETE] = "DELETE FROM registration WHERE number=?1",
    [SQL_DELETE_FAILED] = "UPDATE registration SET doubt_hash=NULL, doubt_line=NULL, doubt_batch=NULL, doubt_is_older=0"
                          " WHERE number=?1 AND doubt_batch=?2 AND hash IS NOT NULL AND doubt_is_older=2",
    [SQL_REFUSALS] = "SELECT d.uuid, d.schema, f.external_id, f.line, f.status, f.words, f.tried FROM refused f"
                     " JOIN data_source d ON d.number=f.source ORDER BY d.uuid, f.external_id",
    [SQL_DOUBTS] = "SELECT COUNT(*) FROM registration r WHERE r.source=?1 AND r.doubt_hash IS NOT NULL AND NOT EXISTS"
                   " (SELECT 1 FROM refused f WHERE f.source=r.source AND f.external_id=r.external_id)",
    [SQL_LAST_UPLOAD] = "SELECT number, folder, receipt_sha256, options, to_send, confirmed, started, end FROM upload"
                        " WHERE source=?1 ORDER BY number DESC LIMIT 1",
    [SQL_UPLOAD_ADD] = "INSERT INTO upload(source, folder, receipt_sha256, options, to_send, started)"
                       " VALUES(?1,?2,?3,?4,?5,?6)",
    [SQL_SENT_ADD] = "INSERT INTO sent(source, external_id, batch, hash, end) VALUES(?1,?2,?3,?4,?5)",
    [SQL_SENT_DELETED] = "INSERT INTO sent(source, external_id, batch, hash, end)"
                         " SELECT source, external_id, ?2, hash, 'deleted' FROM registration WHERE number=?1",
    [SQL_SENT_FORGET] = "DELETE FROM sent WHERE batch IN (SELECT number FROM batch WHERE sent<?1)",
    [SQL_SENDS] = "SELECT b.sent, b.answered, b.status, b.kind, s.end, f.words FROM sent s JOIN batch b ON b.number=s.batch"
                  " LEFT JOIN refused f ON f.source=s.source AND f.external_id=s.external_id AND f.tried=b.answered"
                  " WHERE s.source=?1 AND s.external_id=?2 ORDER BY s.batch",
    [SQL_UPLOAD_END] = "UPDATE upload SET end=?2, ended=?3 WHERE number=?1",
};

/* --- statements ---------------------------------------------------------------------------------------------------- */

int journal_why_no_lock(const struct journal *journal) {
    struct flock held = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    return journal->probe >= 0 && fcntl(journal->probe, F_GETLK, &held) != 0 && errno != EINTR ? errno : 0;
}

bool journal_failed(const struct journal *journal, const char *what, struct error *error) {
    int code = sqlite3_errcode(journal->database);
    int reason = code == SQLITE_BUSY || code == SQLITE_PROTOCOL ? journal_why_no_lock(journal) : 0;
    if (reason != 0) {
        error_set(error, EXIT_CANNOT_WRITE, "the journal %s cannot be %s, because the system refuses to lock it: %s",
                  journal->path, what, strerror(reason));
        return error_fix(error, "Name a file on a local disk with --journal. If the problem is temporary, run again.");
    }
    error_set(error, code == SQLITE_CORRUPT || code == SQLITE_NOTADB ? EXIT_CANNOT_READ : EXIT_CANNOT_WRITE,
              "the journal %s cannot be %s: %s", journal->path, what, sqlite3_errmsg(journal->database));
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
        return error_fix(error, "Put the last good copy of the file back, or name another one with --journal.");
    return error_fix(error, "Check the folder, its permissions and the free space on the disk.");
}

sqlite3_stmt *journal_statement(struct journal *journal, enum journal_statement number, struct error *error) {
    sqlite3_stmt **statement = &journal->statements[number];
    if (*statement) {
        sqlite3_reset(*statement);
        sqlite3_clear_bindings(*statement);
        return *statement;
    }
    if (sqlite3_prepare_v3(journal->database, texts[number], -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) ==
        SQLITE_OK)
        return *statement;
    journal_failed(journal, "read", error);
    return NULL;
}

bool journal_run(struct journal *journal, sqlite3_stmt *statement, struct error *error) {
    if (!statement) return false;
    /* a look-up whose row is still there holds what the journal was then; if an upload to another data source wrote since,
     * SQLite lets nobody write on top of that */
    sqlite3_reset(journal->statements[SQL_LOOKUP]);
    int code = sqlite3_step(statement);
    bool is_fine = code == SQLITE_DONE || code == SQLITE_ROW || journal_failed(journal, "written", error);
    sqlite3_reset(statement);
    return is_fine;
}

bool journal_row(struct journal *journal, sqlite3_stmt *statement, bool *has_row, struct error *error) {
    *has_row = false;
    if (!statement) return false;
    int code = sqlite3_step(statement);
    *has_row = code == SQLITE_ROW;
    bool is_fine = *has_row || code == SQLITE_DONE || journal_failed(journal, "read", error);
    if (!*has_row) sqlite3_reset(statement);
    return is_fine;
}

void journal_bind(sqlite3_stmt *statement, int place, struct view text) {
    sqlite3_bind_text64(statement, place, text.text ? text.text : "", text.length, SQLITE_STATIC, SQLITE_UTF8);
}

void journal_bind_text(sqlite3_stmt *statement, int place, const char *text) {
    if (text)
        journal_bind(statement, place, view_of(text));
    else
        sqlite3_bind_null(statement, place);
}

struct view journal_column(sqlite3_stmt *statement, int place) {
    const char *text = (const char *)sqlite3_column_text(statement, place);
    return view_from(text, (size_t)sqlite3_column_bytes(statement, place));
}

char *journal_column_copy(sqlite3_stmt *statement, int place) {
    if (sqlite3_column_type(statement, place) == SQLITE_NULL) return NULL;
    return memory_copy(journal_column(statement, place));
}

bool journal_begin(struct journal *journal, struct error *error) {
    return journal_run(journal, journal_statement(journal, SQL_BEGIN, error), error);
}

bool journal_end(struct journal *journal, bool is_fine, struct error *error) {
    if (is_fine && journal_run(journal, journal_statement(journal, SQL_COMMIT, error), error)) return true;
    struct error ignored = {0};
    if (!sqlite3_get_autocommit(journal->database))
        journal_run(journal, journal_statement(journal, SQL_ROLLBACK, &ignored), &ignored);
    error_free(&ignored);
    return false;
}

void journal_bare_uuid(const char *uuid, char bare[64]) {
    size_t length = 0;
    for (; *uuid && length < 63; uuid++)
        if (*uuid != '-') bare[length++] = (char)(*uuid >= 'A' && *uuid <= 'Z' ? *uuid + 32 : *uuid);
    bare[length] = '\0';
}
