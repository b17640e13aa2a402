/* place_copy.c: a file is copied whole or reported; see place.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "output/place.h"

#define PIECE (1 << 16)

static bool copy_bytes(int from, int to) {
    char *piece = memory_get(PIECE);
    ssize_t got;
    bool is_fine = true;
    while (is_fine && (got = read(from, piece, PIECE)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        is_fine = got > 0;
        for (ssize_t at = 0; is_fine && at < got;) {
            ssize_t written = write(to, piece + at, (size_t)(got - at));
            if (written < 0 && errno == EINTR) continue;
            is_fine = written > 0;
            at += written;
        }
    }
    free(piece);
    return is_fine && place_sync(to) == 0;
}

bool place_copy_file(const char *from, const char *to) {
    int source = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    int target = source < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0660);
    bool is_fine = target >= 0 && copy_bytes(source, target);
    if (source >= 0) close(source);
    if (target >= 0 && close(target) != 0 && errno != EINTR) is_fine = false;
    if (target >= 0 && !is_fine) unlink(to);
    return is_fine;
}
