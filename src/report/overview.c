/* overview.c: see overview.h. */
#include "report/overview.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/exit_codes.h"
#include "base/memory.h"
#include "base/words.h"
#include "values/month_name.h"

static char *copy(const char *text) {
    return text ? memory_copy(view_of(text)) : NULL;
}

static void set(char **text, char *owned) {
    free(*text);
    *text = owned;
}

struct overview_source *overview_add(struct overview *overview, const char *name) {
    void *list = overview->sources;
    memory_grow(&list, &overview->source_capacity, overview->source_count + 1, sizeof *overview->sources);
    overview->sources = list;
    struct overview_source *source = &overview->sources[overview->source_count++];
    *source = (struct overview_source){.name = copy(name), .state = VERDICT_NOTHING};
    return source;
}

void overview_add_unsorted(struct overview *overview, const char *path, const char *reason, const char *fix) {
    overview->unsorted =
        memory_resize(overview->unsorted, (overview->unsorted_count + 1) * sizeof *overview->unsorted);
    overview->unsorted[overview->unsorted_count++] =
        (struct overview_unsorted){copy(path), copy(reason), copy(fix)};
}

static void fill_money(struct overview_source *source, const struct result *result) {
    for (size_t i = 0; i < result->ledger.column_count && !source->has_money; i++) {
        if (!result->columns[i].is_money) continue;
        source->has_money = true;
        set(&source->money_title, copy(result->columns[i].title));
        source->money_in = result->ledger.sums_in[i];
        source->money_written = result->ledger.sums[LEDGER_WRITTEN][i];
    }
}

/* What the data are: the same of tonight's and of an earlier result. */
static void fill_data(struct overview_source *source, const struct result *result) {
    set(&source->schema, copy(result->schema_name));
    set(&source->title, copy(result->schema_title));
    source->files = result->file_count;
    source->rows = result->ledger.rows_in;
    source->written = result->ledger.rows[LEDGER_WRITTEN];
    source->rejected = result->ledger.rows[LEDGER_REJECTED];
    source->registrations = result->registrations;
    source->employees = result->employees;
    source->errors = issues_count(result->issues, SEVERITY_ERROR);
    source->warnings = issues_count(result->issues, SEVERITY_WARNING);
    set(&source->first_date, copy(result->first_date));
    set(&source->last_date, copy(result->last_date));
    source->has_money = false;
    fill_money(source, result);
}

static char *in_words(const struct result *result, void (*add)(const struct result *result, struct buffer *out)) {
    struct buffer text = {0};
    add(result, &text);
    if (text.length > 0) return buffer_take(&text);
    buffer_free(&text);
    return NULL;
}

void overview_fill(struct overview_source *source, const struct result *result) {
    source->is_renewed = true;
    source->exit_code = result->exit_code;
    source->state = report_verdict_state(result);
    set(&source->stopped, copy(result->stopped));
    set(&source->stopped_fix, copy(result->stopped_fix));
    if (result->publication == PUBLISHED_STOPPED) {
        source->files = result->file_count;
        set(&source->verdict, copy(strcmp(result->command, "validate") == 0 ? "not ready" : "not converted"));
        return;
    }
    fill_data(source, result);
    set(&source->verdict, in_words(result, report_verdict_words));
    set(&source->headline, in_words(result, report_headline));
    bool is_validate = strcmp(result->command, "validate") == 0;
    if (source->state == VERDICT_NOTHING && !is_validate) { /* what would have been written is not there */
        source->registrations = source->written = 0;
        source->money_written = 0;
    }
    bool has_file = source->rejected > 0 && result->publication == PUBLISHED && result->output_folder && !is_validate;
    set(&source->rejected_at, has_file ? memory_print("%s/rejected.csv", result->output_folder) : NULL);
}

void overview_keep(struct overview_source *source, const struct result *earlier) {
    fill_data(source, earlier);
    source->is_renewed = false;
    if (!source->verdict) set(&source->verdict, copy("no new file"));
}

void overview_free(struct overview *overview) {
    for (size_t i = 0; i < overview->source_count; i++) {
        struct overview_source *source = &overview->sources[i];
        char *texts[] = {source->name,        source->schema, source->title,      source->folder,     source->verdict,
                         source->headline,    source->stopped, source->stopped_fix, source->note, source->details, source->rejected_at, source->money_title,
                         source->first_date, source->last_date};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            free(texts[k]);
    }
    free(overview->sources);
    for (size_t i = 0; i < overview->unsorted_count; i++) {
        free(overview->unsorted[i].path);
        free(overview->unsorted[i].reason);
        free(overview->unsorted[i].fix);
    }
    free(overview->unsorted);
    *overview = (struct overview){0};
}

/* --- words ------------------------------------------------------------------------------------------------ */

static bool is_failed(const struct overview_source *source) {
    return source->exit_code != EXIT_FINE && source->exit_code != EXIT_NOT_CLEAN;
}

/* Nothing of it was converted in this run. */
static bool is_missing(const struct overview_source *source) {
    return is_failed(source) || (source->is_renewed && source->state == VERDICT_NOTHING);
}

struct overview_totals overview_totals(const struct overview *overview) {
    struct overview_totals totals = {0};
    for (size_t i = 0; i < overview->source_count; i++) {
        const struct overview_source *source = &overview->sources[i];
        totals.files += source->files;
        totals.rows += source->rows;
        totals.written += source->written;
        totals.rejected += source->rejected;
        totals.registrations += source->registrations;
        totals.errors += source->errors;
        totals.warnings += source->warnings;
    }
    return totals;
}

size_t overview_count(const struct overview *overview, enum verdict_state state) {
    size_t count = 0;
    for (size_t i = 0; i < overview->source_count; i++)
        count += overview->sources[i].is_renewed && overview->sources[i].state == state;
    return count;
}

/* What the sources of this run came to; earlier folders that were kept are none of it. */
struct tally {
    size_t fine, failed;
    uint64_t rejected, registrations;
};

static struct tally count_sources(const struct overview *overview) {
    struct tally tally = {0};
    for (size_t i = 0; i < overview->source_count; i++) {
        const struct overview_source *source = &overview->sources[i];
        if (is_missing(source)) {
            tally.failed++;
        } else if (source->is_renewed) {
            tally.fine++;
            tally.rejected += source->rejected;
            tally.registrations += source->registrations;
        }
    }
    return tally;
}

enum verdict_state overview_state(const struct overview *overview) {
    struct tally tally = count_sources(overview);
    size_t failed = tally.failed + overview->unsorted_count;
    bool is_held_back = failed > 0 && overview->folder && !overview->is_published && !overview->is_dry;
    if (failed > 0 && (tally.fine == 0 || is_held_back)) return VERDICT_NOTHING;
    return failed > 0 || overview_count(overview, VERDICT_SET_ASIDE) > 0 ? VERDICT_SET_ASIDE : VERDICT_ALL_IN;
}

/* Whose numbers are missing. */
static void add_failed(const struct overview *overview, size_t count, struct buffer *out) {
    const char *mark = ": ";
    buffer_print(out, ". %zu failed", count);
    for (size_t i = 0; i < overview->source_count; i++) {
        const struct overview_source *source = &overview->sources[i];
        if (!is_missing(source)) continue;
        buffer_print(out, "%s%s", mark, source->name);
        mark = ", ";
    }
}

static bool has_earlier(const struct overview *overview) {
    for (size_t i = 0; i < overview->source_count; i++)
        if (!overview->sources[i].is_renewed && overview->sources[i].folder) return true;
    return false;
}

void overview_verdict(const struct overview *overview, struct buffer *out) {
    bool is_ahead = overview->is_dry || strcmp(overview->command, "validate") == 0;
    struct tally tally = count_sources(overview);
    size_t count = tally.fine + tally.failed;
    if (overview_state(overview) == VERDICT_NOTHING) {
        buffer_add_text(out, is_ahead ? "Not ready: " : "Not converted: ");
        if (tally.failed < count) buffer_print(out, "%zu of ", tally.failed);
        words_plural(out, tally.failed < count ? count : tally.failed, "data source failed", "data sources failed");
        if (overview->folder && !is_ahead)
            buffer_add_text(out, !overview->is_published ? ". Nothing was published"
                                 : has_earlier(overview) ? ". Earlier folders are kept"
                                                         : "");
    } else {
        buffer_add_text(out, is_ahead ? "Ready" : "Converted");
        if (tally.rejected > 0) {
            buffer_add_text(out, ", ");
            words_plural(out, tally.rejected, "row set aside", "rows set aside");
        }
        buffer_add_text(out, ": ");
        if (tally.failed > 0) buffer_print(out, "%zu of ", tally.fine);
        words_plural(out, count, "data source", "data sources");
        buffer_add_text(out, ", ");
        words_plural(out, tally.registrations, "registration", "registrations");
        if (tally.failed > 0) add_failed(overview, tally.failed, out);
    }
    if (overview->unsorted_count == 0) return;
    buffer_add_text(out, ". ");
    words_plural(out, overview->unsorted_count, "file was not recognized", "files were not recognized");
}

void overview_age(const struct overview_source *source, struct buffer *out) {
    int year = 0, month = 0, day = 0;
    if (source->is_renewed || !source->folder) return;
    if (source->last_date && sscanf(source->last_date, "%d-%d-%d", &year, &month, &day) == 3 && month >= 1 &&
        month <= 12)
        buffer_print(out, "from %s %d, not renewed", month_title(month), day);
    else
        buffer_add_text(out, "from an earlier run, not renewed");
}
