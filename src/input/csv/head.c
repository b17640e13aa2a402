/* head.c: the first rows of a CSV file and what they say about the rest.
 *
 * Each possible delimiter cuts the head into rows, in each header.c chooses a header, and the delimiter whose
 * header is surest and whose rows below agree best is taken. The rows come from the reader itself, so head and body
 * follow one quote rule. */
#include "input/csv/head.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/table.h"
#include "input/csv/cut.h"
#include "input/csv/group.h"
#include "input/csv/header.h"
#include "input/csv/input.h"
#include "input/csv/scan.h"

#define HEAD_PIECE (16u << 10) /* bytes in which the rows of many heads end */

/* The head cut with one delimiter; records and cells live in the reader. */
struct sample {
    char delimiter;
    struct csv_reader *reader;
    struct record records[CSV_HEAD_ROWS];
    size_t count;
    struct csv_header header;
};

/* The end of the head's last whole row, or of an earlier one after which no row is looked at. That the rest is not cut saves
 * 3.7 % of the instructions of a folder of files of 1,000 rows (callgrind, -j 1, SHA-256 and memcpy aside). */
static size_t find_end(struct view head, bool whole, char delimiter) {
    struct csv_cut cut = {.delimiter = delimiter};
    for (size_t length = HEAD_PIECE; length < head.length && cut.boundary_rows < CSV_HEAD_ROWS; length *= 2)
        csv_cut_scan(&cut, head.text, length, false);
    if (cut.boundary_rows < CSV_HEAD_ROWS) csv_cut_scan(&cut, head.text, head.length, whole);
    return cut.boundary;
}

static void sample_read(struct sample *sample, struct view head, bool whole, char delimiter,
                        const struct label_judge *judge) {
    struct input_facts facts = {.delimiter = delimiter, .group_column = SIZE_MAX};
    struct block block = {.first_row = 1, .first_line = 1, .first_column = 1};
    block.bytes.length = find_end(head, whole, delimiter);
    /* The reader never writes into a block; going through memory, the constness is dropped without a copy of the head. */
    memcpy(&block.bytes.text, &head.text, sizeof block.bytes.text);
    sample->delimiter = delimiter;
    sample->count = 0;
    sample->reader = csv_reader_create(&facts, CSV_IN_PLACE);
    csv_reader_start(sample->reader, &block);
    while (sample->count < CSV_HEAD_ROWS && csv_reader_next(sample->reader, &sample->records[sample->count]))
        sample->count++;
    sample->header = csv_header_choose(sample->records, sample->count, judge);
    for (size_t i = 0; sample->header.grade == HEADER_NONE && i < sample->count; i++) {
        size_t width = sample->records[i].cell_count;
        if (width > INPUT_COLUMN_LIMIT) /* no header, but columns: too many of them, which is what is said then */
            sample->header = (struct csv_header){.grade = HEADER_MOST_TEXT, .index = i, .width = width};
    }
}

static void sample_free(struct sample *sample) {
    if (!sample) return;
    csv_reader_destroy(sample->reader);
    free(sample);
}

/* Known labels first, then the share of agreeing rows, in tenths so that a few damaged rows do not decide; then the wider one. */
static bool is_better(const struct csv_header *left, const struct csv_header *right) {
    if (left->known != right->known) return left->known > right->known;
    if (left->grade != right->grade) return left->grade < right->grade;
    size_t left_share = left->below ? left->agreeing * 10 / left->below : 10;
    size_t right_share = right->below ? right->agreeing * 10 / right->below : 10;
    if (left_share != right_share) return left_share > right_share;
    return left->width > right->width;
}

static bool no_columns(const struct input_facts *facts, const struct sample *sample, struct error *error) {
    struct view seen = {0};
    if (sample->count == 0) {
        error_set(error, EXIT_CANNOT_READ,
                  "%s:1:1: no header row, because the row that begins here does not end within %u KiB", facts->path,
                  CSV_HEAD_BYTES >> 10);
        return error_fix(error,
                         "Check that this is CSV with line ends, and that the quotes of its first rows are closed.");
    }
    for (size_t i = 0; i < sample->count && seen.length == 0; i++)
        seen = view_trim(sample->records[i].raw);
    if (seen.length > 60) seen.length = 60;
    error_set(error, EXIT_CANNOT_READ,
              "%s: no header row: among the first %d rows none is divided into columns by comma, semicolon, tab or "
              "pipe (the file begins with \"%.*s\")",
              facts->path, CSV_HEAD_HEADER_ROWS, VIEW_ARGS(seen));
    return error_fix(error,
                     "Export the report as CSV with its header row. If another character divides the columns, or "
                     "there is only one column, add --delimiter.");
}

/* With a delimiter given a single column is taken at its word. */
static bool take_given(struct sample *sample) {
    if (sample->header.grade != HEADER_NONE) return true;
    for (size_t i = 0; i < sample->count; i++) {
        if (sample->records[i].kind == RECORD_BLANK) continue;
        sample->header =
            (struct csv_header){.grade = HEADER_MOST_TEXT, .index = i, .width = sample->records[i].cell_count};
        return true;
    }
    return false;
}

static bool choose_delimiter(struct view head, bool whole, const struct input_options *options,
                             const struct input_facts *facts, struct sample **chosen, struct error *error) {
    static const char candidates[] = {',', ';', '\t', '|'};
    struct sample *best = NULL;
    const char given = options->delimiter;
    const struct label_judge *judge = &options->judge;
    if (given) {
        best = memory_get(sizeof *best);
        sample_read(best, head, whole, given, judge);
        *chosen = best;
        return take_given(best) || no_columns(facts, best, error);
    }
    for (size_t i = 0; i < sizeof candidates; i++) {
        /* what divides nothing leaves rows of one cell, which are no header (header.c): no better than any other */
        if (best && !memchr(head.text, candidates[i], head.length)) continue;
        struct sample *sample = memory_get(sizeof *sample);
        sample_read(sample, head, whole, candidates[i], judge);
        if (best && !is_better(&sample->header, &best->header)) {
            sample_free(sample);
        } else {
            sample_free(best);
            best = sample;
        }
    }
    *chosen = best;
    return best->header.grade != HEADER_NONE || no_columns(facts, best, error);
}

/* The texts of a title line, one blank between its cells. */
static struct view title_text(const struct record *record, struct arena *arena) {
    struct buffer text = {0};
    for (size_t i = 0; i < record->cell_count; i++) {
        struct view cell = view_trim(record->cells[i].text);
        if (cell.length > 0 && text.length > 0) buffer_add_char(&text, ' ');
        buffer_add(&text, cell);
    }
    struct view copy = arena_copy(arena, buffer_view(&text));
    buffer_free(&text);
    return copy;
}

#define RECORD_CELLS 3   /* filled, of what looks like a record */
#define RECORD_NUMBERS 2 /* of them, that begin with a digit */

/* Cells of a row with something in them; `*numbers`: those that begin with a digit, perhaps behind a dollar sign. */
static size_t count_filled(const struct record *record, size_t *numbers) {
    size_t filled = 0;
    *numbers = 0;
    for (size_t i = 0; i < record->cell_count; i++) {
        struct view cell = view_trim(record->cells[i].text);
        filled += cell.length > 0;
        if (cell.length > 1 && cell.text[0] == '$') cell = view_from(cell.text + 1, cell.length - 1);
        *numbers += cell.length > 0 && cell.text[0] >= '0' && cell.text[0] <= '9';
    }
    return filled;
}

/* A row above the header that is as full as the header and has values such as a record's: the table was sorted with its header. */
static bool is_record_above(const struct record *record, const struct record *header) {
    size_t numbers, ignored, filled = count_filled(record, &numbers);
    return filled >= RECORD_CELLS && filled >= count_filled(header, &ignored) && numbers >= RECORD_NUMBERS &&
           numbers < filled;
}

static void take_titles(const struct sample *sample, struct arena *arena, struct input_facts *facts) {
    facts->titles = arena_get(arena, (sample->header.index + 1) * sizeof *facts->titles);
    facts->title_count = 0;
    for (size_t i = 0; i < sample->header.index; i++) {
        if (sample->records[i].kind == RECORD_BLANK) continue;
        facts->titles[facts->title_count++] = title_text(&sample->records[i], arena);
        if (!is_record_above(&sample->records[i], &sample->records[sample->header.index])) continue;
        if (facts->records_above++ == 0) facts->first_above = sample->records[i].row;
    }
}

static bool is_taken(const struct table *labels, struct view label) {
    return table_find(labels, label) != SIZE_MAX;
}

/* Of all columns with one label the number last given. */
struct label_numbers {
    struct table *labels;
    unsigned *last;
    size_t capacity;
};

/* "Label", "Label (2)", "Label (3)": the first that is free among `taken`. A header may repeat a label a hundred thousand
 * times, so the search goes on where it ended. */
static struct view free_label(struct label_numbers *numbers, const struct table *taken, struct view label,
                              struct arena *arena) {
    if (label.length == 0 || !is_taken(taken, label)) return label;
    bool is_new;
    size_t place = table_add(numbers->labels, label, &is_new);
    void *last = numbers->last;
    memory_grow(&last, &numbers->capacity, place + 1, sizeof *numbers->last);
    numbers->last = last;
    if (is_new) numbers->last[place] = 1;
    struct view free;
    do {
        free = arena_print(arena, "%.*s (%u)", VIEW_ARGS(label), ++numbers->last[place]);
    } while (is_taken(taken, free));
    return free;
}

static void take_columns(const struct record *header, size_t count, struct arena *arena, struct table *taken,
                         struct input_facts *facts) {
    struct label_numbers numbers = {.labels = table_create()};
    /* One more: a group column may be appended. */
    facts->columns = arena_get(arena, (count + 1) * sizeof *facts->columns);
    facts->duplicate_labels = arena_get(arena, (count + 1) * sizeof *facts->duplicate_labels);
    facts->duplicate_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct view label = arena_copy(arena, view_trim(header->cells[i].text));
        struct view unique = free_label(&numbers, taken, label, arena);
        if (!view_equal(label, unique)) facts->duplicate_labels[facts->duplicate_count++] = label;
        facts->columns[i] = (struct input_column){.label = unique, .name = unique};
        table_add(taken, unique, NULL);
    }
    facts->column_count = count;
    table_destroy(numbers.labels);
    free(numbers.last);
}

static bool all_empty_from(const struct record *record, size_t from) {
    for (size_t i = from; i < record->cell_count; i++) {
        if (view_trim(record->cells[i].text).length > 0) return false;
    }
    return true;
}

/* The first record that is not blank says whether the export is grouped. */
static void take_group(const struct sample *sample, struct arena *arena, const struct table *taken,
                       struct input_facts *facts) {
    size_t i = sample->header.index + 1;
    struct view label, value;
    facts->group_column = SIZE_MAX;
    while (i < sample->count && sample->records[i].kind == RECORD_BLANK)
        i++;
    if (i >= sample->count || facts->column_count < 2) return;
    const struct record *record = &sample->records[i];
    if (!csv_group_split(record->cells[0].text, &label, &value) || !all_empty_from(record, 1)) return;
    bool own_column = facts->columns[0].label.length == 0;
    label = arena_copy(arena, label);
    if (is_taken(taken, label)) {
        struct label_numbers numbers = {.labels = table_create()};
        label = free_label(&numbers, taken, arena_print(arena, "%.*s" CSV_GROUP_SUFFIX, VIEW_ARGS(label)), arena);
        table_destroy(numbers.labels);
        free(numbers.last);
    }
    facts->group_column = own_column ? 0 : facts->column_count++;
    facts->columns[facts->group_column] = (struct input_column){.label = label, .name = label, .from_group = true};
}

/* How many empty cells every row has beyond the columns; 0 where rows differ. */
static size_t count_trailing(const struct sample *sample, size_t columns) {
    size_t trailing = SIZE_MAX;
    for (size_t i = sample->header.index + 1; i < sample->count; i++) {
        const struct record *record = &sample->records[i];
        if (record->kind == RECORD_BLANK || record->cell_count == 1) continue;
        if (record->cell_count <= columns || !all_empty_from(record, columns)) return 0;
        if (trailing != SIZE_MAX && trailing != record->cell_count - columns) return 0;
        trailing = record->cell_count - columns;
    }
    return trailing == SIZE_MAX ? 0 : trailing;
}

static bool check_delimiter(const struct input_facts *facts, char delimiter, struct error *error) {
    if (delimiter != '"' && delimiter != '\n' && delimiter != '\r') return true;
    error_set(error, EXIT_WRONG_USE, "%s: a quote or a line end cannot divide columns", facts->path);
    return error_fix(error, "Use --delimiter with comma, semicolon, tab, pipe or another character.");
}

static bool check_text(const struct input_facts *facts, struct view head, struct error *error) {
    const char *zero = head.length > 0 ? memchr(head.text, 0, head.length) : NULL;
    if (!zero) return true;
    if (view_starts_with(head, "\xD0\xCF\x11\xE0")) {
        error_set(error, EXIT_CANNOT_READ, "%s: is an old Excel file (.xls) or a workbook with a password",
                  facts->path);
        return error_fix(error, "Open it in a spreadsheet and save it as .xlsx without a password, or as CSV UTF-8.");
    }
    bool workbook = view_starts_with(head, "PK\003\004");
    error_set(error, EXIT_CANNOT_READ, "%s: is not text: byte %zu is zero%s", facts->path, (size_t)(zero - head.text),
              workbook ? " (it looks like an Excel workbook or another zip file)" : "");
    if (workbook) return error_fix(error, "Export it as CSV, or open it in a spreadsheet and save it as CSV UTF-8.");
    return error_fix(error, "If it is UTF-16 without a byte order mark, add --encoding utf-16le (or utf-16be).");
}

/* A label that does not end would take the rows below into it. */
static bool check_header(const struct input_facts *facts, const struct sample *sample, struct error *error) {
    const struct record *header = &sample->records[sample->header.index];
    size_t quotes = 0;
    for (size_t i = 0; i < header->raw.length; i++)
        quotes += header->raw.text[i] == '"';
    bool is_last = sample->header.index + 1 == sample->count; /* an open one reaches to the end */
    if (header->damage != DAMAGE_UNCLOSED_QUOTE || !is_last || quotes % 2 == 0) return true;
    error_set(error, EXIT_CANNOT_READ, "%s:%" PRIu64 ":%" PRIu64 ": a quote opens in the header row and does not close",
              facts->path, header->damage_line, header->damage_column);
    return error_fix(error, "Close the quote, or export again.");
}

bool csv_head_read(struct view head, bool whole, const struct input_options *options, struct arena *arena,
                   struct input_facts *facts, struct csv_head *result, struct error *error) {
    struct sample *sample = NULL;
    if (!check_delimiter(facts, options->delimiter, error) || !check_text(facts, head, error))
        return false;
    bool good = choose_delimiter(head, whole, options, facts, &sample, error);
    good = good && check_header(facts, sample, error);
    if (good) {
        const struct record *header = &sample->records[sample->header.index];
        size_t end = (size_t)(header->raw.text - head.text) + header->raw.length;
        size_t line_end = csv_line_end(head.text, head.length, end);
        facts->shape = SHAPE_CSV;
        facts->delimiter = sample->delimiter;
        facts->newline = line_end == 2 ? "CRLF" : line_end == 1 && head.text[end] == '\r' ? "CR" : "LF";
        facts->header_row = header->row;
        facts->header_line = facts->workbook ? header->row : header->line;
        /* a sheet is as wide as its header, whatever stands there */
        size_t columns = facts->workbook ? header->cell_count : sample->header.width;
        facts->trailing_cells = count_trailing(sample, columns);
        facts->header = arena_copy(arena, header->raw);
        facts->has_header_quotes = header->is_doubtful;
        take_titles(sample, arena, facts);
        struct table *taken = table_create();
        take_columns(header, columns, arena, taken, facts);
        take_group(sample, arena, taken, facts);
        table_destroy(taken);
        *result = (struct csv_head){end + line_end, header->row + 1, header->last_line + 1};
    }
    sample_free(sample);
    return good;
}
