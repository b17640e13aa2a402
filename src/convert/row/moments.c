/* moments.c: a cell of a date field: what moment it stands for, what it shows of its column's form, one problem. */
#include "base/memory.h"
#include "convert/row/row_private.h"

static void count_evidence(struct converter *converter, size_t index, const struct moment *moment, struct view text) {
    struct column_evidence *evidence = &converter->outcome->evidence.columns[index];
    const struct date_evidence *one = &moment->evidence;
    struct day_evidence *days = &evidence->form.days;
    if (moment->reason == DATETIME_FINE) {
        struct year_place *place;
        if (years_add(&evidence->form, moment->year, &place))
            *place = (struct year_place){converter->row.record.row, converter->row.record.line,
                                         (uint32_t)converter->file.number};
        days->in_utc += moment->zone == ZONE_UTC;
        days->with_offset += moment->zone == ZONE_OFFSET;
        days->bare += moment->is_bare;
    }
    if (moment->reason != DATETIME_PLACEHOLDER && moment->reason != DATETIME_EMPTY) {
        bool is_number = text.length >= 5 && text.text[0] <= '9' && is_day_number(text);
        days->numbers += is_number;
        days->others += !is_number;
    }
    evidence->dates.slashed += one->slashed;
    evidence->dates.first_over += one->first_over;
    evidence->dates.second_over += one->second_over;
    evidence->dates.ambiguous += one->ambiguous;
    const struct run_options *options = converter->plan->options;
    if (!one->ambiguous || !options->has_period) return;
    struct datetime value;
    for (int day_first = 0; day_first < 2; day_first++) {
        if (datetime_parse(text, day_first ? DATE_ORDER_DMY : DATE_ORDER_MDY, &value, NULL) != DATETIME_FINE) continue;
        int32_t day = date_to_days(value.year, value.month, value.day);
        bool is_inside = day >= options->period_from && day <= options->period_to;
        if (is_inside && day_first)
            evidence->day_first_in_period++;
        else if (is_inside)
            evidence->month_first_in_period++;
    }
}

const struct moment *row_moment(struct converter *converter, size_t index, struct view text) {
    const struct field *field = &converter->plan->schema->fields[index];
    struct field_state *state = &converter->fields[index];
    if (!state->moment) state->moment = memory_get_zero(1, sizeof *state->moment);
    struct moment_slot *slot = state->moment;
    if (slot->is_filled && slot->length == text.length && view_same_bytes_32(slot->input, text.text, text.length))
        return &slot->moment;
    moment_read_as(text, field, &converter->plan->forms[index], converter->plan->orders[index],
                   converter->plan->options->zone, &slot->moment);
    slot->is_filled = text.length <= sizeof slot->input;
    if (slot->is_filled) {
        memcpy(slot->input, text.text, text.length);
        slot->length = text.length;
    }
    return &slot->moment;
}

static const char *far_words(const struct moment *moment) {
    return moment->year >= CENTURY_DOUBTFUL && moment->year <= 2068
               ? "is read as a year from 2050 to 2068. It may be one from 1950 to 1968"
               : "is before 1990 or after 2100";
}

void row_read_moment(struct converter *converter, size_t index, const struct field *field, struct view text) {
    if (converter->division.listed_count > 1 && converter->file.binding->date_count > 0 &&
        converter->file.binding->dates[0] == index)
        text = row_list_piece(text, 0);
    const struct moment *moment = row_moment(converter, index, text);
    count_evidence(converter, index, moment, text);
    struct value *value = &converter->fields[index].value;
    switch ((enum datetime_reason)moment->reason) {
    case DATETIME_FINE: break;
    case DATETIME_EMPTY: return;
    case DATETIME_PLACEHOLDER:
        if (field->role != ROLE_DATE) row_cell_problem(converter, W325_PLACEHOLDER, index, "counts as empty");
        return;
    case DATETIME_NOT_DATE:
        row_cell_problem(converter, E304_NOT_DATE, index,
                         is_day_number(text) ? "is a day number of a spreadsheet beside dates that are written out; "
                                               "\"format\": \"excel\" in a schema reads a column of day numbers"
                                             : datetime_reason_text(DATETIME_NOT_DATE));
        return;
    case DATETIME_NO_SUCH_DAY:
        row_cell_problem(converter, E305_NO_SUCH_DAY, index, datetime_reason_text(DATETIME_NO_SUCH_DAY));
        return;
    case DATETIME_AMBIGUOUS:
        row_cell_problem(converter, E306_AMBIGUOUS_DATE, index, datetime_reason_text(DATETIME_AMBIGUOUS));
        return;
    }
    value->kind = VALUE_MOMENT;
    value->text = view_from(moment->text, moment->length);
    if (moment->is_far) row_cell_problem(converter, W323_FAR_DATE, index, far_words(moment));
    if (moment->fit != ZONE_ONCE)
        row_cell_problem(converter, W324_CLOCK_CHANGE, index,
                         moment->fit == ZONE_GAP ? "does not exist on that day, because the clock moved forward"
                                                 : "comes twice on that day, because the clock moved back. The first is used");
}
