/* fuzz_workbook.c: the parts of a workbook, which the harness puts into a zip file (fuzz_zip). */
#include "fuzz/fuzz.h"
#include "fuzz/workbooks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buffer zip = {0};
    fuzz_zip(fuzz_view(data, size), &zip);
    try_workbook(buffer_view(&zip));
    buffer_free(&zip);
    return 0;
}
