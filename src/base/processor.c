/* processor.c: see processor.h. Without glibc's own record (before 2.33, other C libraries) the compiler's is asked. */
#include "base/processor.h"

#if defined(__x86_64__) && defined(__has_include)
/* cppcheck-suppress preprocessorErrorDirective ; it does not know __has_include */
#if __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>

/* What CPU_FEATURE_ACTIVE does; that shifts a one into the sign of an int for the last bit of a word. */
static bool is_active(unsigned number) {
    const unsigned word = 32, words = 4; /* bits of a register; registers of a leaf */
    const struct cpuid_feature *leaf = __x86_get_cpuid_feature_leaf(number / (word * words));
    return leaf->active_array[number / word % words] >> number % word & 1;
}

#define HAS_RECORD
#define HAS(FEATURE, name) is_active(x86_cpu_##FEATURE)
#endif
#endif
#if defined(__x86_64__) && !defined(HAS)
#define HAS(FEATURE, name) __builtin_cpu_supports(name)
#endif

#ifdef HAS
enum vector_width processor_vectors(void) {
    if (!HAS(AVX2, "avx2") || !HAS(BMI1, "bmi") || !HAS(BMI2, "bmi2")) return VECTOR_PLAIN;
    bool has_512 = HAS(AVX512F, "avx512f") && HAS(AVX512BW, "avx512bw") && HAS(AVX512VL, "avx512vl");
    return has_512 && HAS(AVX512_VBMI2, "avx512vbmi2") ? VECTOR_64 : VECTOR_32;
}
#else
enum vector_width processor_vectors(void) {
    return VECTOR_PLAIN;
}
#endif

#if defined(__x86_64__) && defined(HAS_RECORD)
bool processor_has_sha(void) {
    return HAS(SHA, "sha") && HAS(SSSE3, "ssse3") && HAS(SSE4_1, "sse4.1");
}
#elif defined(__x86_64__)
#include <cpuid.h>
bool processor_has_sha(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return false;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}
#else
bool processor_has_sha(void) {
    return false;
}
#endif
