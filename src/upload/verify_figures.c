/* verify_figures.c: what each registration counts for on either side: for its employee, its day and in all. */
#include "base/json_find.h"
#include "base/memory.h"
#include "upload/plecto_facts.h"
#include "upload/verify_private.h"

void verify_find_money(struct verifier *verifier) {
    const struct published *published = verifier->published;
    for (size_t i = 0; i < published->field_count && verifier->money_key.length == 0; i++) {
        if (!published->fields[i].is_money) continue;
        buffer_add_json(&verifier->money_key, view_of(published->fields[i].title));
        verifier->result->money_field = memory_copy(view_of(published->fields[i].title));
    }
}

static void count_one(struct verifier *verifier, enum verify_side side, struct view key, struct view name,
                      struct view day, struct view amount) {
    struct verify_result *result = verifier->result;
    int64_t number = 0;
    if (amount.length == 0 || json_is_null(amount) || !verify_number(amount, &number)) number = 0;
    verify_groups_add(&result->people, side, key, name, number);
    verify_groups_add(&result->days, side, day, view_from(NULL, 0), number);
    *(side == VERIFY_PUBLISHED ? &result->total.published : &result->total.plecto) += 1;
    decimal_add(side == VERIFY_PUBLISHED ? &result->total.published_money : &result->total.plecto_money, number);
}

static struct view person_key(const struct line *line) {
    return line->member_id.length > 0 ? line->member_id : line->member_name;
}

void verify_count_published(struct verifier *verifier, const struct line *line) {
    struct view amount = {0};
    if (verifier->money_key.length > 0) line_field(line->text, buffer_view(&verifier->money_key), &amount);
    count_one(verifier, VERIFY_PUBLISHED, person_key(line), line_person(line), line_day(line), amount);
}

static void add_said(struct view object, const char *key, struct buffer *out) {
    struct view value;
    if (json_find_key(object, view_of(key), &value) && !json_is_null(value)) json_add_plain(out, value);
}

void verify_count_plecto(struct verifier *verifier, struct view object, const struct line *line) {
    struct buffer id = {0}, name = {0};
    struct view amount = {0}, ours, theirs;
    char day[11];
    verify_local_day(verifier, object, day);
    struct view of_day = view_of(day);
    add_said(object, KEY_MEMBER_ID, &id);
    add_said(object, KEY_MEMBER_NAME, &name);
    if (id.length == 0 && name.length > 0 && !line) buffer_add(&id, buffer_view(&name));
    if (id.length == 0 && line) buffer_add(&id, person_key(line)); /* answers may tell the person by UUID only */
    if (name.length == 0)
        buffer_add(&name, line ? line_person(line) : id.length > 0 ? buffer_view(&id) : view_of("(not said)"));
    if (line && json_find_key(line->text, view_of(KEY_DATE), &ours) &&
        json_find_key(object, view_of(KEY_DATE), &theirs) && verify_same_value(PLECTO_DATETIME, ours, theirs))
        of_day = line_day(line); /* a date without a zone may be meant in two ways */
    if (verifier->money_key.length > 0) amount = verify_find(object, buffer_view(&verifier->money_key));
    count_one(verifier, VERIFY_PLECTO, buffer_view(&id), buffer_view(&name), of_day, amount);
    buffer_free(&id);
    buffer_free(&name);
}
