/* row_key.c: see row_key.h. */
#include "fixes/row_key.h"

#include "base/hash.h"

uint64_t row_key_cell(struct view label, struct view text) {
    struct view trimmed = view_trim(text);
    return trimmed.length > 0 ? hash_bytes(trimmed, hash_bytes(label, 1)) : 0;
}

void row_key_print(struct buffer *out, uint64_t key) {
    buffer_print(out, ROW_KEY_PREFIX "%016llx", (unsigned long long)key);
}

bool row_key_read(struct view text, uint64_t *key) {
    size_t begin = sizeof ROW_KEY_PREFIX - 1;
    if (!view_starts_with(text, ROW_KEY_PREFIX) || text.length != begin + 16) return false;
    *key = 0;
    for (size_t i = begin; i < text.length; i++) {
        char c = text.text[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return false;
        *key = *key << 4 | (uint64_t)digit;
    }
    return true;
}
