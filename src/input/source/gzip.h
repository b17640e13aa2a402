/* gzip.h: gunzip on the way from source_raw. Private to source.c. */
#ifndef INPUT_SOURCE_GZIP_H
#define INPUT_SOURCE_GZIP_H

#include "input/source/raw.h"

struct source_gzip;

/* Begins at the first byte `raw` has ahead, which must be that of a gzip member. What unpacks to over 64 MiB and over
 * `max_ratio` times as much as it is stored in is refused as it comes: EXIT_CANNOT_READ. NULL without zlib: EXIT_WRONG_USE. */
struct source_gzip *source_gzip_create(struct source_raw *raw, unsigned max_ratio, struct error *error);
void source_gzip_destroy(struct source_gzip *gzip); /* NULL is fine */
/* Up to `room` unpacked bytes; `*got` is 0 only at the end of the last member. Damaged or cut: EXIT_CANNOT_READ
 * naming the stored byte. */
bool source_gzip_take(struct source_gzip *gzip, char *to, size_t room, size_t *got, struct error *error);
/* After the raw bytes were rewound. */
void source_gzip_rewind(struct source_gzip *gzip);

#endif
