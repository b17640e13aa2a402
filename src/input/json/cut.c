/* cut.c: 64 bytes at a time become four 64-bit masks (quotes, backslashes, opening and closing
 * brackets; SSE2 where there is, else a plain loop). A running exclusive-or over the quotes gives the
 * bytes inside strings, as simdjson does it (Langdale and Lemire, 2019, section 3.1); the brackets left
 * are counted. Masks start at the element, so its end never depends on how the input was cut. */
#include "input/json/cut.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct masks {
    uint64_t quotes, slashes, opens, closes;
};

#ifdef __SSE2__
static inline uint64_t matches(const __m128i bytes[4], char wanted) {
    const __m128i all = _mm_set1_epi8(wanted);
    uint64_t mask = 0;
    for (int i = 0; i < 4; i++) {
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes[i], all)) << (16 * i);
    }
    return mask;
}

static inline void look(const char *text, struct masks *masks) {
    __m128i bytes[4], folded[4];
    for (int i = 0; i < 4; i++) {
        bytes[i] = _mm_loadu_si128((const __m128i *)(const void *)(text + 16 * i));
        folded[i] = _mm_or_si128(bytes[i], _mm_set1_epi8(0x20)); /* [ and { differ in this bit only, ] and } too */
    }
    masks->quotes = matches(bytes, '"');
    masks->slashes = matches(bytes, '\\');
    masks->opens = matches(folded, '{');
    masks->closes = matches(folded, '}');
}
#else
static inline void look(const char *text, struct masks *masks) {
    struct masks found = {0, 0, 0, 0};
    for (int i = 0; i < 64; i++) {
        char c = text[i], folded = (char)(c | 0x20);
        found.quotes |= (uint64_t)(c == '"') << i;
        found.slashes |= (uint64_t)(c == '\\') << i;
        found.opens |= (uint64_t)(folded == '{') << i;
        found.closes |= (uint64_t)(folded == '}') << i;
    }
    *masks = found;
}
#endif

/* The bytes that stand behind an escaping backslash; `*carry` is 1 if the first one of the next 64 does. */
static uint64_t escaped_bytes(uint64_t slashes, uint64_t *carry) {
    uint64_t escaped = *carry;
    slashes &= ~escaped;
    *carry = 0;
    while (slashes) {
        uint64_t slash = slashes & (0 - slashes);
        escaped |= slash << 1;
        *carry = slash >> 63;
        slashes &= ~(slash | slash << 1);
    }
    return escaped;
}

/* Bit i = exclusive-or of the bits 0 .. i. */
static inline uint64_t running_xor(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    return bits ^ bits << 32;
}

static const char *brackets_end(const char *at, const char *end) {
    uint64_t in_string = 0, carry = 0; /* in_string: all ones if the 64 bytes begin inside a string */
    size_t depth = 0;
    for (; at < end; at += 64) {
        struct masks masks;
        if (end - at >= 64) {
            look(at, &masks);
        } else {
            char rest[64];
            memset(rest, ' ', sizeof rest);
            memcpy(rest, at, (size_t)(end - at));
            look(rest, &masks);
        }
        uint64_t escaped = masks.slashes | carry ? escaped_bytes(masks.slashes, &carry) : 0;
        uint64_t inside = running_xor(masks.quotes & ~escaped) ^ in_string;
        in_string = 0 - (inside >> 63);
        uint64_t opens = masks.opens & ~inside;
        for (uint64_t both = opens | (masks.closes & ~inside); both; both &= both - 1) {
            if (opens & both & (0 - both)) {
                depth++;
            } else if (--depth == 0) {
                return at + __builtin_ctzll(both) + 1;
            }
        }
        if (end - at < 64) {
            break;
        }
    }
    return NULL;
}

static const char *string_end(const char *at, const char *end) {
    for (at++; at < end; at++) {
        if (*at == '"') {
            return at + 1;
        }
        if (*at == '\\') {
            at++;
        }
    }
    return NULL;
}

const char *json_skip_joints(const char *at, const char *end) {
    static const char mark[] = "\xEF\xBB\xBF", end_of_file = '\x1A';
    for (;;) {
        at = json_skip_blanks(at, end);
        bool has_mark = end - at >= 3 && memcmp(at, mark, 3) == 0;
        if (!has_mark && (at == end || *at != end_of_file)) {
            return at;
        }
        at += has_mark ? 3 : 1;
    }
}

const char *json_element_end(const char *at, const char *end, bool final) {
    if (*at == '{' || *at == '[') {
        return brackets_end(at, end);
    }
    if (*at == '"') {
        return string_end(at, end);
    }
    for (at++; at < end; at++) {
        if (*at == '\0' || strchr(",:\"{}[] \t\r\n", *at)) {
            return at;
        }
    }
    return final ? at : NULL;
}

/* The next CR or LF, or the end. */
static const char *line_stop(const char *at, const char *end) {
#ifdef __SSE2__
    const __m128i feed = _mm_set1_epi8('\n'), back = _mm_set1_epi8('\r');
    for (; end - at >= 32; at += 32) {
        __m128i one = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i two = _mm_loadu_si128((const __m128i *)(const void *)(at + 16));
        __m128i ones = _mm_or_si128(_mm_cmpeq_epi8(one, feed), _mm_cmpeq_epi8(one, back));
        __m128i twos = _mm_or_si128(_mm_cmpeq_epi8(two, feed), _mm_cmpeq_epi8(two, back));
        unsigned mask = (unsigned)_mm_movemask_epi8(ones) | (unsigned)_mm_movemask_epi8(twos) << 16;
        if (mask) {
            return at + __builtin_ctz(mask);
        }
    }
#endif
    while (at < end && *at != '\n' && *at != '\r') {
        at++;
    }
    return at;
}

void json_position_advance(struct json_position *position, const char *at, const char *end) {
    /* a record that stands in one line, as most do: memchr is faster than looking for both at once */
    size_t length = (size_t)(end - at);
    if (length > 64 && !memchr(at, '\n', length) && !memchr(at, '\r', length)) {
        position->column += length;
        position->after_return = false;
        return;
    }
    while (at < end) {
        const char *stop = line_stop(at, end);
        if (stop > at) {
            position->column += (uint64_t)(stop - at);
            position->after_return = false;
        }
        if (stop == end) {
            return;
        }
        if (*stop == '\r' || !position->after_return) {
            position->line++;
        }
        position->column = 1;
        position->after_return = *stop == '\r';
        at = stop + 1;
    }
}
