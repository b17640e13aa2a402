/* unsent.c: see unsent.h. Most cells that no field takes are texts: their first byte says so, and no more is read. */
#include "convert/unsent.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "schema/label_words.h"
#include "values/duration.h"

#define ENOUGH 64 /* cells without a sign after which a column that its label does not call money is left alone */

bool unsent_is_dropped(struct view label, const char *const *drops, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct view drop = view_of(drops[i]);
        if (label_suffix(drop).length > 0 ? label_equal_whole(label, drop) : label_equal(label, drop)) return true;
    }
    return false;
}

struct unsent_column unsent_column(size_t cell, struct view label, bool is_bare) {
    bool is_money = label_is_money(label), is_hours = label_is_hours(label);
    bool is_cents = is_bare && is_money && !is_hours && !label_is_average(label) && !label_is_measure(label);
    return (struct unsent_column){cell, label, is_money, is_hours, is_cents, is_money || is_hours};
}

void unsent_find(const struct input_facts *facts, const struct binding *binding, const char *const *drops,
                 size_t drop_count, struct unsent_columns *columns) {
    *columns = (struct unsent_columns){0};
    if (facts->shape != SHAPE_CSV && facts->shape != SHAPE_REPORT) return;
    columns->list = memory_get_zero(binding->unknown_count + 1, sizeof *columns->list);
    size_t next = 0; /* the unknown ones are in the order of the columns */
    for (size_t i = 0; i < facts->column_count && next < binding->unknown_count; i++) {
        struct view label = facts->columns[i].label;
        if (label.text != binding->unknown_columns[next].text) continue;
        next++;
        if (label.length == 0 || i == facts->group_column || unsent_is_dropped(label, drops, drop_count)) continue;
        columns->list[columns->count++] =
            unsent_column(i, label, facts->shape == SHAPE_REPORT || facts->workbook != NULL);
    }
}

void unsent_free(struct unsent_columns *columns) {
    free(columns->list);
    *columns = (struct unsent_columns){0};
}

static bool has_cents(struct view text) {
    if (text.length > 3 && text.text[text.length - 3] == '.' && text.text[text.length - 1] != '%') return true;
    for (size_t i = text.length; i-- > 0;)
        if (text.text[i] == '.') return text.length - i - 1 >= 2 && text.text[text.length - 1] != '%';
    return false;
}

static void note_number(const struct unsent_column *column, struct view text, int64_t amount,
                        struct unsent_values *values) {
    values->numbers++;
    values->with_cents += has_cents(text);
    values->sum += amount;
    if (!column->is_cents) return;
    values->with_fraction += amount % DECIMAL_SCALE != 0 && amount % (DECIMAL_SCALE / 100) == 0;
    values->with_parts += amount % (DECIMAL_SCALE / 100) != 0;
}

/* A cell that is no plain amount. */
static __attribute__((noinline)) void look_closer(const struct unsent_column *column, struct view text,
                                                  struct unsent_values *values) {
    text = view_trim(text);
    if (text.length == 0) return;
    unsigned char first = (unsigned char)text.text[0];
    bool may_be_number = (first >= '0' && first <= '9') || first == '$' || first == '-' || first == '(' || first == '.';
    if (!may_be_number) {
        values->others += text.length > 3; /* N/A and the like say nothing */
        values->texts += text.length > 1 && text.text[1] != '/';
        return;
    }
    int64_t amount = 0, seconds = 0;
    if (decimal_has_value(decimal_parse(text, &decimal_style_default, &amount))) {
        if (first < '0' || first > '9' || text.text[text.length - 1] == '$')
            values->with_sign += memchr(text.text, '$', text.length) != NULL;
        note_number(column, text, amount, values);
    } else if (text.length > 1) {
        values->others++;
        values->durations += memchr(text.text, ':', text.length) && duration_parse(text, &seconds);
    }
}

/* An amount as most are, or whatever else. */
static __attribute__((noinline)) void look_at_one(const struct unsent_column *column, struct view text,
                                                  struct unsent_values *values) {
    char first = text.text[0], last = text.text[text.length - 1];
    int64_t amount;
    bool is_plain = ((first >= '0' && first <= '9') || first == '$') && last >= '0' && last <= '9' &&
                    decimal_parse(text, &decimal_style_default, &amount) == DECIMAL_FINE;
    if (!is_plain) {
        look_closer(column, text, values);
        return;
    }
    values->with_sign += first == '$';
    note_number(column, text, amount, values);
}

bool unsent_look(const struct unsent_column *column, struct view text, struct unsent_values *values) {
    return unsent_look_in(column, text, view_of(""), values);
}

bool unsent_look_in(const struct unsent_column *column, struct view text, struct view record,
                    struct unsent_values *values) {
    if (!column->is_labelled && values->with_sign == 0 &&
        (values->numbers + values->others >= ENOUGH || values->texts >= ENOUGH))
        return false;
    if (text.length == 0) return true;
    if (column->is_cents || !digit_sums_add(&values->digits, text, record, DIGITS_GROUPED, &values->sum)) {
        look_at_one(column, text, values);
        return true;
    }
    values->numbers++;
    values->with_cents++;
    values->with_sign += text.text[0] == '$';
    return true;
}

void unsent_add(struct unsent_values *into, const struct unsent_values *from) {
    into->numbers += from->numbers;
    into->others += from->others;
    into->texts += from->texts;
    into->with_sign += from->with_sign;
    into->with_cents += from->with_cents;
    into->with_fraction += from->with_fraction;
    into->with_parts += from->with_parts;
    into->durations += from->durations;
    into->sum += from->sum + digit_sums_value(&from->digits, DIGITS_GROUPED);
}

bool unsent_holds_numbers(const struct unsent_values *values) {
    return values->numbers > 0 && values->numbers * 10 >= (values->numbers + values->others) * 9;
}

enum unsent_kind unsent_kind(const struct unsent_column *column, const struct unsent_values *values) {
    uint64_t all = values->numbers + values->others, lengths = values->numbers + values->durations;
    bool are_numbers = unsent_holds_numbers(values);
    if (are_numbers && values->with_sign > 0) return UNSENT_MONEY;
    if (are_numbers && column->is_money && values->with_cents * 2 > values->numbers) return UNSENT_MONEY;
    bool has_cents_only = column->is_cents && values->with_fraction > 0 && values->with_parts == 0;
    if (are_numbers && has_cents_only) return UNSENT_MONEY;
    return column->is_hours && lengths > 0 && lengths * 10 >= all * 9 ? UNSENT_HOURS : UNSENT_OTHER;
}
