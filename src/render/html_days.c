/* html_days.c: rows and money over time. Every day has its place, also those without rows, so that gaps are seen; what
 * spans more than SLOTS days is drawn per week, then per month, then per so many years. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/html_private.h"
#include "values/datetime.h"

#define SLOTS 92

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEARS };
static const char *const unit_names[] = {"day", "week", "month", "year"};

struct span {
    enum unit unit;
    int years; /* of UNIT_YEARS */
    int first; /* number of the first slot */
    size_t count;
};

struct slot {
    uint64_t rows;
    wide_integer *sums; /* by ledger column */
};

/* --- days into slots ------------------------------------------------------------------------------------- */

static bool read_day(const char *text, int32_t *day) {
    int numbers[3] = {0};
    for (int i = 0; i < 3; i++) {
        const char *start = text;
        while (*text >= '0' && *text <= '9' && text - start < 4)
            numbers[i] = numbers[i] * 10 + (*text++ - '0');
        if (text == start || *text != (i < 2 ? '-' : '\0')) return false;
        if (i < 2) text++;
    }
    if (numbers[1] < 1 || numbers[1] > 12 || numbers[2] < 1 || numbers[2] > 31) return false;
    *day = date_to_days(numbers[0], numbers[1], numbers[2]);
    return true;
}

static int slot_number(const struct span *span, int32_t day) {
    int year, month, day_of_month;
    if (span->unit == UNIT_DAY) return day;
    if (span->unit == UNIT_WEEK) return (day - date_weekday(day) + 3) / 7; /* Mondays are 7 n - 3 */
    date_from_days(day, &year, &month, &day_of_month);
    return span->unit == UNIT_MONTH ? year * 12 + month - 1 : year / span->years;
}

/* What --by asks for; a run by row is shown by day. */
static enum unit unit_of(const struct result *result) {
    if (result->by && strcmp(result->by, "week") == 0) return UNIT_WEEK;
    return result->by && strcmp(result->by, "month") == 0 ? UNIT_MONTH : UNIT_DAY;
}

static struct span span_of(enum unit unit, int32_t first, int32_t last) {
    struct span span = {.unit = unit, .years = 1};
    for (;;) {
        span.first = slot_number(&span, first);
        span.count = (size_t)(slot_number(&span, last) - span.first) + 1;
        if (span.count <= SLOTS) return span;
        if (span.unit == UNIT_YEARS)
            span.years++;
        else
            span.unit = (enum unit)(span.unit + 1);
    }
}

static void name_slot(const struct span *span, size_t slot, bool is_short, struct buffer *out) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int number = span->first + (int)slot, year, month, day_of_month;
    if (span->unit == UNIT_YEARS) {
        buffer_print(out, "%d", number * span->years);
        if (span->years > 1 && !is_short) buffer_print(out, " to %d", number * span->years + span->years - 1);
    } else if (span->unit == UNIT_MONTH) {
        if (is_short)
            buffer_print(out, "%s %d", months[number % 12], number / 12);
        else
            buffer_print(out, "%04d-%02d", number / 12, number % 12 + 1);
    } else {
        int32_t day = span->unit == UNIT_WEEK ? number * 7 - 3 : number;
        date_from_days(day, &year, &month, &day_of_month);
        if (is_short) {
            buffer_print(out, "%s %d", months[month - 1], day_of_month);
            return;
        }
        if (span->unit == UNIT_WEEK) buffer_add_text(out, "week of ");
        date_print(out, day);
    }
}

static struct slot *fill_slots(const struct result *result, const struct span *span) {
    struct slot *slots = memory_get_zero(span->count, sizeof *slots);
    size_t columns = result->ledger.column_count;
    for (size_t i = 0; i < span->count; i++)
        slots[i].sums = memory_get_zero(columns + 1, sizeof *slots[i].sums);
    for (size_t i = 0; i < result->day_count; i++) {
        int32_t day = 0;
        read_day(result->days[i].key, &day);
        struct slot *slot = &slots[slot_number(span, day) - span->first];
        slot->rows += result->days[i].rows;
        for (size_t k = 0; k < columns; k++)
            decimal_add(&slot->sums[k], result->days[i].sums[k]);
    }
    return slots;
}

/* --- pictures -------------------------------------------------------------------------------------------- */

struct picture {
    const struct result *result;
    struct span span;
    struct slot *slots;
    struct draw_item *items;
};

/* column SIZE_MAX: rows. */
static wide_integer value_of(const struct slot *slot, size_t column) {
    return column == SIZE_MAX ? (wide_integer)slot->rows * DECIMAL_SCALE : slot->sums[column];
}

static void tell_extreme(const struct picture *picture, const char *word, size_t slot, bool is_money,
                         struct buffer *out) {
    buffer_print(out, "; %s, ", word);
    decimal_print_human(out, picture->items[slot].value, is_money);
    buffer_add_text(out, ": ");
    buffer_add_text(out, picture->items[slot].title);
}

static void describe(const struct picture *picture, bool is_money, struct buffer *out) {
    wide_integer sum = 0;
    size_t most = 0, least = 0;
    for (size_t i = 0; i < picture->span.count; i++) {
        decimal_add(&sum, picture->items[i].value);
        if (picture->items[i].value > picture->items[most].value) most = i;
        if (picture->items[i].value < picture->items[least].value) least = i;
    }
    decimal_print_human(out, sum, is_money);
    buffer_add_text(out, is_money ? " in all" : sum == DECIMAL_SCALE ? " row in all" : " rows in all");
    tell_extreme(picture, "most", most, is_money, out);
    if (picture->items[least].value < 0) tell_extreme(picture, "least, below the axis", least, is_money, out);
    buffer_add_text(out, ". All numbers are in the table below the pictures.");
}

static void add_picture(const struct picture *picture, const char *name, const char *subject, size_t column,
                        struct buffer *out) {
    struct buffer title = {0}, detail = {0};
    bool is_money = column != SIZE_MAX;
    for (size_t i = 0; i < picture->span.count; i++) {
        picture->items[i].value = value_of(&picture->slots[i], column);
        picture->items[i].kind = picture->items[i].value < 0 ? "bar minus" : "bar";
    }
    buffer_print(&title, "%s per %s, %s to %s", subject, unit_names[picture->span.unit], picture->result->days[0].key,
                 picture->result->days[picture->result->day_count - 1].key);
    describe(picture, is_money, &detail);
    struct draw_chart chart = {.name = name,
                               .title = buffer_take(&title),
                               .detail = buffer_take(&detail),
                               .is_money = is_money,
                               .items = picture->items,
                               .count = picture->span.count};
    buffer_add_text(out, "<figure class=\"plot\"><figcaption>");
    html_text(out, chart.title);
    buffer_add_text(out, "</figcaption>\n");
    draw_columns(&chart, out);
    buffer_add_text(out, "</figure>\n");
    free((char *)chart.title);
    free((char *)chart.detail);
}

static void add_table(const struct picture *picture, struct buffer *out) {
    const char *unit = unit_names[picture->span.unit];
    char *caption = memory_print("Rows and amounts per %s", unit);
    buffer_print(out, "<details><summary>Numbers per %s</summary>\n", unit);
    html_table_start(out, caption, "group");
    buffer_add_text(out, "<thead><tr>");
    html_head(out, picture->span.unit == UNIT_DAY ? "Day" : "Days", false);
    html_head(out, "Rows", true);
    html_column_heads(picture->result, out);
    buffer_add_text(out, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < picture->span.count; i++) {
        if (picture->slots[i].rows == 0) continue;
        buffer_add_text(out, "<tr>");
        html_row_head(out, picture->items[i].title);
        html_count_cell(out, picture->slots[i].rows);
        html_column_cells(picture->result, picture->slots[i].sums, out);
        buffer_add_text(out, "</tr>\n");
    }
    html_table_end(out);
    buffer_add_text(out, "</details>\n");
    free(caption);
}

static void add_pictures(const struct picture *picture, struct buffer *out) {
    const struct result *result = picture->result;
    size_t money = result_money_column(result);
    const char *unit = unit_names[picture->span.unit];
    buffer_print(out, "<h3>%s per %s</h3>\n", money < result->ledger.column_count ? "Rows and money" : "Rows", unit);
    enum unit asked = unit_of(result);
    if (picture->span.unit != asked)
        buffer_print(out, "<p class=\"soft\">Per %s, because the rows span more than %d %ss.</p>\n", unit, SLOTS,
                     unit_names[asked]);
    if (picture->span.years > 1)
        buffer_print(out, "<p class=\"soft\">Each column is %d years.</p>\n", picture->span.years);
    if (money < result->ledger.column_count)
        add_picture(picture, "days-money", result->columns[money].title, money, out);
    add_picture(picture, "days-rows", "Rows", SIZE_MAX, out);
    add_table(picture, out);
}

void html_days(const struct result *result, struct buffer *out) {
    int32_t first = 0, last = 0;
    for (size_t i = 0; i < result->day_count; i++) {
        int32_t day;
        if (!read_day(result->days[i].key, &day)) return;
        if (i == 0 || day < first) first = day;
        if (i == 0 || day > last) last = day;
    }
    if (result->day_count == 0) {
        buffer_add_text(out, "<p>No row has a day, so there is no chart.</p>\n");
        return;
    }
    struct picture picture = {.result = result, .span = span_of(unit_of(result), first, last)};
    picture.slots = fill_slots(result, &picture.span);
    picture.items = memory_get_zero(picture.span.count, sizeof *picture.items);
    for (size_t i = 0; i < picture.span.count; i++) {
        struct buffer text = {0};
        name_slot(&picture.span, i, true, &text);
        picture.items[i].label = buffer_take(&text);
        name_slot(&picture.span, i, false, &text);
        picture.items[i].title = buffer_take(&text);
    }
    add_pictures(&picture, out);
    for (size_t i = 0; i < picture.span.count; i++) {
        free(picture.slots[i].sums);
        free(picture.items[i].label);
        free(picture.items[i].title);
    }
    free(picture.slots);
    free(picture.items);
}
