/* memory.h: allocation that does not fail to its caller.
 *
 * Where the system has no more memory there is nothing a converter could do but stop cleanly: these
 * functions then print one line and call process_end_quickly(EXIT_CANNOT_WRITE), whose handler (in main.c) removes
 * temporary files. So no caller checks for NULL, and no half-checked path exists. Not exit: it has libraries tidy
 * up, and the one whose allocation failed may wait for itself there (OpenSSL 3.0, in its initialisation). */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stdarg.h>
#include <stddef.h>

#include "base/view.h"

/* `size` bytes, not initialised; the caller frees with free(). */
void *memory_get(size_t size) __attribute__((returns_nonnull));

/* `count` items of `size` bytes, all zero; overflow of the product stops the program too. */
void *memory_get_zero(size_t count, size_t size) __attribute__((returns_nonnull));

/* Tells the system that all of `memory` will soon be written to, at whatever places: it then gives the pages in one go, and
 * large ones where they pay, instead of one at each first touch. Only a hint, for allocations of some hundred KiB and more;
 * what the system makes of it changes nothing but time. */
void memory_prepare(void *memory, size_t size);

/* memory_get and memory_prepare: for what is filled at once. */
void *memory_get_prepared(size_t size) __attribute__((returns_nonnull));

/* To be called once, before anything is allocated: the heap begins with 2 MiB and gives nothing back below 4, and buffers of some
 * hundred KiB lie in it, where they are used again, instead of in mappings that come and go: 1,000 files take 5,000 page faults
 * for 24,000, a fifth of the processor time (scripts/bench, folder). No large page for it: 100 rows took 1.7 ms less so, and
 * review.xlsx of 100,000 rows up to twice the time. */
void memory_begin(void);

/* Gives the system back what was freed, as far as it can: for those who freed much and are to need much of another size. */
void memory_give_back(void);

/* realloc that does not fail; `old` may be NULL. */
void *memory_resize(void *old, size_t size) __attribute__((returns_nonnull));

/* Grows `*items` (of `item_size` bytes each) so that it holds at least `needed`; `*capacity` is in
 * items and grows by half, at least to 8. New room is not initialised. */
void memory_grow(void **items, size_t *capacity, size_t needed, size_t item_size);

/* A NUL-terminated copy of `view`; the caller frees it. */
char *memory_copy(struct view view) __attribute__((returns_nonnull));

/* printf into a new NUL-terminated text; the caller frees it. */
char *memory_print(const char *format, ...) __attribute__((format(printf, 1, 2), returns_nonnull));

/* The same from a list of arguments, which is used up. */
char *memory_print_list(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

#endif
