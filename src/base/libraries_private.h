/* libraries_private.h: what is done around a library's call, whichever way it comes to us (see libraries.h): libraries_found.c
 * and libraries_linked.c hand over the function that would have been called without ours. */
#ifndef BASE_LIBRARIES_PRIVATE_H
#define BASE_LIBRARIES_PRIVATE_H

#include <stddef.h>
#include <stdio.h>

/* Closes by `real`, and counts the stream if anything failed on it before or now. */
int libraries_close(int (*real)(FILE *), FILE *stream);
/* Goes to the beginning by `real_seek`, counts as libraries_close does, and forgets failures, as rewind is defined. */
void libraries_rewind(int (*real_seek)(FILE *, long, int), FILE *stream);
/* Counts an answer that is not 0; hands it back. */
int libraries_count_failure(int answer);
/* The memory that was got, or the end of the program; size 0 may answer NULL. */
void *libraries_memory(void *memory, size_t size);

#endif
