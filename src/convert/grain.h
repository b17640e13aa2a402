/* STUB */
#ifndef CONVERT_GRAIN_H
#define CONVERT_GRAIN_H
#include "base/view.h"
#include <stdbool.h>
#define GRAIN_LIMIT 3
struct grain;
struct grain *grain_create(const struct view *columns, const bool *is_usable, size_t column_count);
void grain_free(struct grain *grain);
void grain_add(struct grain *grain, struct view id, const struct view *cells);
bool grain_find(struct grain *grain, size_t *chosen, size_t *chosen_count);
#endif
