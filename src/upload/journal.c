/* journal.c: the file, its versions and its tables. Statements are in journal_statement.c. */
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

#define JOURNAL_VERSION 2              /* 1: 0.1.0 */
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
    if (journal_why_no_lock(journal) != 0 || now_seconds() - journal->wait_start > BUSY_SECONDS) return 0;
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
    /* large sorts must not need a file elsewhere: it could not be written (base/sandbox.h) */
    if (!execute(journal, "PRAGMA temp_store=MEMORY;", error)) return false;
    if (!for_writing && !is_empty && !execute(journal, "PRAGMA query_only=1;", error)) return false;
    /* first of all: a file that is not ours must not be changed, not even to WAL */
    if (!check_version(journal, for_writing, for_writing || is_empty, error)) return false;
    return !for_writing || execute(journal, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", error);
}

bool journal_open(const char *path, bool for_writing, struct journal **opened, struct error *error) {
    if (!late_sqlite3_open(error)) return false;
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
