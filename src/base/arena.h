/* arena.h: memory that is given back all at once.
 *
 * One arena per block of input: cells that had to be unescaped, formatted values, issue texts. Reset
 * keeps the memory for the next block, so a long run allocates only at its start. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/view.h"

struct arena;

/* An empty arena that takes memory in pieces of at least `piece_size` bytes. Free: arena_destroy. */
struct arena *arena_create(size_t piece_size);
/* Frees the arena and all that came from it. NULL is fine. */
void arena_destroy(struct arena *arena);
/* Takes back all that was given out; keeps the largest piece for reuse. */
void arena_reset(struct arena *arena);
/* `size` bytes aligned for any type, not initialised; lives until reset or destroy. */
void *arena_get(struct arena *arena, size_t size);
/* A copy of `view` with a NUL behind it (not counted in its length). */
struct view arena_copy(struct arena *arena, struct view view);
/* printf into the arena. */
struct view arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
