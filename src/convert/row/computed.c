/* computed.c: cells that no column of the file has: computed from others (plecto.derive), or looked up in a companion
 * export (plecto.joins). They are made as texts, so that everything behind reads them as it reads any cell. */
#include "base/hash.h"
#include "convert/join.h"
#include "convert/row/row_private.h"
#include "convert/row_watch.h"
#include "values/duration.h"

static struct view part_text(const struct converter *converter, const struct field *field, size_t part, size_t *index) {
    *index = field->part_fields[part];
    const struct cell *cell = row_cell(converter, *index);
    return cell && cell->kind != CELL_NESTED ? view_trim(cell->text) : view_of("");
}

/* A number among the parts; false where it is empty or none (which has its own issue). */
static bool part_number(const struct converter *converter, const struct field *field, size_t part, int64_t *value) {
    size_t index;
    struct view text = part_text(converter, field, part, &index);
    const struct cell *cell = row_cell(converter, index);
    const struct decimal_style *style =
        cell && cell->kind == CELL_NUMBER ? &decimal_style_default : &converter->plan->forms[index].style;
    enum decimal_reason reason = decimal_parse(text, style, value);
    bool is_percentage = text.length > 0 && memchr(text.text, '%', text.length);
    return decimal_has_value(reason) && (!is_percentage || converter->plan->schema->fields[index].is_percent);
}

/* A date among the parts; NULL where it is empty or none. */
static const struct moment *part_moment(struct converter *converter, const struct field *field, size_t part) {
    size_t index;
    struct view text = part_text(converter, field, part, &index);
    if (text.length == 0) return NULL;
    const struct moment *moment = row_moment(converter, index, text);
    return moment->reason == DATETIME_FINE ? moment : NULL;
}

static struct view number_text(struct converter *converter, int64_t value) {
    converter->scratch.length = 0;
    decimal_print(&converter->scratch, value, 0);
    return arena_copy(converter->arena, buffer_view(&converter->scratch));
}

/* left × right / DECIMAL_SCALE / divisor, half-even; false if it does not fit. */
static bool multiply(int64_t left, int64_t right, int64_t divisor, int64_t *product) {
    wide_integer exact = decimal_divide((wide_integer)left * right, (wide_integer)DECIMAL_SCALE * divisor);
    *product = (int64_t)exact;
    return *product == exact;
}

/* A share of an amount that a companion gives for a key: the pieces of one key add up to the amount, and shares that do
 * not add up to a whole are an issue, as where the companion has the shares (share.c). False: the row is of no such
 * whole. */
static bool piece_of_whole(struct converter *converter, const struct field *field, int64_t *total) {
    const struct plan *plan = converter->plan;
    for (size_t i = 0; i < plan->found_count; i++) {
        const struct found_groups *found = &plan->found[i];
        if (found->field != field->part_fields[1]) continue;
        const struct cell *cell = row_cell(converter, found->key_field);
        struct view key = cell ? view_trim(cell->text) : view_of("");
        struct group_share share;
        const struct group_row place = {converter->file.number, converter->row.record.row, converter->row.record.item};
        if (!row_groups_share(found->groups, key, &place, &share)) return false;
        if (!shares_are_whole(share.all)) {
            struct buffer text = {0};
            decimal_print(&text, share.all, 0);
            row_problem(converter, E504_SHARES_DIFFER, found->key_field,
                        "the shares of %.*s %.*s add up to %.*s, not to 100 or 1",
                        VIEW_ARGS(row_label(&converter->file, found->key_field)), VIEW_ARGS(key),
                        VIEW_ARGS(buffer_view(&text)));
            buffer_free(&text);
            return false;
        }
        *total = share_piece(*total, share.before, share.own, share.all, field->is_money);
        return true;
    }
    return false;
}

static struct view derive_number(struct converter *converter, const struct field *field) {
    int64_t total = 0, value;
    const struct moment *moment;
    int year, month, day;
    wide_integer sum = 0;
    bool is_fine = part_number(converter, field, 0, &total);
    switch (field->derive) {
    case DERIVE_ADD:
    case DERIVE_SUBTRACT:
        sum = total;
        for (size_t part = 1; is_fine && part < field->part_count; part++) {
            is_fine = part_number(converter, field, part, &value);
            sum += field->derive == DERIVE_ADD ? value : -value;
        }
        total = (int64_t)sum;
        is_fine = is_fine && total == sum;
        break;
    case DERIVE_MULTIPLY:
    case DERIVE_SHARE:
        is_fine = is_fine && part_number(converter, field, 1, &value);
        if (is_fine && field->derive == DERIVE_SHARE && value > DECIMAL_SCALE)
            converter->outcome->evidence.shares_over_one++;
        if (is_fine && field->derive == DERIVE_SHARE && piece_of_whole(converter, field, &total)) break;
        is_fine =
            is_fine && multiply(total, value,
                                field->derive == DERIVE_SHARE && !converter->plan->shares_are_parts ? 100 : 1, &total);
        break;
    case DERIVE_DAYS_OF_MONTH:
        moment = part_moment(converter, field, 1);
        is_fine = is_fine && moment;
        if (is_fine) {
            date_from_days(moment->day, &year, &month, &day);
            sum = (wide_integer)total * date_month_length(year, month);
            total = (int64_t)sum;
            is_fine = total == sum;
        }
        break;
    default: is_fine = false; break;
    }
    return is_fine ? number_text(converter, total) : view_of("");
}

static struct view derive_between(struct converter *converter, const struct field *field) {
    const struct moment *start = part_moment(converter, field, 0);
    int64_t from = start ? start->instant : 0;
    const struct moment *end = start ? part_moment(converter, field, 1) : NULL;
    if (!end) return view_of("");
    converter->scratch.length = 0;
    duration_print(&converter->scratch, (end->instant - from) * DECIMAL_SCALE);
    return arena_copy(converter->arena, buffer_view(&converter->scratch));
}

/* "2026-13-01" for a month that is none: the date's own issue says the rest. */
static struct view derive_month(struct converter *converter, const struct field *field) {
    size_t year_field, month_field;
    struct view year = part_text(converter, field, 0, &year_field),
                month = part_text(converter, field, 1, &month_field);
    if (year.length == 0 || month.length == 0) return view_of("");
    const char *zero = month.length == 1 ? "0" : "";
    return arena_print(converter->arena, "%.*s-%s%.*s-01", VIEW_ARGS(year), zero, VIEW_ARGS(month));
}

/* 16 hex digits over the texts; empty if all of them are. */
static struct view derive_hash(struct converter *converter, const struct field *field) {
    uint64_t hash = field->part_count;
    bool has_text = false;
    for (size_t part = 0; part < field->part_count; part++) {
        size_t index;
        struct view text = part_text(converter, field, part, &index);
        has_text = has_text || text.length > 0;
        enum field_type type = converter->plan->schema->fields[index].type;
        /* a moment is the same however it is written */
        const struct moment *moment =
            type == FIELD_DATE || type == FIELD_DATETIME ? part_moment(converter, field, part) : NULL;
        if (moment) text = view_from((const char *)&moment->instant, sizeof moment->instant);
        hash = hash_bytes(text, hash + text.length);
    }
    return has_text ? arena_print(converter->arena, "%016llx", (unsigned long long)hash) : view_of("");
}

static struct view derive(struct converter *converter, const struct field *field) {
    const struct row_watch *watch = converter->plan->options->watch_rows;
    switch (field->derive) {
    case DERIVE_BETWEEN: return watch && watch->without_lengths ? view_of("") : derive_between(converter, field);
    case DERIVE_MONTH: return derive_month(converter, field);
    case DERIVE_HASH: return derive_hash(converter, field);
    default: return derive_number(converter, field);
    }
}

/* `is_first`: of the cells that this join fills, so that a missing partner is told once. */
static struct view look_up(struct converter *converter, const struct computed_cell *computed, bool is_first) {
    const struct join *join = &converter->plan->schema->joins[computed->join];
    size_t ours = converter->file.binding->join_keys[computed->join];
    const struct cell *cell = row_cell(converter, ours);
    struct view key = cell ? view_trim(cell->text) : view_of(""), value = view_of("");
    if (key.length == 0) return value;
    if (!joins_value(converter->plan->joins, computed->join, key, computed->join_field, &value) && is_first)
        row_problem(converter, W522_NO_PARTNER, ours, "%s has no record with %s %.*s", join->with, join->theirs,
                    VIEW_ARGS(key));
    return value;
}

void row_fill_computed(struct converter *converter) {
    const struct binding *binding = converter->file.binding;
    for (size_t i = 0; i < binding->computed_count; i++) { /* each is made of earlier ones only (schema/bind.c) */
        const struct computed_cell *computed = &binding->computed[i];
        const struct field *field = &converter->plan->schema->fields[computed->field];
        bool is_derived = computed->join == SIZE_MAX;
        struct view text =
            is_derived ? derive(converter, field)
                       : look_up(converter, computed, i == 0 || binding->computed[i - 1].join != computed->join);
        enum cell_kind kind = is_derived && field->type == FIELD_NUMBER ? CELL_NUMBER : CELL_TEXT;
        converter->row.computed[i] = (struct cell){text, kind, false};
    }
}
