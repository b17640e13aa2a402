/* data_source_make.h: makes a data source in Plecto from datasource.json. Making one twice would be visible to everybody,
 * so Plecto is asked for its title before, and again where an answer is lost. */
#ifndef UPLOAD_DATA_SOURCE_MAKE_H
#define UPLOAD_DATA_SOURCE_MAKE_H

#include "upload/client.h"
#include "upload/data_source.h"

/* `title` replaces that of datasource.json. With `may_repeat` another data source of this title is no trouble. The UUID
 * goes to `uuid`; `*was_lost` says that it was found by its title, because the answer was lost. EXIT_WRONG_USE: there is
 * one of this title; EXIT_UPLOAD_STOPPED, EXIT_UPLOAD_REFUSED. */
bool data_source_make(const struct published *published, const char *title, bool may_repeat, struct client *client,
                      char uuid[UUID_LENGTH + 1], bool *was_lost, struct error *error);

#endif
