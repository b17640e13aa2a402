/* send.h: carries out a plan: lists of registrations, then deletions, each with its place in the journal before and after.
 *
 * A refused list is taken apart until the registrations that Plecto refuses stand alone: by what the answer says about
 * each, else by halves (one bad registration among 100 costs at most 14 further requests). */
#ifndef UPLOAD_SEND_H
#define UPLOAD_SEND_H

#include "upload/client.h"
#include "upload/plan.h"

#define SEND_REFUSED_IN_A_ROW 25 /* so many refused and none taken: that is no matter of single registrations */

struct send_progress {
    uint64_t done, total; /* registrations and deletions */
    uint64_t refused, requests;
};
typedef void send_teller(void *context, const struct send_progress *progress);

struct send_work {
    struct published *published;
    struct journal *journal; /* open for writing, locked */
    const struct upload_plan *plan;
    struct client *client;
    int64_t upload;      /* its number in the journal */
    const char *now;     /* --now, or NULL: the clock */
    const char *started; /* when it began */
    send_teller *tell;   /* may be NULL */
    void *context;
};
struct send_outcome {
    uint64_t confirmed, refused, deleted, not_there;
    uint64_t seen;   /* of the confirmed ones: the answer did not name them, and they were read back (some of each list) */
    uint64_t unseen; /* answered with success, alone, and not there: they stay in doubt */
    char *first_unseen, *unseen_words; /* of the first of these; NULL if none */
    long first_status;
    char *first_id, *first_words; /* of the first refused registration; NULL if none */
};

/* Sends and deletes all that the plan has. False with an error where it does not come to its end (what is confirmed is in
 * the journal): EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED, EXIT_CANNOT_WRITE, EXIT_CANNOT_READ. Refused registrations alone
 * are no error: outcome.refused counts them. Free: send_outcome_free, in both cases. */
bool send_plan(const struct send_work *work, struct send_outcome *outcome, struct error *error);
void send_outcome_free(struct send_outcome *outcome);

/* The present, or `fixed`, as 2026-01-31T06:00:00Z; the caller frees. */
char *upload_time(const char *fixed);

#endif
