/* draft_doubts.c: what a draft is not sure of. Labels of the dictionary and what the values prove are no doubts; words of a
 * label and what is assumed in place of a column are. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/plain.h"
#include "cli/number_guess.h"
#include "cli/schema_draft.h"
#include "schema/bind.h"

static struct view label_of(const struct draft *draft, size_t column) {
    return draft->profile->columns[column].label;
}

/* `text` follows the column's label, if it is about one. */
static void add(struct draft_doubts *doubts, struct view column, const char *text) {
    struct buffer whole = {0};
    if (column.length > 0) {
        buffer_add_char(&whole, '"');
        plain_add(&whole, column);
        buffer_add_text(&whole, "\" ");
    }
    buffer_add_text(&whole, text);
    void *items = doubts->list;
    memory_grow(&items, &doubts->capacity, doubts->count + 1, sizeof *doubts->list);
    doubts->list = items;
    doubts->list[doubts->count++] = (struct draft_doubt){memory_copy(column), memory_copy(buffer_view(&whole))};
    buffer_free(&whole);
}

static void doubt_person(const struct draft *draft, struct draft_doubts *doubts) {
    if (draft->person == SIZE_MAX) {
        add(doubts, view_of(""),
            "no column was recognized as a person, so rows are assigned to \"Office\". If one is, add --employee COLUMN. To use another "
            "name, add --default-employee NAME");
        return;
    }
    struct view label = label_of(draft, draft->person);
    bool is_sure = draft->fields[draft->person].guess.is_sure;
    if (!is_sure || label_equal(label, view_of("Name")))
        add(doubts, label, "is used as the employee. Are these people? If not, delete its \"role\" and add \"employee\": \"Office\"");
    for (size_t i = 0; i < draft->field_count; i++)
        if (i != draft->person && draft->fields[i].word && draft->fields[i].guess.kind == LABEL_EMPLOYEE)
            add(doubts, label_of(draft, i), "names a person too. Does the row count for them? If so, add --employee with this column");
}

static void doubt_id(const struct draft *draft, struct draft_doubts *doubts) {
    if (draft->id != SIZE_MAX) {
        if (!draft->fields[draft->id].guess.is_sure)
            add(doubts, label_of(draft, draft->id), "is used as the unique ID, because all its values differ");
        return;
    }
    struct buffer text = {0};
    buffer_add_text(&text, "no column is an ID, so the ID is made of ");
    if (draft->date == SIZE_MAX) buffer_add_text(&text, "the period");
    for (size_t i = 0; i < draft->id_column_count; i++) {
        buffer_add_text(&text, i == 0 && draft->date != SIZE_MAX ? "" : ", ");
        plain_add(&text, label_of(draft, draft->id_columns[i]));
    }
    buffer_add_text(&text, ". Can two rows have all of these in common?");
    buffer_add_char(&text, '\0');
    if (draft->has_id) add(doubts, view_of(""), text.text);
    buffer_free(&text);
}

static void doubt_date(const struct draft *draft, struct draft_doubts *doubts) {
    if (draft->date == SIZE_MAX)
        add(doubts, view_of(""), "no column is the date, so rows are dated by the first day of the report's period");
    else if (!draft->fields[draft->date].guess.is_sure)
        add(doubts, label_of(draft, draft->date), "is used as the date, because of its values. To use another column, add --date COLUMN");
}

/* Labels of doubtful numbers of one use. */
static void doubt_use(const struct draft *draft, enum number_use use, const char *what, struct draft_doubts *doubts) {
    struct buffer text = {0};
    size_t count = 0;
    for (size_t i = 0; i < draft->field_count; i++) {
        enum number_use guessed = USE_NONE;
        if (!number_is_doubtful(draft, &draft->fields[i], &guessed) || guessed != use) continue;
        if (count++ == 0) buffer_print(&text, "%s: ", use == USE_SUM ? "added up in totals" : "not added up in totals");
        buffer_add_text(&text, count > 1 ? ", " : "");
        plain_add(&text, label_of(draft, i));
    }
    buffer_print(&text, ". %s", what);
    buffer_add_char(&text, '\0');
    if (count > 0) add(doubts, view_of(""), text.text);
    buffer_free(&text);
}

void draft_doubts_make(const struct draft *draft, struct draft_doubts *doubts) {
    *doubts = (struct draft_doubts){0};
    if (!draft->is_asked) doubt_person(draft, doubts);
    if (!draft->is_asked || draft->id == SIZE_MAX) doubt_id(draft, doubts);
    if (!draft->is_asked) doubt_date(draft, doubts);
    doubt_use(draft, USE_SUM, "To leave one out of totals, set its \"aggregate\" to \"none\"", doubts);
    doubt_use(draft, USE_ASK, "To add one up, set its \"aggregate\" to \"sum\", or to \"avg\" for the average", doubts);
}

void draft_doubts_free(struct draft_doubts *doubts) {
    for (size_t i = 0; i < doubts->count; i++) {
        free(doubts->list[i].column);
        free(doubts->list[i].text);
    }
    free(doubts->list);
    *doubts = (struct draft_doubts){0};
}
