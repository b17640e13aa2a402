/* day_audit.c: see day_audit.h. */
#include "reconcile/day_audit.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"
#include "base/words.h"
#include "render/json_write.h"

/* One way to count days, against the side's own. */
struct audit_line {
    const char *name;
    size_t column; /* SIZE_MAX: the same date in UTC */
    uint64_t rows, moved, empty;
    wide_integer amounts[METRIC_LIMIT]; /* of the rows that move */
};

static void count_row(const struct comparison *comparison, const size_t *metrics, size_t metric_count, uint32_t row,
                      struct audit_line *line) {
    const struct side *side = &comparison->sides[0];
    const struct side_row at = side_row_at(side, row);
    int64_t value = line->column == SIZE_MAX ? at.instant : side_cell(&side->columns[line->column], row);
    bool is_empty = line->column == SIZE_MAX ? !at.has_instant : value == NO_AMOUNT;
    line->rows++;
    line->empty += is_empty;
    if (is_empty || day_of(value) == day_of(at.local)) return;
    line->moved++;
    for (size_t m = 0; m < metric_count; m++) {
        int64_t amount = side_cell(&side->columns[metrics[m]], row);
        if (amount != NO_AMOUNT) line->amounts[m] += amount;
    }
}

static void add_json_line(const struct comparison *comparison, const size_t *metrics, size_t metric_count,
                          const struct audit_line *line, struct buffer *out) {
    json_element(out);
    buffer_add_char(out, '{');
    json_text(out, "by", line->name);
    json_count(out, "rows", line->rows);
    json_count(out, "moved", line->moved);
    json_count(out, "empty", line->empty);
    json_key(out, "amounts");
    buffer_add_char(out, '{');
    for (size_t m = 0; m < metric_count; m++) {
        if (m > 0) buffer_add_char(out, ',');
        json_string(out, view_of(comparison->sides[0].columns[metrics[m]].title));
        buffer_add_text(out, ":\"");
        decimal_print_wide(out, line->amounts[m], comparison->sides[0].columns[metrics[m]].places);
        buffer_add_char(out, '"');
    }
    buffer_add_text(out, "}}");
}

static void add_text_line(const struct comparison *comparison, const size_t *metrics, size_t metric_count,
                          const struct audit_line *line, struct buffer *out) {
    struct buffer number = {0};
    buffer_add_text(out, "  ");
    words_left(out, view_of(line->name), 28);
    const uint64_t counts[] = {line->rows, line->moved, line->empty};
    for (size_t i = 0; i < 3; i++) {
        number.length = 0;
        words_count(&number, counts[i]);
        words_right(out, buffer_view(&number), 10);
    }
    for (size_t m = 0; m < metric_count; m++) {
        number.length = 0;
        decimal_print_human(&number, line->amounts[m], comparison->sides[0].columns[metrics[m]].is_money);
        buffer_add_text(out, "  ");
        words_right(out, buffer_view(&number), 18);
    }
    buffer_add_char(out, '\n');
    buffer_free(&number);
}

static void add_head(const struct comparison *comparison, const size_t *metrics, size_t metric_count,
                     struct buffer *out) {
    const struct side *side = &comparison->sides[0];
    buffer_add_text(out, "Rows and amounts that are on another day than by ");
    plain_add_text(out, side->date_title ? side->date_title : "their date");
    buffer_add_text(out, "\n  ");
    words_left(out, view_of("Counted by"), 28);
    buffer_add_text(out, "      rows     moved     empty");
    for (size_t m = 0; m < metric_count; m++) {
        buffer_add_text(out, "  ");
        words_right(out, view_of(side->columns[metrics[m]].title), 18);
    }
    buffer_add_char(out, '\n');
}

static bool check_column(const struct side *side, const char *column, struct error *error) {
    size_t place = column ? side_find_column(side, view_of(column)) : SIZE_MAX;
    if (!column || (place != SIZE_MAX && side->columns[place].kind == COLUMN_MOMENT)) return true;
    error_set(error, EXIT_WRONG_USE, "%s has no date column \"%s\"", side->name, column);
    return error_fix(error, "To list its columns:\nst2plecto inspect FILE");
}

bool day_audit(struct comparison *comparison, const char *column, bool as_json, struct buffer *out,
               struct error *error) {
    const struct side *side = &comparison->sides[0];
    if (!check_column(side, column, error)) return false;
    size_t *metrics = memory_get_zero(side->column_count + 1, sizeof *metrics), metric_count = 0;
    size_t only = column ? side_find_column(side, view_of(column)) : SIZE_MAX, most = as_json ? METRIC_LIMIT : 4;
    for (size_t i = 0; i < side->column_count && metric_count < most; i++)
        if (side->columns[i].kind == COLUMN_AMOUNT && side->columns[i].is_metric && side->columns[i].is_money)
            metrics[metric_count++] = i;
    if (as_json)
        buffer_add_text(out, "{\"format\":\"st2plecto-day-audit/1\",\"lines\":[");
    else
        add_head(comparison, metrics, metric_count, out);
    for (size_t i = 0; i <= side->column_count; i++) { /* the last is UTC */
        struct audit_line line = {.name = i == side->column_count ? "UTC" : side->columns[i].title,
                                  .column = i == side->column_count ? SIZE_MAX : i};
        bool is_default =
            i < side->column_count && side->date_title && strcmp(side->columns[i].title, side->date_title) == 0;
        if (is_default || (i < side->column_count && side->columns[i].kind != COLUMN_MOMENT)) continue;
        if (only != SIZE_MAX && i != only && i != side->column_count) continue;
        for (uint32_t row = 0; row < side->row_count; row++)
            if (side_row_at(side, row).has_date && row_in_scope(comparison, 0, row))
                count_row(comparison, metrics, metric_count, row, &line);
        if (as_json)
            add_json_line(comparison, metrics, metric_count, &line, out);
        else
            add_text_line(comparison, metrics, metric_count, &line, out);
    }
    if (as_json) buffer_add_text(out, "]}\n");
    free(metrics);
    return true;
}
