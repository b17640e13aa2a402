/* vanished.h: records that an older export of a period has and the newest one has not: deleted in ServiceTitan, or moved to
 * another day. They are reported, and sent as they were: an export may lack a record for other reasons too (assumed).
 *
 * What holds: the newer file states its period, which covers the record's day; no file that is as new as it, or newer, has
 * the ID; and it is another export of the same records: parts of one period (a file a business unit) have next to none in
 * common. */
#ifndef CONVERT_VANISHED_H
#define CONVERT_VANISHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "convert/file_age.h"

/* What is known of a file before its rows. */
struct export_file {
    struct file_age age;
    struct own_period period; /* is_known false: it may be any part of the records */
};

struct vanished;

/* For these files (copied): with `by_order` a later one is the newer. NULL: no file is newer than another of days that it
 * covers too, so nothing can have vanished. Free: vanished_free. */
struct vanished *vanished_create(const struct export_file *files, size_t count, bool by_order);
void vanished_free(struct vanished *vanished); /* NULL is fine */
/* Notes a row: the hash of its ID, and its day since 1970 (INT32_MIN: it has none). 16 bytes a row. */
void vanished_add(struct vanished *vanished, uint64_t id_hash, size_t file, int32_t day);
/* Decides, once all rows are noted. True: some record vanished. */
bool vanished_decide(struct vanished *vanished);
/* The newest file that covers a record's day and has it not; SIZE_MAX: it did not vanish. Safe from many threads. */
size_t vanished_from(const struct vanished *vanished, uint64_t id_hash);
/* Two files of the same days with next to nothing in common, so that nothing is said of their records; false: none. */
bool vanished_parts(const struct vanished *vanished, size_t *older, size_t *newer);

#endif
