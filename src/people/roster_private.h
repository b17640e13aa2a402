/* roster_private.h: what roster_read.c (files) and roster.c (lines) share. */
#ifndef PEOPLE_ROSTER_PRIVATE_H
#define PEOPLE_ROSTER_PRIVATE_H

#include "people/roster.h"

#define SPACE_COUNT 4 /* enum person_space */

/* The roster, made empty. */
struct roster *roster_create(void);
/* A line of a roster: an ID of `space`, a user ID and a name; IDs may be empty. Returns its number. */
size_t roster_add(struct roster *roster, enum person_space space, struct view id, struct view user, struct view name);
/* The e-mail address of line `row`; an empty one is none. */
void roster_add_email(struct roster *roster, size_t row, struct view email);
/* Another spelling of the name of line `row`. */
void roster_add_alias(struct roster *roster, size_t row, struct view alias);
/* A file that was read whole. */
void roster_add_file(struct roster *roster, struct input *input);
/* Finds which lines are one person; after each file. */
void roster_link(struct roster *roster);

#endif
