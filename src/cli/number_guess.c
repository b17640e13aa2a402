/* number_guess.c: see number_guess.h. Ratios that ServiceTitan's own reports hold with both their parts are known by name,
 * and taken only where the values of the file agree (shared knowledge: labels of public reports; assumed). */
#include "cli/number_guess.h"

#include "schema/bind.h"
#include "schema/label_words.h"

struct known_ratio {
    const char *label, *numerator, *denominator;
};

static const struct known_ratio ratios[] = {
    {"Close Rate", "Closed Opportunities", "Sales Opportunity"},
    {"Opportunity Conversion Rate", "Converted Jobs", "Opportunity"},
    {"Total Job Average", "Completed Revenue", "Completed Jobs"},
    {"Closed Average Sale", "Total Sales", "Closed Opportunities"},
    {"Membership Conversion Rate", "Memberships Sold", "Membership Opportunities"},
    {"Jobs Gross Margin %", "Jobs Gross Margin", "Jobs Subtotal"},
};

static size_t column_named(const struct draft *draft, const char *label) {
    for (size_t i = 0; i < draft->field_count; i++) {
        const struct profile_column *column = &draft->profile->columns[i];
        if (!draft->fields[i].word || strcmp(draft->fields[i].word, "number") != 0) continue;
        if (label_equal(column->label, view_of(label)) || label_equal(column->name, view_of(label))) return i;
    }
    return SIZE_MAX;
}

/* Whether value = numerator / denominator (times 100 for a percentage), to a hundredth. */
static bool fits(int64_t value, int64_t numerator, int64_t denominator, bool is_percent) {
    if (denominator == 0) return value == 0;
    wide_integer scaled = (wide_integer)numerator * DECIMAL_SCALE * (is_percent ? 100 : 1);
    wide_integer positive = denominator < 0 ? -(wide_integer)denominator : denominator;
    wide_integer quotient = decimal_divide(denominator < 0 ? -scaled : scaled, positive), difference = quotient - value;
    return difference <= DECIMAL_SCALE / 100 && difference >= -DECIMAL_SCALE / 100;
}

/* Whether the rows that were kept agree, one of them at least. */
static bool rows_agree(const struct profile *profile, size_t own, size_t over, size_t under, bool is_percent) {
    size_t compared = 0;
    for (size_t row = 0; row < profile->kept_rows; row++) {
        const int64_t *numbers = profile->kept + row * profile->column_count;
        if (numbers[own] == INT64_MIN || numbers[over] == INT64_MIN || numbers[under] == INT64_MIN) continue;
        if (!fits(numbers[own], numbers[over], numbers[under], is_percent)) return false;
        compared += numbers[under] != 0;
    }
    return compared > 0;
}

static bool find_ratio(const struct draft *draft, const struct draft_field *field, struct number_guess *guess) {
    const struct profile_column *column = &draft->profile->columns[field->column];
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
        if (!label_equal(column->label, view_of(ratios[i].label)) &&
            !label_equal(column->name, view_of(ratios[i].label)))
            continue;
        size_t over = column_named(draft, ratios[i].numerator), under = column_named(draft, ratios[i].denominator);
        if (over == SIZE_MAX || under == SIZE_MAX ||
            !rows_agree(draft->profile, field->column, over, under, guess->is_percent))
            continue;
        guess->use = USE_RATIO;
        guess->numerator = over;
        guess->denominator = under;
        return true;
    }
    return false;
}

/* What the words of the label say of it. */
static enum number_use use_by_words(const struct draft_field *field, struct view label, bool is_money) {
    switch (field->guess.kind) {
    case LABEL_PRICE: return USE_MEAN;
    case LABEL_RATIO:
    case LABEL_AVERAGE:
    case LABEL_STATE: return USE_NONE;
    case LABEL_MONEY:
    case LABEL_HOURS:
    case LABEL_COUNT: return label_is_average(label) && !field->guess.is_sure ? USE_NONE : USE_SUM;
    default: break;
    }
    if (label_is_average(label)) return USE_NONE;
    return is_money || label_is_hours(label) || label_is_count(label) || label_is_money(label) ? USE_SUM : USE_ASK;
}

static struct number_guess guess_number(const struct draft *draft, const struct draft_field *field) {
    const struct profile_column *column = &draft->profile->columns[field->column];
    struct view label = column->label;
    bool has_dollars = field->type == PROFILE_MONEY;
    struct number_guess guess = {0};
    guess.is_percent =
        field->type == PROFILE_PERCENT || (!has_dollars && field->guess.kind == LABEL_RATIO &&
                                           (field->guess.is_sure || memchr(label.text, '%', label.length)));
    guess.is_money =
        !guess.is_percent && (has_dollars || field->guess.kind == LABEL_MONEY || field->guess.kind == LABEL_PRICE);
    guess.use = guess.is_percent ? USE_NONE : use_by_words(field, label, guess.is_money);
    if (guess.use == USE_NONE && find_ratio(draft, field, &guess)) return guess;
    if (guess.is_percent || column->total_sums + column->total_averages == 0) return guess;
    guess.is_proved = column->total_sums == 0 || column->total_averages == 0; /* one row alone is both */
    if (column->total_averages > 0)
        guess.use = guess.use == USE_MEAN ? USE_MEAN : USE_NONE;
    else if (guess.use == USE_ASK)
        guess.use = USE_SUM;
    return guess;
}

struct number_guess number_guess(const struct draft *draft, const struct draft_field *field) {
    struct number_guess guess = guess_number(draft, field);
    if (!field->answer) return guess;
    guess.use = field->answer == 'y' ? USE_SUM : USE_NONE;
    guess.is_proved = true; /* somebody knows it */
    return guess;
}

bool number_is_doubtful(const struct draft *draft, const struct draft_field *field, enum number_use *use) {
    if (!field->word || strcmp(field->word, "number") != 0 || field->role) return false;
    struct number_guess guess = number_guess(draft, field);
    *use = guess.use;
    return !guess.is_proved && (guess.use == USE_ASK || (guess.use == USE_SUM && !field->guess.is_sure));
}
