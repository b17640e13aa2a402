/* ahead.h: a thread that unpacks gzip some pieces ahead of who reads, so that cutting and checking hide behind
 * it. Private to source.c. */
#ifndef INPUT_SOURCE_AHEAD_H
#define INPUT_SOURCE_AHEAD_H

#include "input/source/gzip.h"

struct source_ahead;

/* Goes on with `gzip`, which (with the source_raw below it) then belongs to the thread until source_ahead_stop. NULL:
 * the system gives no thread; `gzip` can be used as before. */
struct source_ahead *source_ahead_start(struct source_gzip *gzip);
/* Ends the thread, wherever it is, and frees all; what it unpacked and nobody took is lost. NULL is fine. */
void source_ahead_stop(struct source_ahead *ahead);
/* As source_gzip_take: up to `room` bytes; `*got` is 0 only at the end. An error comes when all before it was taken. */
bool source_ahead_take(struct source_ahead *ahead, char *to, size_t room, size_t *got, struct error *error);

#endif
