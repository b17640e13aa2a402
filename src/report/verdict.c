/* verdict.c: what a run came to, in one sentence that all reports share. */
#include "base/plain.h"
#include "base/words.h"
#include "report/result.h"

void report_verdict(const struct result *result, struct buffer *out) {
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    bool is_validate = strcmp(result->command, "validate") == 0;
    switch (result->publication) {
    case PUBLISHED_UNBALANCED:
        buffer_add_text(out, "NOT PUBLISHED: the ledger does not balance: ");
        plain_add_text(out, result->balance);
        return;
    case PUBLISHED_REPORTS:
        if (!is_validate) {
            buffer_add_text(out, "NOT CONVERTED: ");
            words_plural(out, errors, "error", "errors");
            buffer_add_text(out, "; only the reports are written");
            return;
        }
        break;
    case PUBLISHED:
    case PUBLISHED_NOTHING:
    case PUBLISHED_DRY_RUN: break;
    }
    if (result->publication == PUBLISHED_DRY_RUN && errors > 0 && strcmp(result->on_error, "stop") == 0) {
        buffer_add_text(out, "DRY RUN: nothing would be converted: ");
        words_plural(out, errors, "error", "errors");
        return;
    }
    if (is_validate) {
        buffer_add_text(out, errors ? "NOT FIT: " : "FIT: ");
        words_plural(out, result->ledger.rows[LEDGER_WRITTEN], "row is fit for Plecto", "rows are fit for Plecto");
    } else {
        buffer_add_text(out, result->publication == PUBLISHED_DRY_RUN ? "DRY RUN: " : "CONVERTED: ");
        words_plural(out, result->registrations, "registration", "registrations");
        buffer_add_text(out, result->publication == PUBLISHED_DRY_RUN ? " would be written" : " written");
    }
    if (result->ledger.rows[LEDGER_REJECTED] > 0) {
        buffer_add_text(out, ", ");
        words_plural(out, result->ledger.rows[LEDGER_REJECTED], "row rejected", "rows rejected");
    }
}
