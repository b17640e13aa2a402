/* plan_text.c: the plan in words: what would happen, to which money, to whom; then the changes one by one. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"
#include "base/words.h"
#include "upload/columns.h"
#include "upload/plan_private.h"
#include "upload/plecto_facts.h"

#define GROUPS_SHOWN 40
#define PROFILES_SHOWN 20
#define WIDEST 32

const char *upload_plan_kind_name(enum plan_kind kind) {
    static const char *const names[PLAN_KIND_COUNT] = {
        [PLAN_NEW] = "new",
        [PLAN_CHANGED] = "changed",
        [PLAN_AGAIN] = "sent again",
        [PLAN_REFUSED] = "refused earlier",
        [PLAN_UNCHANGED] = "unchanged",
        [PLAN_VANISHED] = "vanished",
        [PLAN_PART_GONE] = "no longer shared",
        [PLAN_EXPIRED] = "older than --max-age",
        [PLAN_TOO_OLD] = "too old to send",
    };
    return names[kind];
}

void upload_plan_verdict(const struct upload_plan *plan, struct buffer *out) {
    static const enum plan_kind order[] = {PLAN_NEW,      PLAN_CHANGED,   PLAN_AGAIN,   PLAN_REFUSED, PLAN_UNCHANGED,
                                           PLAN_VANISHED, PLAN_PART_GONE, PLAN_EXPIRED, PLAN_TOO_OLD};
    buffer_add_text(out, upload_plan_is_empty(plan) ? "NOTHING TO SEND: " : "PLAN: ");
    size_t start = out->length;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        bool is_always = order[i] == PLAN_NEW || order[i] == PLAN_CHANGED || order[i] == PLAN_UNCHANGED;
        if (plan->counts[order[i]] == 0 && !is_always) continue;
        if (out->length > start) buffer_add_text(out, ", ");
        words_count(out, plan->counts[order[i]]);
        buffer_print(out, " %s", upload_plan_kind_name(order[i]));
    }
}

/* --- parts ------------------------------------------------------------------------------------------------------------ */

static void add_facts(const struct upload_plan *plan, struct buffer *out) {
    buffer_add_text(out, "  schema ");
    plain_add_text(out, plan->schema);
    if (strcmp(plan->totals, "row") != 0) {
        buffer_add_text(out, ", totals by ");
        plain_add_text(out, plan->totals);
    }
    if (plan->first_day[0]) {
        buffer_add_text(out, ", ");
        plain_add_text(out, plan->first_day);
        buffer_add_text(out, " to ");
        plain_add_text(out, plan->last_day);
    }
    buffer_add_text(out, "\n  data source ");
    if (!plan->source.uuid)
        buffer_add_text(out, "not known yet (--data-source UUID, or st2plecto datasource create)");
    else
        plain_add_text(out, plan->source.uuid);
    if (plan->source.title) {
        buffer_add_text(out, ", ");
        plain_add_text(out, plan->source.title);
    }
    buffer_add_text(out, plan->source.number == 0 ? "\n  journal (nothing sent to it yet) " : "\n  journal ");
    plain_add_text(out, plan->journal);
    buffer_add_char(out, '\n');
}

static void add_money(const struct upload_plan *plan, struct buffer *out) {
    bool is_first = true;
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct plan_field *field = &plan->fields[i];
        if (!field->is_money || (field->before == 0 && field->after == 0)) continue;
        if (is_first) {
            buffer_add_text(out, "\nMoney of these registrations");
            buffer_add_text(out, "          before           after      difference\n");
        }
        is_first = false;
        buffer_add_text(out, "  ");
        columns_text(out, field->title, WIDEST - 12, false);
        columns_amount(out, field->before, 16, false);
        columns_amount(out, field->after, 16, false);
        columns_amount(out, field->after - field->before, 16, true);
        buffer_add_char(out, '\n');
    }
}

/* What it means in dollars, for who reads no further. */
static void add_sentence(const struct upload_plan *plan, struct buffer *out) {
    if (upload_plan_is_empty(plan)) {
        buffer_add_text(out, "Plecto has everything in this folder already, as far as the journal knows.\n");
        return;
    }
    buffer_add_text(out, "Nothing is sent yet.");
    if (plan->money_field < plan->field_count) {
        const struct plan_field *field = &plan->fields[plan->money_field];
        buffer_add_text(out, " Sending this changes ");
        plain_add_text(out, field->title);
        buffer_add_text(out, " in Plecto by ");
        columns_amount(out, field->after - field->before, 0, true);
        buffer_add_text(out, ", from ");
        columns_amount(out, field->before, 0, false);
        buffer_add_text(out, " to ");
        columns_amount(out, field->after, 0, false);
        buffer_add_text(out, " for these registrations.");
    }
    buffer_add_char(out, '\n');
}

static void add_fields(const struct upload_plan *plan, struct buffer *out) {
    bool is_first = true;
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct plan_field *field = &plan->fields[i];
        if (field->changed == 0) continue;
        if (is_first) buffer_add_text(out, "\nFields that change\n");
        is_first = false;
        buffer_add_text(out, "  ");
        columns_text(out, field->title, WIDEST, false);
        buffer_add_text(out, "  in ");
        words_plural(out, field->changed, "registration", "registrations");
        if (field->emptied > 0) {
            buffer_add_text(out, ", W923 emptied in ");
            words_count(out, field->emptied);
        }
        buffer_add_char(out, '\n');
    }
}

static void add_detail(const struct upload_plan *plan, const struct plan_detail *detail, struct buffer *out) {
    buffer_add_text(out, "  ");
    plain_add_text(out, detail->id);
    buffer_add_text(out, "  ");
    plain_add_text(out, detail->day);
    buffer_add_text(out, "  ");
    plain_add_text(out, detail->person);
    buffer_print(out, ": %s", upload_plan_kind_name(detail->kind));
    if (detail->difference_count == 0 && plan->money_field < plan->field_count) {
        buffer_add_text(out, ", ");
        plain_add_text(out, plan->fields[plan->money_field].title);
        buffer_add_char(out, ' ');
        columns_amount(out, detail->kind == PLAN_VANISHED || detail->kind == PLAN_PART_GONE || detail->kind == PLAN_EXPIRED ? detail->before : detail->after,
                   0, false);
    }
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < detail->difference_count; i++) {
        const struct plan_difference *difference = &detail->differences[i];
        buffer_add_text(out, "      ");
        plain_add_text(out, plan->fields[difference->field].title);
        buffer_add_text(out, ": ");
        plain_add_text(out, difference->before[0] ? difference->before : "(empty)");
        buffer_add_text(out, " -> ");
        plain_add_text(out, difference->after[0] ? difference->after : "(empty)");
        buffer_add_char(out, '\n');
    }
}

static void add_details(const struct upload_plan *plan, struct buffer *out) {
    if (plan->detail_count == 0) return;
    buffer_add_text(out, "\nOne by one, largest amounts first\n");
    for (size_t i = 0; i < plan->detail_count; i++)
        add_detail(plan, &plan->details[i], out);
    if (plan->detail_count == plan->detail_total) return;
    buffer_add_text(out, "  shown ");
    words_count(out, plan->detail_count);
    buffer_add_text(out, " of ");
    words_count(out, plan->detail_total);
    buffer_add_text(out, " (--max-details N)\n");
}

/* Sent ones that change something: new, changed and sent again. */
static uint64_t touched(const struct plan_group *group) {
    return group->counts[PLAN_NEW] + group->counts[PLAN_CHANGED] + group->counts[PLAN_AGAIN] +
           group->counts[PLAN_REFUSED] + group->counts[PLAN_VANISHED] + group->counts[PLAN_PART_GONE] +
           group->counts[PLAN_EXPIRED];
}

static void add_groups(const struct upload_plan *plan, const struct plan_group *groups, size_t count, const char *title,
                       bool is_verbose, struct buffer *out) {
    bool has_money = plan->money_field < plan->field_count;
    size_t shown = 0, concerned = 0;
    for (size_t i = 0; i < count; i++)
        concerned += touched(&groups[i]) > 0;
    if (concerned == 0) return;
    buffer_add_char(out, '\n');
    columns_text(out, title, WIDEST + 2, false);
    buffer_add_text(out, "     new  changed vanished");
    if (has_money) buffer_add_text(out, "          before           after");
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < count && (is_verbose || shown < GROUPS_SHOWN); i++) {
        const struct plan_group *group = &groups[i];
        if (touched(group) == 0) continue;
        shown++;
        buffer_add_text(out, "  ");
        columns_text(out, group->title ? group->title : group->key, WIDEST, false);
        columns_count(out, group->counts[PLAN_NEW], 8);
        columns_count(out, group->counts[PLAN_CHANGED] + group->counts[PLAN_AGAIN] + group->counts[PLAN_REFUSED], 9);
        columns_count(out, group->counts[PLAN_VANISHED] + group->counts[PLAN_PART_GONE] + group->counts[PLAN_EXPIRED], 9);
        if (has_money) {
            columns_amount(out, group->before, 16, false);
            columns_amount(out, group->after, 16, false);
        }
        buffer_add_char(out, '\n');
    }
    if (shown < concerned) {
        buffer_add_text(out, "  and ");
        words_count(out, concerned - shown);
        buffer_add_text(out, " more (-v)\n");
    }
}

static void add_profiles(const struct upload_plan *plan, struct buffer *out) {
    if (plan->profile_count == 0) return;
    buffer_add_text(out, "\nwarning W922 new-employee: Plecto would create ");
    words_plural(out, plan->profile_count, "employee profile", "employee profiles");
    buffer_add_text(out, ", unless profiles with these IDs exist\n");
    for (size_t i = 0; i < plan->profile_count && i < PROFILES_SHOWN; i++) {
        const struct plan_person *person = &plan->profiles[i];
        buffer_add_text(out, "  ");
        plain_add_text(out, person->name);
        buffer_add_text(out, " (");
        plain_add_text(out, person->provider);
        buffer_add_text(out, " ID ");
        plain_add_text(out, person->id);
        buffer_add_text(out, "), ");
        words_plural(out, person->count, "registration", "registrations");
        buffer_add_char(out, '\n');
    }
    if (plan->profile_count > PROFILES_SHOWN) {
        buffer_add_text(out, "  and ");
        words_count(out, plan->profile_count - PROFILES_SHOWN);
        buffer_add_text(out, " more\n");
    }
    buffer_add_text(out, "    fix: To create them with their e-mail addresses first, give a roster that has these: st2plecto "
                         "members create ");
    words_shell(out, plan->folder);
    buffer_add_text(out, " --roster FILE --credentials plecto.json --dry-run\n");
}

static void add_note(struct buffer *out, uint64_t count, const char *one, const char *many, const char *rest) {
    if (count == 0) return;
    buffer_add_text(out, "  ");
    words_plural(out, count, one, many);
    buffer_print(out, " %s\n", rest);
}

void upload_plan_notes(const struct upload_plan *plan, struct buffer *out) {
    static const char *const actions[] = {
        [VANISHED_REPORT] = "W921 gone from ServiceTitan. They stay in Plecto (--vanished zero or delete changes that)",
        [VANISHED_ZERO] = "W921 gone from ServiceTitan. Each of their numbers in Plecto becomes 0 (--vanished zero)",
        [VANISHED_DELETE] = "W921 gone from ServiceTitan. They will be deleted in Plecto (--vanished delete)",
    };
    add_note(out, plan->counts[PLAN_VANISHED], "registration", "registrations",
             actions[plan->is_vanished_blocked ? VANISHED_REPORT : plan->options.vanished]);
    if (plan->unstated && plan->counts[PLAN_VANISHED] > 0) {
        buffer_add_text(out, "  ");
        plain_add_text(out, plan->unstated);
        buffer_add_text(out, ", so what it lacks may still be in ServiceTitan\n");
    }
    add_note(out, plan->is_vanished_blocked ? plan->held_without_id : 0, "rejected row has", "rejected rows have",
             "no registration's ID, so it is not certain what is gone. Nothing is set to 0 or deleted");
    add_note(out, plan->counts[PLAN_PART_GONE], "registration is", "registrations are",
             plan->options.vanished == VANISHED_DELETE
                 ? "of people whom their records no longer name. They will be deleted in Plecto (--vanished delete)"
                 : "of people whom their records no longer name. Each of their numbers in Plecto becomes 0");
    add_note(out, plan->zeroed_before, "vanished registration was", "vanished registrations were", "sent as 0 earlier");
    add_note(out, plan->held_back, "registration is", "registrations are",
             "in rejected.csv. They are in ServiceTitan, but set aside. Plecto keeps what it has");
    add_note(out, plan->counts[PLAN_AGAIN], "registration was", "registrations were",
             plan->options.resends
                 ? "sent earlier. They are sent again, which does not create a second one (--resend)"
                 : "sent earlier without an answer (W924). They are sent again, which does not create a second one");
    add_note(out, plan->counts[PLAN_REFUSED], "registration was", "registrations were",
             "refused earlier (refused.csv beside the journal). They are tried again");
    add_note(out, plan->counts[PLAN_EXPIRED], "registration is", "registrations are",
             "older than --max-age. They will be deleted in Plecto");
    add_note(out, plan->counts[PLAN_TOO_OLD], "registration of the folder is", "registrations of the folder are",
             "older than --max-age and not sent");
}

static void add_notes(const struct upload_plan *plan, struct buffer *out) {
    struct buffer notes = {0};
    upload_plan_notes(plan, &notes);
    if (notes.length > 0) buffer_add_text(out, "\nNotes\n");
    buffer_add(out, buffer_view(&notes));
    buffer_free(&notes);
}

void upload_plan_text(const struct upload_plan *plan, bool is_quiet, bool is_verbose, struct buffer *out) {
    upload_plan_verdict(plan, out);
    buffer_add_text(out, " (");
    plain_add_text(out, plan->folder);
    buffer_add_text(out, ")\n");
    if (is_quiet) return;
    add_sentence(plan, out);
    add_facts(plan, out);
    add_money(plan, out);
    add_groups(plan, plan->people, plan->person_count, "By employee", is_verbose, out);
    add_fields(plan, out);
    add_profiles(plan, out);
    add_notes(plan, out);
    add_groups(plan, plan->days, plan->day_count, "By day", is_verbose, out);
    add_details(plan, out);
}
