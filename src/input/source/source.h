/* source.h: the bytes of one input, whatever they came in: file or standard input, plain or gzip
 * (several members too, found by content), an Excel workbook (whose sheet comes out as CSV), UTF-8 with or without BOM, UTF-16 with BOM, Windows-1252
 * when asked. What comes out is UTF-8 without BOM. */
#ifndef INPUT_SOURCE_SOURCE_H
#define INPUT_SOURCE_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/view.h"
#include "input/source/workbook.h"

#define SOURCE_RATIO 400 /* no export packs so tightly */

struct source;

struct source_options {
    const char *sheet; /* of a workbook: its name; NULL = the first that is shown and not "Filters" */
    bool without_hash; /* nobody asks for its SHA-256 */
    unsigned max_ratio; /* what is packed may unpack to over 64 MiB only up to so many times its size; 0 = 400 */
    const char *
        encoding; /* NULL = detect; "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1252" (also cp1252, latin1 is refused with that advice) */
};

/* Opens `path`; "-" is standard input, which is copied to an unlinked temporary file as it is read, so
 * that it can be read again. A directory, a missing or unreadable file: EXIT_CANNOT_READ, with reason. */
bool source_open(const char *path, const struct source_options *options, struct source **source, struct error *error);
void source_close(struct source *source); /* NULL is fine */

/* Up to `room` decoded bytes into `to`; `*got` is 0 only at the end. Damaged or cut gzip, an odd number
 * of UTF-16 bytes, a read error: EXIT_CANNOT_READ naming the byte. Invalid UTF-8 is passed through. */
bool source_read(struct source *source, char *to, size_t room, size_t *got, struct error *error);
/* The first up to `length` decoded bytes without consuming them; only before the first source_read.
 * The view is the source's and valid until the first source_read. */
bool source_peek(struct source *source, size_t length, struct view *view, struct error *error);
/* While the next bytes are read and hashed, what waits for another hash is added to that, as far as it goes; NULL ends
 * this. `waiting` belongs to the caller, who adds the rest. Sources that read on another thread or not at all do nothing. */
void source_hash_beside(struct source *source, struct sha256_waiting *waiting);
/* Gives back its buffers and its file, where it can be opened again (no standard input): of many files only
 * those at hand take memory and a descriptor. What is known stays, SHA-256 too. Reading needs a rewind first; true says so. */
bool source_rest(struct source *source);
/* Starts again from the first byte (hash too). */
bool source_rewind(struct source *source, struct error *error);

const char *source_name(const struct source *source); /* path as given; "<stdin>" */
/* Facts of a workbook, or NULL where the source is none; see workbook.h. */
const struct workbook_facts *source_workbook_facts(const struct source *source);
bool source_compressed(const struct source *source); /* gzip */
const char *
source_encoding(const struct source *source); /* "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "Windows-1252" */
uint64_t source_bytes_raw(const struct source *source); /* read so far, as stored */
uint64_t source_size_raw(const struct source *source);  /* size of the file, 0 if unknown */
/* SHA-256 of the stored bytes (before gunzip), once the end was reached: 64 hex digits. */
void source_sha256(struct source *source, char hex[65]);

#endif
