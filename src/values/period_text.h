/* STUB */
#ifndef VALUES_PERIOD_TEXT_H
#define VALUES_PERIOD_TEXT_H
#include <stdbool.h>
#include <stdint.h>
#include "base/view.h"
bool period_text_find(struct view text, int32_t *from, int32_t *to);
#endif
