/* late.h: libraries that most commands do without, opened where they are first needed. libzip and libxlsxwriter stand on
 * libcrypto, which alone made every start 9 ms of processor time longer (scripts/bench, small). expat and zlib are small, and
 * still took a tenth of the processor time of 100 rows.
 *
 * src/base/late_libraries.txt lists the functions. scripts/late-library makes a header of them, in which they are called by
 * their own names. Where the libraries are linked in (LINK=static), the headers open nothing. */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include <stddef.h>

#include "base/error.h"

struct late_library {
    const char *missing;  /* the message where it is not there */
    const char *files[2]; /* what the dynamic linker knows it by, in the order of trial; the second may be NULL */
    const char *package;  /* of Debian */
};

struct late_function {
    const char *name;
    void *place; /* of the pointer to the function */
};

/* Opens the library and fills the places of all its functions, or of none: late_missing.
 * It stays open: libraries leave handlers behind that run at the end of the program. */
bool late_open(const struct late_library *library, const struct late_function *functions, size_t count,
               struct error *error);
/* Sets EXIT_WRONG_USE with the package to install; false. */
bool late_missing(const struct late_library *library, struct error *error);

#endif
