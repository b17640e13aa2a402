/* notes_rows.c: what is true of the whole run once all rows are read, and therefore said once. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"
#include "values/zone_names.h"

/* Behind the rows: what a spreadsheet shows and a table does not. */
static void note_workbook(const struct run *run, struct pass *pass, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    const struct workbook_facts *workbook = facts->workbook;
    if (!workbook) return;
    if (workbook->formulas > 0)
        findings_note(&pass->findings, "%s: %llu cell%s. The result that was saved in the file is used.",
                      facts->path, (unsigned long long)workbook->formulas,
                      workbook->formulas == 1 ? " is a formula" : "s are formulas");
    if (workbook->hidden_rows > 0)
        findings_note(&pass->findings, "%s: %llu row%s hidden in the spreadsheet, perhaps by a filter. Hidden rows are converted, too.",
                      facts->path, (unsigned long long)workbook->hidden_rows,
                      workbook->hidden_rows == 1 ? " is" : "s are");
    if (workbook->merged > 0)
        findings_note(&pass->findings,
                      "%s: %llu cells are merged over several rows. A text or date counts for each of the rows, a "
                      "number for the first row only.",
                      facts->path, (unsigned long long)workbook->merged);
}

/* How a file was fetched decides which records are in it (schemas/servicetitan.md, "Answers and feeds"). */
static void note_population(const struct run *run, struct pass *pass, size_t file) {
    const struct input_facts *facts = input_facts(run->inputs[file]);
    bool has_active = run->bindings[file]->active_field != SIZE_MAX, knows_active = false;
    for (size_t i = 0; i < run->plan.field_count; i++)
        knows_active = knows_active || run->schema->fields[i].role == ROLE_ACTIVE;
    if (facts->shape == SHAPE_EXPORT)
        findings_note(&pass->findings,
                      "%s is an export feed. It has active, inactive and deleted records, and repeats those that "
                      "changed.%s",
                      facts->path, has_active ? " To count only the active ones, add --active-only." : "");
    if (facts->shape != SHAPE_LIST || !knows_active) return;
    if (pass->counts.of[COUNT_INACTIVE] > 0)
        findings_note(&pass->findings,
                      "%s came from a list request that returned inactive records, too.", facts->path);
    else if (run->schema->lists_all)
        findings_note(&pass->findings,
                      "%s came from a list request. For this type, it returns inactive records, too.",
                      facts->path);
    else
        findings_note(
            &pass->findings,
            "%s came from a list request, which returns active records only. For all records, request "
            "active=Any or use the export feed.",
            facts->path);
    if (!has_active)
        findings_note(&pass->findings, "%s has no Active column, so it does not show which records are inactive%s.",
                      facts->path, run->options->active_only ? ", and --active-only has no effect" : "");
}

static void note_people(const struct run *run, struct pass *pass) {
    const uint64_t *counts = pass->counts.of;
    if (counts[COUNT_NAME_ONLY] > 0)
        findings_note(&pass->findings,
                      "%llu row%s a technician's name but no ID, so the name serves as the ID. A changed spelling "
                      "would create a new employee in Plecto; --roster FILE prevents that.",
                      (unsigned long long)counts[COUNT_NAME_ONLY], counts[COUNT_NAME_ONLY] == 1 ? " has" : "s have");
    if (counts[COUNT_BY_ROSTER] > 0)
        findings_note(&pass->findings, "%llu row%s employee from the roster.",
                      (unsigned long long)counts[COUNT_BY_ROSTER],
                      counts[COUNT_BY_ROSTER] == 1 ? " took its" : "s took their");
    if (counts[COUNT_ALIASES] > 0)
        findings_note(&pass->findings, "%llu name%s an alias in the roster, or a name of it in another order, and became the name there.",
                      (unsigned long long)counts[COUNT_ALIASES], counts[COUNT_ALIASES] == 1 ? " is" : "s are");
    if (counts[COUNT_BY_COMPANION] > 0)
        findings_note(&pass->findings, "%llu row%s person from the --with file%s",
                      (unsigned long long)counts[COUNT_BY_COMPANION],
                      counts[COUNT_BY_COMPANION] == 1 ? " took its" : "s took their",
                      counts[COUNT_JOINED_SEVERAL] > 0 && !run->options->has_several
                          ? ". If a row has several people, the schema says how to assign it (plecto.joins)."
                          : "");
    if (counts[COUNT_BY_DEFAULT] > 0)
        findings_note(&pass->findings, "%llu row%s assigned to \"%s\".", (unsigned long long)counts[COUNT_BY_DEFAULT],
                      counts[COUNT_BY_DEFAULT] == 1 ? " names no employee and is" : "s name no employee and are",
                      run->plan.default_employee);
    if (counts[COUNT_ID_ONLY] == 0) return;
    char *text =
        memory_print("%llu row%s only the employee's ID, which also serves as the name.",
                     (unsigned long long)counts[COUNT_ID_ONLY], counts[COUNT_ID_ONLY] == 1 ? " carries" : "s carry");
    issues_add(pass->findings.issues, &(struct issue){.code = W521_NO_ROSTER, .detail = view_of(text)});
    free(text);
}

static void note_fallback_dates(const struct run *run, struct pass *pass) {
    const struct binding *binding = run->bindings[0];
    uint64_t rows = pass->counts.of[COUNT_FALLBACK_DATES];
    if (rows == 0) return;
    struct buffer later = {0};
    for (size_t i = 1; i < binding->date_count; i++)
        buffer_print(&later, "%s%s", i == 1 ? "" : ", else ", run->schema->fields[binding->dates[i]].name);
    findings_note(&pass->findings, "%llu row%s no %s. Their date is %.*s.", (unsigned long long)rows,
                  rows == 1 ? " has" : "s have", run->schema->fields[binding->dates[0]].name,
                  VIEW_ARGS(buffer_view(&later)));
    buffer_free(&later);
}

static void note_zone(const struct run *run, struct pass *pass) {
    const struct run_options *options = run->options;
    if (options->zone) return;
    bool needs_days = options->by != BY_ROW || options->has_period;
    const struct binding *binding = run->bindings[0];
    const struct day_evidence *days =
        binding->date_count > 0 ? &pass->evidence.columns[binding->dates[0]].form.days : NULL;
    if (days && days->bare > 0 && days->in_utc + days->with_offset > 0) return; /* W624 */
    if (days && days->with_offset > 0) {
        if (days->in_utc == 0)
            findings_note(&pass->findings, "times keep the offset that the file gives them, and their days are the days "
                                           "there. To show them in your company's time zone, add --tz, such as --tz "
                                           "America/Chicago");
        return; /* of both kinds: W624 */
    }
    if (pass->counts.of[COUNT_INSTANTS] > 0 && needs_days) {
        char *text = memory_print("%llu row%s times in UTC, and no time zone is set, so their days are UTC days",
                                  (unsigned long long)pass->counts.of[COUNT_INSTANTS],
                                  pass->counts.of[COUNT_INSTANTS] == 1 ? " has" : "s have");
        issues_add(pass->findings.issues, &(struct issue){.code = W621_NO_TIME_ZONE, .detail = view_of(text)});
        free(text);
    } else if (pass->counts.of[COUNT_INSTANTS] > 0) {
        findings_note(&pass->findings, "Times are in UTC, as exported. To use your company's time zone, add --tz America/Phoenix (or "
                                       "your zone).");
    } else if (pass->counts.of[COUNT_LOCAL_TIMES] + pass->counts.of[COUNT_DAYS_ONLY] > 0) {
        findings_note(&pass->findings,
                      "No time zone is set. Add your company's: --tz America/Chicago");
    }
}

/* The offset at the begin of a local day. */
static int offset_of_day(const struct zone *zone, int32_t day) {
    int offset = 0;
    zone_offset_for_local(zone, (int64_t)day * 86400, &offset);
    return offset;
}

/* Days of the period on which the clocks change, and what another zone would count elsewhere. */
static void note_day_boundary(const struct run *run, struct pass *pass) {
    const struct zone *zone = run->options->zone;
    if (!zone || pass->counts.of[COUNT_INSTANTS] + pass->counts.of[COUNT_LOCAL_TIMES] == 0 ||
        pass->counts.first_day > pass->counts.last_day)
        return;
    struct buffer text = {0};
    if (pass->counts.of[COUNT_OTHER_DAYS] > 0) {
        buffer_print(&text, "%llu row%s", (unsigned long long)pass->counts.of[COUNT_OTHER_DAYS],
                     pass->counts.of[COUNT_OTHER_DAYS] == 1 ? "" : "s");
        if (run->plan.money_field != SIZE_MAX) {
            buffer_print(&text, " with %s of ", plan_title(&run->plan, run->plan.money_field));
            decimal_print_human(&text, pass->counts.other_day_money, true);
        }
        findings_note(&pass->findings, "Day boundary: %.*s would fall on another day in UTC than in %s.",
                      VIEW_ARGS(buffer_view(&text)), zone_name(zone));
    }
    text.length = 0;
    size_t changes = 0;
    int32_t last =
        pass->counts.last_day - pass->counts.first_day > 3660 ? pass->counts.first_day + 3660 : pass->counts.last_day;
    for (int32_t day = pass->counts.first_day; day <= last; day++) {
        if (offset_of_day(zone, day) == offset_of_day(zone, day + 1)) continue;
        if (changes++ < 4) {
            buffer_add_text(&text, text.length ? ", " : "");
            date_print(&text, day);
            buffer_add_text(&text, offset_of_day(zone, day) < offset_of_day(zone, day + 1) ? " (23 hours)" : " (25 hours)");
        }
    }
    if (changes > 0)
        findings_note(&pass->findings, "The clocks of %s change on %.*s%s. Each time counts on the day that its own clock showed.",
                      zone_name(zone), VIEW_ARGS(buffer_view(&text)), changes > 4 ? " and other days" : "");
    buffer_free(&text);
}

/* What the decisions of people did; nothing is changed silently. */
static void note_fixes(const struct run *run, struct pass *pass) {
    const struct fixes *fixes = run->options->fixes;
    struct buffer text = {0};
    uint64_t unseen = 0;
    if (!fixes) return;
    for (size_t i = 0; i < fixes_count(fixes); i++)
        unseen += !run->plan.fixes_seen[i] && strcmp(fixes_at(fixes, i)->schema, run->schema->name) == 0;
    uint64_t cells = pass->counts.of[COUNT_FIXED_CELLS], rows = pass->counts.of[COUNT_FIXED_ROWS];
    uint64_t left_out = pass->ledger.rows[LEDGER_LEFT_OUT], already = pass->counts.of[COUNT_FIXED_ALREADY];
    buffer_add_text(&text, "Fixes: ");
    if (cells > 0 || left_out == 0)
        buffer_print(&text, "%llu cell%s of %llu row%s changed", (unsigned long long)cells, cells == 1 ? "" : "s",
                     (unsigned long long)rows, rows == 1 ? "" : "s");
    for (size_t i = 0; i < run->plan.followed_count; i++) {
        wide_integer change = pass->counts.sums[COUNT_SUM_FIXED][i];
        if (change == 0) continue;
        buffer_print(&text, ", %s %s", run->plan.followed_titles[i], change > 0 ? "+" : "");
        decimal_print_human(&text, change, run->schema->fields[run->plan.followed[i]].is_money);
    }
    if (left_out > 0)
        buffer_print(&text, "%s%llu row%s left out as decided", cells > 0 ? ", " : "", (unsigned long long)left_out,
                     left_out == 1 ? "" : "s");
    if (already > 0) buffer_print(&text, ", %llu already corrected in ServiceTitan", (unsigned long long)already);
    if (unseen > 0)
        buffer_print(&text, ". %llu other fix%s for rows that these files do not have", (unsigned long long)unseen,
                     unseen == 1 ? " is" : "es are");
    findings_note(&pass->findings, "%.*s", VIEW_ARGS(buffer_view(&text)));
    buffer_free(&text);
}

/* EST, MST and HST are zones without summer time, which is rarely what is meant. */
static void warn_fixed_zone(const struct run *run, struct pass *pass) {
    const struct zone *zone = run->options->zone;
    if (!zone || !zone_is_fixed_abbreviation(view_of(zone_name(zone)))) return;
    char *text = memory_print("%s has no daylight saving time; %s has", zone_name(zone),
                              zone_proposal(view_of(zone_name(zone))));
    issues_add(pass->findings.issues, &(struct issue){.code = W622_FIXED_ZONE, .detail = view_of(text)});
    free(text);
}

/* `2 "nan"`, behind what is in the list; hands the count on. */
static uint64_t add_spelling(struct buffer *list, uint64_t count, const char *spelling) {
    if (count > 0) buffer_print(list, "%s%llu \"%s\"", list->length ? ", " : "", (unsigned long long)count, spelling);
    return count;
}

/* How many texts of a column stand for nothing, by spelling. */
static void note_nothing(struct pass *pass, const char *name, const struct column_evidence *column) {
    struct buffer list = {0};
    uint64_t count = 0;
    for (size_t i = 0; i < NOTHING_ERRORS; i++)
        count += add_spelling(&list, column->errors[i], nothing_error_spelling(i));
    for (size_t i = 0; i < NOTHING_WORDS; i++)
        count += add_spelling(&list, column->words[i], nothing_spelling(i));
    if (count > 0)
        findings_note(&pass->findings, "%s: %llu cell%s \"nothing\" %s sent empty: %.*s", name,
                      (unsigned long long)count, count == 1 ? " that means" : "s that mean",
                      count == 1 ? "is" : "are", VIEW_ARGS(buffer_view(&list)));
    buffer_free(&list);
}

/* What was read otherwise than it is written, though no amount changes by more than a ten-thousandth. */
static void note_column(struct pass *pass, const char *name, const struct column_evidence *column) {
    note_nothing(pass, name, column);
    if (column->noise > 0)
        findings_note(&pass->findings, "%s: %llu number%s digits that floating point added, as 1234.5600000000001: %s",
                      name, (unsigned long long)column->noise, column->noise == 1 ? " has" : "s have",
                      column->noise == 1 ? "it is sent as 1234.56" : "they are sent as 1234.56");
    if (column->rounded > 0)
        findings_note(&pass->findings, "%s: %llu number%s more than four decimals and %s rounded to four", name,
                      (unsigned long long)column->rounded, column->rounded == 1 ? " has" : "s have",
                      column->rounded == 1 ? "is" : "are");
}

/* Weeks and months that are left out, or sent, though they are cut; and one that is not over yet. */
static void note_cut_periods(const struct run *run, struct pass *pass) {
    const struct run_options *options = run->options;
    const struct cut_periods *cuts = &run->plan.cuts;
    const char *unit_name = options->by == BY_WEEK ? "week" : "month";
    struct buffer text = {0};
    for (size_t i = 0; i < cuts->count; i++) {
        text.length = 0;
        cut_add_unit(&text, options->by, cuts->units[i].first);
        buffer_add_text(&text, " is cut: ");
        cut_add_cause(&text, options, &cuts->units[i]);
        bool is_dropped = cuts->units[i].policy == CUT_DROP && pass->ledger.rows[LEDGER_CUT_PERIOD] > 0;
        bool is_allowed = cuts->units[i].policy == CUT_ALLOW && pass->counts.of[COUNT_CUT_ALLOWED] > 0;
        if (is_dropped) findings_note(&pass->findings, "%.*s; its rows are not sent", VIEW_ARGS(buffer_view(&text)));
        if (is_allowed)
            findings_note(&pass->findings, "%.*s; its total is sent, and replaces that of the whole %s in Plecto",
                          VIEW_ARGS(buffer_view(&text)), unit_name);
    }
    bool is_to_date = cuts->is_to_date && pass->counts.last_day >= cuts->end_first && pass->counts.last_day <= cuts->last;
    if (is_to_date) {
        text.length = 0;
        cut_add_unit(&text, options->by, cuts->end_first);
        buffer_add_text(&text, " is not over: its total is to date, up to ");
        date_print(&text, cuts->last);
        findings_note(&pass->findings, "%.*s", VIEW_ARGS(buffer_view(&text)));
    }
    buffer_free(&text);
}

/* What is open is not sent, and nothing is wrong with it. */
static void note_not_yet(const struct run *run, struct pass *pass) {
    uint64_t rows = pass->ledger.rows[LEDGER_NOT_YET];
    if (rows == 0) return;
    struct buffer money = {0};
    size_t place = plan_money_place(&run->plan);
    if (place != SIZE_MAX) {
        buffer_add_text(&money, " (");
        decimal_print_human(&money, pass->ledger.sums[LEDGER_NOT_YET][place], true);
        buffer_add_char(&money, ')');
    }
    findings_note(&pass->findings, "%llu row%s%.*s %s not yet done and not sent: what %s lack%s comes later",
                  (unsigned long long)rows, rows == 1 ? "" : "s", VIEW_ARGS(buffer_view(&money)),
                  rows == 1 ? "is" : "are", rows == 1 ? "it" : "they", rows == 1 ? "s" : "");
    buffer_free(&money);
}

/* Percentages whose scale the column does not prove. */
static void note_percent(const struct run *run, struct pass *pass, size_t index) {
    const struct column_evidence *column = &pass->evidence.columns[index];
    const char *name = run->schema->fields[index].name;
    if (column->percent_small == 0 || (column->percent_large > 0 && column->percent_signs == 0)) return;
    char *text =
        column->percent_signs > 0
            ? memory_print("%s has %llu value%s with a percent sign, and %llu between -1 and 1 without one", name,
                           (unsigned long long)column->percent_signs, column->percent_signs == 1 ? "" : "s",
                           (unsigned long long)column->percent_small)
            : memory_print("%s has %llu value%s between -1 and 1 and no others. Such values can be percentages or fractions", name,
                           (unsigned long long)column->percent_small, column->percent_small == 1 ? "" : "s");
    const struct input_facts *facts = input_facts(run->inputs[0]);
    findings_at_header(&pass->findings, facts,
                       (struct issue){.code = E311_PERCENT_SCALE, .field = view_of(name), .detail = view_of(text)});
    free(text);
}

void run_note_rows(const struct run *run, struct pass *pass) {
    for (size_t file = 0; file < run->file_count; file++) {
        note_population(run, pass, file);
        note_workbook(run, pass, file);
    }
    run_note_look_alikes(pass);
    note_people(run, pass);
    note_fallback_dates(run, pass);
    note_cut_periods(run, pass);
    run_note_forms(run, pass);
    note_zone(run, pass);
    warn_fixed_zone(run, pass);
    note_day_boundary(run, pass);
    note_fixes(run, pass);
    run_note_unsent(run, pass);
    if (pass->evidence.padded_rows > 0)
        findings_note(&pass->findings, "%llu row%s blanks between a comma and a quote. They are not part of the cells.",
                      (unsigned long long)pass->evidence.padded_rows,
                      pass->evidence.padded_rows == 1 ? " has" : "s have");
    note_not_yet(run, pass);
    if (run->grain) findings_note(&pass->findings, "%s", run->grain);
    run_note_states(run, pass);
    run_note_parts(run, pass);
    if (pass->ledger.rows[LEDGER_EMPTY] > 0)
        findings_note(&pass->findings,
                      pass->ledger.rows[LEDGER_EMPTY] == 1 ? "%llu record has an empty list of %s and no rows."
                                                           : "%llu records have an empty list of %s and no rows.",
                      (unsigned long long)pass->ledger.rows[LEDGER_EMPTY], run->schema->explode);
    for (size_t i = 0; i < run->plan.field_count; i++)
        note_percent(run, pass, i);
    for (size_t i = 0; i < run->plan.field_count; i++)
        note_column(pass, run->schema->fields[i].name, &pass->evidence.columns[i]);
    for (size_t i = 0; i < run->plan.field_count; i++)
        if (run->plan.orders[i] == DATE_ORDER_DMY && pass->evidence.columns[i].dates.slashed > 0)
            findings_note(&pass->findings, "%s is day first (25/12/2025), as %s.", run->schema->fields[i].name,
                          run->options->date_order == DATE_ORDER_DMY ? "requested" : "its values prove");
}
