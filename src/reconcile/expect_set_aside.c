/* expect_set_aside.c: the rows that `convert` sets aside: left out of an expected number, or in it though they do not count. */
#include <stdlib.h>

#include "base/memory.h"
#include "reconcile/expect_private.h"
#include "reconcile/row_reasons.h"

static size_t row_count(const struct search *search) {
    return search->comparison->sides[0].row_count;
}

/* Says of a finding whose rows they are, and names them with their reasons. */
static void fill(const struct search *search, const bool *holds, int side, struct finding *finding) {
    struct named_rows rows = {0};
    for (uint32_t row = 0; row < row_count(search); row++)
        if (holds[row]) named_rows_add(&rows, row);
    finding->is_our_verdict = true;
    finding->side = side;
    finding->detail = set_aside_detail(search->comparison, 0, &rows);
}

struct finding *set_aside_finding(const struct search *search, const bool *holds) {
    struct finding *finding = finding_create(search->comparison, CAUSE_REJECTED);
    fill(search, holds, search->comparison->counts_sent_only ? 1 : 0, finding);
    return finding;
}

bool set_aside_would_count(const struct search *search, const struct wanted *wanted, size_t row) {
    const struct side_row at = side_row_at(&search->comparison->sides[0], row);
    bool is_left_out = search->comparison->counts_sent_only && wanted->in_period[row];
    bool has_no_day = !at.has_date && !wanted->in_period[row];
    return !wanted_counts(wanted, row) && wanted->fits[row] && (is_left_out || has_no_day);
}

/* `is_dated`: of the rows that have a date; nothing says of which days the others are. */
static void try_all(struct search *search, bool is_with, bool is_dated, bool *holds, wide_integer *totals) {
    uint64_t rows = 0;
    for (size_t row = 0; row < row_count(search); row++)
        holds[row] = false;
    for (size_t i = 0; i < search->count; i++) {
        const struct wanted *wanted = &search->wanted[i];
        totals[i] = wanted->left;
        for (size_t row = 0; row < row_count(search) && !wanted->is_average; row++) {
            const struct side_row at = side_row_at(&search->comparison->sides[0], row);
            if (!row_is_set_aside(&at) || (is_dated && !at.has_date)) continue;
            if (!(is_with ? set_aside_would_count(search, wanted, row) : wanted_counts(wanted, row))) continue;
            totals[i] += is_with ? wanted->amounts[row] : -(wide_integer)wanted->amounts[row];
            rows += !holds[row];
            holds[row] = true;
        }
    }
    struct finding *finding = rows > 0 ? search_try(search, CAUSE_REJECTED, totals, rows) : NULL;
    if (finding) fill(search, holds, is_with ? 1 : 0, finding);
}

void search_set_aside(struct search *search) {
    if (!search_spend(search, 4 * row_count(search) * search->count)) return;
    bool *holds = memory_get_zero(row_count(search) + 1, sizeof *holds);
    wide_integer *totals = memory_get_zero(search->count + 1, sizeof *totals);
    size_t before = search->found->count;
    for (int is_dated = 0; is_dated < 2 && search->found->count == before; is_dated++)
        for (int is_with = 0; is_with < 2; is_with++)
            try_all(search, is_with, is_dated, holds, totals);
    free(holds);
    free(totals);
}
