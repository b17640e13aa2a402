/* text_words.h: short texts as a few words, by which they are hashed and told apart without a call or a loop. */
#ifndef RECONCILE_TEXT_WORDS_H
#define RECONCILE_TEXT_WORDS_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/view.h"

#define TEXT_WORDS_MOST 32u /* bytes of the longest */

/* With its length they are the text. */
struct text_words {
    uint64_t first, last;         /* its ends, which may overlap; of one below 8 bytes `last` is 0 */
    uint64_t second, second_last; /* of one above 16 bytes: what is beside them; else 0 */
};

static inline uint64_t text_word_at(const char *text) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* A text of up to 7 bytes: each of its bytes is one of the word. Loads of what it has, because bytes that were just copied one
 * by one are slow to be read as a word. */
static inline uint64_t text_short_word(struct view text) {
    if (text.length >= 4) {
        uint32_t first, last;
        memcpy(&first, text.text, sizeof first);
        memcpy(&last, text.text + text.length - sizeof last, sizeof last);
        return first | (uint64_t)last << 32;
    }
    if (text.length == 0) return 0;
    const unsigned char *bytes = (const unsigned char *)text.text;
    return bytes[0] | (uint64_t)bytes[text.length / 2] << 8 | (uint64_t)bytes[text.length - 1] << 16;
}

/* False: the text is too long. */
static inline bool text_words_of(struct view text, struct text_words *words) {
    *words = (struct text_words){0};
    if (text.length > TEXT_WORDS_MOST) return false;
    if (text.length < 8) {
        words->first = text_short_word(text);
        return true;
    }
    const char *end = text.text + text.length;
    words->first = text_word_at(text.text);
    words->last = text_word_at(end - 8);
    if (text.length <= 16) return true;
    words->second = text_word_at(text.text + 8);
    words->second_last = text_word_at(end - 16);
    return true;
}

/* Of two texts of one length. */
static inline bool text_words_equal(const struct text_words *left, const struct text_words *right) {
    return ((left->first ^ right->first) | (left->last ^ right->last) | (left->second ^ right->second) |
            (left->second_last ^ right->second_last)) == 0;
}

static inline uint64_t text_mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* 32 bits, the upper ones mixed best: see text_slot. */
static inline uint32_t text_words_hash(const struct text_words *words, size_t length) {
    return (uint32_t)(text_mix(length + words->first * 3 + words->second, words->last + words->second_last * 5) >> 32);
}

/* The slot for a hash among so many. */
static inline size_t text_slot(uint32_t hash, uint32_t slots) {
    return (size_t)((uint64_t)hash * slots >> 32);
}

#endif
