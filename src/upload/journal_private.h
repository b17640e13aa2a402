/* journal_private.h: what the journal's files share: prepared statements and how they are run. */
#ifndef UPLOAD_JOURNAL_PRIVATE_H
#define UPLOAD_JOURNAL_PRIVATE_H

#include "late_sqlite3.h"
#include "upload/journal.h"

enum journal_statement {
    SQL_BEGIN,
    SQL_COMMIT,
    SQL_ROLLBACK,
    SQL_SOURCE_BY_UUID,
    SQL_SOURCE_OF,
    SQL_SOURCE_ADD,
    SQL_LOOKUP,
    SQL_LINE,
    SQL_LAST_NUMBER,
    SQL_LAST_BATCH,
    SQL_BATCH,
    SQL_WALK,
    SQL_COUNT,
    SQL_NEWEST_DAY,
    SQL_MEMBER,
    SQL_BATCH_ADD,
    SQL_DOUBT,
    SQL_CONFIRM,
    SQL_MEMBER_ADD,
    SQL_REFUSAL_FORGET,
    SQL_BATCH_END,
    SQL_UPLOAD_COUNT,
    SQL_DOUBT_END,
    SQL_NEVER_SENT,
    SQL_REFUSAL_ADD,
    SQL_REFUSALS_GONE,
    SQL_DELETING,
    SQL_DELETE,
    SQL_DELETE_FAILED,
    SQL_REFUSALS,
    SQL_DOUBTS,
    SQL_LAST_UPLOAD,
    SQL_UPLOAD_ADD,
    SQL_UPLOAD_END,
    SQL_SENT_ADD,
    SQL_SENT_DELETED,
    SQL_SENT_FORGET,
    SQL_SENDS,
    SQL_STATEMENT_COUNT
};

struct journal {
    char *path;
    sqlite3 *database;
    sqlite3_stmt *statements[SQL_STATEMENT_COUNT];
    int lock;          /* -1 if not taken */
    int probe;         /* the file once more, to ask whether it can be locked at all; -1: not open */
    double wait_start; /* when SQLite began to wait for another's lock */
};

/* Why the file cannot be locked, by errno; 0: it can be, or is not open. */
int journal_why_no_lock(const struct journal *journal);
/* The statement, reset, and prepared the first time; NULL with the error set. */
sqlite3_stmt *journal_statement(struct journal *journal, enum journal_statement number, struct error *error);
/* Runs a statement that gives no row. */
bool journal_run(struct journal *journal, sqlite3_stmt *statement, struct error *error);
/* The next row: `*has_row` says whether there is one; the statement is reset behind the last. */
bool journal_row(struct journal *journal, sqlite3_stmt *statement, bool *has_row, struct error *error);
/* "the journal PATH cannot be …: SQLite's words"; false. */
bool journal_failed(const struct journal *journal, const char *what, struct error *error);

void journal_bind(sqlite3_stmt *statement, int place, struct view text);
void journal_bind_text(sqlite3_stmt *statement, int place, const char *text); /* NULL is NULL */
struct view journal_column(sqlite3_stmt *statement, int place);
char *journal_column_copy(sqlite3_stmt *statement, int place); /* NULL is NULL */

/* A UUID without dashes, in lower case: how they are compared. */
void journal_bare_uuid(const char *uuid, char bare[64]);

/* A transaction that has the writer's lock from its start, and its end: commit if `is_fine`, else undo. */
bool journal_begin(struct journal *journal, struct error *error);
bool journal_end(struct journal *journal, bool is_fine, struct error *error);

#endif
