/* share.c: rows that belong to several people: a cell that names more than one, a companion export with shares, or
 * ID, date and person as lists in parallel. What is divided adds up to the whole to the last ten-thousandth. */
#include "convert/join.h"
#include "convert/row/row_private.h"
#include "people/names.h"
#include "values/boolean.h"

#define WHOLE_PERCENT ((int64_t)100 * DECIMAL_SCALE)

static enum several several_of(const struct plan *plan, size_t field) {
    const struct run_options *options = plan->options;
    return options->has_several ? options->several : plan->schema->fields[field].several;
}

static void add_share(struct division *division, struct view id, struct view name, int64_t weight) {
    if (division->count == SHARE_LIMIT) return;
    division->shares[division->count++] =
        (struct share){.member_id = id.length ? id : name, .member_name = name.length ? name : id, .weight = weight};
}

/* The row's person is the first share; one share is no division. */
static void use_first(struct row *row, struct division *division) {
    row->member_id = division->shares[0].member_id;
    row->member_name = division->shares[0].member_name;
    if (division->count == 1) division->count = 0;
}

void row_merge_shares(struct row *row, struct division *division) {
    for (size_t i = 1; i < division->count;) {
        size_t same = 0;
        while (same < i && !view_equal(division->shares[same].member_id, division->shares[i].member_id))
            same++;
        if (same == i) {
            i++;
            continue;
        }
        division->shares[same].weight += division->shares[i].weight;
        memmove(&division->shares[i], &division->shares[i + 1], (division->count - i - 1) * sizeof *division->shares);
        division->count--;
    }
    if (division->count != 1) return;
    row->member_id = division->shares[0].member_id;
    row->member_name = division->shares[0].member_name;
    division->count = 0;
}

/* --- several people in one cell --------------------------------------------------------------------- */

static bool may_be_list(struct view name) {
    for (size_t i = 0; i < name.length; i++)
        switch (name.text[i]) {
        case ',':
        case ';':
        case '|':
        case '&':
        case '/':
        case '\r':
        case '\n': return true;
        default: break;
        }
    return false;
}

/* A cell that names one person twice names one person. */
static void use_name(struct row *row, struct view name) {
    if (view_equal(row->member_id, row->member_name)) row->member_id = name;
    row->member_name = name;
}

void row_divide_name(struct converter *converter, const struct person_source *source) {
    struct view cell = converter->row.member_name;
    size_t field = source->name_field;
    struct comma_evidence *evidence = &converter->outcome->evidence.columns[field].commas;
    if (comma_evidence_add(evidence, cell) || !may_be_list(cell)) return;
    if (converter->plan->commas[field] == COMMAS_UNSURE && name_has_comma(cell)) {
        row_problem(converter, E503_SEVERAL_PEOPLE, field,
                    "%.*s \"%.*s\" can be one person or two, because other cells of the column have lists of people",
                    VIEW_ARGS(row_label(&converter->file, field)), VIEW_ARGS(cell));
        return;
    }
    struct view names[SHARE_LIMIT];
    size_t count = names_split(cell, converter->plan->commas[field], names, SHARE_LIMIT);
    if (count == 1 && names[0].length < cell.length) use_name(&converter->row, names[0]);
    if (count < 2) return;
    bool has_id = ref_is_there(source->id_cell) && !view_equal(converter->row.member_id, converter->row.member_name);
    enum several several = several_of(converter->plan, field);
    if (count > SHARE_LIMIT || (has_id && several == SEVERAL_SPLIT)) several = SEVERAL_ERROR;
    if (several == SEVERAL_ERROR) {
        struct view label = row_label(&converter->file, field);
        row_problem(converter, E503_SEVERAL_PEOPLE, field, "%.*s names %zu people: \"%.*s\"%s", VIEW_ARGS(label), count,
                    VIEW_ARGS(cell), has_id ? ", but has one ID" : "");
        return;
    }
    if (has_id) return;
    for (size_t i = 0; i < (several == SEVERAL_FIRST ? 1 : count); i++)
        add_share(&converter->division, view_of(""), names[i], 1);
    use_first(&converter->row, &converter->division);
}

/* --- people of a companion export ------------------------------------------------------------------- */

/* Whether the shares of a record add up to a whole: about 100 or about 1 (schemas/servicetitan.md,
 * "Shares of a job"). */
bool shares_are_whole(int64_t sum) {
    return (sum > WHOLE_PERCENT - 200 && sum < WHOLE_PERCENT + 200) ||
           (sum > DECIMAL_SCALE - 20 && sum < DECIMAL_SCALE + 20);
}

/* A partner as an employee, by the roster where there is one. */
static struct member member_of(struct converter *converter, size_t join, const struct partner *partner, size_t field) {
    struct view id = partner->id, name = partner->name;
    if (!converter->plan->options->roster)
        return (struct member){id.length ? id : name, name.length ? name : id, false};
    if (id.length == 0) return row_member_by_name(converter, field, name);
    enum person_space space = joins_space(converter->plan->joins, join);
    return row_member_by_id(converter, field, view_of(""), space, id, name);
}

static void assign_partners(struct converter *converter, size_t number, size_t field, struct view key,
                            const struct partner *partners, size_t count) {
    const struct join *join = &converter->plan->schema->joins[number];
    const struct run_options *options = converter->plan->options;
    enum several several = options->has_several ? options->several : join->people;
    int64_t sum = 0;
    bool has_shares = join->share != NULL;
    for (size_t i = 0; i < count; i++) {
        has_shares = has_shares && partners[i].has_share && partners[i].share >= 0;
        sum += partners[i].share;
    }
    if (count > 1 && (several == SEVERAL_ERROR || (several == SEVERAL_SPLIT && count > SHARE_LIMIT))) {
        row_problem(converter, E503_SEVERAL_PEOPLE, field, "%s has %zu people for %s %.*s", join->with, count,
                    join->theirs, VIEW_ARGS(key));
        return;
    }
    if (join->share && several == SEVERAL_SPLIT && (!has_shares || !shares_are_whole(sum))) {
        struct buffer text = {0};
        decimal_print(&text, sum, 0);
        row_problem(converter, E504_SHARES_DIFFER, field,
                    "the shares of %s %.*s in %s add up to %.*s, not to 100%% or 1", join->theirs, VIEW_ARGS(key),
                    join->with, VIEW_ARGS(buffer_view(&text)));
        buffer_free(&text);
        return;
    }
    for (size_t i = 0; i < (several == SEVERAL_FIRST ? 1 : count); i++) {
        if (has_shares && several == SEVERAL_SPLIT && partners[i].share == 0) continue;
        struct member member = member_of(converter, number, &partners[i], field);
        add_share(&converter->division, member.id, member.name,
                  has_shares && several == SEVERAL_SPLIT ? partners[i].share : 1);
    }
    use_first(&converter->row, &converter->division);
    row_merge_shares(&converter->row, &converter->division);
}

bool row_join_people(struct converter *converter) {
    const struct plan *plan = converter->plan;
    for (size_t number = 0; plan->joins && number < plan->schema->join_count; number++) {
        const struct join *join = &plan->schema->joins[number];
        if (!join->is_people || !joins_given(plan->joins)[number]) continue;
        size_t field = converter->file.binding->join_keys[number], count = 0;
        const struct cell *cell = row_cell(converter, field);
        struct view key = cell ? view_trim(cell->text) : view_of("");
        const struct partner *partners = joins_people(plan->joins, number, key, &count);
        if (count == 0) continue;
        converter->row.person_kind = PERSON_JOINED;
        converter->row.person_field = field;
        converter->outcome->counts.of[COUNT_JOINED_SEVERAL] += count > 1;
        assign_partners(converter, number, field, key, partners, count);
        return true;
    }
    return false;
}

/* --- lists in parallel -------------------------------------------------------------------------------- */

void row_count_listed(const struct open_file *file, const struct row *row, struct division *division) {
    const struct binding *binding = file->binding;
    division->listed_count = 0;
    if (binding->id_count == 0) return;
    struct view id = row_record_text(row, binding->cell_of_field[binding->ids[0]]), pieces[SHARE_LIMIT];
    if (row_list_has_mark(id)) division->listed_count = row_list_cut(id, pieces);
}

static void refuse_listed(struct converter *converter, size_t field, const char *what) {
    row_problem(converter, E505_LISTS_DIFFER, field, "%.*s holds %zu IDs%s",
                VIEW_ARGS(row_label(&converter->file, field)), converter->division.listed_count, what);
}

static bool is_outside(const struct run_options *options, const struct moment *moment) {
    bool is_other = options->has_period && (moment->day < options->period_from || moment->day > options->period_to);
    return is_other || (options->has_oldest && moment->day < options->oldest);
}

/* One of the records that a row lists; returns what is wrong with it, or NULL. */
static const char *add_listed(struct converter *converter, size_t index, struct view id, struct view person_id,
                              struct view person, struct view date) {
    const struct plan *plan = converter->plan;
    const struct person_source *source = &converter->file.binding->people[0];
    if (plan->options->roster && (person.length || person_id.length)) {
        struct member member =
            person_id.length == 0
                ? row_member_by_name(converter, source->name_field, person)
                : row_member_by_id(converter, source->id_field, row_label(&converter->file, source->id_field),
                                   plan->schema->fields[source->id_field].space, person_id, person);
        person_id = member.id;
        person = member.name;
    }
    add_share(&converter->division, person_id, person, 1);
    struct share *share = &converter->division.shares[index];
    share->external_id = id;
    if (id.length == 0 || share->member_id.length == 0) return ", but one of them has no ID or person";
    for (size_t before = 0; before < index; before++)
        if (view_equal(id, converter->division.shares[before].external_id)) return ", and two of them are the same";
    const struct moment *moment = converter->row.date, *first = converter->row.date;
    if (converter->file.binding->date_count > 0) {
        size_t field = converter->file.binding->dates[0];
        moment_read_as(date, &plan->schema->fields[field], &plan->forms[field], plan->orders[field], plan->options->zone,
                       &converter->division.dates[index]);
        moment = share->date = &converter->division.dates[index];
        first = &converter->division.dates[0];
    }
    if (!moment || moment->reason != DATETIME_FINE) return ", but one of them has no date";
    bool is_split = is_outside(plan->options, moment) != is_outside(plan->options, first);
    return is_split ? ", and only some of them are in the period" : NULL;
}

/* A list of people's IDs where the row has one ID of its own: never half. */
void row_check_person_list(struct converter *converter) {
    bool has_id = converter->row.person_kind == PERSON_ID_ONLY || converter->row.person_kind == PERSON_BOTH;
    if (!has_id || converter->division.listed_count > 1 || converter->division.count > 0 ||
        !row_list_has_mark(converter->row.member_id))
        return;
    row_problem(converter, E503_SEVERAL_PEOPLE, SIZE_MAX, "the row names several people by their IDs: \"%.*s\"",
                VIEW_ARGS(converter->row.member_id));
}

/* One share for each ID, with its own person and date: all in step, or the row is refused. */
void row_divide_listed(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    size_t count = converter->division.listed_count, id_field = binding->ids[0];
    if (count < 2 || converter->row.has_error) return;
    size_t date_field = binding->date_count ? binding->dates[0] : SIZE_MAX;
    const struct person_source *source = binding->person_count ? &binding->people[0] : NULL;
    struct view id = row_record_text(&converter->row, binding->cell_of_field[id_field]);
    struct view date =
        date_field == SIZE_MAX ? view_of("") : row_record_text(&converter->row, binding->cell_of_field[date_field]);
    struct view name = source ? row_record_text(&converter->row, source->name_cell) : view_of("");
    struct view person_id = source ? row_record_text(&converter->row, source->id_cell) : view_of("");
    const struct view lists[] = {date, person_id};
    struct view pieces[SHARE_LIMIT], people[SHARE_LIMIT];
    enum several several =
        source ? several_of(converter->plan, source->name_field != SIZE_MAX ? source->name_field : source->id_field)
               : SEVERAL_ERROR;
    if (count > SHARE_LIMIT || several != SEVERAL_SPLIT) {
        refuse_listed(converter, id_field, ". The row holds several records");
        return;
    }
    size_t person_count =
        name.length ? names_split(name, converter->plan->commas[source->name_field], people, SHARE_LIMIT) : 0;
    bool is_paired = person_count < 2 || person_count == count;
    for (size_t i = 0; i < 2; i++) {
        size_t have = row_list_has_mark(lists[i]) ? row_list_cut(lists[i], pieces) : 1;
        is_paired = is_paired && (have == 1 || have == count);
    }
    if (!is_paired) {
        refuse_listed(converter, id_field, ", and date or person have a different number, so they cannot be matched");
        return;
    }
    const char *fault = NULL;
    converter->division.count = 0;
    for (size_t i = 0; i < count && !fault; i++)
        fault =
            add_listed(converter, i, row_list_piece(id, i), row_list_piece(person_id, i),
                       person_count == 0 ? view_of("") : people[person_count == 1 ? 0 : i], row_list_piece(date, i));
    if (fault) {
        converter->division.count = 0;
        refuse_listed(converter, id_field, fault);
        return;
    }
    use_first(&converter->row, &converter->division);
}

/* --- dividing ------------------------------------------------------------------------------------------- */

static int64_t round_to(wide_integer amount, wide_integer numerator, wide_integer denominator, int64_t unit) {
    return (int64_t)(decimal_divide(amount * numerator, denominator * unit) * unit);
}

int64_t share_piece(int64_t amount, wide_integer before, wide_integer own, wide_integer all, bool in_cents) {
    int64_t cent = DECIMAL_SCALE / 100, unit = in_cents && amount % cent == 0 ? cent : 1;
    /* pieces of a running total: their sum is the whole, whatever is rounded */
    return round_to(amount, before + own, all, unit) - round_to(amount, before, all, unit);
}

int64_t share_of(int64_t amount, const struct share *shares, size_t count, size_t index, bool in_cents) {
    wide_integer all = 0, before = 0;
    for (size_t i = 0; i < count; i++) {
        all += shares[i].weight;
        if (i < index) before += shares[i].weight;
    }
    if (all == 0) return index == 0 ? amount : 0;
    return share_piece(amount, before, shares[index].weight, all, in_cents);
}
