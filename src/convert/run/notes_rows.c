/* run_notes.c: what is true of the whole run and therefore said once. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"

static void missing_column(struct run *run, size_t file, enum field_role role) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    char *text = bind_missing(run->schema, facts, role);
    issues_add(run->result->issues, &(struct issue){.code = E106_MISSING_COLUMN,
                                                    .file = (uint32_t)file,
                                                    .row = facts->header_row ? facts->header_row : 1,
                                                    .line = facts->header_line ? facts->header_line : 1,
                                                    .column = 1,
                                                    .detail = view_of(text)});
    free(text);
}

static void note_period(struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    const struct file_period *period = &run->plan.periods[file];
    if (period->is_known) {
        result_note(run->result, "%s has no date column: its rows are dated by the first day of its period, %s",
                    facts->path, period->text);
        return;
    }
    issues_add(run->result->issues,
               &(struct issue){.code = E601_NO_PERIOD,
                               .file = (uint32_t)file,
                               .row = facts->header_row ? facts->header_row : 1,
                               .line = facts->header_line ? facts->header_line : 1,
                               .column = 1,
                               .detail = view_of("the report has no date column, and neither --period, its name nor "
                                                 "the lines above its header tell its period")});
}

static bool has_people_join(const struct run *run) {
    bool has_join = false;
    for (size_t i = 0; run->joins && i < run->schema->join_count; i++)
        has_join = has_join || (run->schema->joins[i].is_people && joins_given(run->joins)[i]);
    return has_join;
}

/* Cells under no label belong to no field; the first column may be that of the groups. */
static void note_unlabelled(struct run *run, const struct input_facts *facts) {
    size_t count = 0, first = 0;
    for (size_t i = facts->column_count; i-- > 1;) {
        if (view_trim(facts->columns[i].label).length > 0 || facts->columns[i].name.length > 0) continue;
        first = i;
        count++;
    }
    if (count > 0)
        result_note(run->result,
                    "%s: %zu column%s no label in the header (the first is number %zu): what stands in %s "
                    "is not read",
                    facts->path, count, count == 1 ? " has" : "s have", first + 1, count == 1 ? "it" : "them");
}

static void note_columns(struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    const struct binding *binding = run->bindings[file];
    if (binding->id_part_count == 0) missing_column(run, file, ROLE_ID);
    if (binding->person_count == 0 && !run->plan.default_employee && !has_people_join(run))
        missing_column(run, file, ROLE_EMPLOYEE_NAME);
    if (binding->date_count == 0 && run->schema->date_from_period)
        note_period(run, file);
    else if (binding->date_count == 0)
        missing_column(run, file, ROLE_DATE);
    if (labels_are_data(facts)) return; /* they are not to be quoted */
    for (size_t i = 0; i < facts->duplicate_count; i++) {
        char *text = memory_print("the label \"%.*s\" comes twice in the header; the first is used",
                                  VIEW_ARGS(facts->duplicate_labels[i]));
        issues_add(run->result->issues, &(struct issue){.code = W122_DUPLICATE_LABEL,
                                                        .file = (uint32_t)file,
                                                        .row = facts->header_row,
                                                        .line = facts->header_line,
                                                        .column = 1,
                                                        .field = facts->duplicate_labels[i],
                                                        .detail = view_of(text)});
        free(text);
    }
    /* people rename columns of reports, not keys of the API */
    bool has_labels = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
    size_t unknown = has_labels ? binding->unknown_count : 0;
    char **texts = memory_get_zero(unknown + 1, sizeof *texts);
    if (unknown > 0) bind_renamed(run->schema, facts, binding->unknown_columns, unknown, texts);
    for (size_t i = 0; i < unknown; i++) {
        char *text = texts[i];
        if (!text) continue;
        issues_add(run->result->issues, &(struct issue){.code = W123_RENAMED_COLUMN,
                                                        .file = (uint32_t)file,
                                                        .row = facts->header_row ? facts->header_row : 1,
                                                        .line = facts->header_line ? facts->header_line : 1,
                                                        .column = 1,
                                                        .field = binding->unknown_columns[i],
                                                        .detail = view_of(text)});
        free(text);
    }
    free(texts);
    if (has_labels) note_unlabelled(run, facts);
    if (binding->unknown_count == 0) return;
    struct buffer names = {0};
    size_t shown = binding->unknown_count < 8 ? binding->unknown_count : 8;
    for (size_t i = 0; i < shown; i++) {
        buffer_add_text(&names, i ? ", " : "");
        buffer_add(&names, binding->unknown_columns[i]);
    }
    if (shown < binding->unknown_count) buffer_print(&names, " and %zu more", binding->unknown_count - shown);
    result_note(run->result, "%s: %zu column%s the schema %s does not know %s not sent: %.*s", facts->path,
                binding->unknown_count, binding->unknown_count == 1 ? "" : "s", run->schema->name,
                binding->unknown_count == 1 ? "is" : "are", VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
}

/* Before the rows: sheets that are not read. */
static void note_sheets(struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    if (!facts->workbook || !facts->workbook->unread) return;
    char *text = memory_print("sheet \"%s\" is read; not read: %s", facts->workbook->sheet, facts->workbook->unread);
    issues_add(run->result->issues,
               &(struct issue){.code = W124_OTHER_SHEETS, .file = (uint32_t)file, .detail = view_of(text)});
    free(text);
}

/* Behind the rows: what a spreadsheet shows and a table does not. */
static void note_workbook(struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    const struct workbook_facts *workbook = facts->workbook;
    if (!workbook) return;
    if (workbook->formulas > 0)
        result_note(run->result, "%s: %llu cell%s: what they showed when the file was saved is taken", facts->path,
                    (unsigned long long)workbook->formulas,
                    workbook->formulas == 1 ? " is a formula" : "s are formulas");
    if (workbook->hidden_rows > 0)
        result_note(run->result, "%s: %llu row%s hidden in the spreadsheet (a filter?): they are read too", facts->path,
                    (unsigned long long)workbook->hidden_rows, workbook->hidden_rows == 1 ? " is" : "s are");
    if (workbook->merged > 0)
        result_note(run->result,
                    "%s: %llu cells are merged over several rows: a text or date counts for each of the rows, a "
                    "number for the first only",
                    facts->path, (unsigned long long)workbook->merged);
}

static void note_titles(struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    size_t filters = facts->workbook ? facts->workbook->filter_count : 0;
    size_t count = facts->title_count - filters;
    if (count > 0)
        result_note(run->result, "%s: %zu title line%s above the header in row %llu, beginning \"%.*s\"", facts->path,
                    count, count == 1 ? "" : "s", (unsigned long long)facts->header_row, VIEW_ARGS(facts->titles[0]));
    if (filters > 0)
        result_note(run->result, "%s: its sheet Filters says \"%.*s\"%s", facts->path, VIEW_ARGS(facts->titles[count]),
                    filters > 1 ? " and more" : "");
}

static void note_private(struct run *run) {
    struct buffer names = {0};
    size_t count = 0;
    for (size_t i = 0; i < run->plan.field_count; i++) {
        const struct field *field = &run->schema->fields[i];
        bool is_there = false, is_sent = false;
        for (size_t file = 0; file < run->file_count; file++)
            is_there = is_there || run->bindings[file]->cell_of_field[i] != SIZE_MAX;
        const struct input_facts *facts = input_facts(run->inputs[0]);
        is_there = is_there && (facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT);
        for (size_t k = 0; k < run->plan.sent_count; k++)
            is_sent = is_sent || run->plan.sent[k] == i;
        if (!field->is_private || !is_there || is_sent) continue;
        buffer_add_text(&names, count++ ? ", " : "");
        buffer_add_text(&names, field->name);
    }
    if (count > 0)
        result_note(run->result, "personal data stays out: %.*s (--field NAME sends one all the same)",
                    VIEW_ARGS(buffer_view(&names)));
    buffer_free(&names);
}

/* How a file was fetched decides which records are in it (servicetitan.md section 1, fact 8). */
static void note_population(struct run *run, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    bool has_active = run->bindings[file]->active_field != SIZE_MAX, knows_active = false;
    for (size_t i = 0; i < run->plan.field_count; i++)
        knows_active = knows_active || run->schema->fields[i].role == ROLE_ACTIVE;
    if (facts->shape == SHAPE_EXPORT)
        result_note(run->result,
                    "%s is an export feed: it holds active, inactive and deleted records, and repeats those that "
                    "changed%s",
                    facts->path, has_active ? "; --active-only counts the active ones" : "");
    if (facts->shape != SHAPE_LIST || !knows_active) return;
    if (run->result->inactive_rows > 0)
        result_note(run->result, "%s is a list answer with inactive records in it, so it was asked for all of them",
                    facts->path);
    else if (run->schema->lists_all)
        result_note(run->result, "%s is a list answer: of this type it holds inactive records too, unless asked not to",
                    facts->path);
    else
        result_note(
            run->result,
            "%s is a list answer: it holds active records only, unless it was asked for with active=Any; totals "
            "over all records need that or the export feed",
            facts->path);
    if (!has_active)
        result_note(run->result, "%s has no Active: which of its records are inactive cannot be told%s", facts->path,
                    run->options->active_only ? ", so --active-only leaves none out" : "");
}

/* An option about files of a kind that none is of may be meant for another file: it is told, not passed over. */
static void note_idle_options(struct run *run) {
    const struct input_options *options = &run->options->input;
    size_t workbooks = 0, texts = 0;
    for (size_t file = 0; file < run->file_count; file++) {
        const struct input_facts *facts = input_facts(run->inputs[file]);
        workbooks += facts->workbook != NULL;
        texts += !facts->workbook && facts->shape == SHAPE_CSV;
    }
    if (options->sheet && workbooks == 0)
        result_note(run->result, "--sheet %s changed nothing: none of the files is a workbook", options->sheet);
    if (options->delimiter && texts == 0)
        result_note(run->result, "--delimiter changed nothing: none of the files is CSV");
}

void run_note_files(struct run *run) {
    note_idle_options(run);
    for (size_t file = 0; file < run->file_count; file++) {
        note_sheets(run, file);
        note_titles(run, file);
        note_columns(run, file);
    }
    for (size_t i = 0; i < joins_note_count(run->joins); i++)
        result_note(run->result, "%s", joins_note(run->joins, i));
    note_private(run);
}

static void note_people(struct run *run) {
    const uint64_t *counts = run->counts.of;
    if (counts[COUNT_NAME_ONLY] > 0)
        result_note(run->result,
                    "the employee is known by name only in %llu row%s: the name, as exported, is both ID and name",
                    (unsigned long long)counts[COUNT_NAME_ONLY], counts[COUNT_NAME_ONLY] == 1 ? "" : "s");
    if (counts[COUNT_BY_ROSTER] > 0)
        result_note(run->result, "%llu row%s employee's name from the roster",
                    (unsigned long long)counts[COUNT_BY_ROSTER],
                    counts[COUNT_BY_ROSTER] == 1 ? " took its" : "s took their");
    if (counts[COUNT_ALIASES] > 0)
        result_note(run->result, "%llu name%s an alias of the roster, taken as the person's name there",
                    (unsigned long long)counts[COUNT_ALIASES], counts[COUNT_ALIASES] == 1 ? " is" : "s are");
    if (counts[COUNT_BY_COMPANION] > 0)
        result_note(run->result, "%llu row%s person from a companion export%s",
                    (unsigned long long)counts[COUNT_BY_COMPANION],
                    counts[COUNT_BY_COMPANION] == 1 ? " took its" : "s took their",
                    counts[COUNT_JOINED_SEVERAL] > 0 && !run->options->has_several
                        ? "; where it has several, the schema says how (plecto.joins)"
                        : "");
    if (counts[COUNT_BY_DEFAULT] > 0)
        result_note(run->result, "%llu row%s booked on \"%s\"", (unsigned long long)counts[COUNT_BY_DEFAULT],
                    counts[COUNT_BY_DEFAULT] == 1 ? " names no employee and is" : "s name no employee and are",
                    run->plan.default_employee);
    if (counts[COUNT_ID_ONLY] == 0) return;
    char *text =
        memory_print("%llu row%s only the employee's ID, which is taken for the name too",
                     (unsigned long long)counts[COUNT_ID_ONLY], counts[COUNT_ID_ONLY] == 1 ? " carries" : "s carry");
    issues_add(run->result->issues, &(struct issue){.code = W521_NO_ROSTER, .detail = view_of(text)});
    free(text);
}

static void note_fallback_dates(struct run *run) {
    const struct binding *binding = run->bindings[0];
    uint64_t rows = run->counts.of[COUNT_FALLBACK_DATES];
    if (rows == 0) return;
    struct buffer later = {0};
    for (size_t i = 1; i < binding->date_count; i++)
        buffer_print(&later, "%s%s", i == 1 ? "" : ", else ", run->schema->fields[binding->dates[i]].name);
    result_note(run->result, "%llu row%s no %s and took %.*s for the date", (unsigned long long)rows,
                rows == 1 ? " has" : "s have", run->schema->fields[binding->dates[0]].name,
                VIEW_ARGS(buffer_view(&later)));
    buffer_free(&later);
}

static void note_zone(struct run *run) {
    const struct run_options *options = run->options;
    if (options->zone) return;
    bool needs_days = options->by != BY_ROW || options->has_period;
    if (run->counts.of[COUNT_INSTANTS] > 0 && needs_days) {
        char *text = memory_print("%llu row%s UTC times and no time zone was given: their days are UTC days",
                                  (unsigned long long)run->counts.of[COUNT_INSTANTS],
                                  run->counts.of[COUNT_INSTANTS] == 1 ? " has" : "s have");
        issues_add(run->result->issues, &(struct issue){.code = W621_NO_TIME_ZONE, .detail = view_of(text)});
        free(text);
    } else if (run->counts.of[COUNT_INSTANTS] > 0) {
        result_note(run->result, "times are UTC as exported; --tz ZONE shows them in the company's time zone");
    } else if (run->counts.of[COUNT_LOCAL_TIMES] + run->counts.of[COUNT_DAYS_ONLY] > 0) {
        result_note(run->result,
                    "dates go out without a time zone; --tz ZONE (such as America/Chicago) adds its offset");
    }
}

static int offset_of_day(const struct zone *zone, int32_t day) {
    return zone_offset_at(zone, (int64_t)day * 86400);
}

/* Days of the period on which the clocks change, and what another zone would count elsewhere. */
static void note_day_boundary(struct run *run) {
    const struct zone *zone = run->options->zone;
    if (!zone || run->counts.of[COUNT_INSTANTS] + run->counts.of[COUNT_LOCAL_TIMES] == 0 ||
        run->counts.first_day > run->counts.last_day)
        return;
    struct buffer text = {0};
    if (run->counts.of[COUNT_OTHER_DAYS] > 0) {
        buffer_print(&text, "%llu row%s", (unsigned long long)run->counts.of[COUNT_OTHER_DAYS],
                     run->counts.of[COUNT_OTHER_DAYS] == 1 ? "" : "s");
        if (run->plan.money_field != SIZE_MAX) {
            buffer_print(&text, " with %s of ", plan_title(&run->plan, run->plan.money_field));
            decimal_print_human(&text, run->counts.other_day_money, true);
        }
        result_note(run->result, "day boundary: %.*s would fall on another day in UTC than in %s",
                    VIEW_ARGS(buffer_view(&text)), zone_name(zone));
    }
    text.length = 0;
    size_t changes = 0;
    int32_t last =
        run->counts.last_day - run->counts.first_day > 3660 ? run->counts.first_day + 3660 : run->counts.last_day;
    for (int32_t day = run->counts.first_day; day <= last; day++) {
        if (offset_of_day(zone, day) == offset_of_day(zone, day + 1)) continue;
        if (changes++ < 4) {
            buffer_add_text(&text, text.length ? ", " : "");
            date_print(&text, day);
        }
    }
    if (changes > 0)
        result_note(run->result, "the clocks of %s change on %.*s%s: that day has 23 or 25 hours", zone_name(zone),
                    VIEW_ARGS(buffer_view(&text)), changes > 4 ? " and other days" : "");
    buffer_free(&text);
}

/* What the decisions of people did; nothing is changed silently. */
static void note_fixes(struct run *run) {
    const struct fixes *fixes = run->options->fixes;
    struct buffer text = {0};
    uint64_t unmet = 0;
    if (!fixes) return;
    for (size_t i = 0; i < fixes_count(fixes); i++)
        unmet += !run->plan.fixes_met[i] && strcmp(fixes_at(fixes, i)->schema, run->schema->name) == 0;
    buffer_print(
        &text, "fixes: %llu cell%s of %llu row%s changed", (unsigned long long)run->counts.of[COUNT_FIXED_CELLS],
        run->counts.of[COUNT_FIXED_CELLS] == 1 ? "" : "s", (unsigned long long)run->counts.of[COUNT_FIXED_ROWS],
        run->counts.of[COUNT_FIXED_ROWS] == 1 ? "" : "s");
    for (size_t i = 0; i < run->plan.followed_count; i++) {
        if (run->counts.sums[COUNT_SUM_FIXED][i] == 0) continue;
        buffer_print(&text, ", %s by ", run->plan.followed_titles[i]);
        decimal_print_human(&text, run->counts.sums[COUNT_SUM_FIXED][i],
                            run->schema->fields[run->plan.followed[i]].is_money);
    }
    uint64_t left_out = run->result->ledger.rows[LEDGER_LEFT_OUT];
    if (left_out > 0)
        buffer_print(&text, "; %llu row%s left out", (unsigned long long)left_out, left_out == 1 ? "" : "s");
    if (run->counts.of[COUNT_FIXED_ALREADY] > 0)
        buffer_print(&text, "; %llu mended in ServiceTitan already",
                     (unsigned long long)run->counts.of[COUNT_FIXED_ALREADY]);
    if (unmet > 0) buffer_print(&text, "; %llu are for rows that are not in these files", (unsigned long long)unmet);
    result_note(run->result, "%.*s", VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
}

void run_note_rows(struct run *run) {
    for (size_t file = 0; file < run->file_count; file++) {
        note_population(run, file);
        note_workbook(run, file);
    }
    run_people_tell(run);
    note_people(run);
    note_fallback_dates(run);
    note_zone(run);
    note_day_boundary(run);
    note_fixes(run);
    if (run->grain) result_note(run->result, "%s", run->grain);
    if (run->result->ledger.rows[LEDGER_SUPERSEDED] > 0)
        result_note(
            run->result,
            "%llu older states of records that come again are left out: of each ID the latest modifiedOn counts",
            (unsigned long long)run->result->ledger.rows[LEDGER_SUPERSEDED]);
    if (run->result->ledger.rows[LEDGER_EMPTY] > 0)
        result_note(run->result,
                    run->result->ledger.rows[LEDGER_EMPTY] == 1
                        ? "%llu record has an empty list of %s and gives no rows"
                        : "%llu records have an empty list of %s and give no rows",
                    (unsigned long long)run->result->ledger.rows[LEDGER_EMPTY], run->schema->explode);
    for (size_t i = 0; i < run->plan.field_count; i++)
        if (run->plan.orders[i] == DATE_ORDER_DMY && run->evidence.columns[i].dates.slashed > 0)
            result_note(run->result, "%s is day first (25/12/2025), as %s", run->schema->fields[i].name,
                        run->options->date_order == DATE_ORDER_DMY ? "asked for" : "its values prove");
}
