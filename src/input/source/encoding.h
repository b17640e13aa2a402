/* encoding.h: bytes of a known encoding to UTF-8. Private to source.c. */
#ifndef INPUT_SOURCE_ENCODING_H
#define INPUT_SOURCE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum encoding { ENCODING_UTF8, ENCODING_UTF8_BOM, ENCODING_UTF16LE, ENCODING_UTF16BE, ENCODING_WINDOWS_1252 };

#define ENCODING_GROWTH 3 /* one stored byte becomes at most so many bytes of UTF-8 */

/* What reports call it: "UTF-8", "UTF-8 with BOM", "UTF-16LE", "UTF-16BE", "Windows-1252". */
const char *encoding_name(enum encoding encoding);
/* Whether `asked` (NULL: detect) is a name that source_options allows; if not, EXIT_WRONG_USE with advice. */
bool encoding_check(const char *asked, struct error *error);
/* The encoding of an input that begins with these `length` bytes (at least 3 unless it is shorter) and how many of
 * them are a byte order mark. `asked` "utf-16" without a mark: EXIT_CANNOT_READ. */
bool encoding_detect(const char *asked, const char *bytes, size_t length, const char *name, enum encoding *encoding,
                     size_t *mark, struct error *error);
/* Decodes UTF-16 or Windows-1252 from `from` into `to`, which has room for ENCODING_GROWTH times `length`. Returns
 * how many bytes were used: all but a cut character at the end, unless `last`, when a high surrogate without its
 * partner becomes U+FFFD and only an odd byte remains. `*written` says how much came out. */
size_t encoding_decode(enum encoding encoding, const char *from, size_t length, bool last, char *to, size_t *written);

#endif
