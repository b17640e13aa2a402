/* fuzz.h: what the fuzz targets share. A target is one file fuzz_NAME.c with LLVMFuzzerTestOneInput: libFuzzer, AFL++
 * and standalone.c (which only runs saved inputs) all call that.
 *
 * A target looks for more than crashes: it states laws (two readers agree, what is printed is read back, no byte is
 * lost) by fuzz_require. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as a text. */
static inline struct view fuzz_view(const uint8_t *data, size_t size) {
    return view_from((const char *)data, size);
}

/* The path of a file in memory that holds these bytes until the next call with the same `slot` (0 to 2). */
const char *fuzz_file(size_t slot, struct view bytes);
/* The same as a descriptor, which stays ours. */
int fuzz_descriptor(size_t slot, struct view bytes);
/* A number that depends on the input alone: chooses options without a place in the input being theirs. */
uint64_t fuzz_choice(struct view bytes);

/* Stops with the text if the law is broken. */
void fuzz_require(bool law, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same for two texts that shall be one. */
void fuzz_require_same(struct view left, struct view right, const char *what);
/* An error must have a code and a text, and the code must be one that fits a bad file: 2 or 3. Frees it. */
void fuzz_check_error(struct error *error);

/* An input that describes a zip file: parts, each a line "=== NAME" and then its bytes up to the line break before the
 * next such line. Appends the zip file, parts stored as they are, so that the fuzzer need not know checksums. */
void fuzz_zip(struct view input, struct buffer *out);

#endif
