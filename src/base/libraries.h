/* libraries.h: failures that libraries do not tell, or do not survive.
 *
 * libxlsxwriter goes on without a cell, or reads through NULL, where memory is missing, and does not look whether its
 * temporary files were written; others answer "damaged" to a lack of memory. So this program has its own malloc, calloc,
 * realloc, fclose, rewind, fseek and ftell, which the dynamic linker finds before those of the C library for all libraries
 * (libraries_found.c), or to which the linker sends the calls of libraries that are linked in (libraries_linked.c). The first
 * three end the program as memory.h does instead of returning NULL, the others note streams on which something failed.
 * They forward everything else. Not under sanitizers, which bring their own. */
#ifndef BASE_LIBRARIES_H
#define BASE_LIBRARIES_H

/* How often a stream was closed or rewound on which reading or writing had failed, or could not seek: who lets a library
 * write files compares before and after. */
unsigned long libraries_failed_streams(void);

#endif
