/* recount.c: takes our own output apart again, by other code than wrote it, and adds it up.
 *
 * Both formats are ours, so their shape is known: one record a line in registrations.jsonl with the keys in the
 * order of the columns; RFC 4180 rows in import.csv, which the reader of exports cuts. Records never go over the end of
 * what was written at once, so the pieces are read back and added up by all threads, each taking the next one. */
#include "convert/recount.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/json_token.h"
#include "base/memory.h"
#include "input/csv/plain.h"
#include "values/digit_sums.h"

#define CSV_FIXED_CELLS 3 /* ID, Employee, Created date */

struct recount {
    const struct plan *plan;
    bool is_csv;
    bool failed;           /* a number in the file cannot be read */
    struct buffer pending; /* the begin of a record whose end is in the next piece */
    uint64_t rows;         /* of the input that stand behind the records */
    wide_integer *sums;
    struct digit_sums *digits; /* by followed column: amounts of the piece that are not in its sum yet */
    struct view piece;         /* the bytes at hand */
    size_t *column_of;   /* by followed column: output column, or SIZE_MAX */
    size_t count_column; /* aggregates: the Count column, SIZE_MAX by row */
    struct view *texts;  /* JSON: by output column, of the record at hand */
    struct cell *cells;  /* CSV: all cells of the row at hand */
    struct arena *arena; /* of cells with doubled quotes */
    struct csv_marks marks;
};

/* --- taking a record apart ---------------------------------------------------------------------- */

static bool starts_with(const char *at, const char *end, struct view text) {
    return (size_t)(end - at) >= text.length && view_same_bytes_32(at, text.text, text.length);
}

/* The quote that ends the string whose inside begins at `at`, or `end`. */
static const char *json_string_end(const char *at, const char *end) {
    while ((at = json_string_stop(at, end)) < end && *at != '"')
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
            recount->texts[i] = view_from(found + 1, (size_t)(stop - found - 1));
            stop += stop < end;
        } else {
            while (stop < end && *stop != ',' && *stop != '}')
                stop++;
            recount->texts[i] = view_from(found, (size_t)(stop - found));
            if (view_is(recount->texts[i], "null")) recount->texts[i] = view_of("");
        }
        place = stop;
    }
}

/* --- adding up ------------------------------------------------------------------------------------ */

static struct view text_of(const struct recount *recount, size_t column) {
    return recount->is_csv ? recount->cells[CSV_FIXED_CELLS + column].text : recount->texts[column];
}

static int64_t number_of(struct recount *recount, struct view text) {
    int64_t value = 0;
    if (text.length == 0) return 0;
    enum decimal_reason reason = decimal_parse(text, &decimal_style_default, &value);
    if (!decimal_has_value(reason)) recount->failed = true;
    return value;
}

static void add_metric_record(struct recount *recount) {
    const struct plan *plan = recount->plan;
    struct view metric = text_of(recount, plan->group_count);
    int64_t value = number_of(recount, text_of(recount, plan->group_count + 2));
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
    if (plan->options->by != BY_ROW && plan->options->layout == LAYOUT_METRIC) {
        add_metric_record(recount);
        return;
    }
    if (recount->count_column == SIZE_MAX)
        recount->rows++;
    else
        recount->rows += (uint64_t)(number_of(recount, text_of(recount, recount->count_column)) / DECIMAL_SCALE);
    for (size_t i = 0; i < plan->followed_count; i++) {
        if (recount->column_of[i] == SIZE_MAX) continue;
        struct view text = text_of(recount, recount->column_of[i]);
        if (!digit_sums_add(&recount->digits[i], text, recount->piece, DIGITS_PLAIN, &recount->sums[i]))
            decimal_add(&recount->sums[i], number_of(recount, text));
    }
}

/* --- cutting pieces into records ------------------------------------------------------------------- */

/* The lines of registrations.jsonl up to the last whole one; returns what is behind it. */
static const char *take_lines(struct recount *recount, const char *text, const char *end) {
    const char *line_end;
    for (; (line_end = memchr(text, '\n', (size_t)(end - text))) != NULL; text = line_end + 1) {
        for (size_t i = 0; i < recount->plan->format.column_count; i++)
            recount->texts[i] = view_of("");
        take_json_line(recount, view_from(text, (size_t)(line_end - text)));
        add_record(recount);
    }
    return text;
}

/* The rows of import.csv in the same way. */
static const char *take_rows(struct recount *recount, const char *text, const char *end) {
    size_t count = recount->plan->format.column_count + CSV_FIXED_CELLS;
    recount->marks.base = NULL;
    struct csv_plain row;
    arena_reset(recount->arena);
    while (text < end && csv_plain_cut(&recount->marks, text, end, ',', recount->cells, count, recount->arena, &row) &&
           end - row.end >= 2) {
        if (row.cell_count != count || row.end[0] != '\r' || row.end[1] != '\n') recount->failed = true;
        if (recount->failed) return end;
        add_record(recount);
        text = row.end + 2;
    }
    return text;
}

static void take_piece(void *context, struct view bytes) {
    struct recount *recount = context;
    const char *place = bytes.text, *end = bytes.text + bytes.length;
    if (recount->pending.length > 0) {
        buffer_add(&recount->pending, bytes);
        place = recount->pending.text;
        end = place + recount->pending.length;
    }
    recount->piece = view_from(place, (size_t)(end - place));
    place = recount->is_csv ? take_rows(recount, place, end) : take_lines(recount, place, end);
    for (size_t i = 0; i < recount->plan->followed_count; i++)
        digit_sums_settle(&recount->digits[i], DIGITS_PLAIN, &recount->sums[i]);
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
    recount->digits = memory_get_zero(plan->followed_count + 1, sizeof *recount->digits);
    recount->column_of = memory_get_zero(plan->followed_count + 1, sizeof *recount->column_of);
    recount->texts = memory_get_zero(plan->format.column_count + 1, sizeof *recount->texts);
    recount->cells = memory_get_zero(plan->format.column_count + CSV_FIXED_CELLS, sizeof *recount->cells);
    recount->arena = arena_create(4096);
    if (plan->options->by != BY_ROW && plan->options->layout == LAYOUT_WIDE) recount->count_column = plan->group_count;
    for (size_t i = 0; i < plan->followed_count; i++) {
        recount->column_of[i] = SIZE_MAX;
        size_t column = plan->options->by == BY_ROW ? 0 : plan->group_count;
        size_t count = plan->options->by == BY_ROW ? plan->sent_count : plan->metric_count;
        for (size_t k = 0; k < count; k++) {
            bool is_written = plan->options->by == BY_ROW || plan->metrics[k].is_written;
            size_t field = plan->options->by == BY_ROW ? plan->sent[k] : plan->metrics[k].field;
            if (!is_written) continue;
            bool is_summed = plan->options->by == BY_ROW || plan->metrics[k].kind != AGGREGATE_NONE;
            if (field == plan->followed[i] && is_summed) recount->column_of[i] = column;
            column++;
        }
    }
}

static void finish(struct recount *recount) {
    buffer_free(&recount->pending);
    free(recount->sums);
    free(recount->digits);
    free(recount->column_of);
    free(recount->texts);
    free(recount->cells);
    arena_destroy(recount->arena);
}

/* What all threads share. */
struct recounting {
    const struct plan *plan;
    const struct outdir *outdir;
    enum output_id outputs[OUTPUT_ROW_COUNT];
    size_t ends[OUTPUT_ROW_COUNT]; /* pieces of the first file; of both */
    size_t file_count;
    atomic_size_t next; /* piece to be taken */
};

struct recounter {
    struct recounting *shared;
    struct recount recounts[OUTPUT_ROW_COUNT]; /* by file */
    struct error error;
    bool is_fine, is_started;
    pthread_t thread;
};

static const char *name_of(const struct recounting *shared, size_t file) {
    return output_name(shared->outputs[file]);
}

static bool recount_piece(struct recounter *recounter, size_t file, struct outdir_reader *reader, size_t number) {
    struct recount *recount = &recounter->recounts[file];
    bool is_header = recount->is_csv && number == 0;
    if (!outdir_read_piece(reader, number, is_header ? NULL : take_piece, recount, &recounter->error)) return false;
    if (!recount->failed && recount->pending.length == 0) return true;
    return error_set(&recounter->error, EXIT_NOT_BALANCED, "%s, read back from disk, is not what was written",
                     name_of(recounter->shared, file));
}

static void *recount_pieces(void *argument) {
    struct recounter *recounter = argument;
    struct recounting *shared = recounter->shared;
    struct outdir_reader readers[OUTPUT_ROW_COUNT] = {{0}};
    recounter->is_fine = true;
    for (size_t i = 0; recounter->is_fine && i < shared->file_count; i++)
        recounter->is_fine = outdir_reader_open(shared->outdir, name_of(shared, i), &readers[i], &recounter->error);
    while (recounter->is_fine) {
        size_t number = atomic_fetch_add(&shared->next, 1);
        if (number >= shared->ends[shared->file_count - 1]) break;
        size_t file = number >= shared->ends[0];
        recounter->is_fine = recount_piece(recounter, file, &readers[file], number - (file > 0 ? shared->ends[0] : 0));
    }
    for (size_t i = 0; i < shared->file_count; i++)
        outdir_reader_close(&readers[i]);
    return NULL;
}

static void merge(struct recount *into, const struct recount *from) {
    into->rows += from->rows;
    for (size_t i = 0; i < into->plan->followed_count; i++)
        decimal_add(&into->sums[i], from->sums[i]);
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

/* Counts the pieces of all files. */
static bool plan_pieces(struct recounting *shared, struct error *error) {
    size_t count = 0;
    for (size_t i = 0; i < shared->file_count; i++) {
        struct outdir_reader reader;
        if (!outdir_reader_open(shared->outdir, name_of(shared, i), &reader, error)) return false;
        shared->ends[i] = count += outdir_piece_count(&reader);
        outdir_reader_close(&reader);
    }
    return true;
}

/* The first of the recounters works on this thread; the others where the system gives threads. */
static void run_all(struct recounter *recounters, size_t count) {
    for (size_t i = 1; i < count; i++)
        recounters[i].is_started = pthread_create(&recounters[i].thread, NULL, recount_pieces, &recounters[i]) == 0;
    recount_pieces(&recounters[0]);
    for (size_t i = 1; i < count; i++)
        if (recounters[i].is_started) pthread_join(recounters[i].thread, NULL);
}

bool recount_files(const struct plan *plan, struct outdir *outdir, struct ledger *ledger, struct error *error) {
    struct recounting shared = {.plan = plan, .outdir = outdir};
    for (size_t i = 0; i < OUTPUT_ROW_COUNT; i++)
        if (plan->options->to[i]) shared.outputs[shared.file_count++] = (enum output_id)i;
    if (shared.file_count == 0) return true;
    if (!plan_pieces(&shared, error)) return false;
    size_t pieces = shared.ends[shared.file_count - 1];
    size_t count = plan->options->workers < pieces ? plan->options->workers : pieces;
    count = count > 0 ? count : 1;
    struct recounter *recounters = memory_get_zero(count, sizeof *recounters);
    for (size_t i = 0; i < count; i++) {
        recounters[i].shared = &shared;
        for (size_t file = 0; file < shared.file_count; file++)
            start(&recounters[i].recounts[file], plan, shared.outputs[file] == OUTPUT_CSV);
    }
    run_all(recounters, count);
    bool is_fine = true;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && !recounters[i].is_started) continue;
        if (is_fine && !recounters[i].is_fine) {
            is_fine = false;
            error_free(error);
            *error = recounters[i].error;
        } else {
            error_free(&recounters[i].error);
        }
        for (size_t file = 0; i > 0 && file < shared.file_count; file++)
            merge(&recounters[0].recounts[file], &recounters[i].recounts[file]);
    }
    for (size_t file = 0; file < shared.file_count; file++)
        book(plan, &recounters[0].recounts[file], ledger);
    is_fine = is_fine &&
              (shared.file_count < 2 || compare(plan, &recounters[0].recounts[0], &recounters[0].recounts[1], error));
    for (size_t i = 0; i < count; i++)
        for (size_t file = 0; file < shared.file_count; file++)
            finish(&recounters[i].recounts[file]);
    free(recounters);
    return is_fine;
}
