/* inspect_text.c: an inspection for people: facts, a table of columns, schemas, roles, the next command. */
#include <stdlib.h>

#include "cli/inspect.h"

#define LABEL_WIDTH 40
#define SCORES_SHOWN 3

static void add_heading(struct buffer *out, const char *text, bool has_colour) {
    buffer_print(out, has_colour ? "\n\033[1m%s\033[0m\n" : "\n%s\n", text);
}

static void add_row(struct buffer *out, const char *name, const char *text) {
    buffer_add_text(out, "  ");
    words_left(out, view_of(name), 12);
    plain_add(out, view_of(text));
    buffer_add_char(out, '\n');
}

static void add_facts(struct buffer *out, const struct inspection *inspection) {
    const struct input_facts *facts = inspection->facts;
    plain_add(out, view_of(facts->path));
    buffer_print(out, ": %s", inspect_shape(facts));
    if (facts->workbook) {
        buffer_add_text(out, ", sheet \"");
        plain_add_text(out, facts->workbook->sheet);
        buffer_add_text(out, facts->workbook->unread ? "\", beside " : "\"");
        plain_add_text(out, facts->workbook->unread);
    } else if (facts->shape == SHAPE_CSV) {
        buffer_print(out, ", %s, %s line ends", inspect_delimiter(facts), facts->newline ? facts->newline : "no");
    }
    if (facts->workbook)
        buffer_add_char(out, '\n');
    else
        buffer_print(out, ", %s%s%s\n", facts->encoding, facts->compressed ? ", gzip" : "",
                     !facts->wrapper ? "" : strcmp(facts->wrapper, "record") == 0 ? ", Singer records" : ", Airbyte records");
    buffer_add_text(out, "  rows        ");
    words_count(out, inspection->profile.rows);
    if (facts->shape == SHAPE_CSV) buffer_print(out, ", header in row %llu", (unsigned long long)facts->header_row);
    if (facts->answers > 1) buffer_print(out, ", in %llu answers (pages)", (unsigned long long)facts->answers);
    const struct profile *profile = &inspection->profile;
    if (profile->group > 0) buffer_print(out, ", and %llu group rows", (unsigned long long)profile->group);
    if (profile->blank > 0) buffer_print(out, ", and %llu blank", (unsigned long long)profile->blank);
    if (profile->damaged > 0)
        buffer_print(out, ", of which %llu %s damaged", (unsigned long long)profile->damaged,
                     profile->damaged == 1 ? "is" : "are");
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < facts->title_count; i++) {
        buffer_add_text(out, i == 0 ? "  title       " : "              ");
        plain_add_short(out, facts->titles[i], 80);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < facts->duplicate_count; i++) {
        buffer_add_text(out, "  label twice ");
        plain_add_short(out, facts->duplicate_labels[i], 80);
        buffer_add_char(out, '\n');
    }
}

/* A cell of the table, cut to LABEL_WIDTH. */
static void make_label(const struct profile_column *column, struct buffer *text) {
    text->length = 0;
    if (column->label.length == 0) buffer_add_text(text, "(no label)");
    plain_add_short(text, column->label, LABEL_WIDTH);
}

static void widths_of(const struct profile *profile, size_t *label_width, size_t *type_width) {
    struct buffer text = {0};
    *label_width = 6;
    *type_width = 4;
    for (size_t i = 0; i < profile->column_count; i++) {
        make_label(&profile->columns[i], &text);
        size_t width = plain_width(buffer_view(&text));
        *label_width = width > *label_width ? width : *label_width;
        text.length = 0;
        profile_add_type(&text, &profile->columns[i]);
        *type_width = text.length > *type_width ? text.length : *type_width;
    }
    buffer_free(&text);
}

static void add_columns(struct buffer *out, const struct inspection *inspection, bool has_colour) {
    const struct profile *profile = &inspection->profile;
    size_t label_width, type_width;
    struct buffer text = {0};
    widths_of(profile, &label_width, &type_width);
    buffer_print(&text, "Columns (%zu)", profile->column_count);
    char *heading = buffer_take(&text);
    add_heading(out, heading, has_colour);
    free(heading);
    buffer_add_text(out, "  ");
    words_left(out, view_of("Column"), label_width + 2);
    words_left(out, view_of("Type"), type_width + 2);
    buffer_add_text(out, "   Filled  Evidence\n");
    for (size_t i = 0; i < profile->column_count; i++) {
        const struct profile_column *column = &profile->columns[i];
        make_label(column, &text);
        buffer_add_text(out, "  ");
        words_left(out, buffer_view(&text), label_width + 2);
        text.length = 0;
        profile_add_type(&text, column);
        words_left(out, buffer_view(&text), type_width + 2);
        uint64_t filled = column->filled + column->nested;
        buffer_print(out, "%9llu", (unsigned long long)filled);
        text.length = 0;
        profile_add_evidence(&text, column, inspect_is_masked(inspection, i));
        buffer_print(out, text.length > 0 ? "  %.*s\n" : "%.*s\n", VIEW_ARGS(buffer_view(&text)));
    }
    buffer_free(&text);
}

static void add_schemas(struct buffer *out, const struct inspection *inspection, bool has_colour) {
    add_heading(out, inspection->schema ? "Schemas that fit best" : "Nearest schemas, of which none fits well enough", has_colour);
    if (inspection->score_count == 0 || inspection->scores[0].score == 0) buffer_add_text(out, "  none\n");
    struct buffer name = {0};
    for (size_t i = 0; i < inspection->score_count && i < SCORES_SHOWN && inspection->scores[i].score > 0; i++) {
        name.length = 0;
        plain_add_text(&name, inspection->scores[i].name);
        buffer_add_text(out, "  ");
        words_left(out, buffer_view(&name), 32);
        buffer_print(out, " %3d%%\n", inspection->scores[i].score / 10);
    }
    buffer_free(&name);
}

static void add_role(struct buffer *out, const char *name, char *text, const char *none) {
    add_row(out, name, *text ? text : none);
    free(text);
}

static void add_roles(struct buffer *out, const struct inspection *inspection, bool has_colour) {
    if (!inspection->schema) return;
    struct buffer heading = {0};
    buffer_add_text(&heading, "Roles with schema ");
    plain_add_text(&heading, inspection->schema->name);
    char *text = buffer_take(&heading);
    add_heading(out, text, has_colour);
    free(text);
    add_role(out, "employee", inspect_employee(inspection), "none");
    add_role(out, "ID", inspect_id(inspection), "none");
    add_role(out, "date", inspect_date(inspection), "none");
    add_role(out, "active", inspect_active(inspection), "none");
    if (inspection->schema->endpoint) add_row(out, "API", inspection->schema->endpoint);
}

void inspect_text(const struct inspection *inspection, bool has_colour, struct buffer *out) {
    add_facts(out, inspection);
    add_columns(out, inspection, has_colour);
    add_schemas(out, inspection, has_colour);
    add_roles(out, inspection, has_colour);
    if (inspection->advice_count > 0) add_heading(out, "Notes", has_colour);
    for (size_t i = 0; i < inspection->advice_count; i++) {
        buffer_add_text(out, "  ");
        plain_add(out, view_of(inspection->advice[i]));
        buffer_add_char(out, '\n');
    }
    buffer_add_text(out, "\nNext: ");
    plain_add(out, view_of(inspection->next));
    buffer_add_char(out, '\n');
}
