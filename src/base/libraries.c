/* libraries.c: see libraries.h. The counter is the second piece of global state of the program (the first is in main.c):
 * a library hands nothing through its fclose. */
#include "base/libraries.h"

#include <stdatomic.h>
#include <stdbool.h>

#include "base/exhausted.h"
#include "base/libraries_private.h"

static atomic_ulong failed_streams;

unsigned long libraries_failed_streams(void) {
    return atomic_load(&failed_streams);
}

int libraries_close(int (*real)(FILE *), FILE *stream) {
    bool has_failed = ferror(stream) != 0;
    int answer = real(stream);
    if (has_failed || answer != 0) atomic_fetch_add(&failed_streams, 1);
    return answer;
}

/* minizip, which packs for libxlsxwriter, goes back to fill in sizes and sums, and does not always ask whether it got
 * there. */
int libraries_count_failure(int answer) {
    if (answer != 0) atomic_fetch_add(&failed_streams, 1);
    return answer;
}

/* Where libxlsxwriter goes from writing a temporary file to reading it. */
void libraries_rewind(int (*real_seek)(FILE *, long, int), FILE *stream) {
    bool has_failed = ferror(stream) != 0;
    libraries_count_failure(real_seek(stream, 0, SEEK_SET) != 0 || has_failed);
    clearerr(stream);
}

void *libraries_memory(void *memory, size_t size) {
    if (!memory && size > 0) memory_exhausted();
    return memory;
}
