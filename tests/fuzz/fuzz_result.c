#define _GNU_SOURCE /* memmem */
/* fuzz_result.c: result.json read back, every report made of it, and the JSON of what was read is read as the same. */
#include "fuzz/fuzz.h"
#include "base/json_scan.h"
#include "render/render.h"

static void render(const struct result *result, struct buffer *out) {
    static const struct html_options html = {true};
    const struct text_options text = {.colour = true, .verbose = true, .show_values = true};
    void (*const reports[])(const struct result *, struct buffer *) = {render_jsonl, render_junit, render_github,
                                                                       render_markdown, report_verdict};
    for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
        reports[i](result, out);
    render_text(result, &text, out);
    size_t page = out->length;
    render_html(result, &html, out);
    fuzz_require(!memmem(out->text + page, out->length - page, "<script", 7), "the page has a script");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct result result = {0}, again = {0};
    struct error error = {0};
    struct buffer reports = {0}, first = {0}, second = {0};
    struct json_scan scan;
    if (!result_read(fuzz_file(0, fuzz_view(data, size)), &result, &error)) {
        fuzz_check_error(&error);
    } else {
        render_json(&result, &first);
        fuzz_require(json_scan_all(&scan, buffer_view(&first)), "result.json is no JSON: %s", scan.fault);
        fuzz_require(result_read(fuzz_file(1, buffer_view(&first)), &again, &error), "is not read back: %s",
                     error.message);
        render_json(&again, &second);
        fuzz_require_same(buffer_view(&first), buffer_view(&second), "read back as another result");
        render(&result, &reports);
    }
    result_free(&result);
    result_free(&again);
    buffer_free(&reports);
    buffer_free(&first);
    buffer_free(&second);
    return 0;
}
