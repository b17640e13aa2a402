/* ahead.h: a thread that reads some pieces ahead of who takes them, so that unpacking hides behind what is done with the
 * bytes. */
#ifndef BASE_AHEAD_H
#define BASE_AHEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct ahead;

/* Up to `room` bytes into `to`; `*got` is 0 only at the end. False: an error. */
typedef bool ahead_reader(void *context, char *to, size_t room, size_t *got, struct error *error);

/* Goes on reading with `read`; `context` belongs to the thread until ahead_stop. NULL: the system gives no thread;
 * `context` can be used as before. */
struct ahead *ahead_start(ahead_reader *read, void *context);
/* Ends the thread, wherever it is, and frees all; what it read and nobody took is lost. NULL is fine. */
void ahead_stop(struct ahead *ahead);
/* Up to `room` bytes; `*got` is 0 only at the end. An error comes when all before it was taken. */
bool ahead_take(struct ahead *ahead, char *to, size_t room, size_t *got, struct error *error);

#endif
