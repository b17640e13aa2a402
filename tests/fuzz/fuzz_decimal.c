/* fuzz_decimal.c: amounts, in each style: what is read is printed, and what is printed is read as the same amount. */
#include "fuzz/fuzz.h"
#include "values/decimal.h"

static void check(struct view text, const struct decimal_style *style) {
    int64_t value = 7, again = 8;
    enum decimal_reason reason = decimal_parse(text, style, &value);
    fuzz_require(decimal_reason_text(reason) != NULL, "a reason without a text");
    if (reason != DECIMAL_FINE && reason != DECIMAL_TOO_PRECISE) {
        fuzz_require(value == 7, "a value although it could not be read");
        return;
    }
    struct buffer printed = {0};
    for (int places = 0; places <= DECIMAL_PLACES; places++) {
        printed.length = 0;
        decimal_print(&printed, value, places);
        fuzz_require(decimal_parse(buffer_view(&printed), &decimal_style_default, &again) == DECIMAL_FINE &&
                         again == value,
                     "%.*s is printed, but not read back", VIEW_ARGS(buffer_view(&printed)));
    }
    printed.length = 0;
    decimal_print_human(&printed, value, true);
    fuzz_require(decimal_parse(buffer_view(&printed), &decimal_style_default, &again) == DECIMAL_FINE && again == value,
                 "%.*s for people is not read back", VIEW_ARGS(buffer_view(&printed)));
    buffer_free(&printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const struct decimal_style european = {',', '.'};
    check(fuzz_view(data, size), &decimal_style_default);
    check(fuzz_view(data, size), &european);
    return 0;
}
