/* jsonl.c: the result as one JSON object a line, each with its "type": summary, cause, issue, total, note, output. For
 * log collectors and programs that read line by line. */
#include "render/json_write.h"

#include "render/render.h"
#include <stdlib.h>

static void begin(struct buffer *out, const char *type) {
    buffer_add_char(out, '{');
    json_text(out, "type", type);
}

static void end(struct buffer *out) {
    buffer_add_text(out, "}\n");
}

static void add_summary(const struct result *result, struct buffer *out) {
    struct buffer verdict = {0}, headline = {0};
    report_verdict_words(result, &verdict);
    buffer_add_char(&verdict, '\0');
    report_headline(result, &headline);
    buffer_add_char(&headline, '\0');
    begin(out, "summary");
    json_text(out, "format", "st2plecto-lines/1");
    json_text(out, "verdict", verdict.text);
    json_text(out, "headline", headline.text[0] ? headline.text : NULL);
    json_text(out, "command", result->command);
    json_text(out, "publication", report_publication_name(result->publication));
    json_count(out, "exit_code", (uint64_t)result->exit_code);
    if (result->publication == PUBLISHED_STOPPED) {
        json_text(out, "error", result->stopped);
        json_text(out, "fix", result->stopped_fix);
        end(out);
        buffer_free(&verdict);
        buffer_free(&headline);
        return;
    }
    json_text(out, "schema", result->schema_name);
    json_count(out, "rows", result->ledger.rows_in);
    json_count(out, "written", result->ledger.rows[LEDGER_WRITTEN]);
    json_count(out, "rejected", result->ledger.rows[LEDGER_REJECTED]);
    json_count(out, "registrations", result->registrations);
    json_flag(out, "balanced", result->balance == NULL);
    json_count(out, "errors", issues_count(result->issues, SEVERITY_ERROR));
    json_count(out, "warnings", issues_count(result->issues, SEVERITY_WARNING));
    json_text(out, "next", result->next);
    end(out);
    buffer_free(&verdict);
    buffer_free(&headline);
}

static void add_issue(const struct result *result, const struct issue_example *example, struct buffer *out) {
    const struct issue_kind *kind = issue_kind(example->code);
    begin(out, "issue");
    json_text(out, "code", kind->name);
    json_text(out, "severity", kind->severity == SEVERITY_ERROR ? "error" : "warning");
    json_text(out, "file", example->file < result->file_count ? result->files[example->file].path : NULL);
    json_count(out, "row", example->row);
    json_count(out, "line", example->line);
    json_count(out, "column", example->column);
    json_text(out, "field", example->field[0] ? example->field : NULL);
    json_text(out, "id", example->id);
    json_text(out, "value", example->value);
    if (example->has_money) json_amount(out, "money", example->money);
    json_text(out, "text", example->detail);
    end(out);
}

static void add_cause(const struct result *result, const struct issue_cause *cause, struct buffer *out) {
    const struct issue_kind *kind = issue_kind(cause->code);
    begin(out, "cause");
    json_text(out, "code", kind->name);
    json_text(out, "name", kind->slug);
    json_text(out, "severity", kind->severity == SEVERITY_ERROR ? "error" : "warning");
    json_text(out, "title", kind->title);
    json_text(out, "field", cause->field[0] ? cause->field : NULL);
    json_count(out, "count", cause->count);
    json_count(out, "shown", cause->example_count);
    if (cause->money_count > 0) json_amount(out, "money", cause->money);
    char *fix = render_fix(result, cause, NULL, "");
    json_text(out, "fix", fix);
    free(fix);
    end(out);
    for (size_t i = 0; i < cause->example_count; i++)
        add_issue(result, &cause->examples[i], out);
}

void render_jsonl(const struct result *result, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    add_summary(result, out);
    for (size_t i = 0; i < count; i++)
        add_cause(result, causes[i], out);
    for (size_t i = 0; i < result->total_count; i++) {
        begin(out, "total");
        json_text(out, "file", result->files[result->totals[i].file].path);
        json_count(out, "line", result->totals[i].line);
        json_text(out, "kind", result->totals[i].kind);
        json_flag(out, "agrees", result->totals[i].agrees);
        json_count(out, "compared", result->totals[i].compared);
        json_text(out, "text", result->totals[i].text);
        end(out);
    }
    for (size_t i = 0; i < result->note_count; i++) {
        begin(out, "note");
        json_text(out, "text", result->notes[i]);
        end(out);
    }
    for (size_t i = 0; i < result->output_count; i++) {
        begin(out, "output");
        json_text(out, "name", result->outputs[i].name);
        json_count(out, "bytes", result->outputs[i].bytes);
        json_count(out, "records", result->outputs[i].records);
        json_text(out, "sha256", result->outputs[i].sha256);
        end(out);
    }
}
