/* libraries_linked.c: libraries that are linked in (static binaries, WebAssembly), where nothing can stand before
 * the C library: the linker sends their calls to __wrap_NAME by its option --wrap=NAME (LIBRARY_CALLS in the Makefile lists
 * the same names). A C library that calls itself by other names goes its own way; strdup and the like come here too. */
#ifdef LIBRARIES_LINKED_IN
#include <stdlib.h>
#include <sys/types.h>

#include "base/libraries_private.h"
#include "base/sanitized.h"

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) ; the linker's names */
int __real_fclose(FILE *stream);
int __real_fseek(FILE *stream, long off, int whence);
int __real_fseeko(FILE *stream, off_t off, int whence);
long __real_ftell(FILE *stream);
off_t __real_ftello(FILE *stream);

int __wrap_fclose(FILE *stream);
int __wrap_fclose(FILE *stream) {
    return libraries_close(__real_fclose, stream);
}

int __wrap_fseek(FILE *stream, long off, int whence);
int __wrap_fseek(FILE *stream, long off, int whence) {
    return libraries_count_failure(__real_fseek(stream, off, whence));
}

int __wrap_fseeko(FILE *stream, off_t off, int whence);
int __wrap_fseeko(FILE *stream, off_t off, int whence) {
    return libraries_count_failure(__real_fseeko(stream, off, whence));
}

long __wrap_ftell(FILE *stream);
long __wrap_ftell(FILE *stream) {
    long place = __real_ftell(stream);
    libraries_count_failure(place < 0);
    return place;
}

off_t __wrap_ftello(FILE *stream);
off_t __wrap_ftello(FILE *stream) {
    off_t place = __real_ftello(stream);
    libraries_count_failure(place < 0);
    return place;
}

void __wrap_rewind(FILE *stream);
void __wrap_rewind(FILE *stream) {
    libraries_rewind(__real_fseek, stream);
}

#if !defined(IS_SANITIZED) && !defined(__wasm__) /* where malloc has names that JavaScript calls; it ends the module */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);

void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size) {
    return libraries_memory(__real_malloc(size), size);
}

void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size) {
    return libraries_memory(__real_calloc(count, size), count > 0 ? size : 0);
}

void *__wrap_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size) {
    return libraries_memory(__real_realloc(old, size), size);
}
#endif
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#endif
