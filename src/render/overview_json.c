/* overview_json.c: overview.json. */
#include "base/exit_codes.h"
#include "output/tree.h"
#include "render/json_write.h"
#include "render/overview_render.h"

static void add_rows(struct buffer *out, uint64_t rows, uint64_t written, uint64_t rejected) {
    json_key(out, "rows");
    buffer_add_char(out, '{');
    json_count(out, "in", rows);
    json_count(out, "written", written);
    json_count(out, "rejected", rejected);
    buffer_add_char(out, '}');
}

static void add_money(struct buffer *out, const struct overview_source *source) {
    json_key(out, "money");
    if (!source->has_money) {
        buffer_add_text(out, "null");
        return;
    }
    buffer_add_char(out, '{');
    json_text(out, "title", source->money_title);
    json_amount(out, "in", source->money_in);
    json_amount(out, "written", source->money_written);
    buffer_add_char(out, '}');
}

static void add_source(struct buffer *out, const struct overview_source *source) {
    struct buffer age = {0};
    overview_age(source, &age);
    buffer_add_char(&age, '\0');
    json_element(out);
    buffer_add_char(out, '{');
    json_text(out, "name", source->name);
    json_text(out, "schema", source->schema);
    json_text(out, "title", source->title);
    json_text(out, "verdict", source->verdict);
    json_count(out, "exit_code", (uint64_t)source->exit_code);
    json_text(out, "folder", source->folder);
    json_flag(out, "renewed", source->is_renewed);
    json_text(out, "age", age.length > 1 ? age.text : NULL);
    json_text(out, "first_date", source->first_date);
    json_text(out, "last_date", source->last_date);
    json_count(out, "files", source->files);
    add_rows(out, source->rows, source->written, source->rejected);
    add_money(out, source);
    json_count(out, "registrations", source->registrations);
    json_count(out, "employees", source->employees);
    json_count(out, "errors", source->errors);
    json_count(out, "warnings", source->warnings);
    json_text(out, "note", source->note);
    json_text(out, "error", source->stopped);
    json_text(out, "fix", source->stopped_fix);
    buffer_add_char(out, '}');
    buffer_free(&age);
}

static void add_totals(struct buffer *out, const struct overview *overview) {
    const struct overview_totals totals = overview_totals(overview);
    json_key(out, "totals");
    buffer_add_char(out, '{');
    json_count(out, "data_sources", overview->source_count);
    add_rows(out, totals.rows, totals.written, totals.rejected);
    json_count(out, "registrations", totals.registrations);
    json_count(out, "errors", totals.errors);
    json_count(out, "warnings", totals.warnings);
    buffer_add_char(out, '}');
}

static void add_unsorted(struct buffer *out, const struct overview *overview) {
    json_key(out, "not_recognized");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < overview->unsorted_count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "path", overview->unsorted[i].path);
        json_text(out, "reason", overview->unsorted[i].reason);
        json_text(out, "fix", overview->unsorted[i].fix);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

void render_skipped_json(const struct skipped_files *skipped, struct buffer *out) {
    json_key(out, "skipped");
    buffer_add_char(out, '[');
    for (size_t i = 0; skipped && i < skipped->count; i++) {
        const struct skipped_file *file = &skipped->list[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "path", file->path);
        json_text(out, "reason", file->reason);
        json_flag(out, "may_hold_an_export", file->may_hold_one);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

void render_overview_json(const struct overview *overview, struct buffer *out) {
    struct buffer verdict = {0};
    overview_verdict(overview, &verdict);
    buffer_add_char(&verdict, '\0');
    buffer_add_char(out, '{');
    json_text(out, "format", TREE_FORMAT);
    json_text(out, "command", overview->command);
    json_text(out, "verdict", verdict.text);
    json_count(out, "exit_code", (uint64_t)overview->exit_code);
    json_key(out, "sources");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < overview->source_count; i++)
        add_source(out, &overview->sources[i]);
    buffer_add_char(out, ']');
    add_totals(out, overview);
    add_unsorted(out, overview);
    render_skipped_json(overview->skipped, out);
    buffer_add_text(out, "}\n");
    buffer_free(&verdict);
}
