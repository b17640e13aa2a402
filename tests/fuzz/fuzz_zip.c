/* fuzz_zip.c: the bytes of a workbook as they are: a zip file, damaged in any way. */
#include "fuzz/fuzz.h"
#include "fuzz/workbooks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    /* What source.c asks before it takes a file for a workbook. */
    if (size < 4 || memcmp(data, "PK\003\004", 4) != 0) return -1;
    try_workbook(fuzz_view(data, size));
    return 0;
}
