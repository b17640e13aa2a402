/* names.c: what the sides of the ledger and the ways a run can end are called, for people and in result.json. */
#include "report/result.h"

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
        [LEDGER_CUT_PERIOD] = "of a cut period",
        [LEDGER_NOT_YET] = "not yet",
        [LEDGER_FOOTER] = "total rows",
        [LEDGER_GROUP] = "group rows",
        [LEDGER_BLANK] = "blank rows",
        [LEDGER_EMPTY] = "empty lists",
    };
    /* nothing was written where only reports were, so those rows are called what they are */
    return side == LEDGER_WRITTEN && result->publication != PUBLISHED ? "good" : titles[side];
}

static const char *const side_names[LEDGER_SIDE_COUNT] = {
    [LEDGER_WRITTEN] = "written",       [LEDGER_REJECTED] = "rejected", [LEDGER_OUTSIDE_PERIOD] = "outside_period",
    [LEDGER_INACTIVE] = "inactive",     [LEDGER_REPEATED] = "repeated", [LEDGER_FOOTER] = "total_rows",
    [LEDGER_GROUP] = "group_rows",      [LEDGER_BLANK] = "blank",       [LEDGER_EMPTY] = "empty_lists",
    [LEDGER_SUPERSEDED] = "superseded", [LEDGER_LEFT_OUT] = "left_out", [LEDGER_TOO_OLD] = "too_old",
    [LEDGER_CUT_PERIOD] = "cut_period",
    [LEDGER_NOT_YET] = "not_yet",
};

const char *report_side_name(enum ledger_side side) {
    return side_names[side];
}

const char *report_publication_name(enum publication publication) {
    static const char *const publications[] = {
        [PUBLISHED] = "published",
        [PUBLISHED_REPORTS] = "reports only",
        [PUBLISHED_NOTHING] = "nothing asked for",
        [PUBLISHED_DRY_RUN] = "dry run",
        [PUBLISHED_UNBALANCED] = "not balanced",
        [PUBLISHED_STOPPED] = "stopped",
    };
    return publications[publication];
}
