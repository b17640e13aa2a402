/* calendar.c: days of the proleptic Gregorian calendar as numbers, after Howard Hinnant's public algorithms:
 * years begin in March, so that the leap day is the last of its year. */
#include "values/datetime.h"
#include "values/zone.h"

#define DAYS_AN_ERA 146097 /* 400 years */

int32_t date_to_days(int year, int month, int day) {
    year -= month <= 2;
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_AN_ERA + day_of_era - 719468;
}

void date_from_days(int32_t days, int *year, int *month, int *day) {
    int shifted = days + 719468;
    int era = (shifted >= 0 ? shifted : shifted - (DAYS_AN_ERA - 1)) / DAYS_AN_ERA;
    int day_of_era = shifted - era * DAYS_AN_ERA;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int march_month = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * march_month + 2) / 5 + 1;
    *month = march_month < 10 ? march_month + 3 : march_month - 9;
    *year = year_of_era + era * 400 + (*month <= 2);
}

int date_weekday(int32_t days) {
    int weekday = (int)((days + 3) % 7); /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

int32_t date_week_start(int32_t days, int *week_year, int *week) {
    int32_t monday = days - date_weekday(days);
    int month, day;
    date_from_days(monday + 3, week_year, &month, &day); /* a week belongs to the year of its Thursday */
    *week = (monday + 3 - date_to_days(*week_year, 1, 1)) / 7 + 1;
    return monday;
}

int date_month_length(int year, int month) {
    static const unsigned char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && is_leap ? 29 : lengths[month - 1];
}

int64_t datetime_seconds(const struct datetime *value) {
    return (int64_t)date_to_days(value->year, value->month, value->day) * 86400 + value->hour * 3600 +
           value->minute * 60 + value->second;
}

void datetime_from_seconds(int64_t seconds, struct datetime *value) {
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    date_from_days((int32_t)days, &value->year, &value->month, &value->day);
    value->hour = (int)(rest / 3600);
    value->minute = (int)(rest / 60 % 60);
    value->second = (int)(rest % 60);
    value->has_time = true;
}
