/* verify_groups.c: the figures of both sides by employee and by day: what a difference means to whom. */
#include <stdlib.h>

#include "base/memory.h"
#include "render/json_write.h"
#include "upload/columns.h"
#include "upload/verify.h"

#define WIDEST 32

void verify_groups_add(struct verify_groups *groups, enum verify_side side, struct view key, struct view title,
                       wide_integer amount) {
    bool is_new = false;
    if (!groups->numbers) groups->numbers = table_create();
    size_t number = table_add(groups->numbers, key, &is_new);
    if (is_new) {
        void *list = groups->list;
        memory_grow(&list, &groups->capacity, groups->count + 1, sizeof *groups->list);
        groups->list = list;
        groups->list[groups->count++] =
            (struct verify_group){.key = memory_copy(key), .title = title.text ? memory_copy(title) : NULL};
    }
    struct verify_group *group = &groups->list[number];
    bool is_ours = side == VERIFY_PUBLISHED;
    *(is_ours ? &group->published : &group->plecto) += 1;
    decimal_add(is_ours ? &group->published_money : &group->plecto_money, amount);
}

void verify_groups_free(struct verify_groups *groups) {
    for (size_t i = 0; i < groups->count; i++) {
        free(groups->list[i].key);
        free(groups->list[i].title);
    }
    free(groups->list);
    if (groups->numbers) table_destroy(groups->numbers);
    *groups = (struct verify_groups){0};
}

static wide_integer weight(const struct verify_group *group) {
    wide_integer change = group->plecto_money - group->published_money;
    return change < 0 ? -change : change;
}

static bool is_different(const struct verify_group *group) {
    return weight(group) != 0 || group->published != group->plecto;
}

/* The largest amount first, then the most registrations, then by name. */
static int compare_groups(const void *left, const void *right) {
    const struct verify_group *a = *(const struct verify_group *const *)left,
                              *b = *(const struct verify_group *const *)right;
    wide_integer by_money = weight(b) - weight(a);
    if (by_money != 0) return by_money > 0 ? 1 : -1;
    uint64_t of_a = a->published > a->plecto ? a->published - a->plecto : a->plecto - a->published;
    uint64_t of_b = b->published > b->plecto ? b->published - b->plecto : b->plecto - b->published;
    if (of_a != of_b) return of_a < of_b ? 1 : -1;
    return strcmp(a->key, b->key);
}

static void add_figures(const struct verify_group *group, bool has_money, struct buffer *out) {
    columns_count(out, group->published, 12);
    columns_count(out, group->plecto, 12);
    if (has_money) {
        columns_amount(out, group->published_money, 16, false);
        columns_amount(out, group->plecto_money, 16, false);
        columns_amount(out, group->plecto_money - group->published_money, 16, true);
    }
    buffer_add_char(out, '\n');
}

static void add_head(const char *title, bool has_money, struct buffer *out) {
    buffer_add_char(out, '\n');
    columns_text(out, title, WIDEST + 2, false);
    buffer_add_text(out, "   published   in Plecto");
    if (has_money) buffer_add_text(out, "       published       in Plecto      difference");
    buffer_add_char(out, '\n');
}

static void add_list(const struct verify_groups *groups, const char *title, bool has_money, size_t shown,
                     struct buffer *out) {
    const struct verify_group **list = memory_get_zero(groups->count + 1, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < groups->count; i++)
        if (is_different(&groups->list[i])) list[count++] = &groups->list[i];
    if (count > 0) {
        qsort(list, count, sizeof *list, compare_groups);
        add_head(title, has_money, out);
    }
    for (size_t i = 0; i < count && i < shown; i++) {
        buffer_add_text(out, "  ");
        columns_text(out, list[i]->title ? list[i]->title : list[i]->key, WIDEST, false);
        add_figures(list[i], has_money, out);
    }
    if (shown < count) buffer_print(out, "  and %zu more (--max-details N)\n", count - shown);
    free(list);
}

void verify_groups_text(const struct verify_result *result, size_t shown, struct buffer *out) {
    bool has_money = result->money_field != NULL;
    if (has_money && is_different(&result->total)) {
        add_head("Money", true, out);
        buffer_add_text(out, "  ");
        columns_text(out, result->money_field, WIDEST, false);
        add_figures(&result->total, true, out);
    }
    add_list(&result->people, "By employee, where it differs", has_money, shown, out);
    /* dates in another zone move registrations to other days: that is one difference, said above */
    if (result->zone_seconds == 0) add_list(&result->days, "By day, where it differs", has_money, shown, out);
}

static void add_group_json(const struct verify_group *group, bool has_money, struct buffer *out) {
    json_count(out, "published_registrations", group->published);
    json_count(out, "plecto_registrations", group->plecto);
    if (!has_money) return;
    json_amount(out, "published", group->published_money);
    json_amount(out, "plecto", group->plecto_money);
}

void verify_groups_json(const struct verify_result *result, struct buffer *out) {
    const struct {
        const char *key;
        const struct verify_groups *groups;
    } lists[] = {{"employees", &result->people}, {"days", &result->days}};
    bool has_money = result->money_field != NULL;
    json_text(out, "money_field", result->money_field);
    json_key(out, "total");
    buffer_add_char(out, '{');
    add_group_json(&result->total, has_money, out);
    buffer_add_char(out, '}');
    for (size_t i = 0; i < 2; i++) {
        json_key(out, lists[i].key);
        buffer_add_char(out, '[');
        for (size_t k = 0; k < lists[i].groups->count; k++) {
            const struct verify_group *group = &lists[i].groups->list[k];
            json_element(out);
            buffer_add_char(out, '{');
            json_text(out, group->title ? "id" : "day", group->key);
            if (group->title) json_text(out, "name", group->title);
            add_group_json(group, has_money, out);
            buffer_add_char(out, '}');
        }
        buffer_add_char(out, ']');
    }
}
