/* plan.c: from options, schema and bindings to arrays that the rows are run through. */
#include "convert/plan.h"

#include <stdlib.h>

#include "base/memory.h"
#include "convert/plan_columns.h"
#include "schema/label_words.h"

int row_place_compare(const void *left, const void *right) {
    const struct row_place *a = left, *b = right;
    if (a->file != b->file) return a->file < b->file ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* --- fields by name -------------------------------------------------------------------------- */

/* The field of that name, or an error with the nearest one. */
static bool find_field(const struct schema *schema, const char *name, const char *option, size_t *field,
                       struct error *error) {
    *field = schema_find_field(schema, view_of(name));
    if (*field != SIZE_MAX) return true;
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < schema->field_count; i++) {
        size_t distance = view_distance(view_of(name), view_of(schema->fields[i].name));
        if (distance < least) {
            least = distance;
            nearest = schema->fields[i].name;
        }
    }
    error_set(error, EXIT_WRONG_USE, "%s %s: schema %s has no such field", option, name, schema->name);
    return error_fix(error, "Did you mean \"%s\"? To list all fields:\nst2plecto schema show %s", nearest ? nearest : "",
                     schema->name);
}

/* Whether a column of the files that no field takes has this label; `is_same` says what brackets count. */
static bool is_unknown_column(const struct plan *plan, const char *name, bool (*is_same)(struct view, struct view)) {
    for (size_t file = 0; file < plan->file_count; file++)
        for (size_t i = 0; i < plan->bindings[file]->unknown_count; i++)
            if (is_same(plan->bindings[file]->unknown_columns[i], view_of(name))) return true;
    return false;
}

/* "Total (Payments)" drops that column, not Total (Invoices), which has the field's name but for the brackets. */
static bool is_dropped(const struct plan *plan, size_t field) {
    for (size_t i = 0; i < plan->options->drop_count; i++) {
        const char *name = plan->options->drops[i];
        size_t exact = schema_find_exactly(plan->schema, view_of(name));
        bool is_other = exact == SIZE_MAX && is_unknown_column(plan, name, label_equal_whole);
        if (exact == field || (!is_other && schema_find_field(plan->schema, view_of(name)) == field)) return true;
    }
    return false;
}

static bool is_bound(const struct plan *plan, size_t field) {
    for (size_t file = 0; file < plan->file_count; file++)
        if (ref_is_there(plan->bindings[file]->cell_of_field[field])) return true;
    return false;
}

bool plan_has_chosen(const struct plan *plan, size_t number) {
    size_t field = schema_find_field(plan->schema, view_of(plan->options->fields[number].name));
    return field != SIZE_MAX && is_bound(plan, field);
}

/* Whether the field already is the registration's ID, employee or date, and so needs no field of its own. */
static bool is_role(const struct plan *plan, size_t field) {
    const struct binding *binding = plan->bindings[0];
    for (size_t i = 0; i < binding->person_count; i++)
        if (binding->people[i].id_field == field || binding->people[i].name_field == field) return true;
    if (binding->date_count > 0 && binding->dates[0] == field) return true;
    for (size_t i = 0; i < binding->id_count; i++)
        if (binding->ids[i] == field) return true;
    if (binding->id_part_count != 1) return false;
    struct cell_ref only = binding->id_parts[0].source;
    return only.kind == REF_FIELD && only.index == field;
}

static bool no_column(const struct plan *plan, const char *option, const char *name, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "%s %s: the file has no such column", option, name);
    error_fix(error, "To list the file's columns:\nst2plecto inspect {file}");
    return error_fix_file(error, plan->options->path_count > 0 ? plan->options->paths[0] : "FILE");
}

static bool check_names(const struct plan *plan, struct error *error) {
    size_t field;
    for (size_t i = 0; i < plan->options->field_count; i++) {
        if (!find_field(plan->schema, plan->options->fields[i].name, "--field", &field, error)) return false;
        if (!is_bound(plan, field) && !plan->options->fields[i].is_standing)
            return no_column(plan, "--field", plan->options->fields[i].name, error);
    }
    for (size_t i = 0; i < plan->options->drop_count; i++)
        if (!is_unknown_column(plan, plan->options->drops[i], label_equal) &&
            !find_field(plan->schema, plan->options->drops[i], "--drop", &field, error))
            return false;
    return true;
}

/* --- what is sent, followed, added up ---------------------------------------------------------- */

static void choose_sent(struct plan *plan) {
    plan->sent = memory_get_zero(plan->field_count + 1, sizeof *plan->sent);
    for (size_t i = 0; i < plan->field_count; i++) {
        if (!is_bound(plan, i) || is_dropped(plan, i)) continue;
        bool is_chosen = plan_chosen(plan, i) != NULL;
        if (is_chosen || (!plan->schema->fields[i].is_private && !is_role(plan, i))) plan->sent[plan->sent_count++] = i;
    }
}

static void choose_followed(struct plan *plan) {
    plan->followed = memory_get_zero(plan->field_count + 1, sizeof *plan->followed);
    plan->follow_place = memory_get_zero(plan->field_count + 1, sizeof *plan->follow_place);
    plan->followed_titles = memory_get_zero(plan->field_count + 1, sizeof *plan->followed_titles);
    plan->money_field = SIZE_MAX;
    for (size_t i = 0; i < plan->field_count; i++) {
        const struct field *field = &plan->schema->fields[i];
        plan->follow_place[i] = SIZE_MAX;
        if (field->type != FIELD_NUMBER || field->aggregate != AGGREGATE_SUM || !is_bound(plan, i)) continue;
        if (field->is_money && plan->money_field == SIZE_MAX) plan->money_field = i;
        plan->follow_place[i] = plan->followed_count;
        plan->followed_titles[plan->followed_count] = memory_copy(view_of(plan_title(plan, i)));
        plan->followed[plan->followed_count++] = i;
        plan->has_ranges = plan->schema->has_footer && plan->schema->sha256[0] != '\0';
    }
}

static size_t add_metric(struct plan *plan, size_t field, enum field_aggregate kind, bool is_written) {
    if (field != SIZE_MAX && plan->metric_place[field] != SIZE_MAX) {
        struct metric *known = &plan->metrics[plan->metric_place[field]];
        known->is_written = known->is_written || is_written;
        return plan->metric_place[field];
    }
    bool counts_true =
        field != SIZE_MAX && kind == AGGREGATE_COUNT && plan->schema->fields[field].type == FIELD_BOOLEAN;
    plan->metrics[plan->metric_count] =
        (struct metric){.field = field,
                        .kind = kind,
                        .is_written = is_written,
                        .counts_true = counts_true,
                        .title = memory_copy(view_of(field == SIZE_MAX ? "Count" : plan_title(plan, field)))};
    if (field != SIZE_MAX) plan->metric_place[field] = plan->metric_count;
    return plan->metric_count++;
}

/* How many values are behind an average: without it averages of totals could not be averaged again. */
static void add_average_count(struct plan *plan, size_t field) {
    plan->metrics[plan->metric_count++] = (struct metric){.field = field,
                                                          .kind = AGGREGATE_COUNT,
                                                          .is_written = true,
                                                          .title = memory_print("%s (count)", plan_title(plan, field))};
}

static void add_ratio(struct plan *plan, size_t index, struct findings *findings) {
    const struct field *field = &plan->schema->fields[index];
    size_t numerator = schema_find_field(plan->schema, view_of(field->numerator));
    size_t denominator = schema_find_field(plan->schema, view_of(field->denominator));
    if (numerator == SIZE_MAX || denominator == SIZE_MAX || !is_bound(plan, numerator) ||
        !is_bound(plan, denominator)) {
        char *text = memory_print(
            "%s is not in the totals. The ratio is computed from %s and %s, and the file does not have both.",
            field->title, field->numerator, field->denominator);
        issues_add(
            findings->issues,
            &(struct issue){.code = W821_RATIO_LEFT_OUT, .field = view_of(field->title), .detail = view_of(text)});
        free(text);
        return;
    }
    size_t over = add_metric(plan, numerator, AGGREGATE_SUM, false);
    size_t under = add_metric(plan, denominator, AGGREGATE_SUM, false);
    size_t place = add_metric(plan, index, AGGREGATE_RATIO, true);
    plan->metrics[place].numerator = over;
    plan->metrics[place].denominator = under;
}

/* The same, for ratios that the schema cannot rebuild: they are never summed or averaged. */
static void tell_left_out(const struct plan *plan, size_t index, struct findings *findings) {
    const struct field *field = &plan->schema->fields[index];
    if (!field->is_percent) return;
    char *text =
        memory_print("%s is not in the totals. A percentage cannot be added up, and the schema does not name its "
                     "parts.",
                     field->title);
    issues_add(findings->issues,
               &(struct issue){.code = W821_RATIO_LEFT_OUT, .field = view_of(field->title), .detail = view_of(text)});
    free(text);
}

static void choose_metrics(struct plan *plan, struct findings *findings) {
    plan->metrics = memory_get_zero(plan->field_count * 3 + 1, sizeof *plan->metrics);
    plan->metric_place = memory_get_zero(plan->field_count + 1, sizeof *plan->metric_place);
    for (size_t i = 0; i <= plan->field_count; i++)
        plan->metric_place[i] = SIZE_MAX;
    if (plan->options->by == BY_ROW) return;
    struct buffer left_out = {0};
    add_metric(plan, SIZE_MAX, AGGREGATE_COUNT, true);
    for (size_t i = 0; i < plan->sent_count; i++) {
        size_t field = plan->sent[i];
        enum field_aggregate kind = plan->schema->fields[field].aggregate;
        if (kind == AGGREGATE_RATIO)
            add_ratio(plan, field, findings);
        else if (kind == AGGREGATE_NONE) {
            const struct field *entry = &plan->schema->fields[field];
            tell_left_out(plan, field, findings);
            if (entry->type == FIELD_NUMBER && !entry->is_percent)
                buffer_print(&left_out, "%s%s", left_out.length ? ", " : "", entry->title);
        } else if (kind != AGGREGATE_GROUP) {
            add_metric(plan, field, kind, true);
            if (kind == AGGREGATE_AVERAGE) add_average_count(plan, field);
        }
    }
    for (size_t i = 1; i < plan->metric_count; i++)
        if (plan->metrics[i - 1].kind == AGGREGATE_AVERAGE && plan->metrics[i].kind == AGGREGATE_COUNT)
            findings_note(findings, "%s is the number of values behind the average %s. Averages cannot be averaged again without it.",
                          plan->metrics[i].title, plan->metrics[i - 1].title);
    if (left_out.length > 0)
        findings_note(findings, "Not in the totals, because the schema does not say how to add them up: %.*s",
                      VIEW_ARGS(buffer_view(&left_out)));
    buffer_free(&left_out);
}

static bool choose_groups(struct plan *plan, struct error *error) {
    plan->groups = memory_get_zero(plan->options->group_count + 1, sizeof *plan->groups);
    for (size_t i = 0; i < plan->options->group_count; i++) {
        size_t field;
        if (!find_field(plan->schema, plan->options->group_fields[i], "--per", &field, error)) return false;
        if (!is_bound(plan, field)) return no_column(plan, "--per", plan->options->group_fields[i], error);
        plan->groups[plan->group_count++] = field;
    }
    return true;
}

/* What computed fields are made of is read too, so that a bad part has its issue. */
static void mark_parts(struct plan *plan) {
    for (size_t i = plan->field_count; i-- > 0;) { /* parts stand above, so one way down is enough */
        const struct field *field = &plan->schema->fields[i];
        bool is_computed = field->derive != DERIVE_NONE && field->derive != DERIVE_COUNT;
        for (size_t part = 0; is_computed && plan->is_typed[i] && part < field->part_count; part++) {
            size_t source = schema_find_field(plan->schema, view_of(field->parts[part]));
            if (source != SIZE_MAX && is_bound(plan, source)) plan->is_typed[source] = true;
        }
    }
}

/* Dates in IDs are read as dates: what their column proves about their form counts for the ID too. */
static void mark_id_dates(struct plan *plan, const struct binding *binding) {
    for (size_t i = 0; i < binding->id_part_count; i++) {
        struct cell_ref source = binding->id_parts[i].source;
        if (source.kind != REF_FIELD || !is_bound(plan, source.index)) continue;
        enum field_type type = plan->schema->fields[source.index].type;
        if (type == FIELD_DATE || type == FIELD_DATETIME) plan->is_typed[source.index] = true;
    }
}

static void mark_typed(struct plan *plan) {
    plan->is_typed = memory_get_zero(plan->field_count + 1, sizeof *plan->is_typed);
    if (plan->options->by == BY_ROW)
        for (size_t i = 0; i < plan->sent_count; i++)
            plan->is_typed[plan->sent[i]] = true;
    for (size_t i = 0; i < plan->followed_count; i++)
        plan->is_typed[plan->followed[i]] = true;
    for (size_t i = 0; i < plan->metric_count; i++)
        if (plan->metrics[i].field != SIZE_MAX && plan->metrics[i].kind != AGGREGATE_RATIO)
            plan->is_typed[plan->metrics[i].field] = true;
    for (size_t file = 0; file < plan->file_count; file++) {
        const struct binding *binding = plan->bindings[file];
        for (size_t i = 0; i < binding->date_count; i++)
            plan->is_typed[binding->dates[i]] = true;
        if (binding->active_field != SIZE_MAX) plan->is_typed[binding->active_field] = true;
        mark_id_dates(plan, binding);
    }
    for (size_t i = 0; i < plan->field_count; i++)
        if (plan->schema->fields[i].is_required && is_bound(plan, i)) plan->is_typed[i] = true;
    mark_parts(plan);
    plan->typed = memory_get_zero(plan->field_count + 1, sizeof *plan->typed);
    for (size_t i = 0; i < plan->field_count; i++)
        if (plan->is_typed[i]) plan->typed[plan->typed_count++] = i;
}

/* --- the rest, and all of it --- */

/* The columns that are not sent are looked at: they may hold money. */
static void choose_unsent(struct plan *plan, struct input **inputs) {
    plan->unsent = memory_get_zero(plan->file_count + 1, sizeof *plan->unsent);
    for (size_t i = 0; i < plan->file_count; i++) {
        unsent_find(input_facts(inputs[i]), plan->bindings[i], plan->options->drops, plan->options->drop_count,
                    &plan->unsent[i]);
        if (plan->unsent[i].count > plan->unsent_most) plan->unsent_most = plan->unsent[i].count;
    }
}

static void choose_default_employee(struct plan *plan) {
    plan->default_employee = plan->options->default_employee;
    if (!plan->default_employee && plan->bindings[0]->person_count == 0)
        plan->default_employee = plan->schema->default_employee;
    if (!plan->default_employee && plan->options->by != BY_ROW && !plan->options->per_employee)
        plan->default_employee = plan->schema->provider;
}

const char *plan_metric_kind(const struct plan *plan, const struct metric *metric) {
    if (metric->field == SIZE_MAX || metric->kind == AGGREGATE_COUNT) return "count";
    const struct field *field = &plan->schema->fields[metric->field];
    if (field->type == FIELD_DURATION) return "duration";
    if (field->is_percent) return "percent";
    if (field->is_money) return "money";
    if (label_is_hours(view_of(field->name))) return "hours";
    return metric->kind == AGGREGATE_SUM && label_is_count(view_of(field->name)) ? "count" : "number";
}

bool plan_make(const struct run_options *options, const struct schema *schema, struct input **inputs,
               struct binding **bindings, size_t file_count, struct plan *plan, struct findings *findings,
               struct error *error) {
    *plan = (struct plan){.options = options,
                          .schema = schema,
                          .bindings = bindings,
                          .file_count = file_count,
                          .files_have_states = file_count > 1 && options->repeats != REPEATS_ERROR,
                          .field_count = schema->field_count};
    if (!check_names(plan, error)) return false;
    plan->orders = memory_get_zero(plan->field_count + 1, sizeof *plan->orders);
    plan->forms = memory_get_zero(plan->field_count + 1, sizeof *plan->forms);
    for (size_t i = 0; i < plan->field_count; i++)
        plan->forms[i].style = plan->schema->fields[i].style;
    plan->commas = memory_get_zero(plan->field_count + 1, sizeof *plan->commas);
    plan->periods = memory_get_zero(file_count + 1, sizeof *plan->periods);
    for (size_t i = 0; i < plan->field_count; i++)
        plan->commas[i] = schema->fields[i].commas;
    plan->fixes_seen = memory_get_zero(fixes_count(options->fixes) + 1, sizeof *plan->fixes_seen);
    plan->has_oldest = options->has_oldest;
    plan->oldest = options->oldest;
    choose_default_employee(plan);
    choose_sent(plan);
    choose_followed(plan);
    choose_metrics(plan, findings);
    if (!choose_groups(plan, error)) return false;
    mark_typed(plan);
    plan_make_format(plan);
    plan_choose_rejected(plan, inputs);
    choose_unsent(plan, inputs);
    return plan_check_titles(plan, error);
}

struct view plan_known_name(const struct plan *plan, struct view id) {
    size_t number = plan->named_ids ? table_find(plan->named_ids, id) : SIZE_MAX;
    return number == SIZE_MAX ? view_of("") : view_of(plan->known_names[number]);
}

void plan_free(struct plan *plan) {
    for (size_t i = 0; plan->named_ids && i < table_count(plan->named_ids); i++)
        free(plan->known_names[i]);
    free(plan->known_names);
    table_destroy(plan->named_ids);
    free(plan->refuted);
    for (size_t i = 0; plan->unsent && i < plan->file_count; i++)
        unsent_free(&plan->unsent[i]);
    free(plan->unsent);
    free(plan->is_typed);
    free(plan->typed);
    free(plan->orders);
    free(plan->forms);
    free(plan->commas);
    free(plan->periods);
    free(plan->fixes_seen);
    free(plan->sent);
    free(plan->followed);
    for (size_t i = 0; i < plan->followed_count; i++)
        free(plan->followed_titles[i]);
    free(plan->followed_titles);
    free(plan->follow_place);
    for (size_t i = 0; i < plan->metric_count; i++)
        free(plan->metrics[i].title);
    free(plan->metrics);
    free(plan->metric_place);
    free(plan->groups);
    output_format_free(&plan->format);
    free(plan->format.columns);
    for (size_t i = 0; i < plan->rejected_count; i++)
        free(plan->rejected_columns[i]);
    free(plan->rejected_columns);
    for (size_t i = 0; plan->rejected_place && i < plan->file_count; i++)
        free(plan->rejected_place[i]);
    free(plan->rejected_place);
    *plan = (struct plan){0};
}
