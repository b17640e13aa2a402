/* published_private.h: what published.c (lines), published_check.c (may it be sent?) and published_file.c (whole files)
 * share. */
#ifndef UPLOAD_PUBLISHED_PRIVATE_H
#define UPLOAD_PUBLISHED_PRIVATE_H

#include "report/result.h"
#include "upload/published.h"

typedef void published_taker(void *context, struct view bytes);

/* "PATH cannot be read" and why, of errno; false. */
bool published_cannot_read(const char *path, struct error *error);
/* Opens a file for reading; -1 with EXIT_CANNOT_READ, or EXIT_WRONG_USE for what is no regular file (a pipe would hang). */
int published_open_file(const char *path, struct error *error);
/* Hands over the bytes of a file in pieces. EXIT_CANNOT_READ. */
bool published_read_file(const char *path, published_taker *take, void *context, struct error *error);
/* A taker that appends to the struct buffer `context`. */
void published_collect(void *context, struct view bytes);
/* "NAME in FOLDER is not what convert wrote"; false. */
bool published_changed(const struct published *published, const char *name, struct error *error);
/* Reads receipt.json, result.json, datasource.json and rejected.csv into `published`, and refuses what may not be
 * sent. */
bool published_check(struct published *published, struct error *error);
/* Sets the days that the folder speaks for, and whether they are stated (published_period.c). */
bool published_take_period(struct published *published, const struct result *result, struct error *error);

#endif
