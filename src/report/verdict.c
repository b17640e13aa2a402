/* verdict.c: what all reports for people say in the same words: the verdict, and the names of the ledger's sides. */
#include "render/text_private.h"

const char *report_side_title(const struct result *result, enum ledger_side side) {
    static const char *const titles[LEDGER_SIDE_COUNT] = {
        [LEDGER_WRITTEN] = "written",
        [LEDGER_REJECTED] = "rejected",
        [LEDGER_OUTSIDE_PERIOD] = "outside the period",
        [LEDGER_INACTIVE] = "inactive, left out",
        [LEDGER_REPEATED] = "exact repeats",
        [LEDGER_LEFT_OUT] = "left out by fixes",
        [LEDGER_SUPERSEDED] = "older states",
        [LEDGER_TOO_OLD] = "older than kept",
        [LEDGER_FOOTER] = "total rows",
        [LEDGER_GROUP] = "group rows",
        [LEDGER_BLANK] = "blank rows",
        [LEDGER_EMPTY] = "empty lists",
    };
    /* nothing was written where only reports were, so those rows are called what they are */
    return side == LEDGER_WRITTEN && result->publication != PUBLISHED ? "good" : titles[side];
}

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
