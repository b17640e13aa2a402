/* moment.c: from calendar fields to the text for Plecto and the day it counts on. */
#include "convert/moment.h"

#include "base/digits.h"

#define SECONDS_A_DAY 86400

static char *put_two(char *to, int number) {
    return digits_put_two(to, (unsigned)number);
}

static char *put_date(char *to, int year, int month, int day) {
    to = put_two(to, year / 100);
    to = put_two(to, year % 100);
    *to++ = '-';
    to = put_two(to, month);
    *to++ = '-';
    return put_two(to, day);
}

static char *put_offset(char *to, int offset) {
    *to++ = offset < 0 ? '-' : '+';
    int minutes = (offset < 0 ? -offset : offset) / 60;
    to = put_two(to, minutes / 60);
    *to++ = ':';
    return put_two(to, minutes % 60);
}

/* The text: date, time, fraction, and Z, an offset or nothing. */
static void put_moment(struct moment *moment, const struct datetime *value) {
    char *to = put_date(moment->text, value->year, value->month, value->day);
    *to++ = 'T';
    to = put_two(to, value->hour);
    *to++ = ':';
    to = put_two(to, value->minute);
    *to++ = ':';
    to = put_two(to, value->second);
    if (value->fraction[0]) {
        *to++ = '.';
        for (const char *digit = value->fraction; *digit; digit++)
            *to++ = *digit;
    }
    if (value->zone == ZONE_UTC)
        *to++ = 'Z';
    else if (value->zone == ZONE_OFFSET)
        to = put_offset(to, value->offset);
    moment->length = (uint8_t)(to - moment->text);
}

void moment_noon(int32_t day, const struct zone *zone, struct moment *moment) {
    struct datetime noon = {0};
    date_from_days(day, &noon.year, &noon.month, &noon.day);
    noon.hour = 12;
    noon.has_time = true;
    if (zone) {
        zone_offset_for_local(zone, (int64_t)day * SECONDS_A_DAY + 12 * 3600, &noon.offset);
        noon.zone = ZONE_OFFSET;
    }
    moment->kind = MOMENT_DAY;
    moment->fit = ZONE_ONCE;
    moment->reason = DATETIME_FINE;
    moment->day = day;
    moment->instant = (int64_t)day * SECONDS_A_DAY + 12 * 3600 - noon.offset;
    put_moment(moment, &noon);
}

static void read_local(struct datetime *value, const struct zone *zone, struct moment *moment) {
    moment->kind = MOMENT_LOCAL;
    moment->day = date_to_days(value->year, value->month, value->day);
    int64_t seconds = (int64_t)moment->day * SECONDS_A_DAY + value->hour * 3600 + value->minute * 60 + value->second;
    if (zone) {
        moment->fit = (uint8_t)zone_offset_for_local(zone, seconds, &value->offset);
        value->zone = ZONE_OFFSET;
    }
    moment->instant = seconds - (zone ? value->offset : 0);
    put_moment(moment, value);
}

static void read_instant(struct datetime *value, const struct zone *zone, bool in_utc, struct moment *moment) {
    moment->kind = MOMENT_INSTANT;
    int64_t instant = datetime_seconds(value) - (value->zone == ZONE_OFFSET ? value->offset : 0);
    moment->instant = instant;
    moment->utc_day = (int32_t)((instant - (instant < 0 ? SECONDS_A_DAY - 1 : 0)) / SECONDS_A_DAY);
    if (zone) {
        value->offset = zone_offset_at(zone, instant);
        value->zone = ZONE_OFFSET;
        datetime_from_seconds(instant + value->offset, value);
    } else if (in_utc) {
        value->zone = ZONE_UTC;
        datetime_from_seconds(instant, value);
    }
    moment->day = date_to_days(value->year, value->month, value->day);
    put_moment(moment, value);
}

void moment_read_as(struct view text, const struct field *field, const struct column_form *form, enum date_order order,
                    const struct zone *zone, struct moment *moment) {
    struct datetime value;
    moment->evidence = (struct date_evidence){0};
    moment->fit = ZONE_ONCE;
    bool is_excel = field->is_excel_date || (form && form->is_excel_date);
    enum datetime_reason reason = is_excel ? datetime_parse_excel(text, &value)
                                           : datetime_parse(text, order, &value, &moment->evidence);
    moment->reason = (uint8_t)reason;
    if (reason != DATETIME_FINE) return;
    moment->zone = (uint8_t)(value.zone == ZONE_OFFSET && value.offset == 0 ? ZONE_UTC : value.zone); /* +00:00 is Z */
    moment->is_bare = value.zone == ZONE_NONE && value.has_time && field->type != FIELD_DATE;
    moment->year = (int16_t)value.year;
    moment->is_far = value.year < 1990 || value.year > 2100 || (value.is_short_year && value.year >= CENTURY_DOUBTFUL);
    if (field->type == FIELD_DATE || !value.has_time)
        moment_noon(date_to_days(value.year, value.month, value.day), zone, moment);
    else if (value.zone == ZONE_NONE)
        read_local(&value, zone, moment);
    else
        read_instant(&value, zone, form && form->in_utc, moment);
}

void moment_read(struct view text, const struct field *field, enum date_order order, const struct zone *zone,
                 struct moment *moment) {
    moment_read_as(text, field, NULL, order, zone, moment);
}
