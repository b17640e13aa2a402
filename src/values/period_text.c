#include "values/period_text.h"
bool period_text_find(struct view text, int32_t *from, int32_t *to) { (void)text; *from = *to = 0; return false; }
