#include "convert/grain.h"
struct grain *grain_create(const struct view *columns, const bool *is_usable, size_t column_count) {
    (void)columns;
    (void)is_usable;
    (void)column_count;
    return 0;
}
void grain_free(struct grain *grain) {
    (void)grain;
}
void grain_add(struct grain *grain, struct view id, const struct view *cells) {
    (void)grain;
    (void)id;
    (void)cells;
}
bool grain_find(struct grain *grain, size_t *chosen, size_t *chosen_count) {
    (void)grain;
    (void)chosen;
    *chosen_count = 0;
    return false;
}
