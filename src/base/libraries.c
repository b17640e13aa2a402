/* libraries.c: see libraries.h. The counter is the second piece of global state of the program (the first is in main.c):
 * a library hands nothing through its fclose. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "base/libraries.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/exhausted.h"
#include "base/sanitized.h"

static atomic_ulong failed_streams;

unsigned long libraries_failed_streams(void) {
    return atomic_load(&failed_streams);
}

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
    int (*real)(FILE *) = (int (*)(FILE *))next_function(&known, "fclose");
    bool has_failed = ferror(stream) != 0;
    int answer = real(stream);
    if (has_failed || answer != 0) atomic_fetch_add(&failed_streams, 1);
    return answer;
}

/* minizip, which packs for libxlsxwriter, goes back to fill in sizes and sums, and does not always ask whether it got
 * there. */
static int count_failure(int answer) {
    if (answer != 0) atomic_fetch_add(&failed_streams, 1);
    return answer;
}

int fseek(FILE *stream, long off, int whence) {
    static _Atomic(any_function *) known;
    int (*real)(FILE *, long, int) = (int (*)(FILE *, long, int))next_function(&known, "fseek");
    return count_failure(real(stream, off, whence));
}

int fseeko64(FILE *stream, off64_t off, int whence) {
    static _Atomic(any_function *) known;
    int (*real)(FILE *, off64_t, int) = (int (*)(FILE *, off64_t, int))next_function(&known, "fseeko64");
    return count_failure(real(stream, off, whence));
}

long ftell(FILE *stream) {
    static _Atomic(any_function *) known;
    long (*real)(FILE *) = (long (*)(FILE *))next_function(&known, "ftell");
    long place = real(stream);
    count_failure(place < 0);
    return place;
}

off64_t ftello64(FILE *stream) {
    static _Atomic(any_function *) known;
    off64_t (*real)(FILE *) = (off64_t(*)(FILE *))next_function(&known, "ftello64");
    off64_t place = real(stream);
    count_failure(place < 0);
    return place;
}

/* Where libxlsxwriter goes from writing a temporary file to reading it; forgets failures by its definition. */
void rewind(FILE *stream) {
    bool has_failed = ferror(stream) != 0;
    if (fseek(stream, 0, SEEK_SET) != 0 || has_failed) atomic_fetch_add(&failed_streams, 1);
    clearerr(stream);
}

#ifndef IS_SANITIZED

void *malloc(size_t size) {
    static _Atomic(any_function *) known;
    void *(*real)(size_t) = (void *(*)(size_t))next_function(&known, "malloc");
    void *memory = real(size);
    if (!memory) memory_exhausted();
    return memory;
}

void *calloc(size_t count, size_t size) {
    static _Atomic(any_function *) known;
    void *(*real)(size_t, size_t) = (void *(*)(size_t, size_t))next_function(&known, "calloc");
    void *memory = real(count, size);
    if (!memory) memory_exhausted();
    return memory;
}

void *realloc(void *old, size_t size) {
    static _Atomic(any_function *) known;
    void *(*real)(void *, size_t) = (void *(*)(void *, size_t))next_function(&known, "realloc");
    void *memory = real(old, size);
    if (!memory && size > 0) memory_exhausted();
    return memory;
}

#endif
