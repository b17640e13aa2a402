/* text_file.h: small files read whole. */
#ifndef RECONCILE_TEXT_FILE_H
#define RECONCILE_TEXT_FILE_H

#include "base/buffer.h"
#include "base/csv_table.h"
#include "base/error.h"

/* Appends the bytes of a file, less a byte order mark. EXIT_CANNOT_READ. */
bool text_file_read(const char *path, struct buffer *text, struct error *error);
/* The same of a file that may be large, which is read no further than it takes to have `limit` bytes. */
bool text_file_head(const char *path, size_t limit, struct buffer *text, struct error *error);
/* The rows of a CSV file with commas, one after the other. EXIT_CANNOT_READ. */
bool text_file_rows(const char *path, csv_table_taker *take, void *context, struct error *error);
bool text_file_is_there(const char *path);
bool text_file_is_folder(const char *path);
/* Whether its first byte that is no blank opens a JSON object or list. */
bool text_file_starts_json(const char *path);

/* Whether its first bytes are these. */
bool text_file_starts(const char *path, const char *mark);

/* Whether it is a short text with a number in it and no two lines that are cut alike: what somebody wrote down of a
 * dashboard. False where it cannot be read. */
bool text_is_note(const char *path);

#endif
