/* notes_files.c: what is to be said of the files before their rows, once. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"

static void missing_column(const struct run *run, struct findings *findings, size_t file, enum field_role role) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    char *text = bind_missing(run->schema, facts, role);
    if (role == ROLE_ID && run->id_columns) {
        char *longer =
            memory_print("%s. In a schema, \"id\": \"%s\" makes all rows of this file unique", text, run->id_columns);
        free(text);
        text = longer;
    }
    const char *field = role == ROLE_ID ? ISSUE_FIELD_ID : role == ROLE_DATE ? ISSUE_FIELD_DATE : ISSUE_FIELD_EMPLOYEE;
    findings_at_header(
        findings, facts,
        (struct issue){
            .code = E106_MISSING_COLUMN, .file = (uint32_t)file, .field = view_of(field), .detail = view_of(text)});
    free(text);
}

static void note_period(const struct run *run, struct findings *findings, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    const struct file_period *period = &run->plan.periods[file];
    if (period->is_known) {
        findings_note(findings, "%s has no date column. Its rows get the first day of its period as their date, %s.",
                      facts->path, period->text);
        return;
    }
    findings_at_header(
        findings, facts,
        (struct issue){
            .code = E601_NO_PERIOD,
            .file = (uint32_t)file,
            .detail =
                view_of("the report has no date column, and its period is not in --period, in its name or in the lines "
                        "above its header")});
}

static bool has_people_join(const struct run *run) {
    bool has_join = false;
    for (size_t i = 0; run->joins && i < run->schema->join_count; i++)
        has_join = has_join || (run->schema->joins[i].is_people && joins_given(run->joins)[i]);
    return has_join;
}

/* Cells under no label belong to no field; the first column may be that of the groups. */
static void note_unlabelled(struct findings *findings, const struct input_facts *facts) {
    size_t count = 0, first = 0;
    for (size_t i = facts->column_count; i-- > 1;) {
        if (view_trim(facts->columns[i].label).length > 0 || facts->columns[i].name.length > 0) continue;
        first = i;
        count++;
    }
    if (count > 0)
        findings_note(findings,
                      "%s: %zu column%s no label in the header (the first is number %zu), and what is in %s is not "
                      "read.",
                      facts->path, count, count == 1 ? " has" : "s have", first + 1, count == 1 ? "it" : "them");
}

static void note_roles(const struct run *run, struct findings *findings, size_t file) {
    const struct binding *binding = run->bindings[file];
    if (binding->id_part_count == 0) missing_column(run, findings, file, ROLE_ID);
    if (binding->person_count == 0 && !run->plan.default_employee && !has_people_join(run))
        missing_column(run, findings, file, ROLE_EMPLOYEE_NAME);
    if (binding->date_count > 0) return;
    if (run->schema->date_from_period)
        note_period(run, findings, file);
    else
        missing_column(run, findings, file, ROLE_DATE);
}

static void note_duplicates(const struct input_facts *facts, struct findings *findings, size_t file) {
    for (size_t i = 0; i < facts->duplicate_count; i++) {
        char *text = memory_print("the label \"%.*s\" is twice in the header. The first column is used",
                                  VIEW_ARGS(facts->duplicate_labels[i]));
        issues_add(findings->issues, &(struct issue){.code = W122_DUPLICATE_LABEL,
                                                     .file = (uint32_t)file,
                                                     .row = facts->header_row,
                                                     .line = facts->header_line,
                                                     .column = 1,
                                                     .field = facts->duplicate_labels[i],
                                                     .detail = view_of(text)});
        free(text);
    }
}

static void note_unknown(const struct run *run, struct findings *findings, size_t file) {
    const struct binding *binding = run->bindings[file];
    if (binding->unknown_count == 0) return;
    struct buffer names = {0};
    size_t shown = binding->unknown_count < 8 ? binding->unknown_count : 8;
    for (size_t i = 0; i < shown; i++) {
        buffer_add_text(&names, i ? ", " : "");
        buffer_add(&names, binding->unknown_columns[i]);
    }
    if (shown < binding->unknown_count) buffer_print(&names, " and %zu more", binding->unknown_count - shown);
    findings_note(findings, "%s: %zu column%s that schema %s does not know %s not sent: %.*s",
                  input_facts(run->inputs[file])->path, binding->unknown_count, binding->unknown_count == 1 ? "" : "s",
                  run->schema->name, binding->unknown_count == 1 ? "is" : "are", VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
}

static void note_columns(const struct run *run, struct findings *findings, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    if (facts_are_empty(facts)) {
        findings_note(findings, "%s is an answer without records", facts->path);
        return;
    }
    note_roles(run, findings, file);
    if (facts->has_header_quotes)
        issues_add(
            findings->issues,
            &(struct issue){
                .code = W125_LOOSE_QUOTES,
                .file = (uint32_t)file,
                .row = facts->header_row,
                .line = facts->header_line,
                .column = 1,
                .detail = view_of(
                    "the header has a quotation mark in the middle of a cell. Labels may be in the wrong columns")});
    if (labels_are_data(facts)) return; /* they are not to be quoted */
    note_duplicates(facts, findings, file);
    if (facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT) note_unlabelled(findings, facts);
    note_unknown(run, findings, file);
}

/* Before the rows: sheets that are not read. */
static void note_sheets(const struct run *run, struct findings *findings, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    if (!facts->workbook || !facts->workbook->unread) return;
    char *text = memory_print("sheet \"%s\" is read. Not read: %s", facts->workbook->sheet, facts->workbook->unread);
    issues_add(findings->issues,
               &(struct issue){.code = W124_OTHER_SHEETS, .file = (uint32_t)file, .detail = view_of(text)});
    free(text);
}

static void note_titles(const struct run *run, struct findings *findings, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    size_t filters = facts->workbook ? facts->workbook->filter_count : 0;
    size_t count = facts->title_count - filters;
    if (count > 0)
        findings_note(findings, "%s: %zu title line%s above the header in row %llu, beginning \"%.*s\"", facts->path,
                      count, count == 1 ? "" : "s", (unsigned long long)facts->header_row, VIEW_ARGS(facts->titles[0]));
    if (facts->records_above > 0) {
        bool is_one = facts->records_above == 1;
        char *text = memory_print("%zu line%s above the header look%s like %s of the table. %s not read and in no sum",
                                  facts->records_above, is_one ? "" : "s", is_one ? "s" : "",
                                  is_one ? "a record" : "records", is_one ? "It is" : "They are");
        issues_add(findings->issues, &(struct issue){.code = W131_RECORD_ABOVE,
                                                     .file = (uint32_t)file,
                                                     .row = facts->first_above,
                                                     .line = facts->first_above,
                                                     .column = 1,
                                                     .detail = view_of(text)});
        free(text);
    }
    if (filters > 0)
        findings_note(findings, "%s: its sheet Filters says \"%.*s\"%s", facts->path, VIEW_ARGS(facts->titles[count]),
                      filters > 1 ? " and more" : "");
}

static void note_private(const struct run *run, struct findings *findings) {
    struct buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; i < run->plan.field_count; i++) {
        const struct field *field = &run->schema->fields[i];
        bool is_there = false, is_sent = false;
        for (size_t file = 0; file < run->file_count; file++)
            is_there = is_there || ref_is_there(run->bindings[file]->cell_of_field[i]);
        const struct input_facts *facts = input_facts(run->inputs[0]);
        is_there = is_there && (facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT);
        for (size_t k = 0; k < run->plan.sent_count; k++)
            is_sent = is_sent || run->plan.sent[k] == i;
        if (!field->is_private || !is_there || is_sent) continue;
        buffer_add_text(&names, count++ ? ", " : "");
        buffer_add_text(&names, field->name);
    }
    if (count > 0)
        findings_note(findings, "Not sent because it is personal data: %.*s. To send one, add --field \"NAME\".",
                      VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
}

/* An option about files of a kind that none is of may be meant for another file: it is told, not passed over. */
static void note_idle_options(const struct run *run, struct findings *findings) {
    const struct input_options *options = &run->options->input;
    size_t workbooks = 0, texts = 0;
    for (size_t file = 0; file < run->file_count; file++) {
        const struct input_facts *facts = input_facts(run->inputs[file]);
        workbooks += facts->workbook != NULL;
        texts += !facts->workbook && facts->shape == SHAPE_CSV;
    }
    if (options->sheet && workbooks == 0)
        findings_note(findings, "--sheet %s has no effect, because none of the files is a workbook.", options->sheet);
    if (options->delimiter && texts == 0)
        findings_note(findings, "--delimiter has no effect, because none of the files is CSV.");
}

/* Files of folders that were not read: in one line, and one issue for each that may hold an export. */
static void note_skipped(const struct run *run, struct findings *findings) {
    const struct skipped_files *skipped = run->options->skipped;
    struct buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; skipped && i < skipped->count; i++) {
        const struct skipped_file *file = &skipped->list[i];
        if (file->may_hold_one) {
            char *text = memory_print("%s is not read: st2plecto reads .xlsx, .csv and .json", file->path);
            issues_add(findings->issues, &(struct issue){.code = W128_UNREAD_FILE, .detail = view_of(text)});
            free(text);
            continue;
        }
        if (file->is_folder) {
            findings_note(findings, "The folder %s is not read. To read it, too, add --recursive.", file->path);
            continue;
        }
        buffer_print(&names, "%s%s (%s)", count++ ? ", " : "", file->path, file->reason);
    }
    if (count > 0)
        findings_note(findings, "%zu file%s of the folder %s no export and %s not read: %.*s", count,
                      count == 1 ? "" : "s", count == 1 ? "is" : "are", count == 1 ? "is" : "are",
                      VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
}

void run_note_files(const struct run *run, struct findings *findings) {
    note_skipped(run, findings);
    note_idle_options(run, findings);
    for (size_t file = 0; file < run->file_count; file++) {
        note_sheets(run, findings, file);
        note_titles(run, findings, file);
        note_columns(run, findings, file);
    }
    for (size_t i = 0; i < joins_note_count(run->joins); i++)
        findings_note(findings, "%s", joins_note(run->joins, i));
    note_private(run, findings);
}
