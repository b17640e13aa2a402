/* peek.c: see peek.h. */
#include "convert/run/peek.h"

#include <stdlib.h>

#include "base/memory.h"
#include "input/record.h"
#include "input/source/workbook.h"
#include "schema/label_words.h"
#include "values/boolean.h"
#include "values/datetime.h"

static void look(struct peek *peek, struct view text) {
    struct datetime value;
    text = view_trim(text);
    if (text.length == 0 || placeholder_text(text)) return;
    peek->filled++;
    enum datetime_reason reason = datetime_parse(text, DATE_ORDER_MDY, &value, NULL);
    if (reason != DATETIME_FINE) reason = datetime_parse(text, DATE_ORDER_DMY, &value, NULL);
    if (reason == DATETIME_PLACEHOLDER) peek->filled--;
    peek->dates += reason == DATETIME_FINE;
    bool answer;
    peek->answers += boolean_parse(text, &answer);
    unsent_look(&peek->column, text, &peek->values);
}

bool peek_column(struct input *input, size_t column, struct peek *peek, struct error *error) {
    const struct input_facts *facts = input_facts(input);
    struct view label = facts->columns[column].label;
    *peek = (struct peek){.column = unsent_column(column, label, false)};
    struct view *paths = memory_get_zero(facts->column_count + 1, sizeof *paths);
    for (size_t i = 0; i < facts->column_count; i++)
        paths[i] = facts->columns[i].label;
    struct record_reader *reader = record_reader_create(input, paths, facts->column_count);
    struct block block = {0};
    struct record record = {0};
    bool is_end = false, is_fine = input_next_block(input, &block, &is_end, error);
    if (is_fine && !is_end) {
        record_reader_start(reader, &block);
        while (record_reader_next(reader, &record))
            if (record.kind == RECORD_DATA && column < record.cell_count) look(peek, record.cells[column].text);
    }
    buffer_free(&block.bytes);
    buffer_free(&block.group);
    record_reader_destroy(reader);
    free(paths);
    peek->values.with_sign += workbook_money_cells(facts, column); /* before the workbook begins again */
    return is_fine && input_rewind(input, error);
}

const char *peek_no_people(const struct peek *peek) {
    struct view label = peek->column.label;
    bool are_numbers = peek->values.numbers > 0 && peek->values.others == 0;
    if (peek->filled > 0 && peek->dates * 10 >= peek->filled * 9) return "dates";
    switch (unsent_kind(&peek->column, &peek->values)) {
    case UNSENT_MONEY: return "amounts";
    case UNSENT_HOURS: return "hours";
    case UNSENT_OTHER: break;
    }
    return are_numbers && !label_names_person_id(label) && !label_is_person(label) ? "numbers" : NULL;
}

/* Whether `count` is nearly all that is filled. */
static bool is_most(const struct peek *peek, uint64_t count) {
    return count > 0 && count * 10 >= peek->filled * 9;
}

bool peek_fits(const struct peek *peek, const struct field *field) {
    const struct unsent_values *values = &peek->values;
    if (peek->filled == 0) return true;
    switch (field->type) {
    case FIELD_NUMBER: return is_most(peek, values->numbers);
    case FIELD_DURATION: return is_most(peek, values->numbers + values->durations);
    case FIELD_DATE:
    case FIELD_DATETIME: return is_most(peek, peek->dates);
    case FIELD_BOOLEAN: return is_most(peek, peek->answers);
    case FIELD_TEXT: break;
    }
    if (field->role == ROLE_EMPLOYEE || field->role == ROLE_EMPLOYEE_NAME) return !peek_no_people(peek);
    return values->with_sign == 0 && !is_most(peek, peek->dates);
}
