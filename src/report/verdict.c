/* verdict.c: what a run came to: one of three states, the words for it, and what it leaves to do; all reports share them. */
#include "base/plain.h"
#include "base/words.h"
#include "report/result.h"

static bool is_validate(const struct result *result) {
    return strcmp(result->command, "validate") == 0;
}

enum verdict_state report_verdict_state(const struct result *result) {
    if (result->publication == PUBLISHED_STOPPED) return VERDICT_NOTHING;
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    bool stops = result->on_error && strcmp(result->on_error, "stop") == 0;
    bool has_rows = result->ledger.rows[LEDGER_WRITTEN] > 0 || result->ledger.rows[LEDGER_REJECTED] == 0;
    if (result->publication == PUBLISHED_UNBALANCED) return VERDICT_NOTHING;
    if (result->publication == PUBLISHED_REPORTS && !is_validate(result)) return VERDICT_NOTHING;
    if (errors == 0) return VERDICT_ALL_IN;
    bool is_made = result->publication == PUBLISHED && !is_validate(result);
    return is_made || (!stops && has_rows) ? VERDICT_SET_ASIDE : VERDICT_NOTHING;
}

void report_verdict_words(const struct result *result, struct buffer *out) {
    bool is_ahead = is_validate(result) || result->publication == PUBLISHED_DRY_RUN;
    enum verdict_state state = report_verdict_state(result);
    if (state == VERDICT_NOTHING) buffer_add_text(out, "not ");
    buffer_add_text(out, is_ahead ? "ready" : "converted");
    if (state != VERDICT_SET_ASIDE || result->ledger.rows[LEDGER_REJECTED] == 0) return;
    buffer_add_text(out, ", ");
    words_plural(out, result->ledger.rows[LEDGER_REJECTED], "row set aside", "rows set aside");
}

void report_verdict(const struct result *result, struct buffer *out) {
    size_t begin = out->length;
    bool is_dry = result->publication == PUBLISHED_DRY_RUN;
    report_verdict_words(result, out);
    out->text[begin] = (char)(out->text[begin] - 'a' + 'A');
    buffer_add_text(out, ": ");
    if (result->publication == PUBLISHED_STOPPED) {
        plain_add_text(out, result->stopped);
    } else if (result->publication == PUBLISHED_UNBALANCED) {
        buffer_add_text(out, "the ledger does not balance: ");
        plain_add_text(out, result->balance);
    } else if (report_verdict_state(result) == VERDICT_NOTHING) {
        bool is_ahead = is_validate(result) || is_dry;
        buffer_add_text(out, is_ahead ? "convert would write no import file" : "no import file was written");
    } else if (is_validate(result)) {
        words_plural(out, result->ledger.rows[LEDGER_WRITTEN], "row", "rows");
    } else {
        words_plural(out, result->registrations, "registration", "registrations");
        buffer_add_text(out, is_dry ? " would be written" : " written");
    }
}

size_t report_stopped_file(const struct result *result) {
    size_t found = SIZE_MAX, longest = 0;
    for (size_t i = 0; result->stopped && i < result->file_count; i++) {
        size_t length = strlen(result->files[i].path);
        if (length <= longest || !strstr(result->stopped, result->files[i].path)) continue;
        found = i;
        longest = length;
    }
    return found;
}

/* The rows of the files that hold data. */
static uint64_t data_rows(const struct ledger *ledger) {
    static const enum ledger_side others[] = {LEDGER_FOOTER, LEDGER_GROUP, LEDGER_BLANK, LEDGER_EMPTY};
    uint64_t rows = ledger->rows_in;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        rows -= ledger->rows[others[i]] <= rows ? ledger->rows[others[i]] : rows;
    return rows;
}

/* The first money column's sum over the rows that are set aside, between two texts; nothing where it is 0. */
static void add_rejected_money(const struct result *result, const char *before, const char *behind, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    size_t money = result_money_column(result);
    if (money == ledger->column_count || ledger->sums[LEDGER_REJECTED][money] == 0) return;
    buffer_add_text(out, before);
    decimal_print_human(out, ledger->sums[LEDGER_REJECTED][money], true);
    buffer_add_text(out, behind);
}

void report_headline(const struct result *result, struct buffer *out) {
    const struct ledger *ledger = &result->ledger;
    uint64_t rejected = ledger->rows[LEDGER_REJECTED], errors = issues_count(result->issues, SEVERITY_ERROR);
    if (rejected == 0) {
        if (errors > 0) words_plural(out, errors, "error needs attention", "errors need attention");
        return;
    }
    words_count(out, rejected);
    buffer_add_text(out, " of ");
    words_plural(out, data_rows(ledger), "row", "rows");
    buffer_add_text(out, rejected == 1 ? " needs attention" : " need attention");
    add_rejected_money(result, " (", ")", out);
}

/* Rows of which no cell could be read, and values that are no numbers. */
static void count_unread(const struct result *result, uint64_t *rows, uint64_t *values) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    for (size_t i = 0; i < count; i++) {
        const struct issue_cause *cause = causes[i];
        switch (cause->code) {
        case E101_CELLS_MISSING:
        case E102_CELLS_EXTRA:
        case E103_UNCLOSED_QUOTE:
        case E104_NOT_JSON:
        case E105_NOT_OBJECT:
        case E107_TOO_LARGE:
            *rows += cause->count - (cause->money_count < cause->count ? cause->money_count : cause->count);
            break;
        case E301_NOT_NUMBER:
        case E302_NUMBER_TOO_LARGE:
        case E303_NUMBER_TOO_PRECISE:
        case E310_CELL_ERROR: *values += cause->count; break;
        default: break;
        }
    }
}

void report_balanced(const struct result *result, struct buffer *out) {
    uint64_t rows = 0, values = 0;
    if (result->ledger.column_count > 0) count_unread(result, &rows, &values);
    if (rows + values == 0) {
        buffer_add_text(out, "Balanced: every row and every cent is in one of these lines.");
        return;
    }
    buffer_add_text(out, "Balanced: every row and every cent that can be read is in one of these lines. In no sum because it "
                         "cannot be read: ");
    if (rows > 0) words_plural(out, rows, "row", "rows");
    if (rows > 0 && values > 0) buffer_add_text(out, ", ");
    if (values > 0) words_plural(out, values, "value", "values");
    buffer_add_char(out, '.');
}

void report_fix_count(const struct result *result, struct buffer *out) {
    uint64_t rejected = result->ledger.rows[LEDGER_REJECTED], errors = issues_count(result->issues, SEVERITY_ERROR);
    if (rejected > 0)
        words_plural(out, rejected, "row to fix", "rows to fix");
    else if (errors > 0)
        words_plural(out, errors, "problem to fix", "problems to fix");
}

void report_to_fix(const struct result *result, struct buffer *out) {
    size_t before = out->length;
    report_fix_count(result, out);
    if (out->length == before) buffer_add_text(out, "Nothing to fix");
    if (result->ledger.rows[LEDGER_REJECTED] > 0) add_rejected_money(result, ", ", "", out);
}
