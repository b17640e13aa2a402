/* journal.c: the file, its tables, and running statements. The tables and all SQL stand here; what the statements mean
 * is in journal_read.c and journal_send.c. */
#define _GNU_SOURCE /* flock */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/place.h"
#include "upload/journal_private.h"

#define JOURNAL_VERSION 2 /* 1: 0.1.0 */
#define JOURNAL_APPLICATION 0x53325031 /* "S2P1" */
#define BUSY_SECONDS 30
#define TEXT_OF(number) TEXT_OF_(number)
#define TEXT_OF_(number) #number

/* What version 2 has besides. `sent`: what became of each registration that went out, and with which request (batch says
 * when, and what was answered), for as long as --journal-days says. 0.1.0 put dashes into UUIDs; Plecto's own have none. */
#define SENT_TABLE                                                                                                     \
    "CREATE TABLE sent(source INTEGER NOT NULL, external_id TEXT NOT NULL, batch INTEGER NOT NULL, hash BLOB,"         \
    " end TEXT NOT NULL); CREATE INDEX sent_registration ON sent(source, external_id);"                                \
    " CREATE INDEX sent_batch ON sent(batch);"
static const char tables[] = "PRAGMA application_id=" TEXT_OF(
    JOURNAL_APPLICATION) ";"
                         "PRAGMA user_version=" TEXT_OF(
                             JOURNAL_VERSION) ";"
                                              "CREATE TABLE data_source(number INTEGER PRIMARY KEY, uuid TEXT NOT NULL "
                                              "UNIQUE, schema TEXT NOT NULL,"
                                              " totals TEXT NOT NULL, title TEXT NOT NULL, remembered TEXT NOT NULL);"
                                              /* hash and line: what Plecto confirmed; doubt_*: what was sent and not answered; doubt_is_older: 1: more than one
     * thing was sent since the last confirmation; 2: nothing was but a deletion */
                                              "CREATE TABLE registration(number INTEGER PRIMARY KEY, source INTEGER "
                                              "NOT NULL REFERENCES data_source,"
                                              " external_id TEXT NOT NULL, day TEXT NOT NULL, hash BLOB, line TEXT, "
                                              "batch INTEGER, confirmed TEXT,"
                                              " doubt_hash BLOB, doubt_line TEXT, doubt_batch INTEGER, doubt_is_older "
                                              "INTEGER NOT NULL DEFAULT 0,"
                                              " UNIQUE(source, external_id));"
                                              "CREATE TABLE member(provider TEXT NOT NULL, id TEXT NOT NULL, name TEXT "
                                              "NOT NULL, first_batch INTEGER NOT NULL,"
                                              " PRIMARY KEY(provider, id)) WITHOUT ROWID;"
                                              "CREATE TABLE batch(number INTEGER PRIMARY KEY, source INTEGER NOT NULL, "
                                              "upload INTEGER, kind TEXT NOT NULL,"
                                              " count INTEGER NOT NULL, sent TEXT NOT NULL, answered TEXT, status "
                                              "INTEGER, receipt TEXT);"
                                              "CREATE TABLE refused(source INTEGER NOT NULL, external_id TEXT NOT "
                                              "NULL, day TEXT NOT NULL, hash BLOB NOT NULL,"
                                              " line TEXT NOT NULL, status INTEGER NOT NULL, words TEXT NOT NULL, "
                                              "tried TEXT NOT NULL, PRIMARY KEY(source, external_id))"
                                              " WITHOUT ROWID;"
                                              "CREATE TABLE upload(number INTEGER PRIMARY KEY, source INTEGER NOT "
                                              "NULL, folder TEXT NOT NULL,"
                                              " receipt_sha256 TEXT NOT NULL, options TEXT NOT NULL, to_send INTEGER "
                                              "NOT NULL,"
                                              " confirmed INTEGER NOT NULL DEFAULT 0, started TEXT NOT NULL, ended "
                                              "TEXT, end TEXT);"
                                              "CREATE INDEX upload_source ON upload(source);" SENT_TABLE;

static const char from_version_1[] = "UPDATE data_source SET uuid=replace(uuid, '-', '');" SENT_TABLE
                                     "PRAGMA user_version=" TEXT_OF(JOURNAL_VERSION) ";";

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
    [SQL_UPLOAD_END] = "UPDATE upload SET end=?2, ended=?3 WHERE number=?1",
};

/* --- statements ---------------------------------------------------------------------------------------------------- */

/* Why the file cannot be locked, by errno; 0: it can be, or is not open. */
static int why_no_lock(const struct journal *journal) {
    struct flock held = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    return journal->probe >= 0 && fcntl(journal->probe, F_GETLK, &held) != 0 && errno != EINTR ? errno : 0;
}

bool journal_failed(const struct journal *journal, const char *what, struct error *error) {
    int code = sqlite3_errcode(journal->database);
    int reason = code == SQLITE_BUSY || code == SQLITE_PROTOCOL ? why_no_lock(journal) : 0;
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

/* --- the file ------------------------------------------------------------------------------------------------------ */

static bool execute(struct journal *journal, const char *text, struct error *error) {
    return sqlite3_exec(journal->database, text, NULL, NULL, NULL) == SQLITE_OK ||
           journal_failed(journal, "used", error);
}

static bool pragma(struct journal *journal, const char *text, int64_t *value, struct error *error) {
    sqlite3_stmt *statement = NULL;
    bool is_fine = sqlite3_prepare_v2(journal->database, text, -1, &statement, NULL) == SQLITE_OK &&
                   sqlite3_step(statement) == SQLITE_ROW;
    *value = is_fine ? sqlite3_column_int64(statement, 0) : 0;
    if (!is_fine) journal_failed(journal, "read", error);
    sqlite3_finalize(statement);
    return is_fine;
}

static double now_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* SQLite asks whether to try again for a lock. It takes every refusal for a lock of somebody else's, also where the system
 * cannot lock (a network disk without locks), and nobody is to wait for what never comes. */
static int wait_for_lock(void *context, int tries) {
    struct journal *journal = context;
    if (tries == 0) journal->wait_start = now_seconds();
    if (why_no_lock(journal) != 0 || now_seconds() - journal->wait_start > BUSY_SECONDS) return 0;
    const struct timespec pause = {.tv_nsec = tries < 10 ? 2000000L * (tries + 1) : 50000000L};
    clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
    return 1;
}

/* Two processes may be first at once: who comes second finds the tables made. */
static bool make_tables(struct journal *journal, struct error *error) {
    int64_t version = 0;
    if (!journal_begin(journal, error)) return false;
    bool is_fine = pragma(journal, "PRAGMA user_version", &version, error);
    if (is_fine && version == 0) is_fine = execute(journal, tables, error);
    return journal_end(journal, is_fine, error);
}

/* A whole copy beside the journal, under a name that nobody has. */
static bool keep_copy(struct journal *journal, int64_t version, struct error *error) {
    for (int number = 1; number < 100; number++) {
        char *path = number == 1 ? memory_print("%s.version-%lld", journal->path, (long long)version)
                                 : memory_print("%s.version-%lld.%d", journal->path, (long long)version, number);
        bool is_free = access(path, F_OK) != 0;
        char *text = sqlite3_mprintf("VACUUM INTO %Q", path);
        bool is_fine = is_free && execute(journal, text, error);
        sqlite3_free(text);
        free(path);
        if (is_fine || is_free) return is_fine;
    }
    return error_set(error, EXIT_CANNOT_WRITE, "there are 99 copies of the journal %s already", journal->path);
}

/* Takes a journal of version 1 over, in one transaction, behind a copy of it. Reading needs no version 2. */
static bool take_over(struct journal *journal, struct error *error) {
    int64_t version = 0;
    if (!keep_copy(journal, 1, error) || !journal_begin(journal, error)) return false;
    bool is_fine = pragma(journal, "PRAGMA user_version", &version, error);
    if (is_fine && version == 1) is_fine = execute(journal, from_version_1, error);
    return journal_end(journal, is_fine, error);
}

static bool check_version(struct journal *journal, bool for_writing, bool may_make, struct error *error) {
    int64_t application = 0, version = 0, count = 0;
    if (!pragma(journal, "PRAGMA application_id", &application, error) ||
        !pragma(journal, "PRAGMA user_version", &version, error) ||
        !pragma(journal, "SELECT COUNT(*) FROM sqlite_master", &count, error))
        return false;
    if (application == 0 && version == 0 && count == 0 && may_make) return make_tables(journal, error);
    if (application != JOURNAL_APPLICATION) {
        error_set(error, EXIT_WRONG_USE, "%s is not a journal of st2plecto", journal->path);
        return error_fix(error, "Name another file with --journal.");
    }
    if (version == JOURNAL_VERSION) return true;
    if (version == 1) return !for_writing || take_over(journal, error);
    if (version < 1) {
        error_set(error, EXIT_WRONG_USE, "the journal %s is broken: it has no version", journal->path);
        return error_fix(error, "Put the last good copy of the file back, or name another one with --journal.");
    }
    error_set(error, EXIT_WRONG_USE, "the journal %s is of a newer st2plecto (version %lld)", journal->path,
              (long long)version);
    return error_fix(error, "Use that st2plecto, or name another file with --journal.");
}

/* The name of a folder that was just made is on disk when this returns: after a loss of power the journal in it is found. */
static void sync_above(const char *folder, struct error *error) {
    const char *slash = strrchr(folder, '/');
    size_t length = slash ? (size_t)(slash - folder) : 0;
    char *above = slash ? memory_print("%.*s/", (int)length, folder) : memory_copy(view_of("."));
    place_sync_folder(above, error);
    free(above);
}

/* Created by us before SQLite sees it, because it holds names and amounts: nobody else may read it. */
static bool make_private(const char *path, int *probe, struct error *error) {
    char *folder = memory_copy(view_of(path)), *slash = strrchr(folder, '/');
    if (slash && slash > folder) {
        *slash = '\0';
        if (mkdir(folder, 0700) == 0)
            sync_above(folder, error);
        else if (errno != EEXIST)
            error_set(error, EXIT_CANNOT_WRITE, "the folder %s for the journal cannot be made: %s", folder,
                      strerror(errno));
    }
    free(folder);
    if (error->code != EXIT_FINE) return false;
    *probe = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*probe >= 0) return true;
    error_set(error, EXIT_CANNOT_WRITE, "the journal %s cannot be made: %s", path, strerror(errno));
    return error_fix(error, "Check the folder and its permissions, or name another file with --journal.");
}

static bool start(struct journal *journal, const char *path, bool for_writing, struct error *error) {
    bool is_there = access(path, F_OK) == 0;
    bool is_empty = !is_there && !for_writing;
    /* closed behind SQLite's own: whoever closes a file gives up all locks of the process on it */
    if (for_writing && !make_private(path, &journal->probe, error)) return false;
    if (is_there && !for_writing) journal->probe = open(path, O_RDONLY | O_CLOEXEC);
    int flags = is_empty || for_writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
    if (sqlite3_open_v2(is_empty ? ":memory:" : path, &journal->database, flags | SQLITE_OPEN_NOMUTEX, NULL) !=
        SQLITE_OK)
        return journal_failed(journal, "opened", error);
    sqlite3_busy_handler(journal->database, wait_for_lock, journal);
    if (!for_writing && !is_empty && !execute(journal, "PRAGMA query_only=1;", error)) return false;
    /* first of all: a file that is not ours must not be changed, not even to WAL */
    if (!check_version(journal, for_writing, for_writing || is_empty, error)) return false;
    return !for_writing || execute(journal, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", error);
}

bool journal_open(const char *path, bool for_writing, struct journal **opened, struct error *error) {
    struct journal *journal = memory_get_zero(1, sizeof *journal);
    /* ":memory:" would be none to SQLite, and all confirmations would be lost */
    journal->path = memory_print("%s%s", *path == ':' ? "./" : "", path);
    journal->lock = journal->probe = -1;
    if (!start(journal, journal->path, for_writing, error)) {
        journal_close(journal);
        return false;
    }
    *opened = journal;
    return true;
}

void journal_close(struct journal *journal) {
    if (!journal) return;
    for (size_t i = 0; i < SQL_STATEMENT_COUNT; i++)
        sqlite3_finalize(journal->statements[i]);
    sqlite3_close(journal->database);
    if (journal->probe >= 0) close(journal->probe);
    if (journal->lock >= 0) close(journal->lock);
    free(journal->path);
    free(journal);
}

const char *journal_path(const struct journal *journal) {
    return journal->path;
}

bool journal_lock(struct journal *journal, const char *uuid, struct error *error) {
    char name[64], text[32] = "";
    journal_bare_uuid(uuid, name); /* one lock, however it is spelled */
    char *path = memory_print("%s-%s.lock", journal->path, name);
    journal->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (journal->lock < 0) {
        error_set(error, EXIT_CANNOT_WRITE, "the lock %s cannot be made: %s", path, strerror(errno));
    } else if (flock(journal->lock, LOCK_EX | LOCK_NB) != 0) {
        ssize_t length = pread(journal->lock, text, sizeof text - 1, 0);
        close(journal->lock);
        journal->lock = -1;
        error_set(error, EXIT_UPLOAD_STOPPED, "another %s is running now%s%s",
                  strcmp(uuid, "create") == 0 ? "datasource create" : "upload to this data source",
                  length > 0 ? ", process " : "", length > 0 ? text : "");
        error_fix(error, "Nothing was sent by this one. Wait until it ends, and run this again.");
    } else {
        int length = snprintf(text, sizeof text, "%ld", (long)getpid());
        if (ftruncate(journal->lock, 0) != 0 || pwrite(journal->lock, text, (size_t)length, 0) != length)
            error_set(error, EXIT_CANNOT_WRITE, "the lock %s cannot be written: %s", path, strerror(errno));
    }
    free(path);
    return error->code == EXIT_FINE;
}
