/* bind_private.h: the steps of bind_columns that have files of their own. Private to schema/. */
#ifndef SCHEMA_BIND_PRIVATE_H
#define SCHEMA_BIND_PRIVATE_H

#include "schema/bind.h"
#include "schema/match.h"

/* Fills the binding's people: the field `chosen` by --employee (or NULL) with its partner, if the schema has one, before
 * the schema's first candidate in the file and its fallbacks. The cells are bound already. EXIT_WRONG_USE where `chosen`
 * is no column of the file, or is personal data of a customer. */
bool bind_people(struct binding *binding, const struct match *match, const char *chosen, struct error *error);

#endif
