/* hash.c: a multiply-and-fold hash over words of eight bytes, after the idea of wyhash: two 64-bit halves are
 * multiplied to 128 bits and folded, which mixes every bit of both. Little-endian reading keeps it the same
 * on every machine. */
#include "base/hash.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

static uint64_t fold(uint64_t left, uint64_t right)
{
    wide product = (wide)left * right;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t word(const unsigned char *bytes, size_t count)
{
    uint64_t result = 0;
    if (count == 8) {
        memcpy(&result, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        result = __builtin_bswap64(result);
#endif
        return result;
    }
    for (size_t i = 0; i < count; i++)
        result |= (uint64_t)bytes[i] << (8 * i);
    return result;
}

uint64_t hash_bytes(struct view view, uint64_t seed)
{
    static const uint64_t first = 0x9e3779b97f4a7c15u, second = 0xd6e8feb86659fd93u, third = 0xa0761d6478bd642fu;
    const unsigned char *bytes = (const unsigned char *)view.text;
    size_t left = view.length;
    uint64_t hash = seed ^ first;
    for (; left >= 16; bytes += 16, left -= 16)
        hash = fold(word(bytes, 8) ^ second, word(bytes + 8, 8) ^ hash);
    uint64_t low = 0, high = 0;
    if (left >= 8) {
        low = word(bytes, 8);
        high = word(bytes + 8, left - 8);
    } else if (left > 0) {
        low = word(bytes, left);
    }
    return fold(second ^ (uint64_t)view.length, fold(low ^ second, high ^ hash) ^ third);
}
