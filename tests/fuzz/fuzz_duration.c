/* fuzz_duration.c: lengths of time: what is printed is read back as the same length. */
#include "fuzz/fuzz.h"
#include "values/duration.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int64_t value = 0, again = 1;
    if (!duration_parse(fuzz_view(data, size), &value)) return 0;
    struct buffer printed = {0};
    duration_print(&printed, value);
    fuzz_require(duration_parse(buffer_view(&printed), &again) && again == value, "%.*s is printed, but not read back",
                 VIEW_ARGS(buffer_view(&printed)));
    buffer_free(&printed);
    return 0;
}
