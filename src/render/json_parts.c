/* json_parts.c: the parts that result.json and receipt.json both have. */
#include "render/json_private.h"

void json_outputs(const struct result *result, struct buffer *out) {
    json_key(out, "outputs");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->output_count; i++) {
        const struct result_output *output = &result->outputs[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "name", output->name);
        json_count(out, "bytes", output->bytes);
        json_count(out, "records", output->records);
        json_text(out, "sha256", output->sha256);
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, "]");
}

void json_options(const struct result *result, struct buffer *out) {
    json_key(out, "options");
    buffer_add_char(out, '{');
    json_text(out, "by", result->by);
    json_text(out, "per", result->per);
    json_text(out, "layout", result->layout);
    json_text(out, "period", result->period);
    json_text(out, "time_zone", result->zone);
    json_flag(out, "active_only", result->active_only);
    json_text(out, "on_error", result->on_error);
    json_text(out, "fail_on", result->fail_on);
    buffer_add_char(out, '}');
}

void json_schema(const struct result *result, struct buffer *out) {
    json_key(out, "schema");
    buffer_add_char(out, '{');
    json_text(out, "name", result->schema_name);
    json_text(out, "title", result->schema_title);
    json_text(out, "file", result->schema_file);
    json_text(out, "sha256", result->schema_sha256);
    buffer_add_char(out, '}');
}
