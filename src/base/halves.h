/* halves.h: work that falls into two halves, each of which a processor may do. */
#ifndef BASE_HALVES_H
#define BASE_HALVES_H

#include <stdbool.h>

/* Does one half of what `context` says: 0 or 1. */
typedef void half_worker(void *context, int half);

/* Does both, at the same time where `has_thread` allows it and the system gives a thread; returns when both are done. The halves
 * write to nothing in common. */
void halves_do(half_worker *work, void *context, bool has_thread);

#endif
