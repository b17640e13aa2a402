/* published_period.c: the days of which a folder can say that what it lacks is gone. Only what states them does: --period, a
 * report's title, its name, its sheet Filters, or the bounds with which an API answer was asked for. */
#include <stdlib.h>

#include "base/memory.h"
#include "upload/days.h"
#include "upload/period_words.h"
#include "upload/published_private.h"
#include "values/bounds_text.h"
#include "values/period_text.h"
#include "values/zone.h"

/* Totals of a week or month are dated by its first day, also where the first row is of a later one. */
static void align_first_day(struct published *published, const char *by) {
    struct datetime when = {0};
    struct buffer day = {0};
    if (datetime_parse(view_of(published->first_day), DATE_ORDER_YMD, &when, NULL) != DATETIME_FINE) return;
    int32_t days = date_to_days(when.year, when.month, when.day);
    if (strcmp(by, "week") == 0) days -= date_weekday(days);
    if (strcmp(by, "month") == 0) days -= when.day - 1;
    date_print(&day, days);
    day_take(published->first_day, buffer_view(&day));
    buffer_free(&day);
}

struct span {
    bool is_known;
    int32_t from, to;
};

/* What the requests behind a file say: the bounds of its date, and whether it holds only what changed. */
struct asked {
    bool is_delta, has_from, has_to;
    int32_t from, to;
};

/* --- what a file says --------------------------------------------------------------------------------------------------- */

/* Whether a text says that a file holds only what changed. */
static bool says_delta(struct view text) {
    static const char *const words[] = {"modified", "changed", "updated", "delta", "incremental"};
    for (size_t i = 0; i < text.length; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (view_starts_with_fold(view_from(text.text + i, text.length - i), words[k])) return true;
    return false;
}

/* The first whole day from a bound on, or the last whole day up to it, where the tenant is. */
static int32_t day_of(const struct date_bound *bound, const struct zone *zone) {
    struct datetime when = bound->at;
    int64_t seconds = datetime_seconds(&when) - (when.zone == ZONE_OFFSET ? when.offset : 0);
    if (zone) seconds += zone_offset_at(zone, seconds); /* the API's days begin in UTC */
    int64_t in_day = ((seconds % 86400) + 86400) % 86400;
    int32_t day = (int32_t)((seconds - in_day) / 86400);
    if (bound->is_upper) return bound->is_inclusive && !bound->at.has_time ? day : day - 1;
    return in_day == 0 && bound->is_inclusive ? day : day + 1;
}

static void take_bounds(struct view text, const char *label, const struct zone *zone, struct asked *asked) {
    struct date_bound bound;
    size_t at = 0;
    while (bounds_next(text, &at, &bound)) {
        asked->is_delta = asked->is_delta || says_delta(view_of(bound.field));
        if (!period_is_about(bound.field, label)) continue;
        int32_t day = day_of(&bound, bound.at.has_time || bound.field[0] ? zone : NULL);
        if (bound.is_upper) {
            asked->to = asked->has_to && asked->to < day ? asked->to : day;
            asked->has_to = true;
        } else {
            asked->from = asked->has_from && asked->from > day ? asked->from : day;
            asked->has_from = true;
        }
    }
}

/* What a file says of its period: in a line above its header or in its sheet Filters, in its name, or by the bounds in either. */
static struct span span_of_file(const struct result_file *file, const struct zone *zone) {
    struct span span = {0};
    struct asked asked = {0};
    struct view name = view_of(view_file_name(file->path));
    const char *label = file->date_label ? file->date_label : "";
    for (size_t i = 0; i < file->title_count; i++)
        take_bounds(view_of(file->titles[i]), label, zone, &asked);
    take_bounds(name, label, zone, &asked);
    if (asked.is_delta || says_delta(name)) return span;
    if (asked.has_from && asked.has_to)
        return (struct span){.is_known = asked.from <= asked.to, .from = asked.from, .to = asked.to};
    for (size_t i = 0; i < file->title_count && !span.is_known; i++)
        span.is_known =
            !says_delta(view_of(file->titles[i])) && period_text_find(view_of(file->titles[i]), &span.from, &span.to);
    if (!span.is_known) span.is_known = period_text_find(name, &span.from, &span.to);
    return span;
}

/* Why the period of a file, or of its request, is not believed; the caller frees; NULL: it is. */
static char *unstated_of(const struct result_file *file, bool has_period) {
    struct view name = view_of(view_file_name(file->path)), word;
    const char *label = file->date_label ? file->date_label : "";
    struct date_bound bound;
    int32_t from, to;
    for (size_t i = 0; i < file->title_count; i++) {
        struct view title = view_of(file->titles[i]);
        size_t at = 0;
        if (file->header_row == 0 && view_starts_with(title, "filter "))
            return view_is(title, "filter page")
                       ? memory_print("%s has a page behind the first without those before it", file->path)
                       : memory_print("%s was requested with another filter (%.*s)", file->path, (int)title.length - 7,
                                      title.text + 7);
        bool is_bound = file->header_row == 0 && bounds_next(title, &at, &bound) && at == title.length;
        if (is_bound && bound.field[0] && !period_is_about(bound.field, label))
            return memory_print("%s was requested with another filter (%.*s)", file->path, VIEW_ARGS(bound.word));
        if (!is_bound && has_period && period_has_other_words(title, label, false, &word))
            return memory_print("The line \"%.*s\" of %s may be a filter (%.*s)", VIEW_ARGS(title), file->path,
                                VIEW_ARGS(word));
    }
    size_t at = 0;
    bool is_stating = period_text_find(name, &from, &to) || bounds_next(name, &at, &bound);
    if (has_period && period_has_other_words(name, label, !is_stating, &word))
        return memory_print("The word \"%.*s\" in the name of %s may be a filter", VIEW_ARGS(word), file->path);
    return NULL;
}

/* Of the first such file. */
static char *unstated_of_files(const struct result *result, const struct zone *zone) {
    char *why = NULL;
    for (size_t i = 0; i < result->file_count && !why; i++)
        why = unstated_of(&result->files[i], span_of_file(&result->files[i], zone).is_known);
    return why;
}

static int compare_spans(const void *left, const void *right) {
    const struct span *a = left, *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

/* The days that all files together state without a gap; not known if one of them states none. */
static struct span span_of_files(const struct result *result, const struct zone *zone) {
    struct span *spans = memory_get_zero(result->file_count + 1, sizeof *spans), whole = {0};
    size_t count = 0;
    while (count < result->file_count && (spans[count] = span_of_file(&result->files[count], zone)).is_known)
        count++;
    if (count > 0 && count == result->file_count) {
        qsort(spans, count, sizeof *spans, compare_spans);
        whole = spans[0];
    }
    for (size_t i = 1; whole.is_known && i < count; i++) {
        whole.is_known = spans[i].from <= whole.to + 1;
        if (spans[i].to > whole.to) whole.to = spans[i].to;
    }
    free(spans);
    return whole;
}

/* What convert left out by its age, or with a week or month that is cut, is at the source all the same. */
static void leave_out(const struct result *result, struct span *stated) {
    int32_t first = 0, last = 0;
    if (result->ledger.rows[LEDGER_TOO_OLD] + result->ledger.rows[LEDGER_CUT_PERIOD] == 0) return;
    stated->is_known = stated->is_known && result->first_date && day_number(result->first_date, &first) &&
                       result->last_date && day_number(result->last_date, &last);
    if (stated->from < first) stated->from = first;
    if (stated->to > last) stated->to = last;
}

/* An export without all its pages proves nothing, whatever its period is. */
static bool is_cut(const struct result *result) {
    const struct issue_cause *const *causes;
    size_t count = issues_causes(result->issues, &causes);
    for (size_t i = 0; i < count; i++)
        if (causes[i]->code == W121_CUT_EXPORT) return true;
    return false;
}

/* The days for which it can be said that what is not in the folder is gone. The first and the last row prove no period: an
 * export of what changed has them too. */
static bool take_stated(struct published *published, const struct result *result, struct error *error) {
    struct zone *zone = NULL;
    if (result->zone && !zone_open(result->zone, &zone, error)) return false;
    struct span files = span_of_files(result, zone), stated = {0};
    const char *dots = result->period ? strstr(result->period, "..") : NULL;
    if (!dots) published->unstated = unstated_of_files(result, zone); /* --period is the user's word */
    zone_close(zone);
    if (dots) stated.is_known = day_number(result->period, &stated.from) && day_number(dots + 2, &stated.to);
    if (!stated.is_known) {
        stated = published->unstated ? (struct span){0} : files;
    } else if (files.is_known && files.from <= stated.to && files.to >= stated.from) {
        if (files.from > stated.from) stated.from = files.from;
        if (files.to < stated.to) stated.to = files.to;
    }
    leave_out(result, &stated);
    published->is_cut = is_cut(result);
    if (!stated.is_known || stated.from > stated.to || published->is_cut) return true;
    published->has_stated_period = true;
    day_set(published->first_day, stated.from);
    day_set(published->last_day, stated.to);
    return true;
}

bool published_take_period(struct published *published, const struct result *result, struct error *error) {
    day_take(published->first_day, view_of(result->first_date));
    day_take(published->last_day, view_of(result->last_date));
    if (published->first_day[0]) align_first_day(published, result->by);
    return take_stated(published, result, error);
}
