/* fuzz_expect.c: numbers off a dashboard, as --expect says one and as --expect-file has many. */
#include <stdlib.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "reconcile/expect.h"

static void check(const struct expectations *expectations) {
    for (size_t i = 0; i < expectations->count; i++) {
        const struct expectation *one = &expectations->list[i];
        fuzz_require(one->metric && *one->metric, "a number of nothing");
        fuzz_require(!one->has_period || one->from <= one->to, "a period from %d to %d", one->from, one->to);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view bytes = fuzz_view(data, size);
    struct expectations one = {0}, many = {0};
    struct error error = {0};
    char *text = memory_copy(bytes);
    if (expectation_parse(text, &one, &error))
        check(&one);
    else
        fuzz_check_error(&error);
    if (expectations_read(fuzz_file(0, bytes), &many, &error)) {
        fuzz_require(many.count > 0, "a file of no numbers is taken");
        check(&many);
    } else {
        fuzz_check_error(&error);
    }
    expectations_free(&one);
    expectations_free(&many);
    free(text);
    return 0;
}
