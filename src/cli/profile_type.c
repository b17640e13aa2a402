/* profile_type.c: from what was counted over a column to its type and to one example that shows it. */
#include "cli/cli.h"
#include "cli/profile.h"

#define EVIDENCE_WIDTH 40
#define IDS_NEEDED 10 /* values from which on a column with a few repeats may still be the ID */

bool profile_is_distinct(const struct profile_column *column) {
    return column->filled >= 2 && !column->is_no_id && column->values.repeats == 0;
}

static bool is_nearly_distinct(const struct profile_column *column) {
    return !column->is_no_id && column->filled >= 2 && (column->values.repeats == 0 || column->filled >= IDS_NEEDED);
}

static bool fits(const struct profile_column *column, int kind, bool is_strict) {
    uint64_t count = column->kinds[kind].fits;
    return count > 0 && (is_strict ? count == column->filled : count * 10 >= column->filled * 9);
}

static enum profile_type number_type(const struct profile_column *column) {
    if (column->with_dollar > 0) return PROFILE_MONEY;
    if (column->with_percent > 0) return PROFILE_PERCENT;
    if (column->with_leading_zero > 0)
        return is_nearly_distinct(column) ? PROFILE_ID : PROFILE_TEXT; /* the zero would be lost */
    if (column->with_fraction > 0) return PROFILE_NUMBER;
    return profile_is_distinct(column) && column->filled >= IDS_NEEDED ? PROFILE_ID : PROFILE_INTEGER;
}

/* The kind that decides, or -1. */
static int deciding_kind(const struct profile_column *column, bool is_strict) {
    if (fits(column, KIND_BOOLEAN, is_strict) && column->with_digit_flag < column->kinds[KIND_BOOLEAN].fits)
        return KIND_BOOLEAN;
    static const int order[] = {KIND_NUMBER, KIND_DATE, KIND_DURATION};
    for (size_t i = 0; i < 3; i++)
        if (fits(column, order[i], is_strict)) return order[i];
    return -1;
}

static enum profile_type type_of_kind(const struct profile_column *column, int kind) {
    switch (kind) {
    case KIND_BOOLEAN: return PROFILE_BOOLEAN;
    case KIND_NUMBER: return number_type(column);
    case KIND_DATE: return column->with_time > column->at_midnight ? PROFILE_DATETIME : PROFILE_DATE;
    case KIND_DURATION: return PROFILE_DURATION;
    default: return is_nearly_distinct(column) ? PROFILE_ID : PROFILE_TEXT;
    }
}

enum profile_type profile_type(const struct profile_column *column) {
    if (column->nested > 0) return PROFILE_NESTED;
    if (column->lists > 0) return PROFILE_TEXT;
    return column->filled == 0 ? PROFILE_EMPTY : type_of_kind(column, deciding_kind(column, true));
}

enum profile_type profile_likely_type(const struct profile_column *column, const struct profile_sample **misfit) {
    *misfit = NULL;
    enum profile_type type = profile_type(column);
    if (type != PROFILE_TEXT && type != PROFILE_ID) return type;
    int kind = deciding_kind(column, false);
    if (kind < 0 || !column->kinds[kind].misfit.text) return type;
    *misfit = &column->kinds[kind].misfit;
    return type_of_kind(column, kind);
}

bool profile_is_number(enum profile_type type) {
    return type == PROFILE_INTEGER || type == PROFILE_NUMBER || type == PROFILE_MONEY || type == PROFILE_PERCENT;
}

enum profile_order profile_order(const struct profile_column *column) {
    const struct date_evidence *dates = &column->dates;
    if (dates->first_over > 0 && dates->second_over > 0) return PROFILE_ORDER_MIXED;
    if (dates->second_over > 0) return PROFILE_ORDER_MDY;
    if (dates->first_over > 0) return PROFILE_ORDER_DMY;
    if (dates->ambiguous > 0) return PROFILE_ORDER_AMBIGUOUS;
    return dates->slashed > 0 ? PROFILE_ORDER_EITHER : PROFILE_ORDER_NONE;
}

void profile_add_type(struct buffer *out, const struct profile_column *column) {
    static const char *const names[] = {"empty", "boolean",        "integer",  "number",  "money", "percent",
                                        "date",  "date with time", "duration", "ID-like", "text",  "nested"};
    static const char *const orders[] = {"", ", month first", ", day first", "", ", ambiguous", ", mixed orders"};
    enum profile_type type = profile_type(column);
    buffer_add_text(out, names[type]);
    if (type == PROFILE_DATE || type == PROFILE_DATETIME) buffer_add_text(out, orders[profile_order(column)]);
}

void profile_add_masked(struct buffer *out, struct view text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        bool is_inner = ((unsigned char)c & 0xC0) == 0x80;
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0xC0;
        if (!is_inner) buffer_add_char(out, (char)(is_letter ? 'x' : c >= '0' && c <= '9' ? '9' : c));
    }
}

static void add_sample(struct buffer *out, const struct profile_sample *sample, bool is_masked) {
    struct buffer masked = {0};
    struct view text = view_of(sample->text);
    if (is_masked) {
        profile_add_masked(&masked, text);
        text = buffer_view(&masked);
    }
    plain_add_short(out, text, EVIDENCE_WIDTH);
    buffer_print(out, " (row %llu)", (unsigned long long)sample->row);
    buffer_free(&masked);
}

static void add_date_evidence(struct buffer *out, const struct profile_column *column, bool is_masked) {
    switch (profile_order(column)) {
    case PROFILE_ORDER_MDY:
        add_sample(out, &column->month_first, is_masked);
        buffer_add_text(out, " proves month first");
        return;
    case PROFILE_ORDER_DMY:
        add_sample(out, &column->day_first, is_masked);
        buffer_add_text(out, " proves day first");
        return;
    case PROFILE_ORDER_AMBIGUOUS:
        add_sample(out, &column->ambiguous, is_masked);
        buffer_add_text(out, " could be two days. Add --date-order");
        return;
    case PROFILE_ORDER_MIXED:
        add_sample(out, &column->month_first, is_masked);
        buffer_add_text(out, " against ");
        add_sample(out, &column->day_first, is_masked);
        return;
    case PROFILE_ORDER_NONE:
    case PROFILE_ORDER_EITHER: break;
    }
    add_sample(out, column->timed.text ? &column->timed : &column->first, is_masked);
    if (column->with_zone > 0 && !column->timed.text)
        buffer_add_text(out, ", always midnight: a day");
    else if (column->with_zone > 0)
        buffer_add_text(out, ", a time with its zone");
}

void profile_add_evidence(struct buffer *out, const struct profile_column *column, bool is_masked) {
    const struct profile_sample *misfit = NULL;
    enum profile_type type = profile_type(column);
    if (!column->first.text) return;
    if (type == PROFILE_NESTED) { /* what is inside may be anybody's */
        bool is_list = column->first.text[0] == '[';
        buffer_print(out, "a%s (row %llu)", is_list ? " list" : "n object", (unsigned long long)column->first.row);
        return;
    }
    if (type == PROFILE_DATE || type == PROFILE_DATETIME) {
        add_date_evidence(out, column, is_masked);
        return;
    }
    static const char *const words[] = {"",       "a yes or no", "a number",   "a number", "an amount", "a percentage",
                                        "a date", "a date",      "a duration", "an ID",    "",          ""};
    enum profile_type likely = profile_likely_type(column, &misfit);
    if (misfit) {
        add_sample(out, misfit, is_masked);
        buffer_print(out, " is not %s, most others are", words[likely]);
        return;
    }
    add_sample(out, &column->first, is_masked);
    if (type == PROFILE_ID && column->values.repeats == 0)
        buffer_add_text(out, ", all different");
    else if (type == PROFILE_ID)
        buffer_print(out, ", %llu repeat", (unsigned long long)column->values.repeats);
}
