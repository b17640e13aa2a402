/* schema_draft.c: judges the columns of an export: the schema's type for each, and which of them are ID, employee and
 * date. The values decide the type, the dictionary of labels decides the role. */
#include "cli/schema_draft.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/table.h"
#include "cli/draft_id.h"
#include "schema/bind.h"
#include "schema/label_words.h"
#include "values/datetime.h"
#include "values/period_text.h"

static const struct profile_column *column_of(const struct draft *draft, size_t column) {
    return &draft->profile->columns[column];
}

/* --- types --------------------------------------------------------------------------------------------- */

static const char *word_of_type(enum profile_type type) {
    static const char *const words[] = {"string", "boolean",  "number",   "number", "number", "number",
                                        "date",   "datetime", "duration", "string", "string", NULL};
    return words[type];
}

/* A column of amounts that differ in every row proves like an ID. */
static bool is_whole_number(const struct profile_column *column) {
    return column->filled > 0 && column->kinds[KIND_NUMBER].fits == column->filled;
}

static const char *word_of(const struct draft_field *field, const struct profile_column *column) {
    bool is_open = field->type == PROFILE_EMPTY; /* no value speaks against the label */
    switch (field->guess.kind) {
    case LABEL_EMPLOYEE:
    case LABEL_EMPLOYEE_ID:
    case LABEL_ID:
    case LABEL_KEY:
    case LABEL_TIME:
    case LABEL_STATUS:
    case LABEL_GROUP:
    case LABEL_PRIVATE: return "string";
    case LABEL_DATE: return is_open ? "datetime" : word_of_type(field->type);
    case LABEL_MONEY:
    case LABEL_PRICE:
    case LABEL_HOURS:
    case LABEL_COUNT:
    case LABEL_RATIO:
    case LABEL_AVERAGE:
    case LABEL_STATE:
        return is_open || profile_is_number(field->type) || is_whole_number(column) ? "number" : word_of_type(field->type);
    case LABEL_BOOLEAN:
    case LABEL_ACTIVE:
        return is_open || (column->filled > 0 && column->kinds[KIND_BOOLEAN].fits == column->filled)
                   ? "boolean"
                   : word_of_type(field->type);
    case LABEL_UNKNOWN: break;
    }
    return word_of_type(field->type);
}

bool draft_is_date(const struct draft_field *field) {
    return field->word && (strcmp(field->word, "date") == 0 || strcmp(field->word, "datetime") == 0);
}

/* --- what cannot be a field ------------------------------------------------------------------------------ */

static const char *why_left_out(const struct draft_field *field, const struct profile_column *column,
                                struct table *labels) {
    if (view_trim(column->label).length == 0) return "a column without a label cannot be named";
    if (field->type == PROFILE_NESTED) return "a list or object: name a path in it";
    struct buffer normal = {0};
    bool is_new = false;
    label_normalise(column->label, &normal);
    table_add(labels, buffer_view(&normal), &is_new);
    buffer_free(&normal);
    return is_new ? NULL : "its label is the same as one before it";
}

/* --- roles ------------------------------------------------------------------------------------------------ */

/* The column of this kind with the smallest rank that `is_fine` accepts, or SIZE_MAX. */
static size_t best_of(const struct draft *draft, enum label_kind kind,
                      bool (*is_fine)(const struct draft *draft, size_t column)) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < draft->field_count; i++) {
        const struct draft_field *field = &draft->fields[i];
        bool is_person = kind == LABEL_EMPLOYEE || kind == LABEL_EMPLOYEE_ID; /* by its words too, if none is in the dictionary */
        bool is_candidate = field->word && field->guess.kind == kind && (field->guess.is_sure || is_person) && is_fine(draft, i);
        if (is_candidate && (best == SIZE_MAX || field->guess.rank < draft->fields[best].guess.rank)) best = i;
    }
    return best;
}

static bool fills(const struct draft *draft, size_t column) {
    return column_of(draft, column)->filled > 0;
}

static bool differs(const struct draft *draft, size_t column) {
    return draft_may_identify(draft, column) && !draft_is_staff(draft, column) &&
           (profile_is_distinct(column_of(draft, column)) || draft->profile->rows < 2);
}

/* --- people ------------------------------------------------------------------------------------------------ */

static bool has_text(struct view text, const char *word) {
    return view_find_fold(text, word) != SIZE_MAX;
}

/* Reports whose "Name" is that of a business unit or the like, by the title or the file's name (shared knowledge: public
 * readers of these reports). */
static bool is_report_of_things(const struct input_facts *facts) {
    static const char *const words[] = {"business unit", "businessunit", "campaign", "membership", "job type", "location",
                                        "project",       "zone",         "trade",    "pricebook"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_text(view_of(view_file_name(facts->path)), words[i])) return true;
        for (size_t k = 0; k < facts->title_count; k++)
            if (!memchr(facts->titles[k].text, ':', facts->titles[k].length) && has_text(facts->titles[k], words[i]))
                return true;
    }
    return false;
}

/* "Name" is a person's only if nothing speaks against it: the report, or what it holds. */
static bool names_people(const struct draft *draft, size_t column) {
    const struct profile_column *values = column_of(draft, column);
    if (!label_equal(values->label, view_of("Name"))) return values->things * 2 <= values->filled;
    for (size_t i = 0; i < draft->field_count; i++)
        if (draft->fields[i].guess.kind == LABEL_EMPLOYEE_ID) return true;
    return values->things * 3 < values->filled + (values->filled < 3) && !is_report_of_things(draft->facts);
}

/* Words alone make no person of numbers, days or a yes or no. */
static bool is_person_text(const struct draft *draft, size_t column) {
    const struct draft_field *field = &draft->fields[column];
    if (field->guess.is_sure) return true;
    return column_of(draft, column)->kinds[KIND_NUMBER].fits == 0 && field->type != PROFILE_DATE &&
           field->type != PROFILE_DATETIME && field->type != PROFILE_BOOLEAN && field->type != PROFILE_DURATION;
}

/* A label that the dictionary does not know, over values that are written as names: "Inspector". */
static bool is_doer(const struct draft *draft, size_t column) {
    const struct draft_field *field = &draft->fields[column];
    const struct profile_column *values = column_of(draft, column);
    return field->guess.kind == LABEL_UNKNOWN && field->word && strcmp(field->word, "string") == 0 && values->filled > 0 &&
           values->people * 10 >= values->filled * 9 && label_is_doer(values->label);
}

static void judge_people(struct draft *draft) {
    for (size_t i = 0; i < draft->field_count; i++) {
        struct draft_field *field = &draft->fields[i];
        if (is_doer(draft, i)) field->guess = (struct label_guess){LABEL_EMPLOYEE, SIZE_MAX, false};
        if (field->guess.kind != LABEL_EMPLOYEE) continue;
        if (!is_person_text(draft, i))
            field->guess.kind = LABEL_UNKNOWN;
        else if (column_of(draft, i)->filled > 0 && !names_people(draft, i))
            field->guess.kind = LABEL_GROUP;
        else
            continue;
        field->guess.is_sure = false;
        field->word = field->left_out ? NULL : word_of(field, column_of(draft, i));
    }
}

/* "sold by" of "Sold By" and "Sold By ID"; nothing of "Name", and "technician" however it is called. */
static void add_stem(struct buffer *stem, struct view label) {
    label_normalise(label, stem);
    static const char *const ends[] = {"id", "name", "full"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t length = strlen(ends[i]);
        if (stem->length >= length && memcmp(stem->text + stem->length - length, ends[i], length) == 0)
            stem->length -= length;
    }
}

/* Whether a column of IDs and one of names are of one person: "Technician ID" beside "Name", not beside "Sold By". */
static bool is_same_person(const struct draft *draft, size_t name, size_t id) {
    struct buffer of_name = {0}, of_id = {0};
    add_stem(&of_name, column_of(draft, name)->label);
    add_stem(&of_id, column_of(draft, id)->label);
    bool is_technician = has_text(buffer_view(&of_name), "tech") && has_text(buffer_view(&of_id), "tech");
    bool is_employee = has_text(buffer_view(&of_name), "employee") && has_text(buffer_view(&of_id), "employee");
    bool is_same = of_name.length == 0 || is_technician || is_employee ||
                   view_equal(buffer_view(&of_name), buffer_view(&of_id));
    buffer_free(&of_name);
    buffer_free(&of_id);
    return is_same;
}

bool draft_find_period(const struct input_facts *facts, int32_t *from, int32_t *to) {
    for (size_t i = 0; i < facts->title_count; i++)
        if (period_text_find(facts->titles[i], from, to)) return true;
    return period_text_find(view_of(view_file_name(facts->path)), from, to);
}

/* A day outside the report's period is of something else: when a technician was hired. */
static bool is_outside_period(const struct draft *draft, size_t column) {
    int32_t from, to;
    struct datetime value;
    const char *first = column_of(draft, column)->first.text;
    if (!first || !draft_find_period(draft->facts, &from, &to)) return false;
    enum date_order order = profile_order(column_of(draft, column)) == PROFILE_ORDER_DMY ? DATE_ORDER_DMY : DATE_ORDER_MDY;
    if (datetime_parse(view_of(first), order, &value, NULL) != DATETIME_FINE) return false;
    int32_t day = date_to_days(value.year, value.month, value.day);
    return day < from || day > to;
}

static bool fills_with_date(const struct draft *draft, size_t column) {
    return fills(draft, column) && draft_is_date(&draft->fields[column]) && draft_may_identify(draft, column) &&
           !is_outside_period(draft, column) && !draft_is_profile(draft, column);
}

static bool is_any_date(const struct draft *draft, size_t column) {
    return draft_is_date(&draft->fields[column]) && !is_outside_period(draft, column) && !draft_is_profile(draft, column);
}

static size_t choose_id(const struct draft *draft) {
    /* a report puts its own ID first, and those of its parents after it */
    bool is_first = draft->field_count > 0 && draft->fields[0].word && draft->fields[0].guess.kind == LABEL_ID &&
                    draft->fields[0].guess.is_sure && differs(draft, 0);
    size_t best = is_first ? 0 : best_of(draft, LABEL_ID, differs);
    for (size_t i = 0; i < draft->field_count && best == SIZE_MAX; i++)
        if (draft->fields[i].word && draft->fields[i].type == PROFILE_ID && differs(draft, i)) best = i;
    return best;
}

static size_t choose_date(const struct draft *draft) {
    size_t best = best_of(draft, LABEL_DATE, fills_with_date);
    for (size_t i = 0; i < draft->field_count && best == SIZE_MAX; i++)
        if (fills_with_date(draft, i)) best = i;
    return best != SIZE_MAX ? best : best_of(draft, LABEL_DATE, is_any_date);
}

static void choose_roles(struct draft *draft) {
    draft->date = choose_date(draft);
    /* of a report that its period dates, no ID is unique: it comes again in the next one */
    draft->id = draft->date != SIZE_MAX ? choose_id(draft) : SIZE_MAX;
    draft->person = best_of(draft, LABEL_EMPLOYEE, fills);
    if (draft->person == SIZE_MAX) draft->person = best_of(draft, LABEL_EMPLOYEE_ID, fills);
}

static void pair_person(struct draft *draft) {
    draft->person_id = best_of(draft, LABEL_EMPLOYEE_ID, fills);
    if (draft->person == SIZE_MAX || draft->person_id == draft->person ||
        (draft->person_id != SIZE_MAX && !is_same_person(draft, draft->person, draft->person_id)))
        draft->person_id = SIZE_MAX;
}

void draft_assign_roles(struct draft *draft) {
    pair_person(draft);
    for (size_t i = 0; i < draft->field_count; i++)
        draft->fields[i].role = NULL;
    if (draft->id != SIZE_MAX) {
        draft->fields[draft->id].role = "id";
        draft->fields[draft->id].word = "string"; /* no digit is lost */
    }
    if (draft->date != SIZE_MAX) draft->fields[draft->date].role = "date";
    if (draft->person_id != SIZE_MAX) draft->fields[draft->person_id].role = "employee";
    if (draft->person != SIZE_MAX)
        draft->fields[draft->person].role =
            draft->fields[draft->person].guess.kind == LABEL_EMPLOYEE ? "employee-name" : "employee";
    for (size_t i = 0; i < draft->field_count; i++) {
        struct draft_field *field = &draft->fields[i];
        if (!field->word || field->role) continue;
        if (field->guess.kind == LABEL_ACTIVE && strcmp(field->word, "boolean") == 0) field->role = "active";
        if (field->guess.kind == LABEL_STATUS && field->guess.is_sure) field->role = "status";
    }
    draft->has_id = draft->id != SIZE_MAX;
    if (!draft->has_id) draft_choose_columns(draft);
}

static bool is_number_kind(enum label_kind kind) {
    return kind == LABEL_MONEY || kind == LABEL_PRICE || kind == LABEL_HOURS || kind == LABEL_COUNT ||
           kind == LABEL_RATIO || kind == LABEL_AVERAGE || kind == LABEL_STATE;
}

void draft_make(const struct input_facts *facts, const struct profile *profile, struct label_dictionary *dictionary,
                struct draft *draft) {
    *draft = (struct draft){.facts = facts, .profile = profile, .field_count = profile->column_count};
    draft->fields = memory_get_zero(profile->column_count + 1, sizeof *draft->fields);
    struct table *labels = table_create();
    for (size_t i = 0; i < draft->field_count; i++) {
        struct draft_field *field = &draft->fields[i];
        const struct profile_column *column = column_of(draft, i);
        field->column = i;
        field->guess = label_guess(dictionary, column->label);
        if (field->guess.kind == LABEL_UNKNOWN) field->guess = label_guess(dictionary, column->name);
        field->type = profile_likely_type(column, &field->misfit);
        field->left_out = why_left_out(field, column, labels);
        if (field->guess.kind == LABEL_BOOLEAN && field->type == PROFILE_INTEGER && column->with_digit_flag < column->filled)
            field->guess = (struct label_guess){LABEL_COUNT, 0, false}; /* "Opportunity" of a board is a number */
        bool is_no_person_data =
            field->type == PROFILE_DATE || field->type == PROFILE_DATETIME || field->type == PROFILE_BOOLEAN;
        if (field->guess.kind == LABEL_PRIVATE && !field->guess.is_sure && is_no_person_data)
            field->guess.kind = LABEL_UNKNOWN; /* "Emailed On" is a day */
        bool is_moment = field->type == PROFILE_DATE || field->type == PROFILE_DATETIME;
        if (field->guess.kind == LABEL_TIME && is_moment)
            field->guess = (struct label_guess){LABEL_DATE, SIZE_MAX, false}; /* "First Dispatch" with its day */
        field->word = field->left_out ? NULL : word_of(field, column);
        if (!field->guess.is_sure && is_number_kind(field->guess.kind) && field->word && column->filled > 0 &&
            strcmp(field->word, "number") != 0 && strcmp(field->word, "duration") != 0)
            field->guess.kind = LABEL_UNKNOWN; /* "Payment Type" is no amount */
    }
    table_destroy(labels);
    judge_people(draft);
    choose_roles(draft);
    draft_assign_roles(draft);
}

void draft_use_person(struct draft *draft, size_t column) {
    draft->person = column;
    if (column == SIZE_MAX) return;
    struct label_guess *guess = &draft->fields[column].guess;
    if (guess->kind != LABEL_EMPLOYEE_ID) guess->kind = LABEL_EMPLOYEE;
    guess->is_sure = true;
    draft->fields[column].word = "string";
}

size_t draft_find_column(const struct draft *draft, struct view label) {
    for (int is_whole = 1; is_whole >= 0; is_whole--)
        for (size_t i = 0; i < draft->field_count; i++) {
            struct view own = column_of(draft, i)->label;
            if (draft->fields[i].word && (is_whole ? label_equal_whole(own, label) : label_equal(own, label))) return i;
        }
    return SIZE_MAX;
}

bool draft_may_replace(const struct schema *schema) {
    return schema->date_from_period || (schema->id_template && strstr(schema->id_template, "{employee}"));
}

bool draft_has_days(const struct draft *draft) {
    int32_t from, to;
    return draft->date != SIZE_MAX || draft_find_period(draft->facts, &from, &to);
}

void draft_free(struct draft *draft) {
    free(draft->fields);
    *draft = (struct draft){0};
}
