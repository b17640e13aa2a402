/* wide.c: division of 128 bits for 32-bit ARM. clang has such integers there (-fforce-enable-int128), but the libraries of that
 * machine, which gcc made, divide none. Everywhere else they do, and this file is empty. */
#include <stdint.h>

typedef int wide_is_no_empty_file;

#if defined(__arm__) && defined(__SIZEOF_INT128__)
__extension__ typedef __int128 wide_integer;
__extension__ typedef unsigned __int128 wide;

/* The names are the compiler's. NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
wide __udivti3(wide dividend, wide divisor);
wide __umodti3(wide dividend, wide divisor);
wide_integer __divti3(wide_integer dividend, wide_integer divisor);
wide_integer __modti3(wide_integer dividend, wide_integer divisor);

/* By hand, bit by bit, where 64 bits are not enough, which is where sums are beyond 922 trillion. */
static wide divide(wide dividend, wide divisor, wide *rest) {
    if (dividend <= UINT64_MAX && divisor <= UINT64_MAX) {
        *rest = (uint64_t)dividend % (uint64_t)divisor;
        return (uint64_t)dividend / (uint64_t)divisor;
    }
    wide quotient = 0, left = 0;
    for (int bit = 127; bit >= 0; bit--) {
        int is_beyond = (int)(left >> 127);
        left = left << 1 | (dividend >> bit & 1);
        quotient <<= 1;
        if (is_beyond || left >= divisor) {
            left -= divisor;
            quotient |= 1;
        }
    }
    *rest = left;
    return quotient;
}

static wide size_of(wide_integer value) {
    return value < 0 ? -(wide)value : (wide)value;
}

wide __udivti3(wide dividend, wide divisor) {
    wide rest;
    return divide(dividend, divisor, &rest);
}

wide __umodti3(wide dividend, wide divisor) {
    wide rest;
    (void)divide(dividend, divisor, &rest);
    return rest;
}

wide_integer __divti3(wide_integer dividend, wide_integer divisor) {
    wide rest, quotient = divide(size_of(dividend), size_of(divisor), &rest);
    return (wide_integer)((dividend < 0) != (divisor < 0) ? -quotient : quotient);
}

wide_integer __modti3(wide_integer dividend, wide_integer divisor) {
    wide rest;
    (void)divide(size_of(dividend), size_of(divisor), &rest);
    return (wide_integer)(dividend < 0 ? -rest : rest);
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
#endif
