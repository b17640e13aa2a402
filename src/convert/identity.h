/* identity.h: which external IDs came already, in 20 bytes a row.
 *
 * Plecto replaces a registration by a later one with the same ID (schemas/plecto.md, "A registration"), so a second row
 * with an ID is trouble, unless it is the same row again. IDs are kept as 64-bit hashes: among ten million different
 * IDs two are taken for one with a chance of three in a million, and then both are named in an issue, not lost. */
#ifndef CONVERT_IDENTITY_H
#define CONVERT_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct identity_set;

enum identity_verdict {
    IDENTITY_NEW,
    IDENTITY_REPEATED, /* equal in every cell to the first row with this ID */
    IDENTITY_TAKEN     /* another row has this ID */
};

/* A row that is fit to be written, in input order. */
struct identity {
    uint64_t id_hash;      /* of the external ID */
    uint32_t content_hash; /* of all its cells */
    uint32_t file;
    uint64_t row;
    int64_t money; /* of its first money column, 0 if none */
};

/* The row that had the ID before. */
struct identity_before {
    enum identity_verdict verdict;
    uint32_t file;
    uint64_t row;
    int64_t money;
};

/* An empty set. Free: identity_set_free. */
struct identity_set *identity_set_create(void);
void identity_set_free(struct identity_set *set);
/* Says that there will be about `rows`, so that the table need not grow often. Before the first row it takes room for
 * them, 16 MiB at most; later, when it has to grow, it trusts what was said last up to four times its size. */
void identity_set_reserve(struct identity_set *set, uint64_t rows);
/* Asks for and remembers a row. For TAKEN `before` is the row Plecto would drop: the latest one so far with this
 * ID; the new one takes its place. One thread at a time, rows in input order. */
struct identity_before identity_set_add(struct identity_set *set, const struct identity *row);
/* Whether a row with this ID was asked for. */
bool identity_set_has(const struct identity_set *set, uint64_t id_hash);
/* Tells the processor that a row with this ID will be asked for soon: the set is larger than its caches. */
void identity_set_expect(const struct identity_set *set, uint64_t id_hash);
/* Bytes the set holds. */
size_t identity_set_memory(const struct identity_set *set);

#endif
