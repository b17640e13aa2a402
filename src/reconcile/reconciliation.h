/* reconciliation.h: a comparison with its explanations, ready to be shown: what every format is made of. */
#ifndef RECONCILE_RECONCILIATION_H
#define RECONCILE_RECONCILIATION_H

#include "base/buffer.h"
#include "output/place.h"
#include "reconcile/explain.h"

/* One amount of the two sides, or one number that was expected. */
struct compared_total {
    char *title, *key; /* owned; key: the title, with conditions where the title is there twice */
    wide_integer left, right;
    bool is_money;
    int places;
};

struct reconciliation {
    struct comparison comparison;
    struct compared_total *totals; /* owned; for each of the comparison's metrics, or each expected number */
    size_t total_count;
    struct findings_list found;
    char *next;       /* owned; a command for a gap that nothing explains; or NULL */
    bool has_buckets; /* false: bare numbers on the right */
    bool has_days;    /* some expected number is of days */
    bool show_private;
    enum exit_code exit_code;
};

/* Compares the sides that comparison has and explains what differs. */
bool reconciliation_make(struct reconciliation *reconciliation, struct error *error);
void reconciliation_free(struct reconciliation *reconciliation);

/* The one with the largest gap. */
size_t largest_total(const struct reconciliation *reconciliation);
/* An amount as text: money with two decimals. */
void add_amount(struct buffer *out, const struct compared_total *total, wide_integer amount);
/* A value of a finding, masked if it is private. */
struct view shown_value(const struct reconciliation *reconciliation, const struct finding *finding, size_t value);

/* The formats. */
void reconciliation_json(const struct reconciliation *reconciliation, struct buffer *out);
void reconciliation_text(const struct reconciliation *reconciliation, struct buffer *out);
void reconciliation_html(const struct reconciliation *reconciliation, struct buffer *out);
/* Writes the workbook; `created` (seconds since 1970) is among its properties. EXIT_CANNOT_WRITE, or EXIT_WRONG_USE for a file
 * that is there and not to be replaced. */
bool reconciliation_xlsx(const struct reconciliation *reconciliation, const char *path, bool force, int64_t created,
                         const struct place_watch *watch, struct error *error);
void reconciliation_markdown(const struct reconciliation *reconciliation, struct buffer *out);
/* What an explanation says, in a sentence without its amount. */
void add_sentence(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out);
/* "Explains the whole gap: the only one of 412 explanations tried." */
void add_strength(const struct finding *finding, struct buffer *out);
/* What of an export can not be sent, or is in no period for want of a day, in sentences; nothing where there is none. */
void add_left_out(const struct reconciliation *reconciliation, int side, const char *indent, struct buffer *out);
/* Where the records of a bucket are: "only in the export". */
void add_bucket_words(const struct reconciliation *reconciliation, enum bucket bucket, struct buffer *out);
/* The headline. */
void add_headline(const struct reconciliation *reconciliation, struct buffer *out);

#endif
