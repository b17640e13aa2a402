/* table.h: texts to small numbers, in the order they came (a hash table that interns).
 *
 * Used for people, group keys, causes, labels: the number is an index into an array of the owner's. */
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/view.h"

struct table;

/* An empty table. Free: table_destroy. */
struct table *table_create(void);
void table_destroy(struct table *table); /* NULL is fine */
/* Forgets all keys and keeps the room: for tables that are filled again and again. */
void table_clear(struct table *table);
/* The number of `key`, which is copied if it is new; numbers go 0, 1, 2 …. `*is_new` may be NULL. */
size_t table_add(struct table *table, struct view key, bool *is_new);
/* Adds many keys at once, which takes less time than one by one where the table is larger than the caches; `numbers` gets
 * their numbers. */
void table_add_many(struct table *table, const struct view *keys, size_t count, uint32_t *numbers);
/* The number of `key`, or SIZE_MAX. */
size_t table_find(const struct table *table, struct view key);
/* The key with this number; valid as long as the table. */
struct view table_key(const struct table *table, size_t number);
/* How many keys there are. */
size_t table_count(const struct table *table);

#endif
