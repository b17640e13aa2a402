/* halves.c: see halves.h. */
#include "base/halves.h"

#include <pthread.h>

struct second_half {
    half_worker *work;
    void *context;
};

static void *do_second(void *argument) {
    const struct second_half *second = argument;
    second->work(second->context, 1);
    return NULL;
}

void halves_do(half_worker *work, void *context, bool has_thread) {
    struct second_half second = {work, context};
    pthread_t thread;
    bool is_beside = has_thread && pthread_create(&thread, NULL, do_second, &second) == 0;
    work(context, 0);
    if (is_beside)
        pthread_join(thread, NULL);
    else
        work(context, 1);
}
