/* verify_report.c: what verify found, for people and for programs. */
#include <stdlib.h>

#include "base/plain.h"
#include "base/words.h"
#include "render/json_write.h"
#include "report/issue.h"
#include "upload/verify.h"

static const struct {
    const char *name;
    enum issue_code code;
} kinds[VERIFY_KIND_COUNT] = {
    [VERIFY_SAME] = {"same", E902_DIFFERENT},
    [VERIFY_DIFFERENT] = {"different", E902_DIFFERENT},
    [VERIFY_MISSING] = {"missing", E903_MISSING},
    [VERIFY_FOREIGN] = {"foreign", E904_FOREIGN},
};

void verify_verdict(const struct verify_result *result, struct buffer *out) {
    buffer_add_text(out, verify_is_same(result) ? "SAME: " : "DIFFERS: ");
    for (int kind = 0; kind < VERIFY_KIND_COUNT; kind++) {
        if (kind > 0) buffer_add_text(out, ", ");
        words_count(out, result->counts[kind]);
        buffer_print(out, " %s", kinds[kind].name);
    }
}

static void add_difference(const struct verify_difference *difference, struct buffer *out) {
    buffer_add_text(out, "      ");
    plain_add_text(out, difference->title);
    buffer_add_text(out, ": published ");
    plain_add_text(out, difference->published[0] ? difference->published : "(empty)");
    buffer_add_text(out, ", in Plecto ");
    plain_add_text(out, difference->plecto[0] ? difference->plecto : "(empty)");
    buffer_add_char(out, '\n');
}

static void add_kind(const struct verify_result *result, enum verify_kind kind, struct buffer *out) {
    const struct issue_kind *issue = issue_kind(kinds[kind].code);
    uint64_t shown = 0;
    if (result->counts[kind] == 0) return;
    buffer_print(out, "\nerror %s %s: %s\n", issue->name, issue->slug, issue->title);
    for (size_t i = 0; i < result->detail_count; i++) {
        const struct verify_detail *detail = &result->details[i];
        if (detail->kind != kind) continue;
        shown++;
        buffer_add_text(out, "  ");
        plain_add_text(out, detail->id[0] ? detail->id : "(no ID)");
        buffer_add_text(out, "  ");
        plain_add_text(out, detail->day);
        buffer_add_text(out, "  ");
        plain_add_text(out, detail->person);
        buffer_add_char(out, '\n');
        for (size_t k = 0; k < detail->difference_count; k++)
            add_difference(&detail->differences[k], out);
    }
    if (shown < result->counts[kind]) {
        buffer_add_text(out, "    shown ");
        words_count(out, shown);
        buffer_add_text(out, " of ");
        words_count(out, result->counts[kind]);
        buffer_add_text(out, " (--max-details N)\n");
    }
    char *fix = issue_fix(issue->code, NULL, "         ");
    buffer_print(out, "    fix: %s\n", fix);
    free(fix);
}

/* What it means, for who reads no further. */
static void add_sentence(const struct verify_result *result, struct buffer *out) {
    uint64_t wrong = result->counts[VERIFY_DIFFERENT] + result->counts[VERIFY_MISSING];
    if (verify_is_same(result)) {
        buffer_add_text(out, result->retired > 0 ? "Plecto holds what this folder holds, but for what it no longer keeps.\n"
                                                  : "Plecto holds what this folder holds.\n");
        return;
    }
    if (wrong > 0) {
        words_count(out, wrong);
        buffer_add_text(out, " of ");
        words_plural(out, wrong + result->counts[VERIFY_SAME], "registration", "registrations");
        buffer_add_text(out, wrong == 1 ? " of this folder is not in Plecto as published."
                                        : " of this folder are not in Plecto as published.");
    }
    if (wrong > 0 && result->counts[VERIFY_FOREIGN] > 0) buffer_add_char(out, ' ');
    if (result->counts[VERIFY_FOREIGN] > 0) {
        buffer_add_text(out, "Plecto has ");
        words_plural(out, result->counts[VERIFY_FOREIGN], "registration", "registrations");
        buffer_add_text(out, " of these days that this folder does not have.");
    }
    buffer_add_char(out, '\n');
}

/* F11: Plecto deletes by itself what is older than the data source keeps. */
static void add_retired(const struct verify_result *result, struct buffer *out) {
    buffer_add_text(out, "\nNotes\n  ");
    words_plural(out, result->retired, "registration", "registrations");
    buffer_print(out, " before %s %s taken by Plecto and %s no longer there, and Plecto has nothing older. That is its "
                      "own retention, not a difference. Compare it with the data source's settings in Plecto\n",
                 result->retired_before, result->retired == 1 ? "was" : "were", result->retired == 1 ? "is" : "are");
}

void verify_text(const struct verify_result *result, bool is_quiet, size_t shown, struct buffer *out) {
    verify_verdict(result, out);
    buffer_add_char(out, '\n');
    if (is_quiet) return;
    add_sentence(result, out);
    if (result->zone_seconds != 0) {
        int64_t minutes = (result->zone_seconds < 0 ? -result->zone_seconds : result->zone_seconds) / 60;
        buffer_print(out, "\nAll dates in Plecto are %lld:%02lld hours %s than published, so the time zones "
                          "differ.\n    fix: Compare --tz of convert with the time zone of the company in Plecto.\n",
                     (long long)(minutes / 60), (long long)(minutes % 60), result->zone_seconds < 0 ? "earlier" : "later");
    }
    verify_groups_text(result, shown, out);
    for (int kind = VERIFY_DIFFERENT; kind < VERIFY_KIND_COUNT; kind++)
        add_kind(result, (enum verify_kind)kind, out);
    const struct {
        uint64_t count;
        const char *one, *many, *rest;
    } notes[] = {
        {result->sent_earlier, "foreign registration was", "foreign registrations were",
         "sent by this journal and now gone from ServiceTitan. plan lists them (--vanished)"},
        {result->zeroed, "vanished registration is", "vanished registrations are", "in Plecto as 0, as requested"},
        {result->held_back, "registration is", "registrations are",
         "in Plecto and in rejected.csv. They are set aside and not compared"},
        {result->without_person, "answer does", "answers do",
         "not give the employee by ID or name, so the employee is not compared"},
    };
    bool is_first = result->retired == 0;
    if (!is_first) add_retired(result, out);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (notes[i].count == 0) continue;
        buffer_add_text(out, is_first ? "\nNotes\n  " : "  ");
        is_first = false;
        words_plural(out, notes[i].count, notes[i].one, notes[i].many);
        buffer_print(out, " %s\n", notes[i].rest);
    }
}

void verify_json(const struct verify_result *result, struct buffer *out) {
    buffer_add_char(out, '{');
    json_text(out, "format", "st2plecto-verify/1");
    json_flag(out, "is_same", verify_is_same(result));
    json_key(out, "counts");
    buffer_add_char(out, '{');
    for (int kind = 0; kind < VERIFY_KIND_COUNT; kind++)
        json_count(out, kinds[kind].name, result->counts[kind]);
    buffer_add_char(out, '}');
    json_count(out, "foreign_sent_earlier", result->sent_earlier);
    json_count(out, "zeroed", result->zeroed);
    json_count(out, "held_back", result->held_back);
    json_count(out, "without_employee", result->without_person);
    json_count(out, "retired", result->retired);
    json_text(out, "retired_before", result->retired_before[0] ? result->retired_before : NULL);
    json_count(out, "pages", result->pages);
    json_key(out, "zone_seconds");
    buffer_print(out, "%lld", (long long)result->zone_seconds);
    verify_groups_json(result, out);
    json_key(out, "details");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < result->detail_count; i++) {
        const struct verify_detail *detail = &result->details[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "kind", kinds[detail->kind].name);
        json_text(out, "code", issue_kind(kinds[detail->kind].code)->name);
        json_text(out, "id", detail->id);
        json_text(out, "day", detail->day);
        json_text(out, "employee", detail->person);
        json_key(out, "fields");
        buffer_add_char(out, '[');
        for (size_t k = 0; k < detail->difference_count; k++) {
            if (k > 0) buffer_add_char(out, ',');
            buffer_add_char(out, '{');
            json_text(out, "title", detail->differences[k].title);
            json_text(out, "published", detail->differences[k].published);
            json_text(out, "plecto", detail->differences[k].plecto);
            buffer_add_char(out, '}');
        }
        buffer_add_text(out, "]}");
    }
    buffer_add_text(out, "]}\n");
}
