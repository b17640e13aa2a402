/* fuzz_number_format.c: format codes and the numbers of cells: "CODE", a line break, the number. */
#include "fuzz/fuzz.h"
#include "values/datetime.h"
#include "workbook/number_format.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view text = fuzz_view(data, size);
    const char *line = size > 0 ? memchr(data, '\n', size) : NULL;
    if (!line) return -1;
    struct view code = view_from(text.text, (size_t)(line - text.text));
    struct view number = view_from(line + 1, size - code.length - 1);
    struct number_format format = number_format_read(code);
    struct buffer printed = {0};
    for (int is_1904 = 0; is_1904 < 2; is_1904++) {
        printed.length = 0;
        number_format_print(&format, is_1904, number, &printed);
        if (printed.length == 0) fuzz_require(number.length == 0, "a number vanishes");
        /* zeros of the format (00000) come in front */
        fuzz_require(printed.length <= number.length + code.length + 64, "a number of %zu bytes becomes %zu",
                     number.length, printed.length);
    }
    for (uint32_t id = 0; id < 100; id++) {
        printed.length = 0;
        number_format_print(number_format_built_in(id), false, number, &printed);
    }
    buffer_free(&printed);
    return 0;
}
