/* stopper.c: see stopper.h. */
#include "upload/stopper.h"

#include <errno.h>
#include <time.h>

void stopper_start(struct stopper *stopper) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    *stopper = (struct stopper){.is_started = true};
    sigemptyset(&stopper->watched);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction now;
        if (sigaction(numbers[i], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
            sigaddset(&stopper->watched, numbers[i]);
    }
    pthread_sigmask(SIG_BLOCK, &stopper->watched, &stopper->before);
}

void stopper_end(struct stopper *stopper) {
    if (stopper->is_started) pthread_sigmask(SIG_SETMASK, &stopper->before, NULL);
    stopper->is_started = false;
}

static void wait_for_signal(struct stopper *stopper, struct timespec time) {
    int number = sigtimedwait(&stopper->watched, NULL, &time);
    if (number <= 0) return;
    stopper->asked++;
    stopper->signal = number;
}

int stopper_asked(struct stopper *stopper) {
    if (stopper->is_started) wait_for_signal(stopper, (struct timespec){0});
    return stopper->asked;
}

static struct timespec time_of(double seconds) {
    struct timespec time = {.tv_sec = (time_t)seconds};
    time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
    return time;
}

static double now_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool stopper_wait(struct stopper *stopper, double seconds) {
    double end = now_seconds() + seconds, left = seconds;
    while (left > 0 && stopper->asked == 0) {
        struct timespec time = time_of(left);
        if (stopper->is_started)
            wait_for_signal(stopper, time);
        else
            clock_nanosleep(CLOCK_MONOTONIC, 0, &time, NULL);
        left = end - now_seconds();
    }
    return stopper_asked(stopper) == 0;
}
