/* fuzz_datetime.c: dates in each order: calendar fields within their bounds, evidence that agrees with the answer, and
 * what is printed is read back as the same. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "values/datetime.h"
#include "values/zone.h"

static void check_fields(const struct datetime *value) {
    fuzz_require(value->year >= 1900 && value->year <= 9999, "year %d", value->year);
    fuzz_require(value->month >= 1 && value->month <= 12, "month %d", value->month);
    fuzz_require(value->day >= 1 && value->day <= date_month_length(value->year, value->month), "day %d", value->day);
    fuzz_require(value->hour >= 0 && value->hour < 24 && value->minute >= 0 && value->minute < 60, "time");
    fuzz_require(value->second >= 0 && value->second < 60, "second %d", value->second);
    fuzz_require(strlen(value->fraction) < sizeof value->fraction, "fraction");
    fuzz_require(value->has_time || (value->hour == 0 && value->minute == 0 && value->second == 0), "time of none");
}

static bool is_same(const struct datetime *left, const struct datetime *right) {
    return left->year == right->year && left->month == right->month && left->day == right->day &&
           left->hour == right->hour && left->minute == right->minute && left->second == right->second &&
           left->zone == right->zone && (left->zone != ZONE_OFFSET || left->offset == right->offset) &&
           strcmp(left->fraction, right->fraction) == 0;
}

static void check_round_trip(const struct datetime *value) {
    struct buffer printed = {0};
    struct datetime again = {0};
    datetime_print(&printed, value, 'T');
    enum datetime_reason reason = datetime_parse(buffer_view(&printed), DATE_ORDER_UNKNOWN, &again, NULL);
    fuzz_require(reason == DATETIME_FINE && is_same(value, &again), "%.*s is printed, but not read back (%d)",
                 VIEW_ARGS(buffer_view(&printed)), (int)reason);
    int64_t seconds = datetime_seconds(value);
    datetime_from_seconds(seconds, &again);
    fuzz_require(datetime_seconds(&again) == seconds, "seconds");
    buffer_free(&printed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct view text = fuzz_view(data, size);
    struct datetime value[4] = {0};
    enum datetime_reason reasons[4];
    for (enum date_order order = DATE_ORDER_UNKNOWN; order <= DATE_ORDER_YMD; order++) {
        struct date_evidence evidence = {0};
        reasons[order] = datetime_parse(text, order, &value[order], &evidence);
        fuzz_require(datetime_reason_text(reasons[order]) != NULL, "a reason without a text");
        fuzz_require(evidence.slashed <= 1 &&
                         evidence.first_over + evidence.second_over + evidence.ambiguous <= evidence.slashed + 1,
                     "evidence of one value counts more than one");
        if (reasons[order] != DATETIME_FINE) continue;
        check_fields(&value[order]);
        check_round_trip(&value[order]);
    }
    fuzz_require(reasons[DATE_ORDER_MDY] != DATETIME_AMBIGUOUS && reasons[DATE_ORDER_DMY] != DATETIME_AMBIGUOUS,
                 "ambiguous although the order is known");
    /* What needs no order reads the same in every order that reads it. */
    if (reasons[DATE_ORDER_UNKNOWN] == DATETIME_FINE) {
        bool agrees = false;
        for (enum date_order order = DATE_ORDER_MDY; order <= DATE_ORDER_YMD; order++)
            agrees = agrees || (reasons[order] == DATETIME_FINE && is_same(&value[DATE_ORDER_UNKNOWN], &value[order]));
        fuzz_require(agrees, "a date that no order reads so");
    }
    struct datetime excel = {0};
    if (datetime_parse_excel(text, &excel) == DATETIME_FINE) check_fields(&excel);
    return 0;
}
