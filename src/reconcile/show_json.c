/* show_json.c: the comparison as JSON, format st2plecto-reconcile/1 (schemas/reconcile.schema.json). */
#include "reconcile/reconciliation.h"
#include "render/json_write.h"

#define EXAMPLES 5

static void add_text_amount(struct buffer *out, const char *key, const struct compared_total *total,
                            wide_integer amount) {
    if (out->text[out->length - 1] != '{') buffer_add_char(out, ',');
    json_string(out, view_of(key));
    buffer_add_text(out, ":\"");
    add_amount(out, total, amount);
    buffer_add_char(out, '"');
}

static void add_amounts(const struct reconciliation *reconciliation, const char *key, const wide_integer *amounts,
                        struct buffer *out) {
    json_key(out, key);
    buffer_add_char(out, '{');
    for (size_t i = 0; i < reconciliation->total_count; i++)
        add_text_amount(out, reconciliation->totals[i].key, &reconciliation->totals[i], amounts[i]);
    buffer_add_char(out, '}');
}

static void add_side(const struct comparison *comparison, int number, struct buffer *out) {
    static const char *const kinds[] = {"export", "folder", "plecto-file", "plecto-answer", "journal", "numbers"};
    const struct side *side = &comparison->sides[number];
    struct buffer text = {0};
    buffer_add_char(out, '{');
    json_text(out, "name", side->name);
    json_text(out, "kind", kinds[side->kind]);
    json_text(out, "schema", side->schema);
    json_count(out, "rows", side->row_count - side->set_aside_count);
    json_text(out, "date", side->date_title);
    json_text(out, "assumed_date_order", side->assumed_order);
    if (side->is_shifting) json_flag(out, "changed_while_read", true);
    json_text(out, "time_zone", comparison->zone ? zone_name(comparison->zone) : NULL);
    if (comparison->scope.has_period) {
        date_print(&text, comparison->scope.from);
        buffer_add_text(&text, "..");
        date_print(&text, comparison->scope.to);
        buffer_add_char(&text, '\0');
    }
    json_text(out, "period", text.text);
    buffer_free(&text);
    buffer_add_char(out, '}');
}

static void add_metrics(const struct reconciliation *reconciliation, struct buffer *out) {
    json_key(out, "metrics");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < reconciliation->total_count; i++) {
        const struct compared_total *total = &reconciliation->totals[i];
        json_element(out);
        buffer_add_char(out, '{');
        json_text(out, "field", total->key);
        add_text_amount(out, "left", total, total->left);
        add_text_amount(out, "right", total, total->right);
        add_text_amount(out, "gap", total, total->right - total->left);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

/* --- buckets ---------------------------------------------------------------------------------------------------------- */

static void add_example_side(const struct reconciliation *reconciliation, const struct unit *unit, int side,
                             struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    struct buffer day = {0};
    json_key(out, side == 0 ? "left" : "right");
    if (unit->rows[side] == NO_ROW) {
        buffer_add_text(out, "null");
        return;
    }
    const struct side_row row = side_row_at(&comparison->sides[side], unit->rows[side]);
    buffer_add_char(out, '{');
    json_count(out, "row", row.row);
    if (row.has_date) {
        date_print(&day, day_of(row.local));
        buffer_add_char(&day, '\0');
    }
    json_text(out, "day", day.text);
    buffer_free(&day);
    json_key(out, "employee");
    if (row.shown == NO_TEXT)
        buffer_add_text(out, "null");
    else
        json_string(out, table_key(comparison->pool, row.shown));
    for (size_t i = 0; i < reconciliation->total_count; i++)
        add_text_amount(out, reconciliation->totals[i].key, &reconciliation->totals[i],
                        row_amount(comparison, side, unit->rows[side], i));
    buffer_add_char(out, '}');
}

static void add_example(const struct reconciliation *reconciliation, const struct unit *unit, struct buffer *out) {
    int side = unit->rows[0] != NO_ROW ? 0 : 1;
    json_element(out);
    buffer_add_char(out, '{');
    json_key(out, "id");
    json_string(out, row_id(&reconciliation->comparison, side, unit->rows[side]));
    add_example_side(reconciliation, unit, 0, out);
    add_example_side(reconciliation, unit, 1, out);
    buffer_add_char(out, '}');
}

static void add_bucket(const struct reconciliation *reconciliation, enum bucket bucket, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    wide_integer amounts[METRIC_LIMIT] = {0};
    uint64_t rows = bucket_sum(comparison, bucket, amounts);
    struct buffer examples = {0};
    size_t count = 0;
    buffer_add_char(&examples, '[');
    for (size_t i = 0; bucket != BUCKET_SAME && i < comparison->unit_count && count < EXAMPLES; i++) {
        if (comparison->units[i].bucket != bucket) continue;
        add_example(reconciliation, &comparison->units[i], &examples);
        count++;
    }
    json_element(out);
    buffer_add_char(out, '{');
    json_text(out, "bucket", bucket_names[bucket]);
    json_count(out, "rows", rows);
    add_amounts(reconciliation, "amounts", amounts, out);
    json_key(out, "examples");
    buffer_add(out, buffer_view(&examples));
    buffer_add_text(out, "]}");
    buffer_free(&examples);
}

/* --- explanations ----------------------------------------------------------------------------------------------------- */

static void add_value(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    bool is_list = finding->is_list || finding->value_count > 1;
    json_key(out, "value");
    if (finding->value_count == 0) {
        buffer_add_text(out, "null");
        return;
    }
    if (is_list) buffer_add_char(out, '[');
    for (size_t i = 0; i < finding->value_count; i++) {
        if (i > 0) buffer_add_text(out, ", ");
        json_string(out, shown_value(reconciliation, finding, i));
    }
    if (is_list) buffer_add_char(out, ']');
}

static void add_field(const struct finding *finding, struct buffer *out) {
    if (!finding->fields[1]) {
        json_text(out, "field", finding->fields[0]);
        return;
    }
    json_key(out, "field");
    buffer_add_char(out, '[');
    json_string(out, view_of(finding->fields[0]));
    buffer_add_text(out, ", ");
    json_string(out, view_of(finding->fields[1]));
    buffer_add_char(out, ']');
}

static void add_cause(const struct reconciliation *reconciliation, const struct finding *finding, struct buffer *out) {
    const struct compared_total *total = &reconciliation->totals[finding->metric];
    json_text(out, "cause", cause_names[finding->cause]);
    if (finding->cause != CAUSE_COMBINATION) {
        add_field(finding, out);
        add_value(reconciliation, finding, out);
    }
    json_text(out, "metric", total->key);
    add_text_amount(out, "amount", total, finding->amounts[finding->metric]);
    add_amounts(reconciliation, "amounts", finding->amounts, out);
    json_count(out, "rows", finding->rows);
}

static void add_explanation(const struct reconciliation *reconciliation, size_t number, struct buffer *out) {
    const struct finding *finding = reconciliation->found.list[number];
    json_element(out);
    buffer_add_char(out, '{');
    json_count(out, "rank", number + 1);
    add_cause(reconciliation, finding, out);
    if (finding->cause == CAUSE_COMBINATION) {
        json_key(out, "causes");
        buffer_add_char(out, '[');
        for (size_t i = 0; i < 2; i++) {
            json_element(out);
            buffer_add_char(out, '{');
            add_cause(reconciliation, finding->parts[i], out);
            buffer_add_char(out, '}');
        }
        buffer_add_char(out, ']');
    }
    json_text(out, "explains", finding->is_all ? "all" : "part");
    json_count(out, "tried", finding->tried);
    json_count(out, "matches", finding->matches);
    json_text(out, "command", finding->command);
    buffer_add_char(out, '}');
}

void reconciliation_json(const struct reconciliation *reconciliation, struct buffer *out) {
    const struct comparison *comparison = &reconciliation->comparison;
    buffer_add_char(out, '{');
    json_text(out, "format", "st2plecto-reconcile/1");
    json_key(out, "sides");
    buffer_add_char(out, '{');
    for (int side = 0; side < 2; side++) {
        json_key(out, side == 0 ? "left" : "right");
        add_side(comparison, side, out);
    }
    buffer_add_char(out, '}');
    json_text(out, "grain", comparison->grain);
    add_metrics(reconciliation, out);
    json_key(out, "buckets");
    buffer_add_char(out, '[');
    for (int bucket = 0; reconciliation->has_buckets && bucket < BUCKET_COUNT; bucket++)
        add_bucket(reconciliation, (enum bucket)bucket, out);
    buffer_add_char(out, ']');
    json_key(out, "explanations");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < reconciliation->found.count; i++)
        add_explanation(reconciliation, i, out);
    buffer_add_char(out, ']');
    json_count(out, "exit", (uint64_t)reconciliation->exit_code);
    buffer_add_text(out, "}\n");
}
