/* libraries_found.c: libraries that the dynamic linker finds: functions of ours by the C library's names stand before its
 * own, for all of them. */
#ifndef LIBRARIES_LINKED_IN
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/libraries_private.h"
#include "base/sanitized.h"

typedef void any_function(void); /* cast to what it is before it is called */

/* The function that would have been called without ours. */
static any_function *next_function(_Atomic(any_function *) *known, const char *name) {
    any_function *found = atomic_load_explicit(known, memory_order_relaxed);
    if (!found) {
        *(void **)&found = dlsym(RTLD_NEXT, name); /* as POSIX shows it */
        atomic_store_explicit(known, found, memory_order_relaxed);
    }
    return found;
}

int fclose(FILE *stream) {
    static _Atomic(any_function *) known;
    return libraries_close((int (*)(FILE *))next_function(&known, "fclose"), stream);
}

int fseek(FILE *stream, long off, int whence) {
    static _Atomic(any_function *) known;
    int (*real)(FILE *, long, int) = (int (*)(FILE *, long, int))next_function(&known, "fseek");
    return libraries_count_failure(real(stream, off, whence));
}

int fseeko64(FILE *stream, off64_t off, int whence) {
    static _Atomic(any_function *) known;
    int (*real)(FILE *, off64_t, int) = (int (*)(FILE *, off64_t, int))next_function(&known, "fseeko64");
    return libraries_count_failure(real(stream, off, whence));
}

long ftell(FILE *stream) {
    static _Atomic(any_function *) known;
    long (*real)(FILE *) = (long (*)(FILE *))next_function(&known, "ftell");
    long place = real(stream);
    libraries_count_failure(place < 0);
    return place;
}

off64_t ftello64(FILE *stream) {
    static _Atomic(any_function *) known;
    off64_t (*real)(FILE *) = (off64_t(*)(FILE *))next_function(&known, "ftello64");
    off64_t place = real(stream);
    libraries_count_failure(place < 0);
    return place;
}

void rewind(FILE *stream) {
    static _Atomic(any_function *) known;
    libraries_rewind((int (*)(FILE *, long, int))next_function(&known, "fseek"), stream);
}

#ifndef IS_SANITIZED

void *malloc(size_t size) {
    static _Atomic(any_function *) known;
    void *(*real)(size_t) = (void *(*)(size_t))next_function(&known, "malloc");
    return libraries_memory(real(size), 1);
}

void *calloc(size_t count, size_t size) {
    static _Atomic(any_function *) known;
    void *(*real)(size_t, size_t) = (void *(*)(size_t, size_t))next_function(&known, "calloc");
    return libraries_memory(real(count, size), 1);
}

void *realloc(void *old, size_t size) {
    static _Atomic(any_function *) known;
    void *(*real)(void *, size_t) = (void *(*)(void *, size_t))next_function(&known, "realloc");
    return libraries_memory(real(old, size), size);
}

#endif
#endif
