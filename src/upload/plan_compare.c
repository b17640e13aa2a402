/* plan_compare.c: what changes in a registration, field by field, with the money before and after. */
#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "upload/plan_private.h"
#include "upload/plecto_facts.h"

/* --- fields ----------------------------------------------------------------------------------------------------------- */

static size_t add_field(struct plan_maker *maker, struct view key, char *title, bool is_money) {
    struct upload_plan *plan = maker->plan;
    bool is_new = false;
    size_t number = table_add(maker->field_numbers, key, &is_new);
    if (!is_new) {
        free(title);
        return number;
    }
    void *list = plan->fields;
    memory_grow(&list, &plan->field_capacity, plan->field_count + 1, sizeof *plan->fields);
    plan->fields = list;
    plan->fields[plan->field_count++] = (struct plan_field){.title = title, .is_money = is_money};
    return number;
}

void upload_plan_start_fields(struct plan_maker *maker) {
    static const char *const common[][2] = {{"\"" KEY_DATE "\"", "Created date"},
                                            {"\"" KEY_MEMBER_ID "\"", "Employee ID"},
                                            {"\"" KEY_MEMBER_NAME "\"", "Employee"},
                                            {"\"" KEY_PROVIDER "\"", "Provider of the employee ID"}};
    const struct published *published = maker->published;
    maker->plan->money_field = SIZE_MAX;
    for (size_t i = 0; i < published->field_count; i++) {
        const struct published_field *field = &published->fields[i];
        struct buffer key = {0};
        buffer_add_json(&key, view_of(field->title));
        size_t number = add_field(maker, buffer_view(&key), memory_copy(view_of(field->title)), field->is_money);
        if (field->is_money && maker->plan->money_field == SIZE_MAX) maker->plan->money_field = number;
        buffer_free(&key);
    }
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        add_field(maker, view_of(common[i][0]), memory_copy(view_of(common[i][1])), false);
}

/* The plan's field of a raw key; a field that the folder does not have is added. */
static size_t field_of(struct plan_maker *maker, struct view key) {
    size_t number = table_find(maker->field_numbers, key);
    if (number != SIZE_MAX) return number;
    struct buffer title = {0};
    json_add_plain(&title, key);
    return add_field(maker, key, buffer_take(&title), false);
}

/* --- values ----------------------------------------------------------------------------------------------------------- */

static void read_pairs(struct view line, struct pairs *pairs) {
    struct json_walk walk;
    struct view key, value;
    pairs->count = 0;
    if (!json_walk_start(&walk, line)) return;
    while (json_walk_next(&walk, &key, &value)) {
        if (json_says(key, KEY_DATA_SOURCE) || json_says(key, KEY_EXTERNAL_ID)) continue;
        void *list = pairs->list;
        memory_grow(&list, &pairs->capacity, pairs->count + 1, sizeof *pairs->list);
        pairs->list = list;
        pairs->list[pairs->count++] = (struct pair){key, value};
    }
}

/* The value of a key; `guess` is where it stands if both lines have the same fields. */
static struct view find_value(const struct pairs *pairs, struct view key, size_t guess) {
    if (guess < pairs->count && view_equal(pairs->list[guess].key, key)) return pairs->list[guess].value;
    for (size_t i = 0; i < pairs->count; i++)
        if (view_equal(pairs->list[i].key, key)) return pairs->list[i].value;
    return view_from(NULL, 0);
}

static bool is_empty(struct view value) {
    return value.length == 0 || json_is_null(value) || view_is(value, "\"\"");
}

static bool same_value(struct view left, struct view right) {
    if (view_equal(left, right) || (is_empty(left) && is_empty(right))) return true;
    int64_t a = 0, b = 0;
    return json_is_number(left) && json_is_number(right) &&
           decimal_is_exact(decimal_parse(left, &decimal_style_default, &a)) &&
           decimal_is_exact(decimal_parse(right, &decimal_style_default, &b)) && a == b;
}

static wide_integer amount_of(struct view value) {
    int64_t amount = 0;
    if (!json_is_number(value)) return 0;
    enum decimal_reason reason = decimal_parse(value, &decimal_style_default, &amount);
    return decimal_has_value(reason) ? amount : 0;
}

/* As a person reads it. */
static char *shown(struct view value, bool is_money) {
    struct buffer text = {0};
    int64_t amount = 0;
    if (is_empty(value)) return memory_copy(view_from(NULL, 0));
    if (is_money && json_is_number(value) && decimal_parse(value, &decimal_style_default, &amount) == DECIMAL_FINE)
        decimal_print_human(&text, amount, true);
    else if (view_is(value, "true") || view_is(value, "false"))
        buffer_add_text(&text, view_is(value, "true") ? "yes" : "no");
    else
        json_add_plain(&text, value);
    return buffer_take(&text);
}

/* --- comparing -------------------------------------------------------------------------------------------------------- */

static void add_difference(struct plan_maker *maker, struct plan_detail *detail, size_t *capacity, size_t number,
                           struct view before, struct view after) {
    struct plan_field *field = &maker->plan->fields[number];
    bool is_emptied = is_empty(after);
    field->changed++;
    field->emptied += is_emptied;
    void *list = detail->differences;
    memory_grow(&list, capacity, detail->difference_count + 1, sizeof *detail->differences);
    detail->differences = list;
    detail->differences[detail->difference_count++] =
        (struct plan_difference){number, shown(before, field->is_money), shown(after, field->is_money), is_emptied};
}

/* The registration was there before and will be: its differing fields. */
static void find_differences(struct plan_maker *maker, struct plan_detail *detail) {
    size_t capacity = 0;
    for (size_t i = 0; i < maker->after.count; i++) {
        const struct pair *after = &maker->after.list[i];
        struct view before = find_value(&maker->before, after->key, i);
        if (!same_value(before, after->value))
            add_difference(maker, detail, &capacity, field_of(maker, after->key), before, after->value);
    }
    for (size_t i = 0; i < maker->before.count; i++) {
        const struct pair *before = &maker->before.list[i];
        if (is_empty(before->value) || find_value(&maker->after, before->key, i).length > 0) continue;
        add_difference(maker, detail, &capacity, field_of(maker, before->key), before->value, view_from(NULL, 0));
    }
}

/* Adds the money of a line to the fields; returns that of the first money field. */
static wide_integer add_money(struct plan_maker *maker, const struct pairs *pairs, bool is_after) {
    struct upload_plan *plan = maker->plan;
    wide_integer first = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (!json_is_number(pairs->list[i].value)) continue;
        size_t number = table_find(maker->field_numbers, pairs->list[i].key);
        if (number == SIZE_MAX || !plan->fields[number].is_money) continue;
        wide_integer amount = amount_of(pairs->list[i].value);
        decimal_add(is_after ? &plan->fields[number].after : &plan->fields[number].before, amount);
        if (number == plan->money_field) first = amount;
    }
    return first;
}

struct plan_group *upload_plan_group_of(struct table *numbers, struct plan_group **groups, size_t *count,
                                        size_t *capacity, struct view key, struct view title) {
    bool is_new = false;
    size_t number = table_add(numbers, key, &is_new);
    if (is_new) {
        void *list = *groups;
        memory_grow(&list, capacity, *count + 1, sizeof **groups);
        *groups = list;
        (*groups)[(*count)++] =
            (struct plan_group){.key = memory_copy(key), .title = title.text ? memory_copy(title) : NULL};
    }
    return &(*groups)[number];
}

static void add_to_groups(struct plan_maker *maker, const struct line *line, wide_integer amount, bool is_after) {
    struct upload_plan *plan = maker->plan;
    struct view key = line->member_id.length > 0 ? line->member_id : line->member_name;
    struct plan_group *groups[] = {upload_plan_group_of(maker->people, &plan->people, &plan->person_count,
                                                        &plan->person_capacity, key, line_person(line)),
                                   upload_plan_group_of(maker->days, &plan->days, &plan->day_count, &plan->day_capacity,
                                                        line_day(line), view_from(NULL, 0))};
    for (size_t i = 0; i < 2; i++)
        decimal_add(is_after ? &groups[i]->after : &groups[i]->before, amount);
}

/* --- details ---------------------------------------------------------------------------------------------------------- */

static wide_integer weight(const struct plan_detail *detail) {
    wide_integer change = detail->after - detail->before;
    return change < 0 ? -change : change;
}

static int compare_details(const void *left, const void *right) {
    const struct plan_detail *a = left, *b = right;
    wide_integer difference = weight(b) - weight(a);
    if (difference != 0) return difference > 0 ? 1 : -1;
    return (a->order > b->order) - (a->order < b->order);
}

void upload_plan_finish_details(struct upload_plan *plan) {
    if (plan->detail_count > 0) qsort(plan->details, plan->detail_count, sizeof *plan->details, compare_details);
    while (plan->detail_count > plan->options.details)
        upload_plan_free_detail(&plan->details[--plan->detail_count]);
}

/* Keeps it; now and then those that will not be told are dropped. */
static void keep_detail(struct upload_plan *plan, struct plan_detail detail) {
    void *list = plan->details;
    plan->detail_total++;
    memory_grow(&list, &plan->detail_capacity, plan->detail_count + 1, sizeof detail);
    plan->details = list;
    plan->details[plan->detail_count++] = detail;
    if (plan->detail_count > 2 * plan->options.details + 64) upload_plan_finish_details(plan);
}

wide_integer upload_plan_compare(struct plan_maker *maker, enum plan_kind kind, const struct line *before,
                                 const struct line *after) {
    const struct line *line = after ? after : before;
    if (!line) return 0; /* never: one of them is there */
    struct plan_detail detail = {.kind = kind, .order = maker->order++};
    if (before) {
        read_pairs(before->text, &maker->before);
        detail.before = add_money(maker, &maker->before, false);
        add_to_groups(maker, before, detail.before, false);
    }
    if (after) {
        read_pairs(after->text, &maker->after);
        detail.after = add_money(maker, &maker->after, true);
        add_to_groups(maker, after, detail.after, true);
    }
    if (before && after) find_differences(maker, &detail);
    detail.id = memory_copy(line->external_id);
    detail.day = memory_copy(line_day(line));
    detail.person = memory_copy(line_person(line));
    wide_integer amount = before ? detail.before : detail.after;
    keep_detail(maker->plan, detail);
    return amount;
}
