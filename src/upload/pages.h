/* pages.h: a list of Plecto's, such as its data sources or members, page by page. */
#ifndef UPLOAD_PAGES_H
#define UPLOAD_PAGES_H

#include "upload/client.h"

enum pages_end {
    PAGES_READ,
    PAGES_NOT_ALLOWED, /* the user may not see the list, or the answer is none; no error is set */
    PAGES_FAILED       /* the error is set */
};
/* Takes one item of the list: a raw JSON value, valid until it returns. */
typedef void pages_taker(void *context, struct view item);
/* Whether `text` is the one of before, whose hash is in `hash` (empty at first), which it replaces: a server that does not turn
 * pages shows the same again. */
bool page_is_repeated(char hash[65], struct view text);
/* GETs `path` with ?page=1 and on until a page says that it is the last, is empty, begins as the one before, or is not
 * there. EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED (401, redirects). */
enum pages_end pages_read(struct client *client, const char *path, pages_taker *take, void *context,
                          struct error *error);

#endif
