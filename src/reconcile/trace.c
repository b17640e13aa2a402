/* trace.c: see trace.h. The registration and the rows set aside are in the folder; the source rows are read again from the
 * receipt's exports, which are known by their SHA-256. */
#include "reconcile/trace.h"

#include <stdlib.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "base/plain.h"
#include "base/words.h"
#include "output/formats.h"
#include "reconcile/grain.h"
#include "reconcile/read_side.h"
#include "reconcile/text_file.h"
#include "reconcile/trace_files.h"
#include "upload/journal.h"

#define ROWS_SHOWN 100

struct tracing {
    const struct trace_request *request;
    struct run_options *options;
    struct buffer *out;
    struct table *pool;
    struct side folder, source;
    struct zone *zone;
    size_t sends; /* that the journal knows of it */
    bool is_found;
};

static void add_line(struct buffer *out, const char *name, struct view value) {
    buffer_add_text(out, "  ");
    words_left(out, view_of(name), 28);
    buffer_add_char(out, ' ');
    plain_add(out, value);
    buffer_add_char(out, '\n');
}

static void add_day(struct buffer *out, const char *name, const struct side_row *row) {
    struct buffer text = {0};
    if (row->has_date) date_print(&text, day_of(row->local));
    add_line(out, name, buffer_view(&text));
    buffer_free(&text);
}

/* A cell as text, whatever its column is. */
static void add_cell(const struct tracing *tracing, const struct side *side, size_t number, uint32_t row) {
    const struct side_column *column = &side->columns[number];
    struct buffer text = {0};
    struct datetime when = {0};
    int64_t value = side_cell(column, row);
    if (value == NO_AMOUNT) return;
    switch (column->kind) {
    case COLUMN_TEXT: buffer_add(&text, side_text(column, tracing->pool, value)); break;
    case COLUMN_AMOUNT: decimal_print(&text, value, column->places); break;
    case COLUMN_MOMENT:
        datetime_from_seconds(value, &when);
        datetime_print(&text, &when, ' ');
        break;
    }
    bool is_hidden = column->is_private && !tracing->request->show_private;
    add_line(tracing->out, column->label, is_hidden ? view_of("***") : buffer_view(&text));
    buffer_free(&text);
}

static void add_person(const struct tracing *tracing, const struct side_row *row) {
    add_line(tracing->out, "employee", row->shown == NO_TEXT ? view_of("") : table_key(tracing->pool, row->shown));
}

/* --- in the folder ---------------------------------------------------------------------------------------------------- */

/* The row of the folder, or SIZE_MAX. */
static size_t find_registration(struct tracing *tracing) {
    int64_t id = id_find(tracing->pool, view_of(tracing->request->id));
    for (uint32_t i = 0; id != NO_ID && i < tracing->folder.row_count; i++) {
        const struct side_row row = side_row_at(&tracing->folder, i);
        if (row.id != id) continue;
        buffer_print(tracing->out, "Registration in %s\n", tracing->request->folder);
        add_line(tracing->out, "ID", view_of(tracing->request->id));
        add_person(tracing, &row);
        add_day(tracing->out, "day", &row);
        for (size_t c = 0; c < tracing->folder.column_count; c++)
            add_cell(tracing, &tracing->folder, c, i);
        tracing->is_found = true;
        return i;
    }
    bool is_rejected =
        tracing->folder.rejected && table_find(tracing->folder.rejected, view_of(tracing->request->id)) != SIZE_MAX;
    if (is_rejected) {
        buffer_print(tracing->out, "Set aside: %s/rejected.csv has the row and its reasons.\n",
                     tracing->request->folder);
        trace_rejected(tracing->request->folder, tracing->request->id, tracing->out);
        tracing->is_found = true;
    }
    return SIZE_MAX;
}

/* --- in the exports --------------------------------------------------------------------------------------------------- */

static void add_source_row(const struct tracing *tracing, uint32_t number) {
    const struct side_row row = side_row_at(&tracing->source, number);
    buffer_add_text(tracing->out, "\nFrom ");
    plain_add_text(tracing->out, tracing->source.files[row.file]);
    buffer_print(tracing->out, ", row %llu, line %llu\n", (unsigned long long)row.row, (unsigned long long)row.line);
    add_person(tracing, &row);
    add_day(tracing->out, tracing->options->zone ? "day in the company's zone" : "day", &row);
    for (size_t c = 0; c < tracing->source.column_count; c++)
        add_cell(tracing, &tracing->source, c, number);
}

static bool is_of_total(const struct tracing *tracing, const struct side_row *row, const struct side_row *total) {
    if (!row->has_date || !total->has_date) return false;
    if (grain_start(day_of(row->local), tracing->folder.by) != grain_start(day_of(total->local), tracing->folder.by))
        return false;
    uint32_t person = row->person != NO_TEXT ? row->person : row->person_id,
             whose = total->person != NO_TEXT ? total->person : total->person_id;
    return person == whose;
}

/* The groups of --per have to be the same, too. */
static bool has_groups(const struct tracing *tracing, uint32_t row, uint32_t total) {
    for (const char *name = tracing->folder.groups; name && *name; name += strlen(name) + 1) {
        size_t left = side_find_column(&tracing->source, view_of(name)),
               right = side_find_column(&tracing->folder, view_of(name));
        if (left == SIZE_MAX || right == SIZE_MAX) continue;
        if (!view_equal(side_cell_text(&tracing->source.columns[left], tracing->pool, row),
                        side_cell_text(&tracing->folder.columns[right], tracing->pool, total)))
            return false;
    }
    return true;
}

/* The rows that make a total, and their sums. */
static void add_parts(const struct tracing *tracing, size_t number) {
    const struct side *side = &tracing->source;
    const struct side_row total = side_row_at(&tracing->folder, number);
    wide_integer *sums = memory_get_zero(side->column_count + 1, sizeof *sums);
    size_t count = 0;
    buffer_add_text(tracing->out, "\nMade of these rows\n");
    for (uint32_t i = 0; i < side->row_count; i++) {
        const struct side_row row = side_row_at(side, i);
        if (!is_of_total(tracing, &row, &total) || !has_groups(tracing, i, (uint32_t)number)) continue;
        struct view id = id_text(tracing->pool, row.id);
        for (size_t c = 0; c < side->column_count; c++)
            if (side->columns[c].kind == COLUMN_AMOUNT && side_cell(&side->columns[c], i) != NO_AMOUNT)
                sums[c] += side_cell(&side->columns[c], i);
        if (count++ >= ROWS_SHOWN) continue;
        buffer_add_text(tracing->out, "  ");
        plain_add_text(tracing->out, side->files[row.file]);
        buffer_print(tracing->out, ", row %llu, ID ", (unsigned long long)row.row);
        plain_add(tracing->out, id);
        buffer_add_char(tracing->out, '\n');
    }
    buffer_add_text(tracing->out, "  ");
    words_plural(tracing->out, count, "row", "rows");
    buffer_add_text(tracing->out, ", together:\n");
    for (size_t c = 0; c < side->column_count; c++) {
        const struct side_column *column = &side->columns[c];
        struct buffer text = {0};
        if (column->kind == COLUMN_AMOUNT && column->is_metric && !column->is_average) {
            decimal_print_wide(&text, sums[c], column->places);
            add_line(tracing->out, column->title, buffer_view(&text));
        }
        buffer_free(&text);
    }
    free(sums);
}

/* The exports as the receipt names them, read as it says. */
static bool read_sources(struct tracing *tracing, bool *is_read, struct error *error) {
    struct run_options *options = tracing->options;
    char **paths = NULL;
    size_t count = 0;
    *is_read = false;
    if (!trace_find_inputs(tracing->request->folder, tracing->request->inputs, &paths, &count, tracing->out, error))
        return false;
    if (tracing->folder.zone_name && !zone_open(tracing->folder.zone_name, &tracing->zone, error)) return false;
    options->paths = paths;
    options->path_count = count;
    options->schema = tracing->folder.schema ? tracing->folder.schema : "auto";
    options->zone = tracing->zone;
    options->date_field = tracing->folder.date_title;
    options->date_order = side_date_order(&tracing->folder);
    options->allow_cut = true;
    bool is_fine = count == 0 || side_read_export(paths[0], options, tracing->pool, &tracing->source, error);
    *is_read = is_fine && count > 0;
    for (size_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
    options->paths = NULL;
    options->path_count = 0;
    return is_fine;
}

static bool trace_sources(struct tracing *tracing, size_t registration, struct error *error) {
    bool is_read, is_total = tracing->folder.by && strcmp(tracing->folder.by, "row") != 0;
    if (!read_sources(tracing, &is_read, error)) return false;
    if (!is_read) return true;
    if (is_total && registration != SIZE_MAX) {
        add_parts(tracing, registration);
        return true;
    }
    int64_t id = id_find(tracing->pool, view_of(tracing->request->id));
    for (uint32_t i = 0; id != NO_ID && i < tracing->source.row_count; i++) {
        if (side_id_at(&tracing->source, i) != id) continue;
        add_source_row(tracing, i);
        tracing->is_found = true;
    }
    return true;
}

/* --- in the journal --------------------------------------------------------------------------------------------------- */

static void add_entry(struct tracing *tracing, const struct journal_entry *entry, const struct journal_batch *batch) {
    buffer_add_text(tracing->out, "\nSent\n");
    if (entry->is_confirmed) {
        add_line(tracing->out, "confirmed by Plecto", view_of(batch->answered ? batch->answered : "yes"));
        if (batch->sent) add_line(tracing->out, "sent", view_of(batch->sent));
        if (batch->status > 0) buffer_print(tracing->out, "  answer                       HTTP %ld\n", batch->status);
        add_line(tracing->out, "as", entry->line);
    }
    if (entry->is_in_doubt)
        buffer_add_text(tracing->out, "  It was sent, and no answer is known. The next upload sends it again.\n");
    if (entry->is_refused)
        buffer_add_text(tracing->out, "  Plecto refused it. refused.csv beside the journal has its words.\n");
}

/* "2026-01-05T06:00:02Z  HTTP 201, confirmed". */
static void add_send(void *context, const struct journal_send *send) {
    struct tracing *tracing = context;
    buffer_add_text(tracing->out, "  ");
    words_left(tracing->out, send->sent, 28);
    buffer_add_char(tracing->out, ' ');
    if (send->status > 0)
        buffer_print(tracing->out, "HTTP %ld", send->status);
    else
        buffer_add_text(tracing->out, "no answer");
    buffer_print(tracing->out, ", %.*s", VIEW_ARGS(send->end));
    if (send->words.length > 0) {
        buffer_add_text(tracing->out, ": ");
        plain_add(tracing->out, send->words);
    }
    buffer_add_char(tracing->out, '\n');
    tracing->sends++;
}

static void add_sends_head(struct tracing *tracing) {
    buffer_add_text(tracing->out, "  ");
    words_left(tracing->out, view_of("All times it was sent"), 28);
    buffer_add_text(tracing->out, " what Plecto answered\n");
}

static bool trace_sends(struct tracing *tracing, struct journal *journal, int64_t source, bool is_known,
                        struct error *error) {
    size_t before = tracing->out->length;
    if (!is_known) buffer_add_text(tracing->out, "\nSent\n");
    add_sends_head(tracing);
    if (!journal_sends(journal, source, view_of(tracing->request->id), add_send, tracing, error)) return false;
    if (tracing->sends == 0) tracing->out->length = before;
    return true;
}

static bool trace_journal(struct tracing *tracing, struct error *error) {
    char *path = NULL;
    struct journal *journal = NULL;
    struct journal_source source = {0};
    struct journal_entry entry = {0};
    struct journal_batch batch = {0};
    size_t count = 0;
    bool is_fine = journal_find(tracing->request->journal, tracing->request->folder, &path, error);
    if (is_fine && !tracing->request->journal && !text_file_is_there(path)) {
        free(path);
        return true;
    }
    char *totals = trace_totals(&tracing->folder);
    is_fine = is_fine && journal_open(path, false, &journal, error) &&
              journal_source_of(journal, tracing->folder.schema, totals, &source, &count, error);
    if (is_fine && count > 0)
        is_fine = journal_lookup(journal, source.number, view_of(tracing->request->id), &entry, error) &&
                  (!entry.is_confirmed || journal_batch_find(journal, entry.batch, &batch, error));
    bool is_known = entry.is_confirmed || entry.is_in_doubt || entry.is_refused;
    if (is_fine && is_known) add_entry(tracing, &entry, &batch);
    is_fine = is_fine && (source.number == 0 || trace_sends(tracing, journal, source.number, is_known, error));
    is_known = is_known || tracing->sends > 0;
    if (is_fine && !is_known) buffer_add_text(tracing->out, "\nNot sent: the journal does not know this ID.\n");
    tracing->is_found = tracing->is_found || is_known;
    journal_batch_free(&batch);
    journal_source_free(&source);
    journal_close(journal);
    free(totals);
    free(path);
    return is_fine;
}

bool trace_run(const struct trace_request *request, struct run_options *options, struct buffer *out, bool *is_found,
               struct error *error) {
    struct tracing tracing = {.request = request, .options = options, .out = out, .pool = table_create()};
    bool is_fine = side_read_folder(request->folder, NULL, tracing.pool, &tracing.folder, error);
    if (is_fine) {
        size_t registration = find_registration(&tracing);
        is_fine = trace_sources(&tracing, registration, error) && trace_journal(&tracing, error);
    }
    *is_found = tracing.is_found;
    side_free(&tracing.folder);
    side_free(&tracing.source);
    zone_close(tracing.zone);
    table_destroy(tracing.pool);
    return is_fine;
}
