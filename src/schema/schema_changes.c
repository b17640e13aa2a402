/* schema_changes.c: which fields of a user's schema behave otherwise than in 0.1.0, a line a rule that changed. What concerns
 * every schema alike (an ID of several people, a total of nothing) is in schemas/README.md, not here. */
#include <string.h>

#include "base/plain.h"
#include "schema/schema_reader.h"

/* A changed rule: whom it concerns, and what is otherwise. */
struct change {
    bool (*concerns)(const struct schema *schema, const struct field *field);
    const char *text;
};

static bool is_averaged(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->aggregate == AGGREGATE_AVERAGE;
}

static bool is_added_up(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->aggregate == AGGREGATE_SUM || (field->aggregate == AGGREGATE_COUNT && field->type == FIELD_BOOLEAN);
}

static bool is_ratio(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->aggregate == AGGREGATE_RATIO;
}

static bool is_percent(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->is_percent;
}

static bool is_counted_list(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->derive == DERIVE_COUNT;
}

static bool is_group(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->aggregate == AGGREGATE_GROUP;
}

static bool is_divided(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->several == SEVERAL_SPLIT;
}

static bool has_open_lengths(const struct schema *schema, const struct field *field) {
    (void)schema;
    return field->type == FIELD_DURATION && field->derive == DERIVE_NONE && field->two_parts == TWO_PARTS_OPEN;
}

/* A date or number as a part of plecto.id. */
static bool is_written_part(const struct schema *schema, const struct field *field) {
    if (!schema->id_template || field->type == FIELD_TEXT) return false;
    size_t length = strlen(field->name);
    for (const char *at = schema->id_template; (at = strchr(at, '{')) != NULL; at++)
        if (strncmp(at + 1, field->name, length) == 0 && at[1 + length] == '}') return true;
    return false;
}

static const struct change changes[] = {
    {is_added_up, "a total of empty cells is no value; it was 0"},
    {is_averaged, "an average has up to four decimals, and a field TITLE (count) beside it"},
    {is_ratio, "a ratio has up to four decimals, and no value where one of its parts has none"},
    {is_percent, "a percentage is sent as 0 to 100, whatever the export writes"},
    {is_counted_list, "a list that is null or missing has no count; it was 0"},
    {is_group, "N/A, - and the like are in the group of empty cells"},
    {is_divided, "the first person of a row keeps its plain ID, only the others have theirs behind it"},
    {has_open_lengths, "1:30 is what the column proves, else h:m; \"format\" declares it"},
    {is_written_part, "as a part of the ID it is written one way: 2025-10-20, 1234.5"},
};

void schema_note_changes(const struct schema *schema, const char *file, struct buffer *out) {
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        size_t found = 0;
        for (size_t k = 0; k < schema->field_count; k++) {
            const struct field *field = &schema->fields[k];
            if (!changes[i].concerns(schema, field)) continue;
            if (found++ == 0) {
                plain_add_text(out, file);
                buffer_print(out, ":%u: since 0.1.0: %s: ", field->line, changes[i].text);
            } else {
                buffer_add_text(out, ", ");
            }
            plain_add_text(out, field->name);
        }
        if (found > 0) buffer_add_char(out, '\n');
    }
}
