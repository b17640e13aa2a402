/* measure: runs a command and says what it took, without any package.
 *
 *     measure RESULT COMMAND…
 *
 * Writes "SECONDS PEAK-KIB CPU-SECONDS" to the file RESULT and exits as the command did. The peak is the kernel's own high-water
 * mark of resident memory (wait4); this program is tiny, so what a child inherits before exec does not show in it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fputs("usage: measure RESULT COMMAND...\n", stderr);
        return 2;
    }
    double start = now();
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fprintf(stderr, "measure: cannot run %s: %s\n", argv[2], strerror(errno));
        _exit(127);
    }
    struct rusage usage;
    int status = 0;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        fprintf(stderr, "measure: cannot run %s: %s\n", argv[2], strerror(errno));
        return 4;
    }
    double seconds = now() - start;
    double processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    FILE *result = fopen(argv[1], "w");
    if (result == NULL || fprintf(result, "%.6f %ld %.6f\n", seconds, usage.ru_maxrss, processor) < 0 ||
        fclose(result) != 0) {
        fprintf(stderr, "measure: cannot write %s: %s\n", argv[1], strerror(errno));
        return 4;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
