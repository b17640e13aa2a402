/* notes_unsent.c: columns that no field of the schema takes, and that are proved to hold money or hours. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "input/source/workbook.h"

static void add_issue(const struct run *run, struct pass *pass, size_t file, enum issue_code code, struct view field,
                      struct buffer *text, const wide_integer *money) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    bool has_money = money && *money <= INT64_MAX && *money >= INT64_MIN;
    findings_at_header(&pass->findings, facts,
                       (struct issue){.code = code,
                                      .file = (uint32_t)file,
                                      .field = field,
                                      .detail = buffer_view(text),
                                      .has_money = has_money,
                                      .money = has_money ? (int64_t)*money : 0});
    buffer_free(text);
}

static void add_column(struct buffer *text, const struct unsent_column *column, const struct unsent_values *values) {
    buffer_add_char(text, '"');
    buffer_add(text, column->label);
    buffer_add_text(text, "\" holds money (");
    decimal_print_human(text, values->sum, true);
    buffer_print(text, " in %llu row%s)", (unsigned long long)values->numbers, values->numbers == 1 ? "" : "s");
}

/* Whether an amount of this file goes to Plecto, or was left out by the user. */
static bool sends_money(const struct run *run, size_t file) {
    const struct plan *plan = &run->plan;
    const struct binding *binding = run->bindings[file];
    for (size_t i = 0; i < plan->field_count; i++)
        if (plan->schema->fields[i].is_money && !plan->schema->fields[i].is_private &&
            ref_is_there(binding->cell_of_field[i]))
            return true;
    return false;
}

static void note_file(const struct run *run, struct pass *pass, size_t file) {
    const struct unsent_columns *columns = &run->plan.unsent[file];
    const struct unsent_values *values = pass->files[file].unsent;
    const struct input_facts *facts = input_facts(run->inputs[file]);
    bool has_none = !sends_money(run, file);
    for (size_t i = 0; i < columns->count; i++) {
        struct buffer text = {0};
        const struct unsent_column *column = &columns->list[i];
        struct unsent_values seen = values[i];
        seen.with_sign += workbook_money_cells(facts, column->cell);
        switch (unsent_kind(column, &seen)) {
        case UNSENT_MONEY:
            add_column(&text, column, &values[i]);
            buffer_print(&text,
                         has_none ? " and is not sent, because the schema %s does not know the column. No other "
                                    "amount of the file is sent either"
                                  : " and is not sent, because the schema %s does not know the column",
                         run->schema->name);
            add_issue(run, pass, file, has_none ? E108_NO_MONEY_SENT : W127_UNSENT_MONEY, column->label, &text,
                      &values[i].sum);
            break;
        case UNSENT_HOURS:
            buffer_add_char(&text, '"');
            buffer_add(&text, column->label);
            buffer_print(&text, "\" holds hours and is not sent, because the schema %s does not know the column",
                         run->schema->name);
            add_issue(run, pass, file, W127_UNSENT_MONEY, column->label, &text, NULL);
            break;
        case UNSENT_OTHER: break;
        }
    }
}

void run_note_unsent(const struct run *run, struct pass *pass) {
    for (size_t file = 0; file < run->file_count; file++)
        note_file(run, pass, file);
}
