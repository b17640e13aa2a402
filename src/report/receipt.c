/* receipt.c: receipt.json: which inputs, rules and options gave which outputs, by their hashes; what `sha256sum` can
 * check years later. */
#include "report/json_private.h"

void report_receipt(const struct result *result, const char *version, struct buffer *out)
{
    buffer_add_char(out, '{');
    json_text(out, "format", "st2plecto-receipt/1");
    json_text(out, "program", "st2plecto");
    json_text(out, "version", version);
    json_schema(result, out);
    json_options(result, out);
    json_key(out, "inputs");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->file_count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "path", result->files[i].path);
        json_count(out, "bytes", result->files[i].bytes);
        json_text(out, "sha256", result->files[i].sha256);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
    json_outputs(result, out);
    buffer_add_text(out, "}\n");
}
