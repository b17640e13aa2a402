/* journal.h: what Plecto is known to hold, because we sent it and it said yes. One SQLite file (WAL, every commit
 * synced), so that a crash at any moment, kill -9 included, loses no confirmation.
 *
 * The order is what makes it safe: before a list goes out, its registrations are marked as in doubt, with what is being
 * sent; after the answer they become what is confirmed, in one transaction with the receipt. Whatever is still in doubt
 * later was perhaps taken and perhaps not: it is sent again, and the external ID makes that harmless. */
#ifndef UPLOAD_JOURNAL_H
#define UPLOAD_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/view.h"

#define JOURNAL_FILE "journal.db" /* its usual name */
#define JOURNAL_HASH 32           /* bytes: SHA-256 of a registration as sent */

struct journal;

/* The journal of `folder`: `given` if not NULL; else the nearest .st2plecto/journal.db in the folder that holds it or one
 * above (there not in folders that everybody may write to, such as /tmp); else the one to be made beside it. EXIT_WRONG_USE if the .st2plecto found is another user's. The caller frees
 * the path. */
bool journal_find(const char *given, const char *folder, char **path, struct error *error);

/* Opens it. One of version 1 (0.1.0) is taken over for writing, behind a copy beside it ("journal.db.version-1"). For reading, a file that is not there is an empty journal, and nothing is made. For writing, file (0600) and
 * folder (0700) are made. EXIT_CANNOT_READ, EXIT_CANNOT_WRITE, EXIT_WRONG_USE (no journal, or of a newer program).
 * Free: journal_close, NULL is fine. */
bool journal_open(const char *path, bool for_writing, struct journal **journal, struct error *error);
void journal_close(struct journal *journal);
const char *journal_path(const struct journal *journal);

/* --- data sources ------------------------------------------------------------------------------------------------ */

struct journal_source {
    int64_t number; /* 0: not in the journal */
    char *uuid, *schema, *totals, *title;
};
void journal_source_free(struct journal_source *source);
/* By UUID; number 0 if unknown. */
bool journal_source_find(struct journal *journal, const char *uuid, struct journal_source *source, struct error *error);
/* The one of this schema and kind of totals; `*count` says how many there are (the first is given). */
bool journal_source_of(struct journal *journal, const char *schema, const char *totals, struct journal_source *source,
                       size_t *count, struct error *error);
bool journal_source_add(struct journal *journal, struct journal_source *source, const char *when, struct error *error);
/* One upload to a data source at a time: takes the lock that lies beside the journal. Where it is taken:
 * EXIT_UPLOAD_STOPPED, naming the process. Given back by journal_close, or by the end of the process. */
bool journal_lock(struct journal *journal, const char *uuid, struct error *error);

/* --- registrations ----------------------------------------------------------------------------------------------- */

struct journal_entry {
    int64_t number;    /* 1 and up; 0: not in the journal */
    bool is_confirmed; /* hash and line are of what Plecto confirmed */
    unsigned char hash[JOURNAL_HASH];
    struct view line; /* as sent; valid until the next call */
    bool is_in_doubt; /* sent, and no answer is known */
    struct view doubt_line;
    struct view external_id; /* set by the walks */
    struct view day;
    bool is_refused; /* Plecto refused it, and took nothing of this ID since */
    unsigned char refused_hash[JOURNAL_HASH];
    int64_t batch; /* with which it was confirmed */
};

/* What is known of an external ID. */
bool journal_lookup(struct journal *journal, int64_t source, struct view external_id, struct journal_entry *entry,
                    struct error *error);
/* What it was last sent as, by number: its line appended to `out`, its ID in `*id` (owned by the caller); both may be
 * NULL. */
bool journal_entry_line(struct journal *journal, int64_t number, struct buffer *out, char **id, struct error *error);
/* The largest number there is, of entries and of batches (requests; of all data sources, and ever growing). */
bool journal_last_number(struct journal *journal, int64_t *number, struct error *error);
bool journal_last_batch(struct journal *journal, int64_t *number, struct error *error);
/* A request with registrations: when it was sent, when and how it was answered; NULL and 0 where that is not known. */
struct journal_batch {
    char *sent, *answered; /* owned */
    long status;
};
bool journal_batch_find(struct journal *journal, int64_t number, struct journal_batch *batch, struct error *error);
void journal_batch_free(struct journal_batch *batch);
/* One time that a registration went out. */
struct journal_send {
    struct view sent, answered; /* "" where no answer is known */
    long status;                /* 0: none */
    struct view kind;           /* of the request: "list", "one", "delete" … */
    struct view end;            /* what became of the registration */
    struct view words;          /* Plecto's, where it refused it last; "" */
};
typedef void journal_send_taker(void *context, const struct journal_send *send);
/* All sends of an external ID that the journal still has, oldest first; the texts are valid during the call. */
bool journal_sends(struct journal *journal, int64_t source, struct view external_id, journal_send_taker *take,
                   void *context, struct error *error);
/* Hands over the entries of days `first` to `last` (both included; NULL: any) in the order of their IDs; false of `take`
 * ends the walk. */
typedef bool journal_taker(void *context, const struct journal_entry *entry);
bool journal_walk(struct journal *journal, int64_t source, const char *first, const char *last, journal_taker *take,
                  void *context, struct error *error);
/* The newest day of its registrations; "" if there is none. */
bool journal_newest_day(struct journal *journal, int64_t source, char day[11], struct error *error);
/* How many of them there are. */
bool journal_count(struct journal *journal, int64_t source, const char *first, const char *last, uint64_t *count,
                   struct error *error);
/* Whether Plecto took a registration of this person before. */
bool journal_knows_member(struct journal *journal, struct view provider, struct view id, bool *is_known,
                          struct error *error);

/* Notes that Plecto has a member of this person, without a registration yet. */
bool journal_member_add(struct journal *journal, struct view provider, struct view id, struct view name,
                        struct error *error);

/* --- sending ------------------------------------------------------------------------------------------------------ */

struct journal_item {
    struct view external_id, day, line; /* as sent */
    struct view provider, member_id, member_name;
    unsigned char hash[JOURNAL_HASH];
};

/* Before a list goes out: its number, and its registrations in doubt. On disk when it returns. */
bool journal_sending(struct journal *journal, int64_t source, int64_t upload, const struct journal_item *items,
                     size_t count, const char *when, int64_t *batch, struct error *error);
/* Plecto took the list: confirmed, out of doubt, no longer refused. On disk when it returns. */
bool journal_taken(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *items,
                   size_t count, long status, const char *receipt, const char *when, struct error *error);
/* Plecto refused the list as a whole; its registrations stay in doubt until each has its own answer. */
bool journal_list_refused(struct journal *journal, int64_t batch, long status, const char *receipt, const char *when,
                          struct error *error);
/* Plecto refused this one registration (a list of one). */
bool journal_refused(struct journal *journal, int64_t source, int64_t batch, const struct journal_item *item,
                     long status, const char *words, const char *when, struct error *error);
/* Before a registration (number of its entry) is deleted in Plecto: it is in doubt, so that it is sent again should it
 * come back to the source; and after: it is forgotten. */
bool journal_deleting(struct journal *journal, int64_t source, int64_t number, int64_t upload, const char *when,
                      int64_t *batch, struct error *error);
/* Plecto did not delete it: no longer in doubt, where it was confirmed before. */
bool journal_delete_failed(struct journal *journal, int64_t number, int64_t batch, long status, const char *when,
                           struct error *error);
bool journal_deleted(struct journal *journal, int64_t number, int64_t batch, long status, const char *receipt,
                     const char *when, struct error *error);

/* Forgets what became of registrations that went out before this time (2026-01-31T06:00:00Z). What Plecto holds is known as
 * before. */
bool journal_forget_sent(struct journal *journal, const char *before, struct error *error);

struct journal_refusal {
    const char *data_source, *schema; /* valid during the call */
    struct view external_id, line;
    long status;
    struct view words, when;
};
typedef void journal_refusal_taker(void *context, const struct journal_refusal *refusal);
/* All refused registrations of the journal, ordered by data source and ID. */
bool journal_refusals(struct journal *journal, journal_refusal_taker *take, void *context, struct error *error);
/* Refusals of days `first` to `last` that were not tried since `before`: their registrations are no longer to be sent. */
bool journal_forget_refusals(struct journal *journal, int64_t source, const char *before, const char *first,
                             const char *last, struct error *error);

/* --- uploads ------------------------------------------------------------------------------------------------------ */

struct journal_upload {
    int64_t number; /* 0: none */
    char *folder, *receipt_sha256;
    char *options; /* "vanished=zero\nkeep=365d\nresend=0\nrules=1\n" */
    char *started;
    char *end; /* "done", "stopped" or "refused"; NULL: its process ended without a word */
    uint64_t to_send, confirmed;
};
void journal_upload_free(struct journal_upload *upload);
/* The last one to this source. */
bool journal_last_upload(struct journal *journal, int64_t source, struct journal_upload *upload, struct error *error);
/* How many registrations of this source are in doubt. */
bool journal_doubts(struct journal *journal, int64_t source, uint64_t *count, struct error *error);
bool journal_upload_begin(struct journal *journal, int64_t source, const struct journal_upload *upload, int64_t *number,
                          struct error *error);
bool journal_upload_end(struct journal *journal, int64_t number, const char *end, const char *when,
                        struct error *error);

#endif
