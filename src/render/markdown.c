/* markdown.c: the result for a pull request or a ticket (GitHub flavoured Markdown, tables). GitHub takes 65,536
 * characters: where that is not enough, examples are left out and that is said; counts are always complete. */
#include "base/plain.h"

#include "base/words.h"
#include "render/render.h"
#include <stdlib.h>

#define LIMIT 60000

/* A table cell: no line break, and no sign that Markdown or HTML would read. */
static void add_cell(struct buffer *out, const char *text) {
    for (struct view rest = view_of(text); rest.length > 0;) {
        struct plain_character character = plain_character(rest);
        uint32_t c = character.value;
        bool is_sign = c < 0x80 && strchr("\\`*_{}[]()#|>~@", (int)c) != NULL;
        if (c == '\n' || c == '\r' || c == '\t') {
            buffer_add_char(out, ' ');
        } else if (c == '&' || c == '<') {
            buffer_add_text(out, c == '&' ? "&amp;" : "&lt;");
        } else {
            if (is_sign || character.is_hidden) buffer_add_char(out, '\\'); /* an escape begins with a backslash */
            plain_add_character(out, rest, character);
        }
        rest = view_from(rest.text + character.length, rest.length - character.length);
    }
}

static void add_line(const struct result *result, const char *title, uint64_t rows, const wide_integer *sums,
                     struct buffer *out) {
    buffer_add_text(out, "| ");
    add_cell(out, title);
    buffer_add_text(out, " | ");
    words_count(out, rows);
    for (size_t i = 0; i < result->ledger.column_count; i++) {
        buffer_add_text(out, " | ");
        if (sums) decimal_print_human(out, sums[i], result->columns[i].is_money);
    }
    buffer_add_text(out, " |\n");
}

static void add_ledger(const struct result *result, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    buffer_add_text(out, "\n### Ledger\n\n| | rows |");
    for (size_t i = 0; i < ledger->column_count; i++) {
        buffer_add_char(out, ' ');
        add_cell(out, result->columns[i].title);
        buffer_add_text(out, " |");
    }
    buffer_add_text(out, "\n|---|---:|");
    for (size_t i = 0; i < ledger->column_count; i++)
        buffer_add_text(out, "---:|");
    buffer_add_char(out, '\n');
    add_line(result, "in", ledger->rows_in, ledger->sums_in, out);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (ledger->rows[side] > 0 || side == LEDGER_WRITTEN || side == LEDGER_REJECTED)
            add_line(result, report_side_title(result, (enum ledger_side)side), ledger->rows[side], ledger->sums[side],
                     out);
    buffer_add_text(out, result->balance ? "\n**DOES NOT BALANCE**: " : "\n");
    if (result->balance)
        add_cell(out, result->balance);
    else
        report_balanced(result, out);
    buffer_add_char(out, '\n');
}

static void add_example(const struct result *result, const struct issue_example *example, struct buffer *out) {
    struct buffer place = {0};
    render_place(result, example, &place);
    buffer_add_char(&place, '\0');
    buffer_add_text(out, "- ");
    add_cell(out, place.text);
    buffer_free(&place);
    buffer_add_text(out, ": ");
    add_cell(out, example->detail);
    if (example->id[0]) {
        buffer_add_text(out, " (");
        add_cell(out, example->id);
        buffer_add_char(out, ')');
    }
    buffer_add_char(out, '\n');
}

static void add_issues(const struct result *result, struct buffer *out) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes), left = 0;
    if (count == 0) return;
    buffer_add_text(out, "\n### Issues\n\n| code | what | column | count | money |\n|---|---|---|---:|---:|\n");
    for (size_t i = 0; i < count; i++) {
        const struct issue_kind *kind = issue_kind(causes[i]->code);
        buffer_print(out, "| %s %s | ", kind->name, kind->severity == SEVERITY_ERROR ? "error" : "warning");
        add_cell(out, kind->title);
        buffer_add_text(out, " | ");
        add_cell(out, causes[i]->field);
        buffer_add_text(out, " | ");
        words_count(out, causes[i]->count);
        buffer_add_text(out, " | ");
        if (causes[i]->money_count > 0) decimal_print_human(out, causes[i]->money, true);
        buffer_add_text(out, " |\n");
    }
    for (size_t i = 0; i < count; i++) {
        const struct issue_kind *kind = issue_kind(causes[i]->code);
        if (out->length > LIMIT) {
            left += causes[i]->example_count;
            continue;
        }
        buffer_print(out, "\n**%s %s**", kind->name, kind->slug);
        buffer_add_text(out, ": ");
        char *fix = render_fix(result, causes[i], NULL, "");
        add_cell(out, fix);
        free(fix);
        buffer_add_text(out, "\n\n");
        for (size_t k = 0; k < causes[i]->example_count; k++)
            if (out->length <= LIMIT)
                add_example(result, &causes[i]->examples[k], out);
            else
                left++;
        if (causes[i]->count > causes[i]->example_count)
            buffer_print(out, "- shown %zu of %llu\n", causes[i]->example_count, (unsigned long long)causes[i]->count);
    }
    if (left > 0)
        buffer_print(out, "\n%zu examples are not shown, because a comment has room for 65,536 characters.\n", left);
}

void render_markdown(const struct result *result, struct buffer *out) {
    struct buffer verdict = {0};
    report_verdict(result, &verdict);
    buffer_add_char(&verdict, '\0');
    buffer_add_text(out, "## ");
    add_cell(out, verdict.text);
    verdict.length = 0;
    report_headline(result, &verdict);
    const char *mark = verdict.length > 0 ? "**" : "";
    buffer_print(out, "\n\n%s%.*s%s%s", mark, VIEW_ARGS(buffer_view(&verdict)), mark, *mark ? "\n\n" : "");
    buffer_free(&verdict);
    if (result->publication == PUBLISHED_STOPPED) {
        add_cell(out, result->stopped_fix ? result->stopped_fix : "");
        buffer_add_char(out, '\n');
        return;
    }
    buffer_add_text(out, "schema ");
    add_cell(out, result->schema_name);
    if (result->first_date) {
        buffer_add_text(out, ", ");
        add_cell(out, result->first_date);
        buffer_add_text(out, " to ");
        add_cell(out, result->last_date ? result->last_date : "");
    }
    buffer_add_text(out, ", ");
    words_plural(out, result->employees, "employee", "employees");
    for (size_t i = 0; i < result->file_count; i++) {
        buffer_add_text(out, i ? ", " : "; ");
        add_cell(out, result->files[i].path);
    }
    buffer_add_char(out, '\n');
    add_ledger(result, out);
    add_issues(result, out);
    if (result->note_count > 0 && out->length <= LIMIT) {
        buffer_add_text(out, "\n### Notes\n\n");
        for (size_t i = 0; i < result->note_count && out->length <= LIMIT; i++) {
            buffer_add_text(out, "- ");
            add_cell(out, result->notes[i]);
            buffer_add_char(out, '\n');
        }
    }
}
