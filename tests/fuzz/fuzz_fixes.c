/* fuzz_fixes.c: fixes.csv: what is read is printed, and read back as the same. */
#include "fixes/fixes.h"
#include "fuzz/fuzz.h"

static void print_all(const struct fixes *fixes, struct buffer *out) {
    buffer_add_text(out, FIXES_HEADER "\r\n");
    for (size_t i = 0; i < fixes_count(fixes); i++) {
        const struct fix *fix = fixes_at(fixes, i);
        fuzz_require(fixes_find(fixes, view_of(fix->id)) <= i, "a fix is not found by its ID");
        fix_print(out, fix);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fixes *fixes = NULL, *again = NULL;
    struct error error = {0};
    struct buffer first = {0}, second = {0};
    if (!fixes_load(fuzz_file(0, fuzz_view(data, size)), &fixes, &error)) {
        fuzz_check_error(&error);
    } else if (fixes_count(fixes) > 0) {
        print_all(fixes, &first);
        fuzz_require(fixes_load(fuzz_file(1, buffer_view(&first)), &again, &error), "is not read back: %s",
                     error.message);
        print_all(again, &second);
        fuzz_require_same(buffer_view(&first), buffer_view(&second), "read back as other fixes");
    }
    fixes_free(fixes);
    fixes_free(again);
    buffer_free(&first);
    buffer_free(&second);
    return 0;
}
