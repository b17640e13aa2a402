/* memory.c: malloc whose failure ends the program cleanly (see memory.h). */
#define _GNU_SOURCE /* madvise */
#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

#include "base/exhausted.h"
#include "base/sanitized.h"

#define WORTH_PREPARING (256u << 10) /* bytes */
#define WORTH_LARGE_PAGES (4u << 20)
#define FIRST_HEAP (2u << 20)  /* bytes that the heap begins with */
#define USUAL_PAD (128 << 10)  /* by which it grows, as without us */
#define OWN_MAPPING (1 << 20)  /* bytes of an allocation that is a mapping of its own */

void *memory_get(size_t size) {
    void *memory = malloc(size ? size : 1);
    if (!memory) memory_exhausted();
    return memory;
}

void *memory_get_zero(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size ? size : 1);
    if (!memory) memory_exhausted();
    return memory;
}

void memory_prepare(void *memory, size_t size) {
#if defined(MADV_HUGEPAGE) && defined(MADV_POPULATE_WRITE)
    if (size < WORTH_PREPARING) return;
    size_t page = (size_t)sysconf(_SC_PAGESIZE), before = (page - (uintptr_t)memory % page) % page;
    char *begin = (char *)memory + before;
    size = (size - before) / page * page;
    int answer = size < WORTH_LARGE_PAGES ? 0 : madvise(begin, size, MADV_HUGEPAGE);
    if (answer == 0) answer = madvise(begin, size, MADV_POPULATE_WRITE);
    (void)answer;
#else
    (void)memory;
    (void)size;
#endif
}

void *memory_get_prepared(size_t size) {
    void *memory = memory_get(size);
    memory_prepare(memory, size);
    return memory;
}

void memory_begin(void) {
#if defined(__GLIBC__) && !defined(IS_SANITIZED)
    mallopt(M_MMAP_THRESHOLD, OWN_MAPPING);
    mallopt(M_TRIM_THRESHOLD, (int)(2 * FIRST_HEAP));
    mallopt(M_TOP_PAD, (int)FIRST_HEAP);
    void *volatile first = malloc(1);
    free(first);
    mallopt(M_TOP_PAD, USUAL_PAD);
#endif
}

void memory_give_back(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void *memory_resize(void *old, size_t size) {
    void *memory = realloc(old, size ? size : 1);
    if (!memory) memory_exhausted();
    return memory;
}

void memory_grow(void **items, size_t *capacity, size_t needed, size_t item_size) {
    if (needed <= *capacity) return;
    size_t room = *capacity + *capacity / 2;
    room = room < 8 ? 8 : room;
    room = room < needed ? needed : room;
    if (room > SIZE_MAX / item_size) memory_exhausted();
    *items = memory_resize(*items, room * item_size);
    *capacity = room;
}

char *memory_copy(struct view view) {
    char *copy = memory_get(view.length + 1);
    if (view.length) memcpy(copy, view.text, view.length);
    copy[view.length] = '\0';
    return copy;
}

char *memory_print_list(const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = memory_get(size);
    text[0] = '\0';
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

char *memory_print(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = memory_print_list(format, arguments);
    va_end(arguments);
    return text;
}
