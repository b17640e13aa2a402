/* receipt.c: receipt.json: which files, rules and options gave which outputs, by their hashes; what `sha256sum` can
 * check years later. Two receipts with the same inputs, schema and options have the same outputs. */
#include "base/hash.h"
#include "render/json_private.h"

static void add_value(const struct result_option *option, size_t number, struct buffer *out) {
    if (option->is_bare)
        buffer_add_text(out, option->values[number]);
    else
        json_string(out, view_of(option->values[number]));
}

static void add_list(const struct result_option *option, struct buffer *out) {
    buffer_add_char(out, '[');
    for (size_t i = 0; i < option->value_count; i++) {
        buffer_add_text(out, i > 0 ? "," : "");
        add_value(option, i, out);
    }
    buffer_add_char(out, ']');
}

static void add_options(const struct result *result, struct buffer *out) {
    buffer_add_char(out, '{');
    for (size_t i = 0; i < result->option_count; i++) {
        const struct result_option *option = &result->options[i];
        json_key(out, option->name);
        if (option->is_list)
            add_list(option, out);
        else if (option->value_count > 0)
            add_value(option, 0, out);
        else
            buffer_add_text(out, "null");
    }
    buffer_add_char(out, '}');
}

/* The options, and one hash over them as they stand here. */
static void add_hashed_options(const struct result *result, struct buffer *out) {
    struct buffer options = {0};
    char hex[65];
    add_options(result, &options);
    sha256_of(buffer_view(&options), hex);
    json_key(out, "options");
    buffer_add(out, buffer_view(&options));
    json_text(out, "options_sha256", hex);
    buffer_free(&options);
}

static void add_inputs(const struct result *result, struct buffer *out) {
    json_key(out, "inputs");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->inputs.count; i++) {
        const struct read_file *file = &result->inputs.list[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "role", file_role_name(file->role));
        json_text(out, "path", file->path);
        json_count(out, "bytes", file->bytes);
        json_text(out, "sha256", file->sha256);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

void render_receipt(const struct result *result, const char *version, struct buffer *out) {
    buffer_add_char(out, '{');
    json_text(out, "format", RECEIPT_FORMAT);
    json_text(out, "program", "st2plecto");
    json_text(out, "version", version);
    json_count(out, "rules", result->rules);
    json_text(out, "zone_data", result->zone_data);
    json_schema(result, out);
    add_hashed_options(result, out);
    add_inputs(result, out);
    json_outputs(result, out);
    buffer_add_text(out, "}\n");
}
