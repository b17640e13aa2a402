/* credentials.h: e-mail and password of the user who sends, from where they are kept; never from the command line, and
 * never into a message, a file or a core. */
#ifndef UPLOAD_CREDENTIALS_H
#define UPLOAD_CREDENTIALS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"

struct credentials {
    char *email, *password; /* owned; NULL if none were found */
};

/* Where to look: at most one of the first three, else the environment (PLECTO_EMAIL, PLECTO_PASSWORD). */
struct credentials_places {
    const char *file;    /* JSON: {"email": ..., "password": ...} */
    const char *command; /* for /bin/sh; prints the same JSON, or two lines */
    bool uses_netrc;
    const char *netrc; /* NULL: ~/.netrc */
    const char *host;  /* which entry of it */
    double timeout;    /* seconds for the command; 0: no end */
};

/* From now on no core file is written of this process, and other processes of the user cannot look into it. */
void credentials_protect(void);
/* Reads them. EXIT_WRONG_USE: none, a file that others may read, two places, not in the form; EXIT_CANNOT_READ. The
 * environment's are wiped there in any case. Free: credentials_wipe. */
bool credentials_read(const struct credentials_places *places, struct credentials *credentials, struct error *error);
void credentials_wipe(struct credentials *credentials);
/* Replaces what the credentials say, plain and as HTTP's Basic token, by *** (server's words may repeat them). */
void credentials_hide(const struct credentials *credentials, struct buffer *text);

/* --- its parts, apart for the tests --- */

/* {"email": ..., "password": ...}, or with `lines` also two lines. False if it is neither. */
bool credentials_parse(struct view text, bool lines, struct credentials *credentials);
/* The entry of `host` in a netrc file, or its default. */
bool netrc_find(struct view text, const char *host, struct credentials *credentials);
/* Writes zeros that no compiler leaves out. */
void wipe(void *bytes, size_t length);
/* The same for all that a buffer has room for; then frees it. */
void wipe_buffer(struct buffer *buffer);

#endif
