/* feed_near.h: what is there where a feed finds nothing, and the files that no feed takes. */
#ifndef ROUTINE_FEED_NEAR_H
#define ROUTINE_FEED_NEAR_H

#include "base/buffer.h"
#include "routine/feeds.h"

/* Sentences on a feed whose patterns match nothing: files whose names differ only in capital letters, with the pattern that
 * takes them; else what the folders have, or that one is not there. Returns whether there are such near ones. */
bool feed_near(const struct feed *feed, struct buffer *out);
/* The exports beside those of the feeds that no feed takes, by path; files that options name are taken. The caller frees
 * the paths and the list. */
char **routine_unclaimed(const struct routine *routine, size_t *count);

#endif
