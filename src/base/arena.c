/* arena.c: pieces in a chain; the newest is filled from its begin to its end. */
#include "base/arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

#define ALIGNMENT _Alignof(max_align_t)

struct arena_piece {
    struct arena_piece *before;
    size_t size, used;
    _Alignas(max_align_t) char bytes[];
};

struct arena {
    struct arena_piece *newest;
    size_t piece_size;
};

struct arena *arena_create(size_t piece_size) {
    struct arena *arena = memory_get_zero(1, sizeof *arena);
    arena->piece_size = piece_size;
    return arena;
}

void arena_destroy(struct arena *arena) {
    if (!arena) return;
    while (arena->newest) {
        struct arena_piece *before = arena->newest->before;
        free(arena->newest);
        arena->newest = before;
    }
    free(arena);
}

void arena_reset(struct arena *arena) {
    struct arena_piece *largest = arena->newest;
    for (struct arena_piece *piece = arena->newest; piece; piece = piece->before)
        if (piece->size > largest->size) largest = piece;
    while (arena->newest) {
        struct arena_piece *before = arena->newest->before;
        if (arena->newest != largest) free(arena->newest);
        arena->newest = before;
    }
    arena->newest = largest;
    if (largest) {
        largest->before = NULL;
        largest->used = 0;
    }
}

void *arena_get(struct arena *arena, size_t size) {
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_piece *piece = arena->newest;
    if (!piece || piece->size - piece->used < size) {
        /* doubling keeps the chain short; the largest piece survives a reset */
        size_t room = piece ? piece->size * 2 : arena->piece_size;
        room = room < size ? size : room;
        struct arena_piece *fresh = memory_get(sizeof *fresh + room);
        *fresh = (struct arena_piece){.before = piece, .size = room};
        arena->newest = piece = fresh;
    }
    void *memory = piece->bytes + piece->used;
    piece->used += size;
    return memory;
}

struct view arena_copy(struct arena *arena, struct view view) {
    char *copy = arena_get(arena, view.length + 1);
    if (view.length) memcpy(copy, view.text, view.length);
    copy[view.length] = '\0';
    return view_from(copy, view.length);
}

struct view arena_print(struct arena *arena, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    char *text = arena_get(arena, size + 1);
    text[0] = '\0';
    vsnprintf(text, size + 1, format, again);
    va_end(again);
    return view_from(text, size);
}
