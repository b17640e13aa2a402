/* memory_file.c: see memory_file.h. */
#define _GNU_SOURCE /* memfd_create */
#include "support/memory_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void require(bool is_fine) {
    if (is_fine) return;
    perror("a file in memory");
    abort();
}

struct memory_file memory_file_create(void) {
    struct memory_file file = {.descriptor = memfd_create("test", MFD_CLOEXEC)};
    require(file.descriptor >= 0);
    snprintf(file.path, sizeof file.path, "/proc/self/fd/%d", file.descriptor);
    return file;
}

void memory_file_write(const struct memory_file *file, struct view bytes) {
    require(ftruncate(file->descriptor, 0) == 0);
    for (size_t done = 0; done < bytes.length;) {
        ssize_t written = pwrite(file->descriptor, bytes.text + done, bytes.length - done, (off_t)done);
        require(written > 0);
        done += (size_t)written;
    }
}

void memory_file_close(const struct memory_file *file) {
    close(file->descriptor);
}
