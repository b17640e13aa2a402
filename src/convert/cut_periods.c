/* cut_periods.c: see cut_periods.h. A unit that is merely not over is not cut: what is there is all there is so far. */
#include "convert/cut_periods.h"

#include "values/datetime.h"

int32_t cut_first_day(enum run_by by, int32_t day) {
    int year, month, day_of_month;
    switch (by) {
    case BY_WEEK: return date_week_start(day, &year, &month);
    case BY_MONTH: date_from_days(day, &year, &month, &day_of_month); return day - (day_of_month - 1);
    case BY_ROW:
    case BY_DAY: break;
    }
    return day;
}

int32_t cut_last_day(enum run_by by, int32_t day) {
    int year, month, day_of_month;
    int32_t first = cut_first_day(by, day);
    switch (by) {
    case BY_WEEK: return first + 6;
    case BY_MONTH:
        date_from_days(first, &year, &month, &day_of_month);
        return first + date_month_length(year, month) - 1;
    case BY_ROW:
    case BY_DAY: break;
    }
    return day;
}

static enum cut_policy policy_of(const struct run_options *options, enum cut_cause cause) {
    if (options->cut_policy != CUT_BY_CAUSE) return options->cut_policy;
    bool is_dropped = cause == CUT_BY_LAST || cause == CUT_BY_AGE || (cause == CUT_BY_END && options->is_last);
    return is_dropped ? CUT_DROP : CUT_REFUSE;
}

static void add_unit(const struct run_options *options, struct cut_periods *cuts, int32_t day, enum cut_cause cause) {
    int32_t first = cut_first_day(options->by, day);
    if (cuts->count == CUT_UNIT_LIMIT) return;
    for (size_t i = 0; i < cuts->count; i++)
        if (cuts->units[i].first == first) return;
    cuts->units[cuts->count++] =
        (struct cut_unit){.first = first, .cause = cause, .policy = policy_of(options, cause), .day = day};
}

/* The files hold a unit from its first day if their periods, one after the other, do. */
static void add_own(const struct run_options *options, const struct own_period *own, size_t count,
                    struct cut_periods *cuts) {
    for (size_t i = 0; i < count; i++)
        if (!own[i].is_known) return; /* it may hold what the others lack */
    for (size_t i = 0; i < count; i++) {
        int32_t covered = cut_first_day(options->by, own[i].from) - 1;
        for (bool grows = true; grows && covered < own[i].from - 1;) {
            grows = false;
            for (size_t k = 0; k < count; k++) {
                if (own[k].from > covered + 1 || own[k].to <= covered) continue;
                covered = own[k].to;
                grows = true;
            }
        }
        if (covered < own[i].from - 1) add_unit(options, cuts, own[i].from, CUT_BY_EXPORT);
    }
}

/* The last day that the exports say they hold, or INT32_MIN where one of them does not say it. */
static int32_t last_own_day(const struct own_period *own, size_t count) {
    int32_t last = INT32_MIN;
    for (size_t i = 0; i < count; i++) {
        if (!own[i].is_known) return INT32_MIN;
        last = own[i].to > last ? own[i].to : last;
    }
    return last;
}

void cut_periods_find(const struct run_options *options, const struct own_period *own, size_t file_count,
                      struct cut_periods *cuts) {
    *cuts = (struct cut_periods){0};
    if (options->by != BY_WEEK && options->by != BY_MONTH) return;
    if (options->has_period && options->period_from > cut_first_day(options->by, options->period_from))
        add_unit(options, cuts, options->period_from, options->is_last ? CUT_BY_LAST : CUT_BY_PERIOD);
    if (options->has_oldest && options->oldest > cut_first_day(options->by, options->oldest))
        add_unit(options, cuts, options->oldest, CUT_BY_AGE);
    add_own(options, own, file_count, cuts);
    int32_t last = options->has_period ? options->period_to : last_own_day(own, file_count);
    if (last == INT32_MIN) return;
    cuts->last = last;
    cuts->end_first = cut_first_day(options->by, last);
    cuts->end_last = cut_last_day(options->by, last);
    cuts->is_to_date = last < cuts->end_last;
    cuts->may_end = options->has_period && cuts->is_to_date;
}

void cut_periods_prove_end(const struct run_options *options, struct cut_periods *cuts) {
    if (cuts->may_end) add_unit(options, cuts, cuts->last, CUT_BY_END);
    cuts->may_end = cuts->is_to_date = false;
}

void cut_add_unit(struct buffer *out, enum run_by by, int32_t first) {
    buffer_add_text(out, by == BY_WEEK ? "the week " : "the month ");
    date_print(out, first);
    buffer_add_text(out, " to ");
    date_print(out, cut_last_day(by, first));
}

void cut_add_cause(struct buffer *out, const struct run_options *options, const struct cut_unit *unit) {
    static const char *const causes[] = {[CUT_BY_PERIOD] = "--period begins on ",
                                         [CUT_BY_END] = " ends on ",
                                         [CUT_BY_LAST] = "--last begins on ",
                                         [CUT_BY_AGE] = "--max-age begins on ",
                                         [CUT_BY_EXPORT] = "the export begins on "};
    if (unit->cause == CUT_BY_END) buffer_add_text(out, options->is_last ? "--last" : "--period");
    buffer_add_text(out, causes[unit->cause]);
    date_print(out, unit->day);
    if (unit->cause == CUT_BY_END) buffer_add_text(out, " and the file has later rows of it");
}
