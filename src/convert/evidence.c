/* evidence.c: see evidence.h. */
#include "convert/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void evidence_start(struct evidence *evidence, size_t field_count) {
    *evidence = (struct evidence){.field_count = field_count};
    evidence->columns = memory_get_zero(field_count + 1, sizeof *evidence->columns);
}

void evidence_reset(struct evidence *evidence) {
    for (size_t i = 0; i < evidence->field_count; i++) {
        struct form_evidence form = evidence->columns[i].form;
        form_evidence_reset(&form);
        evidence->columns[i] = (struct column_evidence){.form = form};
    }
    evidence->shares_over_one = evidence->padded_rows = evidence->guards = evidence->quoted_ids = evidence->float_people = 0;
    memset(evidence->ids, 0, sizeof evidence->ids);
}

void evidence_free(struct evidence *evidence) {
    for (size_t i = 0; i < evidence->field_count; i++)
        form_evidence_free(&evidence->columns[i].form);
    free(evidence->columns);
    *evidence = (struct evidence){0};
}

static void merge_column(struct column_evidence *into, const struct column_evidence *from) {
    into->dates.slashed += from->dates.slashed;
    into->dates.first_over += from->dates.first_over;
    into->dates.second_over += from->dates.second_over;
    into->dates.ambiguous += from->dates.ambiguous;
    into->month_first_in_period += from->month_first_in_period;
    into->day_first_in_period += from->day_first_in_period;
    comma_evidence_merge(&into->commas, &from->commas);
    form_evidence_merge(&into->form, &from->form);
    into->noise += from->noise;
    into->rounded += from->rounded;
    into->percent_signs += from->percent_signs;
    into->percent_large += from->percent_large;
    into->percent_small += from->percent_small;
    for (size_t i = 0; i < NOTHING_ERRORS; i++)
        into->errors[i] += from->errors[i];
    for (size_t i = 0; i < NOTHING_WORDS; i++)
        into->words[i] += from->words[i];
}

void evidence_merge(struct evidence *into, const struct evidence *from) {
    for (size_t i = 0; i < into->field_count; i++)
        merge_column(&into->columns[i], &from->columns[i]);
    into->shares_over_one += from->shares_over_one;
    into->padded_rows += from->padded_rows;
    into->guards += from->guards;
    into->float_people += from->float_people;
    into->quoted_ids += from->quoted_ids;
    for (size_t i = 0; i < ID_KIND_COUNT; i++)
        into->ids[i] += from->ids[i];
}

enum date_order evidence_order(const struct column_evidence *column) {
    const struct date_evidence *dates = &column->dates;
    if (dates->first_over > 0 && dates->second_over > 0) return DATE_ORDER_UNKNOWN;
    if (dates->second_over > 0) return DATE_ORDER_MDY;
    if (dates->first_over > 0) return DATE_ORDER_DMY;
    if (dates->ambiguous == 0) return DATE_ORDER_MDY; /* nothing that could be read in two ways */
    bool month_first = column->month_first_in_period == dates->ambiguous;
    bool day_first = column->day_first_in_period == dates->ambiguous;
    if (month_first != day_first) return month_first ? DATE_ORDER_MDY : DATE_ORDER_DMY;
    return DATE_ORDER_UNKNOWN;
}
