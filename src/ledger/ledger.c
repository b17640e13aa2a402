/* ledger.c: adding up both sides of the book, and saying where they differ. */
#include "ledger/ledger.h"

#include <stdlib.h>

#include "base/memory.h"

static bool has_sums(enum ledger_side side) {
    return side < LEDGER_FOOTER;
}

void ledger_start(struct ledger *ledger, size_t column_count) {
    *ledger = (struct ledger){.column_count = column_count};
    ledger->sums_in = memory_get_zero(column_count + 1, sizeof *ledger->sums_in);
    ledger->sums_on_disk = memory_get_zero(column_count + 1, sizeof *ledger->sums_on_disk);
    ledger->on_disk_known = memory_get_zero(column_count + 1, sizeof *ledger->on_disk_known);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        if (has_sums((enum ledger_side)side))
            ledger->sums[side] = memory_get_zero(column_count + 1, sizeof *ledger->sums[side]);
}

void ledger_free(struct ledger *ledger) {
    free(ledger->sums_in);
    free(ledger->sums_on_disk);
    free(ledger->on_disk_known);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        free(ledger->sums[side]);
    *ledger = (struct ledger){0};
}

void ledger_reset(struct ledger *ledger) {
    size_t size = ledger->column_count * sizeof *ledger->sums_in;
    ledger->rows_in = ledger->rows_on_disk = ledger->divided = 0;
    ledger->overflow = false;
    memset(ledger->sums_in, 0, size);
    memset(ledger->sums_on_disk, 0, size);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++) {
        ledger->rows[side] = 0;
        if (ledger->sums[side]) memset(ledger->sums[side], 0, size);
    }
}

static void add_amounts(struct ledger *ledger, wide_integer *sums, const int64_t *amounts) {
    for (size_t i = 0; i < ledger->column_count; i++)
        if (!decimal_add(&sums[i], amounts[i])) ledger->overflow = true;
}

void ledger_in(struct ledger *ledger, const int64_t *amounts) {
    ledger->rows_in++;
    add_amounts(ledger, ledger->sums_in, amounts);
}

void ledger_out(struct ledger *ledger, enum ledger_side side, const int64_t *amounts) {
    ledger->rows[side]++;
    if (ledger->sums[side]) add_amounts(ledger, ledger->sums[side], amounts);
}

static void add_sums(struct ledger *ledger, wide_integer *into, const wide_integer *from) {
    for (size_t i = 0; i < ledger->column_count; i++)
        if (!decimal_add(&into[i], from[i])) ledger->overflow = true;
}

void ledger_merge(struct ledger *into, const struct ledger *from) {
    into->rows_in += from->rows_in;
    into->divided += from->divided;
    into->overflow = into->overflow || from->overflow;
    add_sums(into, into->sums_in, from->sums_in);
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++) {
        into->rows[side] += from->rows[side];
        if (into->sums[side]) add_sums(into, into->sums[side], from->sums[side]);
    }
}

uint64_t ledger_filtered(const struct ledger *ledger) {
    return ledger->rows[LEDGER_OUTSIDE_PERIOD] + ledger->rows[LEDGER_INACTIVE] + ledger->rows[LEDGER_REPEATED] +
           ledger->rows[LEDGER_LEFT_OUT] + ledger->rows[LEDGER_SUPERSEDED] + ledger->rows[LEDGER_TOO_OLD] +
           ledger->rows[LEDGER_CUT_PERIOD] + ledger->rows[LEDGER_NOT_YET];
}

static void tell_sums(struct buffer *why, const char *what, const char *title, wide_integer left, wide_integer right) {
    buffer_print(why, "%s%s: ", why->length ? "; " : "", title);
    decimal_print_wide(why, left, 2);
    buffer_print(why, " %s ", what);
    decimal_print_wide(why, right, 2);
}

bool ledger_balanced(const struct ledger *ledger, bool check_disk, char *const *titles, struct buffer *why) {
    if (ledger->overflow) buffer_add_text(why, "a sum is too large for this program");
    uint64_t rows = 0;
    for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
        rows += ledger->rows[side];
    if (rows != ledger->rows_in)
        buffer_print(why, "%s%llu rows came in and %llu are accounted for", why->length ? "; " : "",
                     (unsigned long long)ledger->rows_in, (unsigned long long)rows);
    uint64_t written = ledger->rows[LEDGER_WRITTEN] + ledger->divided;
    if (check_disk && ledger->rows_on_disk != written)
        buffer_print(why, "%s%llu registrations were written and %llu are in the files on disk",
                     why->length ? "; " : "", (unsigned long long)written, (unsigned long long)ledger->rows_on_disk);
    for (size_t i = 0; i < ledger->column_count; i++) {
        wide_integer sum = 0;
        for (int side = 0; side < LEDGER_SIDE_COUNT; side++)
            if (ledger->sums[side]) sum += ledger->sums[side][i];
        if (sum != ledger->sums_in[i]) tell_sums(why, "came in,", titles[i], ledger->sums_in[i], sum);
        if (check_disk && ledger->on_disk_known[i] && ledger->sums_on_disk[i] != ledger->sums[LEDGER_WRITTEN][i])
            tell_sums(why, "was written, on disk is", titles[i], ledger->sums[LEDGER_WRITTEN][i],
                      ledger->sums_on_disk[i]);
    }
    return why->length == 0;
}
