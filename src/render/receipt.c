/* receipt.c: receipt.json: which inputs, rules and options gave which outputs, by their hashes; what `sha256sum` can
 * check years later. */
#include "base/hash.h"
#include "render/json_private.h"

/* One hash over all options that shape the outputs: two receipts with the same inputs, schema and options hashes
 * have the same outputs. */
static void add_options_hash(const struct result *result, struct buffer *out) {
    struct sha256 hash;
    char hex[65];
    sha256_start(&hash);
    sha256_add(&hash, result->options_text, strlen(result->options_text));
    sha256_end(&hash, hex);
    json_text(out, "options_text", result->options_text);
    json_text(out, "options_sha256", hex);
}

void render_receipt(const struct result *result, const char *version, struct buffer *out) {
    buffer_add_char(out, '{');
    json_text(out, "format", "st2plecto-receipt/1");
    json_text(out, "program", "st2plecto");
    json_text(out, "version", version);
    json_schema(result, out);
    json_options(result, out);
    add_options_hash(result, out);
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
