/* published.h: a folder that `convert` published, opened for sending: checked against its receipt, then read line by
 * line. Nothing in it is ever changed. */
#ifndef UPLOAD_PUBLISHED_H
#define UPLOAD_PUBLISHED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/table.h"
#include "output/registration.h"

struct published_field {
    char *title;
    enum plecto_type type;
    int places;
    bool is_money; /* a money column of the ledger */
};

struct published {
    char *folder;      /* as named, without slashes at its end */
    char *schema;      /* "jobs" */
    char *totals;      /* what a registration stands for: "row", or "day, employee, wide" */
    char *title;       /* of datasource.json */
    char *data_source; /* --data-source of convert, NULL if none */
    char *zone;        /* the tenant's time zone, NULL if convert was given none */
    char *receipt_sha256;
    uint64_t rules; /* of its IDs, people and scales (version.h); 0: made before there were any */
    struct published_field *fields;
    size_t field_count;
    struct table *field_keys;         /* raw JSON keys to numbers of fields */
    char first_day[11], last_day[11]; /* the days it speaks for; "" if it has no registration and no period */
    bool has_stated_period;           /* --period, or all files, say them; else they are those of its rows */
    char *unstated; /* why the period of a file is not believed, a sentence without its point; NULL if none was refused */
    bool is_cut;                      /* the export lacks pages (--allow-cut): it states no period */
    char *again; /* the command that would convert it again, up to the options to be added; the files are in `files` */
    char *files; /* as the shell wants them, a blank before each */
    uint64_t registrations;           /* as the receipt says */
    struct table *held_back;          /* IDs in rejected.csv: they are at the source, but not in registrations.jsonl */
    uint64_t held_without_id;         /* rejected rows that have none of a registration: without ID, or of totals */
    /* private to published.c: */
    int file;
    char *file_path;
    char file_sha256[65];
    uint64_t file_bytes, offset;
    struct sha256 hash;
    struct buffer window;
    size_t window_used;
};

/* Opens and checks `folder`: receipt.json and result.json belong together, all was published and balanced, and
 * registrations.jsonl, datasource.json, import.csv, import.xlsx and rejected.csv, where there, are what the receipt
 * says (registrations.jsonl: published_end says so). EXIT_WRONG_USE where the folder may not be sent, EXIT_CANNOT_READ.
 * Free: published_close, in both cases. */
bool published_open(const char *folder, struct published *published, struct error *error);
void published_close(struct published *published);

/* The next line of registrations.jsonl, valid until the next call, and where it begins. False behind the last and with
 * an error set. */
bool published_next(struct published *published, struct view *line, uint64_t *offset, struct error *error);
/* Behind the last line: whether the bytes read were those of the receipt. */
bool published_end(struct published *published, struct error *error);
/* A line that cannot be used: "FOLDER/registrations.jsonl: the line at byte N is not …" (`what`), EXIT_CANNOT_READ; of a file
 * that was changed it says that, EXIT_WRONG_USE. Reads to the end. False. */
bool published_broken(struct published *published, uint64_t offset, const char *what, struct error *error);
/* Back to the first line. */
void published_rewind(struct published *published);
/* A line read again, appended to `out`. */
bool published_line_at(const struct published *published, uint64_t offset, size_t length, struct buffer *out,
                       struct error *error);
/* The bytes of datasource.json. */
bool published_data_source(const struct published *published, struct buffer *out, struct error *error);

#endif
