/* verdict.c: the first line of every report: what became of it, in words. */
#include "report/text_private.h"

void report_verdict(const struct result *result, struct buffer *out) {
    uint64_t errors = issues_count(result->issues, SEVERITY_ERROR);
    bool is_validate = strcmp(result->command, "validate") == 0;
    switch (result->publication) {
    case PUBLISHED_UNBALANCED:
        buffer_add_text(out, "NOT PUBLISHED: the ledger does not balance: ");
        text_safe(out, result->balance);
        return;
    case PUBLISHED_REPORTS:
        if (!is_validate) {
            buffer_add_text(out, "NOT CONVERTED: ");
            text_plural(out, errors, "error", "errors");
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
        text_plural(out, errors, "error", "errors");
        return;
    }
    if (is_validate) {
        buffer_add_text(out, errors ? "NOT FIT: " : "FIT: ");
        text_plural(out, result->ledger.rows[LEDGER_WRITTEN], "row is fit for Plecto", "rows are fit for Plecto");
    } else {
        buffer_add_text(out, result->publication == PUBLISHED_DRY_RUN ? "DRY RUN: " : "CONVERTED: ");
        text_plural(out, result->registrations, "registration", "registrations");
        buffer_add_text(out, result->publication == PUBLISHED_DRY_RUN ? " would be written" : " written");
    }
    if (result->ledger.rows[LEDGER_REJECTED] > 0) {
        buffer_add_text(out, ", ");
        text_plural(out, result->ledger.rows[LEDGER_REJECTED], "row rejected", "rows rejected");
    }
}
