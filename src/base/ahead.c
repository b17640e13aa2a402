/* ahead.c: a ring of PIECES pieces. The thread fills piece `made`, the reader empties piece `taken`; one mutex
 * guards the two numbers and is taken once a piece by each. */
#include "base/ahead.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PIECES 4
#define PIECE_SIZE ((size_t)256 << 10)

struct ahead {
    ahead_reader *read;
    void *context;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    char *bytes; /* PIECES times PIECE_SIZE */
    size_t lengths[PIECES];
    uint64_t made, taken; /* pieces so far */
    size_t used;          /* bytes of the piece at hand that were taken; the reader's */
    bool is_over;         /* `made` is final: the end, or `has_failed` */
    bool has_failed;
    bool is_stopped; /* nobody wants more */
    struct error error;
};

/* Fills the next piece; false when nothing comes behind it. */
static bool make_piece(struct ahead *ahead, size_t index) {
    char *piece = ahead->bytes + index * PIECE_SIZE;
    size_t length = 0, got = 1;
    while (length < PIECE_SIZE && got > 0) {
        if (!ahead->read(ahead->context, piece + length, PIECE_SIZE - length, &got, &ahead->error)) {
            ahead->has_failed = true;
            break;
        }
        length += got;
    }
    ahead->lengths[index] = length;
    return got > 0 && !ahead->has_failed;
}

static void *unpack(void *argument) {
    struct ahead *ahead = argument;
    for (bool goes_on = true; goes_on;) {
        pthread_mutex_lock(&ahead->mutex);
        while (!ahead->is_stopped && ahead->made - ahead->taken == PIECES)
            pthread_cond_wait(&ahead->changed, &ahead->mutex);
        goes_on = !ahead->is_stopped;
        uint64_t number = ahead->made;
        pthread_mutex_unlock(&ahead->mutex);
        if (!goes_on) break;
        goes_on = make_piece(ahead, number % PIECES);
        pthread_mutex_lock(&ahead->mutex);
        ahead->made++;
        ahead->is_over = !goes_on;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->mutex);
    }
    return NULL;
}

static void free_all(struct ahead *ahead) {
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->mutex);
    error_free(&ahead->error);
    free(ahead->bytes);
    free(ahead);
}

struct ahead *ahead_start(ahead_reader *read, void *context) {
    struct ahead *ahead = memory_get_zero(1, sizeof *ahead);
    ahead->read = read;
    ahead->context = context;
    ahead->bytes = memory_get(PIECES * PIECE_SIZE);
    pthread_mutex_init(&ahead->mutex, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    if (pthread_create(&ahead->thread, NULL, unpack, ahead) != 0) {
        free_all(ahead);
        return NULL;
    }
    return ahead;
}

void ahead_stop(struct ahead *ahead) {
    if (!ahead) return;
    pthread_mutex_lock(&ahead->mutex);
    ahead->is_stopped = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
    pthread_join(ahead->thread, NULL);
    free_all(ahead);
}

/* Waits for a piece; false when there is none any more. */
static bool wait_for_piece(struct ahead *ahead) {
    pthread_mutex_lock(&ahead->mutex);
    while (ahead->made == ahead->taken && !ahead->is_over)
        pthread_cond_wait(&ahead->changed, &ahead->mutex);
    bool is_there = ahead->made > ahead->taken;
    pthread_mutex_unlock(&ahead->mutex);
    return is_there;
}

static void give_back_piece(struct ahead *ahead) {
    ahead->used = 0;
    pthread_mutex_lock(&ahead->mutex);
    ahead->taken++;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->mutex);
}

bool ahead_take(struct ahead *ahead, char *to, size_t room, size_t *got, struct error *error) {
    *got = 0;
    while (*got == 0 && room > 0 && wait_for_piece(ahead)) {
        size_t index = ahead->taken % PIECES, left = ahead->lengths[index] - ahead->used;
        *got = left < room ? left : room;
        memcpy(to, ahead->bytes + index * PIECE_SIZE + ahead->used, *got);
        ahead->used += *got;
        if (*got == left) give_back_piece(ahead);
    }
    if (*got > 0 || room == 0 || !ahead->has_failed) return true;
    *error = ahead->error; /* the thread ended with it */
    ahead->error = (struct error){0};
    return false;
}
