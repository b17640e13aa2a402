/* json.c: result.json, "st2plecto-result/1": the whole outcome for programs. Amounts are decimal text, so that no
 * reader's floating point changes them; keys have a fixed order; nothing depends on the time of day. */
#include "render/json_private.h"

#include <stdlib.h>

static void json_texts(struct buffer *out, const char *key, char *const *texts, size_t count) {
    json_key(out, key);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        buffer_add_text(out, i ? "," : "");
        json_string(out, view_of(texts[i]));
    }
    buffer_add_char(out, ']');
}

static void add_files(const struct result *result, struct buffer *out) {
    json_key(out, "files");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->file_count; i++) {
        const struct result_file *file = &result->files[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "path", file->path);
        json_text(out, "shape", file->shape);
        json_text(out, "encoding", file->encoding);
        json_text(out, "sheet", file->sheet);
        json_flag(out, "gzip", file->compressed);
        json_count(out, "bytes", file->bytes);
        json_text(out, "sha256", file->sha256);
        json_text(out, "roles", file->roles);
        json_count(out, "not_sent", file->unsent);
        json_texts(out, "not_sent_numbers", file->unsent_numbers, file->unsent_number_count);
        json_texts(out, "other_people", file->other_people, file->other_people_count);
        json_texts(out, "other_dates", file->other_dates, file->other_dates_count);
        json_text(out, "employee", file->employee_label);
        json_text(out, "id", file->id_label);
        json_text(out, "date", file->date_label);
        json_count(out, "header_row", file->header_row);
        json_count(out, "rows", file->rows);
        json_count(out, "written", file->written);
        json_count(out, "rejected", file->rejected);
        json_texts(out, "titles", file->titles, file->title_count);
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, "]");
}

static void add_ledger(const struct result *result, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    json_key(out, "ledger");
    buffer_add_char(out, '{');
    json_flag(out, "balanced", result->balance == NULL);
    json_text(out, "difference", result->balance);
    json_key(out, "rows");
    buffer_add_char(out, '{');
    json_count(out, "in", ledger->rows_in);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        json_count(out, report_side_name((enum ledger_side)side), ledger->rows[side]);
    buffer_add_char(out, '}');
    json_key(out, "columns");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < ledger->column_count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "title", result->columns[i].title);
        json_flag(out, "money", result->columns[i].is_money);
        json_amount(out, "in", ledger->sums_in[i]);
        for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
            if (ledger->sums[side]) json_amount(out, report_side_name((enum ledger_side)side), ledger->sums[side][i]);
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, "]}");
}

static void add_parts(const struct result *result, const char *key, const struct result_part *parts, size_t count,
                      struct buffer *out) {
    json_key(out, key);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, parts[i].title ? "id" : "date", parts[i].key);
        if (parts[i].title) json_text(out, "name", parts[i].title);
        json_count(out, "rows", parts[i].rows);
        json_key(out, "sums");
        buffer_add_char(out, '[');
        for (size_t k = 0; k < result->ledger.column_count; k++) {
            buffer_add_text(out, k ? ",\"" : "\"");
            decimal_print_wide(out, parts[i].sums[k], 2);
            buffer_add_char(out, '"');
        }
        buffer_add_text(out, "]}");
    }
    buffer_add_text(out, "]");
}

static void add_fields(const struct result *result, struct buffer *out) {
    json_key(out, "fields");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->field_count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "title", result->fields[i].title);
        json_text(out, "type", plecto_type_name(result->fields[i].type));
        json_count(out, "places", (uint64_t)result->fields[i].places);
        json_key(out, "values");
        buffer_add_char(out, '[');
        for (size_t k = 0; k < result->fields[i].value_count; k++) {
            buffer_add_text(out, k ? "," : "");
            json_string(out, view_of(result->fields[i].values[k]));
        }
        buffer_add_char(out, ']');
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, "]");
}

static void add_active(const struct result *result, struct buffer *out) {
    json_key(out, "active");
    if (!result->has_active) {
        buffer_add_text(out, "null");
        return;
    }
    buffer_add_char(out, '{');
    json_flag(out, "only", result->active_only);
    json_count(out, "inactive_rows", result->inactive_rows);
    json_key(out, "inactive");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->ledger.column_count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "title", result->columns[i].title);
        json_amount(out, "sum", result->columns[i].inactive_sum);
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, "]}");
}

static void add_totals(const struct result *result, struct buffer *out) {
    json_key(out, "totals");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->total_count; i++) {
        const struct result_total *total = &result->totals[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "file", result->files[total->file].path);
        json_count(out, "row", total->row);
        json_count(out, "line", total->line);
        json_text(out, "kind", total->kind);
        json_text(out, "group", total->group);
        json_flag(out, "agrees", total->agrees);
        json_count(out, "compared", total->compared);
        json_text(out, "text", total->text);
        buffer_add_char(out, '}');
    }
    buffer_add_text(out, "]");
}

static void add_example(const struct result *result, const struct issue_example *example, struct buffer *out) {
    json_element(out);
    buffer_add_text(out, "  {");
    json_text(out, "file", example->file < result->file_count ? result->files[example->file].path : NULL);
    json_count(out, "row", example->row);
    json_count(out, "line", example->line);
    json_count(out, "column", example->column);
    if (example->last_line > 0) json_count(out, "last_line", example->last_line);
    json_text(out, "id", example->id);
    if (example->person[0]) json_text(out, "employee", example->person);
    if (example->day[0]) json_text(out, "day", example->day);
    json_text(out, "value", example->value);
    if (example->is_private) json_flag(out, "private", true);
    if (example->has_money) json_amount(out, "money", example->money);
    json_text(out, "text", example->detail);
    buffer_add_char(out, '}');
}

static void add_causes(const struct result *result, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    json_key(out, "issues");
    buffer_add_char(out, '{');
    json_count(out, "errors", issues_count(result->issues, SEVERITY_ERROR));
    json_count(out, "warnings", issues_count(result->issues, SEVERITY_WARNING));
    json_key(out, "causes");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        const struct issue_kind *kind = issue_kind(causes[i]->code);
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "code", kind->name);
        json_text(out, "name", kind->slug);
        json_text(out, "severity", kind->severity == SEVERITY_ERROR ? "error" : "warning");
        json_text(out, "title", kind->title);
        json_text(out, "field", causes[i]->field[0] ? causes[i]->field : NULL);
        json_count(out, "count", causes[i]->count);
        if (causes[i]->money_count > 0) json_amount(out, "money", causes[i]->money);
        char *fix = render_fix(result, causes[i], NULL, "");
        json_text(out, "fix", fix);
        free(fix);
        json_key(out, "files");
        buffer_add_char(out, '[');
        for (size_t file = 0; file < result->file_count; file++) {
            if (issue_cause_in(causes[i], file) == 0) continue;
            json_element(out);
            buffer_add_char(out, '{');
            json_text(out, "file", result->files[file].path);
            json_count(out, "count", issue_cause_in(causes[i], file));
            buffer_add_char(out, '}');
        }
        buffer_add_char(out, ']');
        json_key(out, "examples");
        buffer_add_char(out, '[');
        for (size_t k = 0; k < causes[i]->example_count; k++)
            add_example(result, &causes[i]->examples[k], out);
        buffer_add_text(out, "]}");
    }
    buffer_add_text(out, "]}");
}

/* The words of the verdict, and what is to be done; null where that is nothing. */
static void add_verdict(const struct result *result, struct buffer *out) {
    struct buffer text = {0};
    report_verdict_words(result, &text);
    buffer_add_char(&text, '\0');
    json_text(out, "verdict", text.text);
    text.length = 0;
    report_headline(result, &text);
    bool is_empty = text.length == 0;
    buffer_add_char(&text, '\0');
    json_text(out, "headline", is_empty ? NULL : text.text);
    buffer_free(&text);
}

static void add_stopped(const struct result *result, struct buffer *out) {
    buffer_add_char(out, '{');
    json_text(out, "format", RESULT_FORMAT);
    json_text(out, "command", result->command);
    json_text(out, "publication", report_publication_name(result->publication));
    json_count(out, "exit_code", (uint64_t)result->exit_code);
    add_verdict(result, out);
    json_key(out, "error");
    buffer_add_char(out, '{');
    json_text(out, "message", result->stopped);
    json_text(out, "fix", result->stopped_fix);
    json_key(out, "files");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->file_count; i++) {
        json_element(out);
        json_string(out, view_of(result->files[i].path));
    }
    buffer_add_text(out, "]}}\n");
}

void render_json(const struct result *result, struct buffer *out) {
    if (result->publication == PUBLISHED_STOPPED) {
        add_stopped(result, out);
        return;
    }
    buffer_add_char(out, '{');
    json_text(out, "format", RESULT_FORMAT);
    json_count(out, "rules", result->rules);
    json_text(out, "command", result->command);
    json_text(out, "publication", report_publication_name(result->publication));
    json_count(out, "exit_code", (uint64_t)result->exit_code);
    add_verdict(result, out);
    json_schema(result, out);
    json_options(result, out);
    json_count(out, "registrations", result->registrations);
    json_count(out, "employees", result->employees);
    json_text(out, "first_date", result->first_date);
    json_text(out, "last_date", result->last_date);
    add_ledger(result, out);
    add_active(result, out);
    add_fields(result, out);
    add_parts(result, "days", result->days, result->day_count, out);
    add_parts(result, "people", result->people, result->person_count, out);
    json_grid(result, out);
    add_files(result, out);
    add_totals(result, out);
    add_causes(result, out);
    json_key(out, "notes");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->note_count; i++) {
        json_element(out);
        json_string(out, view_of(result->notes[i]));
    }
    buffer_add_char(out, ']');
    json_outputs(result, out);
    json_text(out, "next_note", result->next_note);
    json_text(out, "next", result->next);
    buffer_add_text(out, "}\n");
}
