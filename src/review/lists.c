/* lists.c: the hidden sheets: Lists with the choices of drop-downs, Origin with what `apply` needs to know. */
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "review/review_private.h"

/* A named range over the texts of a column of Lists: a list in a cell's validation holds 255 characters at most. */
static void name_range(struct review *review, const char *name, uint16_t column, size_t count) {
    char first[32], last[32];
    lxw_rowcol_to_cell_abs(first, 1, column, true, true);
    lxw_rowcol_to_cell_abs(last, (uint32_t)count, column, true, true);
    char *formula = memory_print("=Lists!%s:%s", first, last);
    sheet_check(&review->writer, workbook_define_name(review->writer.workbook, name, formula));
    free(formula);
}

/* Fields with known values, as columns of Lists behind the employees. */
static size_t longest_list(const struct result *result) {
    size_t longest = result->person_count;
    for (size_t i = 0; i < result->field_count; i++)
        if (result->fields[i].value_count > longest) longest = result->fields[i].value_count;
    return longest < SHEET_ROWS - 1 ? longest : SHEET_ROWS - 1;
}

static int compare_names(const void *left, const void *right) {
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

void review_lists(struct review *review) {
    const struct result *result = review->result;
    size_t longest = longest_list(result), names = 0;
    const char **people = memory_get_zero(result->person_count + 1, sizeof *people);
    for (size_t i = 0; i < result->person_count; i++)
        people[i] = result->people[i].title;
    qsort(people, result->person_count, sizeof *people, compare_names);
    for (size_t i = 0; i < result->person_count; i++)
        if (names == 0 || strcmp(people[names - 1], people[i]) != 0) people[names++] = people[i];
    sheet_text(&review->writer, review->lists, 0, 0, view_of("Employees"), review->writer.header);
    for (uint16_t i = 0, column = 1; i < result->field_count; i++)
        if (result->fields[i].value_count > 0)
            sheet_text(&review->writer, review->lists, 0, column++, view_of(result->fields[i].title),
                       review->writer.header);
    for (size_t row = 0; row < longest; row++) {
        if (row < names)
            sheet_text(&review->writer, review->lists, (uint32_t)row + 1, 0, view_of(people[row]), review->writer.text);
        for (uint16_t i = 0, column = 1; i < result->field_count; i++) {
            const struct result_field *field = &result->fields[i];
            if (field->value_count == 0) continue;
            if (row < field->value_count)
                sheet_text(&review->writer, review->lists, (uint32_t)row + 1, column, view_of(field->values[row]),
                           review->writer.text);
            column++;
        }
    }
    if (names > 0) name_range(review, "Employees", 0, names);
    for (uint16_t i = 0, column = 1; i < result->field_count; i++) {
        if (result->fields[i].value_count == 0) continue;
        char name[32];
        snprintf(name, sizeof name, "Values_%u", (unsigned)i + 1);
        name_range(review, name, column++, result->fields[i].value_count);
    }
    free(people);
    worksheet_hide(review->lists);
}

static void add_fact(struct review *review, uint32_t *row, const char *key, const char *value) {
    sheet_text(&review->writer, review->origin, *row, 0, view_of(key), review->writer.text);
    sheet_text(&review->writer, review->origin, *row, 1, view_of(value ? value : ""), review->writer.text);
    (*row)++;
}

static void add_number(struct review *review, uint32_t *row, const char *key, uint64_t number) {
    char text[32];
    snprintf(text, sizeof text, "%llu", (unsigned long long)number);
    add_fact(review, row, key, text);
}

void review_origin(struct review *review) {
    const struct result *result = review->result;
    uint32_t row = 0;
    uint64_t rows = 0;
    for (size_t i = 0; i < review->row_sheets; i++)
        rows += review->row_counts[i];
    add_fact(review, &row, "format", REVIEW_FORMAT);
    if (result->stopped) add_fact(review, &row, "stopped", result->stopped);
    add_fact(review, &row, "schema", result->schema_name);
    add_fact(review, &row, "schema file", result->schema_file);
    add_fact(review, &row, "schema sha256", result->schema_sha256);
    add_fact(review, &row, "by", result->by);
    add_fact(review, &row, "options", result->origin);
    add_number(review, &row, "rows", rows);
    add_number(review, &row, "rejected", review->rejected_count);
    add_number(review, &row, "row keys", review->row_keys);
    add_number(review, &row, "rejected keys", review->rejected_keys);
    for (size_t i = 0; i < result->file_count; i++) {
        add_fact(review, &row, "file", result->files[i].path);
        add_fact(review, &row, "file sha256", result->files[i].sha256);
    }
    for (size_t i = 0; i < result->field_count; i++) {
        add_fact(review, &row, "field", result->fields[i].title);
        add_fact(review, &row, "type", plecto_type_name(result->fields[i].type));
    }
    for (size_t i = 0; i < review->label_shown; i++)
        add_fact(review, &row, "rejected column", review->labels[i]);
    worksheet_hide(review->origin);
}
