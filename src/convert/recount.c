/* recount.c: takes our own output apart again, by other code than wrote it, and adds it up.
 *
 * Both formats are ours, so their shape is known: one record a line in registrations.jsonl with the keys in the
 * order of the columns; RFC 4180 rows in import.csv. */
#include "convert/recount.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"

#define CSV_FIXED_CELLS 3 /* ID, Employee, Created date */

struct recount {
    const struct plan *plan;
    bool is_csv;
    bool failed;           /* a number in the file cannot be read */
    struct buffer pending; /* the begin of a record whose end is in the next piece */
    uint64_t lines;
    uint64_t rows; /* of the input that stand behind the records */
    wide_integer *sums;
    size_t *column_of;   /* by followed column: output column, or SIZE_MAX */
    size_t count_column; /* aggregates: the Count column, SIZE_MAX by row */
    struct view *cells;  /* by output column: text of the record at hand */
    struct buffer unquoted;
};

/* --- taking a record apart ---------------------------------------------------------------------- */

static bool starts_with(const char *at, const char *end, struct view text) {
    return (size_t)(end - at) >= text.length && memcmp(at, text.text, text.length) == 0;
}

/* The quote that ends the string whose inside begins at `at`, or `end`. */
static const char *json_string_end(const char *at, const char *end) {
    while (at < end && *at != '"')
        at += *at == '\\' && end - at > 1 ? 2 : 1;
    return at;
}

/* The text behind each key; strings stay escaped, which is fine for the two that are compared. */
static void take_json_line(struct recount *recount, struct view line) {
    const char *place = line.text, *end = line.text + line.length;
    for (size_t i = 0; i < recount->plan->format.column_count; i++) {
        struct view key = buffer_view(&recount->plan->format.columns[i].key);
        const char *found = starts_with(place, end, key) ? place + key.length : NULL; /* behind the last value */
        for (const char *at = place; !found && (at = memchr(at, key.text[0], (size_t)(end - at))) != NULL; at++)
            if (starts_with(at, end, key)) found = at + key.length;
        if (!found) {
            recount->failed = true;
            return;
        }
        const char *stop = found;
        if (stop < end && *stop == '"') {
            stop = json_string_end(stop + 1, end);
            recount->cells[i] = view_from(found + 1, (size_t)(stop - found - 1));
            stop += stop < end;
        } else {
            while (stop < end && *stop != ',' && *stop != '}')
                stop++;
            recount->cells[i] = view_from(found, (size_t)(stop - found));
            if (view_is(recount->cells[i], "null")) recount->cells[i] = view_of("");
        }
        place = stop;
    }
}

/* The cells of a row; quoted ones without their quotes (doubled quotes stay doubled). */
static void take_csv_row(struct recount *recount, struct view row) {
    const char *place = row.text, *end = row.text + row.length;
    size_t columns = recount->plan->format.column_count;
    for (size_t index = 0; index < columns + CSV_FIXED_CELLS; index++) {
        const char *start = place;
        struct view cell;
        if (place < end && *place == '"') {
            for (place++; place < end; place++) {
                if (*place != '"') continue;
                if (place + 1 < end && place[1] == '"')
                    place++;
                else
                    break;
            }
            cell = view_from(start + 1, (size_t)(place - start - 1));
            place += place < end;
        } else {
            const char *comma = memchr(place, ',', (size_t)(end - place));
            place = comma ? comma : end;
            cell = view_from(start, (size_t)(place - start));
        }
        if (index >= CSV_FIXED_CELLS) recount->cells[index - CSV_FIXED_CELLS] = cell;
        if (place < end && *place == ',')
            place++;
        else if (index + 1 < columns + CSV_FIXED_CELLS)
            recount->failed = true;
    }
}

/* --- adding up ------------------------------------------------------------------------------------ */

static int64_t number_of(struct recount *recount, struct view text) {
    int64_t value = 0;
    if (text.length == 0) return 0;
    enum decimal_reason reason = decimal_parse(text, &decimal_style_default, &value);
    if (reason != DECIMAL_FINE && reason != DECIMAL_TOO_PRECISE) recount->failed = true;
    return value;
}

static void add_metric_record(struct recount *recount) {
    const struct plan *plan = recount->plan;
    struct view metric = recount->cells[plan->group_count];
    int64_t value = number_of(recount, recount->cells[plan->group_count + 1]);
    if (view_is(metric, "Count")) {
        recount->rows += (uint64_t)(value / DECIMAL_SCALE);
        return;
    }
    for (size_t i = 0; i < plan->followed_count; i++)
        if (recount->column_of[i] != SIZE_MAX && view_is(metric, plan->followed_titles[i]))
            decimal_add(&recount->sums[i], value);
}

static void add_record(struct recount *recount) {
    const struct plan *plan = recount->plan;
    recount->lines++;
    if (plan->options->by != BY_ROW && plan->options->layout == LAYOUT_METRIC) {
        add_metric_record(recount);
        return;
    }
    if (recount->count_column == SIZE_MAX)
        recount->rows++;
    else
        recount->rows += (uint64_t)(number_of(recount, recount->cells[recount->count_column]) / DECIMAL_SCALE);
    for (size_t i = 0; i < plan->followed_count; i++)
        if (recount->column_of[i] != SIZE_MAX)
            decimal_add(&recount->sums[i], number_of(recount, recount->cells[recount->column_of[i]]));
}

/* --- cutting pieces into records ------------------------------------------------------------------- */

/* The end of the first record (behind its line end), or NULL if it is not in the text. */
static const char *record_end(struct recount *recount, const char *text, const char *end) {
    bool is_quoted = false;
    for (const char *place = text;;) {
        const char *line_end = memchr(place, '\n', (size_t)(end - place));
        if (!line_end || !recount->is_csv) return line_end ? line_end + 1 : NULL;
        for (const char *quote = place; (quote = memchr(quote, '"', (size_t)(line_end - quote))) != NULL; quote++)
            is_quoted = !is_quoted;
        if (!is_quoted) return line_end + 1;
        place = line_end + 1;
    }
}

static void take_record(struct recount *recount, const char *text, const char *end) {
    while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    struct view record = view_from(text, (size_t)(end - text));
    if (recount->is_csv && recount->lines == 0) { /* the header */
        recount->lines++;
        return;
    }
    for (size_t i = 0; i < recount->plan->format.column_count; i++)
        recount->cells[i] = view_of("");
    if (recount->is_csv)
        take_csv_row(recount, record);
    else
        take_json_line(recount, record);
    add_record(recount);
}

static void take_piece(void *context, struct view bytes) {
    struct recount *recount = context;
    const char *place = bytes.text, *end = bytes.text + bytes.length;
    if (recount->pending.length > 0) {
        buffer_add(&recount->pending, bytes);
        place = recount->pending.text;
        end = place + recount->pending.length;
    }
    const char *next;
    while ((next = record_end(recount, place, end)) != NULL) {
        take_record(recount, place, next);
        place = next;
    }
    size_t rest = (size_t)(end - place);
    if (recount->pending.length > 0) {
        memmove(recount->pending.text, place, rest);
        recount->pending.length = rest;
    } else {
        buffer_add(&recount->pending, view_from(place, rest));
    }
}

/* --- the whole ------------------------------------------------------------------------------------- */

static void start(struct recount *recount, const struct plan *plan, bool is_csv) {
    *recount = (struct recount){.plan = plan, .is_csv = is_csv, .count_column = SIZE_MAX};
    recount->sums = memory_get_zero(plan->followed_count + 1, sizeof *recount->sums);
    recount->column_of = memory_get_zero(plan->followed_count + 1, sizeof *recount->column_of);
    recount->cells = memory_get_zero(plan->format.column_count + 1, sizeof *recount->cells);
    if (plan->options->by != BY_ROW && plan->options->layout == LAYOUT_WIDE) recount->count_column = plan->group_count;
    for (size_t i = 0; i < plan->followed_count; i++) {
        recount->column_of[i] = SIZE_MAX;
        size_t column = plan->options->by == BY_ROW ? 0 : plan->group_count;
        size_t count = plan->options->by == BY_ROW ? plan->sent_count : plan->metric_count;
        for (size_t k = 0; k < count; k++) {
            bool is_written = plan->options->by == BY_ROW || plan->metrics[k].is_written;
            size_t field = plan->options->by == BY_ROW ? plan->sent[k] : plan->metrics[k].field;
            if (!is_written) continue;
            if (field == plan->followed[i]) recount->column_of[i] = column;
            column++;
        }
    }
}

static void finish(struct recount *recount) {
    buffer_free(&recount->pending);
    free(recount->sums);
    free(recount->column_of);
    free(recount->cells);
}

/* One file's recount, on a thread of its own where there are two. */
struct task {
    const struct plan *plan;
    struct outdir *outdir;
    const char *name;
    struct recount recount;
    struct error error;
    bool is_fine;
};

static void *run_task(void *argument) {
    struct task *task = argument;
    task->is_fine = outdir_read_back(task->outdir, task->name, take_piece, &task->recount, &task->error);
    if (task->is_fine && (task->recount.failed || task->recount.pending.length > 0))
        task->is_fine =
            error_set(&task->error, EXIT_NOT_BALANCED, "%s, read back from disk, is not what was written", task->name);
    return NULL;
}

static void book(const struct plan *plan, const struct recount *recount, struct ledger *ledger) {
    ledger->rows_on_disk = recount->rows;
    for (size_t i = 0; i < plan->followed_count; i++) {
        ledger->sums_on_disk[i] = recount->sums[i];
        ledger->on_disk_known[i] = recount->column_of[i] != SIZE_MAX;
    }
}

/* Whether both files tell the same. */
static bool compare(const struct plan *plan, const struct recount *left, const struct recount *right,
                    struct error *error) {
    if (left->rows != right->rows)
        return error_set(error, EXIT_NOT_BALANCED, "import.csv and registrations.jsonl differ in their rows");
    for (size_t i = 0; i < plan->followed_count; i++)
        if (left->sums[i] != right->sums[i])
            return error_set(error, EXIT_NOT_BALANCED, "import.csv and registrations.jsonl differ in the sum of %s",
                             plan->followed_titles[i]);
    return true;
}

bool recount_files(const struct plan *plan, struct outdir *outdir, struct ledger *ledger, struct error *error) {
    struct task tasks[2];
    size_t count = 0;
    const bool wanted[2] = {plan->options->to_csv, plan->options->to_jsonl};
    for (size_t i = 0; i < 2; i++) {
        if (!wanted[i]) continue;
        struct task *task = &tasks[count++];
        *task = (struct task){.plan = plan, .outdir = outdir, .name = i == 0 ? "import.csv" : "registrations.jsonl"};
        start(&task->recount, plan, i == 0);
    }
    pthread_t thread;
    bool has_thread = count == 2 && pthread_create(&thread, NULL, run_task, &tasks[1]) == 0;
    if (count > 0) run_task(&tasks[0]);
    if (has_thread)
        pthread_join(thread, NULL);
    else if (count == 2)
        run_task(&tasks[1]);
    bool is_fine = true;
    for (size_t i = 0; i < count; i++) {
        if (is_fine && !tasks[i].is_fine) {
            is_fine = false;
            error_free(error);
            *error = tasks[i].error;
        } else {
            error_free(&tasks[i].error);
        }
        book(plan, &tasks[i].recount, ledger);
    }
    is_fine = is_fine && (count < 2 || compare(plan, &tasks[0].recount, &tasks[1].recount, error));
    for (size_t i = 0; i < count; i++)
        finish(&tasks[i].recount);
    return is_fine;
}
