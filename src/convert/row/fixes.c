/* fixes.c: decisions of people (--fixes) come into the row before anything is read of it, so that every check behind
 * them is the usual one; and what `apply` asks about a row is noted when the row is done. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/row/row_private.h"
#include "fixes/row_key.h"

/* Cells of the record that have a label: the columns of a table, the bound cells of a JSON record. */
static size_t labelled_cells(const struct open_file *file, const struct row *row) {
    size_t count = file_cell_count(file);
    return count < row->record.cell_count ? count : row->record.cell_count;
}

static struct view label_of(const struct plan *plan, const struct open_file *file, size_t cell) {
    return view_of(plan->rejected_columns[plan->rejected_place[file->number][cell]]);
}

static uint64_t key_of(const struct converter *converter) {
    uint64_t key = 0;
    size_t count = labelled_cells(&converter->file, &converter->row);
    for (size_t i = 0; i < count; i++)
        key += row_key_cell(label_of(converter->plan, &converter->file, i), converter->row.record.cells[i].text);
    return key;
}

static struct view key_text(struct converter *converter) {
    struct buffer text = {0};
    row_key_print(&text, key_of(converter));
    struct view copy = arena_copy(converter->arena, buffer_view(&text));
    buffer_free(&text);
    return copy;
}

/* The ID as the export gives it, without telling what is wrong with it. */
static void find_id_silently(struct converter *converter) {
    uint64_t by_alias = converter->outcome->counts.of[COUNT_ALIASES]; /* counted when the row is read, not twice */
    if (converter->file.binding->computed_count > 0) row_fill_computed(converter);
    row_find_person(converter);
    row_find_id(converter);
    converter->row.problem_count = 0;
    converter->row.has_error = false;
    converter->outcome->counts.of[COUNT_ALIASES] = by_alias;
}

/* What the change makes of the columns that the ledger follows. */
static void note_difference(const struct plan *plan, const struct open_file *file, struct outcome *outcome, size_t cell,
                            struct view old, struct view new) {
    for (size_t i = 0; i < plan->followed_count; i++) {
        const struct decimal_style *style = &plan->forms[plan->followed[i]].style;
        int64_t before = 0, after = 0;
        if (!ref_is_cell(file->binding->cell_of_field[plan->followed[i]], cell)) continue;
        if (!decimal_is_exact(decimal_parse(old, style, &before))) before = 0;
        if (!decimal_is_exact(decimal_parse(new, style, &after))) after = 0;
        decimal_add(&outcome->counts.sums[COUNT_SUM_FIXED][i], (wide_integer)after - before);
    }
}

static bool is_same_text(struct view cell, const char *text) {
    return view_equal(view_trim(cell), view_of(text));
}

static void mend_cell(struct converter *converter, const struct fix *fix) {
    size_t count = labelled_cells(&converter->file, &converter->row), cell = 0;
    while (cell < count && !view_is(label_of(converter->plan, &converter->file, cell), fix->field))
        cell++;
    if (cell == count) {
        row_problem(converter, E602_STALE_FIX, SIZE_MAX,
                    "the fix in line %llu of %s is for the column %s, which the export does not have",
                    (unsigned long long)fix->line, fix->file, fix->field);
        return;
    }
    struct cell *to = &converter->row.record.cells[cell];
    if (is_same_text(to->text, fix->old)) {
        note_difference(converter->plan, &converter->file, converter->outcome, cell, to->text, view_of(fix->new));
        *to = (struct cell){view_of(fix->new), CELL_TEXT, false};
        converter->row.record.is_shortest = false; /* raw says something else now */
        converter->outcome->counts.of[COUNT_FIXED_CELLS]++;
        converter->row.is_fixed = true;
    } else if (is_same_text(to->text, fix->new)) {
        converter->outcome->counts.of[COUNT_FIXED_ALREADY]++;
    } else {
        row_problem(converter, E602_STALE_FIX, SIZE_MAX,
                    "the fix in line %llu of %s changes %s from \"%.40s\" to \"%.40s\", but the export now has \"%.*s\"",
                    (unsigned long long)fix->line, fix->file, fix->field, fix->old, fix->new,
                    to->text.length < 40 ? (int)to->text.length : 40, to->text.text ? to->text.text : "");
    }
}

static void apply_list(struct converter *converter, size_t number, bool only_whole) {
    const struct plan *plan = converter->plan;
    const struct fixes *fixes = plan->options->fixes;
    for (; number != SIZE_MAX; number = fixes_at(fixes, number)->next) {
        const struct fix *fix = fixes_at(fixes, number);
        if (strcmp(fix->schema, plan->schema->name) != 0) continue;
        atomic_store_explicit(&plan->fixes_seen[number], true, memory_order_relaxed);
        if (fix->leaves_out)
            converter->row.is_left_out = true;
        else if (!only_whole)
            mend_cell(converter, fix);
        else
            row_problem(converter, E602_STALE_FIX, SIZE_MAX,
                        "the fix in line %llu of %s is for a row with too few cells, too many, or an open quote",
                        (unsigned long long)fix->line, fix->file);
    }
}

void row_apply_fixes(struct converter *converter) {
    const struct fixes *fixes = converter->plan->options->fixes;
    bool is_whole = converter->row.record.damage == DAMAGE_NONE;
    struct view key = fixes_have_keys(fixes) ? key_text(converter) : view_of("");
    find_id_silently(converter);
    struct view id = converter->row.external_id;
    if (id.length > 0) apply_list(converter, fixes_find(fixes, id), !is_whole);
    if (key.length > 0) apply_list(converter, fixes_find(fixes, key), !is_whole);
    converter->outcome->counts.of[COUNT_FIXED_ROWS] += converter->row.is_fixed;
}

/* --- what apply asks ------------------------------------------------------------------------------------ */

static char *field_label(const struct converter *converter, size_t field) {
    struct cell_ref cell = converter->file.binding->cell_of_field[field];
    bool is_labelled = cell.kind == REF_CELL && cell.index < labelled_cells(&converter->file, &converter->row);
    return is_labelled ? memory_copy(label_of(converter->plan, &converter->file, cell.index)) : NULL;
}

/* Title of the field that a cell alone fills. */
static char *field_title(const struct plan *plan, const struct open_file *file, size_t cell) {
    for (size_t i = 0; i < plan->sent_count; i++)
        if (ref_is_cell(file->binding->cell_of_field[plan->sent[i]], cell))
            return memory_copy(view_of(plan_title(plan, plan->sent[i])));
    return NULL;
}

static struct found_cell describe_cell(const struct converter *converter, size_t cell) {
    struct found_cell described = {.label = memory_copy(label_of(converter->plan, &converter->file, cell)),
                                   .text = memory_copy(view_trim(converter->row.record.cells[cell].text)),
                                   .title = field_title(converter->plan, &converter->file, cell),
                                   .style = decimal_style_default,
                                   .field = SIZE_MAX};
    const struct schema *schema = converter->plan->schema;
    for (size_t i = 0; i < schema->field_count; i++) {
        if (!ref_is_cell(converter->file.binding->cell_of_field[i], cell)) continue;
        described.type = schema->fields[i].type;
        described.field = i;
        described.style = converter->plan->forms[i].style;
        described.is_percent = schema->fields[i].is_percent;
        described.is_excel_date = schema->fields[i].is_excel_date || converter->plan->forms[i].is_excel_date;
        break;
    }
    return described;
}

static struct found_row describe(const struct converter *converter, struct view registration) {
    const struct binding *binding = converter->file.binding;
    struct found_row row = {.file = (uint32_t)converter->file.number,
                            .row = converter->row.record.row,
                            .item = converter->row.record.item,
                            .cell_count = labelled_cells(&converter->file, &converter->row),
                            .is_divided = converter->division.count > 0,
                            .is_damaged = converter->row.record.damage != DAMAGE_NONE};
    row.cells = memory_get_zero(row.cell_count + 1, sizeof *row.cells);
    for (size_t i = 0; i < row.cell_count; i++)
        row.cells[i] = describe_cell(converter, i);
    if (registration.length > 0) row.registration = memory_copy(registration);
    if (binding->person_count > 0 && converter->row.person_kind != PERSON_JOINED)
        row.employee_label =
            field_label(converter, ref_is_there(binding->people[0].name_cell) ? binding->people[0].name_field
                                                                              : binding->people[0].id_field);
    if (binding->date_count > 0) row.date_label = field_label(converter, binding->dates[0]);
    return row;
}

void row_note_found(struct converter *converter, size_t csv_before) {
    struct row_lookup *lookup = converter->plan->options->lookup;
    const struct buffer *csv = &converter->outcome->texts[OUTPUT_CSV];
    struct view line = view_of("");
    if (csv->length > csv_before) line = view_from(csv->text + csv_before, csv->length - csv_before);
    size_t number =
        converter->row.external_id.length > 0 ? row_lookup_find(lookup, converter->row.external_id) : SIZE_MAX;
    if (number != SIZE_MAX) row_lookup_store(lookup, number, describe(converter, line));
    for (size_t i = 0; i < converter->division.count; i++) {
        number = row_lookup_find(lookup, converter->division.shares[i].external_id);
        if (number != SIZE_MAX) row_lookup_store(lookup, number, describe(converter, view_of("")));
    }
    if (!row_lookup_has_keys(lookup)) return;
    number = row_lookup_find(lookup, key_text(converter));
    if (number != SIZE_MAX) row_lookup_store(lookup, number, describe(converter, line));
}
