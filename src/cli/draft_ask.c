/* draft_ask.c: `schema init --interactive`: what a draft is not sure of, as questions at the terminal. Each has the guess as its
 * usual answer, taken by Enter, and at the end of the input. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/plain.h"
#include "cli/number_guess.h"
#include "cli/schema_draft.h"

#define CHOICES_SHOWN 20

static struct view label_of(const struct draft *draft, size_t column) {
    return draft->profile->columns[column].label;
}

/* What was typed, trimmed, or NULL at the end of the input; the caller frees. */
static char *read_answer(const struct buffer *question) {
    char line[256]; /* an answer is a word */
    fwrite(question->text, 1, question->length, stderr);
    fflush(stderr);
    return fgets(line, sizeof line, stdin) ? memory_copy(view_trim(view_of(line))) : NULL;
}

/* --- a column of several ------------------------------------------------------------------------------------- */

struct choices {
    size_t columns[CHOICES_SHOWN]; /* SIZE_MAX: none of them */
    size_t count, usual;           /* `usual` is a place */
};

static void add_choice(struct choices *choices, size_t column, bool is_usual) {
    if (choices->count == CHOICES_SHOWN) return;
    if (is_usual) choices->usual = choices->count;
    choices->columns[choices->count++] = column;
}

/* "1" to "9" and so on, or the column's label; SIZE_MAX for what is none of the choices. */
static size_t place_of(const struct draft *draft, const char *answer, const struct choices *choices) {
    if (!answer || answer[0] == '\0') return choices->usual;
    for (size_t i = 0; i < choices->count; i++)
        if (choices->columns[i] != SIZE_MAX && view_equal_fold(view_trim(label_of(draft, choices->columns[i])), view_trim(view_of(answer))))
            return i;
    size_t number = 0;
    for (const char *c = answer; *c; c++) {
        if (*c < '0' || *c > '9' || number > CHOICES_SHOWN) return SIZE_MAX;
        number = number * 10 + (size_t)(*c - '0');
    }
    return number >= 1 && number <= choices->count ? number - 1 : SIZE_MAX;
}

/* The chosen column; the question comes again until it is answered. */
static size_t ask_column(const struct draft *draft, const char *question, const char *none,
                         const struct choices *choices) {
    struct buffer text = {0};
    buffer_print(&text, "%s\n", question);
    for (size_t i = 0; i < choices->count; i++) {
        buffer_print(&text, "  %zu  ", i + 1);
        if (choices->columns[i] == SIZE_MAX)
            buffer_add_text(&text, none);
        else
            plain_add(&text, label_of(draft, choices->columns[i]));
        buffer_add_char(&text, '\n');
    }
    buffer_print(&text, "Number [%zu]: ", choices->usual + 1);
    size_t place = SIZE_MAX;
    while (place == SIZE_MAX) {
        char *answer = read_answer(&text);
        place = place_of(draft, answer, choices);
        free(answer);
        text.length = 0;
        buffer_print(&text, "Type a number from 1 to %zu [%zu]: ", choices->count, choices->usual + 1);
    }
    buffer_free(&text);
    return choices->columns[place];
}

/* --- who, when, which ------------------------------------------------------------------------------------------ */

static bool may_be_person(const struct draft *draft, size_t column) {
    const struct draft_field *field = &draft->fields[column];
    if (!field->word || strcmp(field->word, "string") != 0 || draft->profile->columns[column].filled == 0) return false;
    enum label_kind kind = field->guess.kind;
    return kind == LABEL_EMPLOYEE || kind == LABEL_EMPLOYEE_ID || kind == LABEL_UNKNOWN || kind == LABEL_GROUP;
}

static void ask_person(struct draft *draft) {
    struct choices choices = {.count = 0};
    for (size_t i = 0; i < draft->field_count; i++)
        if (i == draft->person || (i != draft->person_id && may_be_person(draft, i)))
            add_choice(&choices, i, i == draft->person);
    if (choices.count == 0) return;
    add_choice(&choices, SIZE_MAX, draft->person == SIZE_MAX);
    size_t chosen = ask_column(draft, "Who does a row count for?", "nobody: rows are assigned to \"Office\"", &choices);
    draft_use_person(draft, chosen);
}

static void ask_date(struct draft *draft) {
    struct choices choices = {.count = 0};
    for (size_t i = 0; i < draft->field_count; i++)
        if (draft->fields[i].word && draft_is_date(&draft->fields[i])) add_choice(&choices, i, i == draft->date);
    if (choices.count == 0) return;
    add_choice(&choices, SIZE_MAX, draft->date == SIZE_MAX);
    draft->date =
        ask_column(draft, "Which day does a row count for?", "the first day of the report's period", &choices);
    if (draft->date != SIZE_MAX) draft->fields[draft->date].guess.is_sure = true;
    if (draft->date == SIZE_MAX) draft->id = SIZE_MAX; /* it comes again in the next period */
}

static void ask_id(struct draft *draft) {
    struct choices choices = {.count = 0};
    for (size_t i = 0; i < draft->field_count && draft->date != SIZE_MAX; i++) {
        const struct draft_field *field = &draft->fields[i];
        bool is_id = field->guess.kind == LABEL_ID || field->guess.kind == LABEL_KEY || field->type == PROFILE_ID;
        bool is_unique = draft->profile->rows < 2 || profile_is_distinct(&draft->profile->columns[i]);
        if (field->word && is_id && is_unique) add_choice(&choices, i, i == draft->id);
    }
    if (choices.count == 0) return;
    add_choice(&choices, SIZE_MAX, draft->id == SIZE_MAX);
    draft->id = ask_column(draft, "Which column is the unique ID of a row?",
                           "none alone: it is made of several columns", &choices);
    if (draft->id != SIZE_MAX) draft->fields[draft->id].guess.is_sure = true;
}

/* --- numbers ----------------------------------------------------------------------------------------------------- */

static char ask_sum(struct view label, bool is_usual) {
    struct buffer text = {0};
    char sums = '\0';
    while (sums == '\0') {
        text.length = 0;
        buffer_add_text(&text, "May \"");
        plain_add(&text, label);
        buffer_print(&text, "\" be added up in totals? %s: ", is_usual ? "[Y/n]" : "[y/N]");
        char *answer = read_answer(&text);
        char first = answer ? (char)(answer[0] | 0x20) : ' ';
        if (!answer || answer[0] == '\0')
            sums = is_usual ? 'y' : 'n';
        else if (first == 'y' || first == 'n')
            sums = first;
        free(answer);
    }
    buffer_free(&text);
    return sums;
}

static void ask_numbers(struct draft *draft) {
    for (size_t i = 0; i < draft->field_count; i++) {
        enum number_use use = USE_NONE;
        if (number_is_doubtful(draft, &draft->fields[i], &use))
            draft->fields[i].answer = ask_sum(label_of(draft, i), use == USE_SUM);
    }
}

bool draft_ask(struct draft *draft, struct error *error) {
    if (isatty(STDIN_FILENO) != 1) {
        error_set(error, EXIT_WRONG_USE, "--interactive asks at a terminal, and standard input is none");
        return error_fix(error, "Leave out --interactive. The draft then lists what it is not sure of.");
    }
    ask_person(draft);
    ask_date(draft);
    ask_id(draft);
    draft->is_asked = true;
    draft_assign_roles(draft);
    ask_numbers(draft);
    return true;
}
