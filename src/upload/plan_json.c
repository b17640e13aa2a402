/* plan_json.c: the plan for programs, "st2plecto-plan/1": amounts are decimal text, keys have a fixed order. */
#include "render/json_write.h"
#include "upload/plan_private.h"

static const char *const kind_keys[PLAN_KIND_COUNT] = {
    [PLAN_NEW] = "new",
    [PLAN_CHANGED] = "changed",
    [PLAN_AGAIN] = "sent_again",
    [PLAN_REFUSED] = "refused_earlier",
    [PLAN_UNCHANGED] = "unchanged",
    [PLAN_VANISHED] = "vanished",
    [PLAN_PART_GONE] = "no_longer_shared",
    [PLAN_EXPIRED] = "expired",
    [PLAN_TOO_OLD] = "too_old",
};

static void add_counts(struct buffer *out, const uint64_t *counts) {
    for (size_t i = 0; i < PLAN_KIND_COUNT; i++)
        json_count(out, kind_keys[i], counts[i]);
}

static void add_day(struct buffer *out, const char *key, const char *day) {
    json_text(out, key, day[0] ? day : NULL);
}

static void add_fields(const struct upload_plan *plan, struct buffer *out) {
    json_key(out, "fields");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct plan_field *field = &plan->fields[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "title", field->title);
        json_flag(out, "money", field->is_money);
        json_count(out, "changed", field->changed);
        json_count(out, "emptied", field->emptied);
        if (field->is_money) {
            json_amount(out, "before", field->before);
            json_amount(out, "after", field->after);
        }
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_groups(const struct plan_group *groups, size_t count, const char *key, bool is_people,
                       struct buffer *out) {
    json_key(out, key);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, is_people ? "id" : "day", groups[i].key);
        if (is_people) json_text(out, "name", groups[i].title);
        add_counts(out, groups[i].counts);
        json_amount(out, "before", groups[i].before);
        json_amount(out, "after", groups[i].after);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_profiles(const struct upload_plan *plan, struct buffer *out) {
    json_key(out, "new_profiles");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->profile_count; i++) {
        const struct plan_person *person = &plan->profiles[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "provider", person->provider);
        json_text(out, "id", person->id);
        json_text(out, "name", person->name);
        json_count(out, "registrations", person->count);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_differences(const struct upload_plan *plan, const struct plan_detail *detail, struct buffer *out) {
    json_key(out, "fields");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < detail->difference_count; i++) {
        const struct plan_difference *difference = &detail->differences[i];
        if (i > 0) buffer_add_char(out, ',');
        buffer_add_char(out, '{');
        json_text(out, "title", plan->fields[difference->field].title);
        json_text(out, "before", difference->before[0] ? difference->before : NULL);
        json_text(out, "after", difference->after[0] ? difference->after : NULL);
        json_flag(out, "emptied", difference->is_emptied);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_details(const struct upload_plan *plan, struct buffer *out) {
    json_count(out, "changes_total", plan->detail_total);
    json_key(out, "changes");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->detail_count; i++) {
        const struct plan_detail *detail = &plan->details[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "kind", kind_keys[detail->kind]);
        json_text(out, "id", detail->id);
        json_text(out, "day", detail->day);
        json_text(out, "employee", detail->person);
        json_amount(out, "before", detail->before);
        json_amount(out, "after", detail->after);
        add_differences(plan, detail, out);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

void upload_plan_json(const struct upload_plan *plan, struct buffer *out) {
    static const char *const actions[] = {
        [VANISHED_REPORT] = "report", [VANISHED_ZERO] = "zero", [VANISHED_DELETE] = "delete"};
    bool has_money = plan->money_field < plan->field_count;
    buffer_add_char(out, '{');
    json_text(out, "format", "st2plecto-plan/1");
    json_text(out, "folder", plan->folder);
    json_text(out, "schema", plan->schema);
    json_text(out, "totals", plan->totals);
    add_day(out, "first_day", plan->first_day);
    add_day(out, "last_day", plan->last_day);
    json_text(out, "data_source", plan->source.uuid);
    json_text(out, "data_source_title", plan->source.title);
    json_flag(out, "data_source_known", plan->source.number > 0);
    json_text(out, "journal", plan->journal);
    json_text(out, "vanished_action", actions[plan->is_vanished_blocked ? VANISHED_REPORT : plan->options.vanished]);
    add_day(out, "keep_from", plan->options.oldest);
    json_key(out, "counts");
    buffer_add_char(out, '{');
    add_counts(out, plan->counts);
    buffer_add_char(out, '}');
    json_count(out, "zeroed_earlier", plan->zeroed_before);
    json_count(out, "held_back", plan->held_back);
    json_count(out, "rejected_without_id", plan->held_without_id);
    json_count(out, "to_send", plan->send_count);
    json_count(out, "to_delete", plan->item_count - plan->send_count);
    json_count(out, "requests", upload_plan_requests(plan));
    json_text(out, "money_field", has_money ? plan->fields[plan->money_field].title : NULL);
    add_fields(plan, out);
    add_groups(plan->people, plan->person_count, "employees", true, out);
    add_groups(plan->days, plan->day_count, "days", false, out);
    add_profiles(plan, out);
    add_details(plan, out);
    buffer_add_text(out, "}\n");
}
