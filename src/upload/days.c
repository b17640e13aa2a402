/* days.c: see days.h. */
#include "upload/days.h"

bool day_number(const char *text, int32_t *number) {
    struct datetime when = {0};
    if (strlen(text) < 10 || datetime_parse(view_from(text, 10), DATE_ORDER_YMD, &when, NULL) != DATETIME_FINE)
        return false;
    *number = date_to_days(when.year, when.month, when.day);
    return true;
}

void day_take(char day[11], struct view text) {
    if (text.length < 10) return;
    memcpy(day, text.text, 10);
    day[10] = '\0';
}

void day_set(char day[11], int32_t number) {
    struct buffer text = {0};
    date_print(&text, number);
    day_take(day, buffer_view(&text));
    buffer_free(&text);
}
