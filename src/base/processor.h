/* processor.h: what the processor can do beyond what every one of its kind can. The answers are read off what the C library
 * has found out at the start: asking the processor itself is slow on virtual machines. */
#ifndef BASE_PROCESSOR_H
#define BASE_PROCESSOR_H

#include <stdbool.h>

/* Bytes that it compares at once. */
enum vector_width {
    VECTOR_PLAIN, /* what the compiler may take for granted: 16 on x86-64, else one by one */
    VECTOR_32,    /* AVX2 and BMI */
    VECTOR_64     /* AVX-512 of the generations that do not slow down for it (those with VBMI2) */
};

enum vector_width processor_vectors(void);

/* SHA-256 instructions of x86-64, with what goes along with them here. */
bool processor_has_sha(void);

#endif
