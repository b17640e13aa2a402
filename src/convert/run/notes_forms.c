/* notes_forms.c: how the texts of columns were read (convert/column_form.h), where neither schema nor options said it. */
#include <stdlib.h>

#include "base/memory.h"
#include "convert/run/run_private.h"

static void warn(struct pass *pass, enum issue_code code, const char *field, struct buffer *text) {
    issues_add(pass->findings.issues,
               &(struct issue){.code = code, .field = view_of(field), .detail = buffer_view(text)});
    text->length = 0;
}

/* "1 number", "2 numbers". */
static void add_count(struct buffer *text, uint64_t count, const char *one) {
    buffer_print(text, "%llu %s%s", (unsigned long long)count, one, count == 1 ? "" : "s");
}

static void note_marks(const struct run *run, struct pass *pass, size_t index, const struct mark_evidence *marks,
                       struct buffer *text) {
    const struct field *field = &run->schema->fields[index];
    bool has_commas = run->plan.forms[index].style.point == ',';
    if (has_commas && field->style.point != ',' &&
        marks->commas + marks->weak_commas + marks->point_groups + marks->point_either + marks->comma_either > 0)
        findings_note(&pass->findings, "%s has decimal commas (1.234,50), as %s", field->name,
                      marks_prove_commas(marks) ? "its values prove" : "the other columns of numbers prove");
    if (has_commas || !marks_are_open(marks) || field->style.point == ',') return;
    buffer_print(text, "%s has ", field->name);
    add_count(text, marks->point_either, "value");
    buffer_add_text(text,
                    " with three digits after a dot, such as 1.234, and nothing shows what the dot is. As decimals "
                    "they add up to ");
    decimal_print_human(text, marks->either_sum, field->is_money);
    buffer_add_text(text, ", which is sent. With the dot between thousands they are ");
    decimal_print_human(text, marks->either_sum * 1000, field->is_money);
    warn(pass, W328_OPEN_DOTS, field->name, text);
}

static void note_lengths(const struct run *run, struct pass *pass, size_t index, const struct length_evidence *lengths,
                         struct buffer *text) {
    const struct field *field = &run->schema->fields[index];
    enum input_shape shape = input_facts(run->inputs[0])->shape;
    if (lengths->fractions > 0 && (shape == SHAPE_CSV || shape == SHAPE_REPORT)) {
        buffer_print(text, "%s has ", field->name);
        add_count(text, lengths->fractions, "value");
        buffer_add_text(text, " such as 1.5, read as seconds. If they are hours, what is sent is 3,600 times too small");
        warn(pass, W333_BARE_DURATIONS, field->name, text);
    }
    if (lengths->two_parts == 0 || run->options->two_parts != TWO_PARTS_OPEN || field->two_parts != TWO_PARTS_OPEN)
        return;
    bool is_proved = lengths_prove_minutes(lengths) || lengths_prove_hours(lengths);
    const char *form = run->plan.forms[index].is_hours_minutes ? "hours and minutes" : "minutes and seconds";
    if (is_proved) {
        findings_note(&pass->findings, "%s: values such as 1:30 are %s, as %s prove. --durations reads them otherwise", field->name, form,
                      lengths->pair_hours + lengths->pair_minutes > 0 ? "the times in their rows" : "its other values");
        return;
    }
    buffer_print(text, "%s has ", field->name);
    add_count(text, lengths->two_parts, "value");
    buffer_print(text,
                 " such as 1:30, and nothing shows what its parts are. It is read as %s; --durations m:s reads minutes "
                 "and seconds",
                 form);
    warn(pass, W330_OPEN_DURATIONS, field->name, text);
}

static void note_days(const struct run *run, struct pass *pass, size_t index, const struct form_evidence *form,
                      struct buffer *text) {
    const struct field *field = &run->schema->fields[index];
    if (run->plan.forms[index].is_excel_date && !field->is_excel_date) {
        buffer_print(text, "%s holds day numbers of a spreadsheet only (45953 is 2025-10-23), so ", field->name);
        add_count(text, form->days.numbers, "value");
        buffer_print(text, " %s read as days", form->days.numbers == 1 ? "is" : "are");
        warn(pass, W331_DAY_NUMBERS, field->name, text);
    }
    if (run->plan.forms[index].in_utc) {
        buffer_print(text, "%s has ", field->name);
        add_count(text, form->days.in_utc, "time");
        buffer_add_text(text, " in UTC (Z) and ");
        add_count(text, form->days.with_offset, "time");
        buffer_add_text(text,
                        " with an offset such as -05:00. All of them are sent in UTC, and their days are UTC days");
        warn(pass, W624_MIXED_CLOCKS, field->name, text);
    }
    uint64_t zoned = form->days.in_utc + form->days.with_offset;
    if (form->days.bare > 0 && zoned > 0 && !run->options->zone) {
        buffer_print(text, "%s has ", field->name);
        add_count(text, zoned, "time");
        buffer_print(text, " with %s and ",
                     form->days.with_offset == 0 ? "Z"
                     : form->days.in_utc == 0    ? "an offset"
                                                 : "Z or an offset");
        add_count(text, form->days.bare, "time");
        buffer_add_text(text, " without, whose clock is not known. Each counts on the day that is written");
        warn(pass, W624_MIXED_CLOCKS, field->name, text);
    }
    struct far_years far = years_far(form);
    if (far.count == 0) return;
    buffer_print(text, "%s has ", field->name);
    add_count(text, far.count, "date");
    buffer_print(text, " in %d", far.first);
    if (far.last != far.first) buffer_print(text, " to %d", far.last);
    buffer_print(
        text,
        ", more than 30 years from most others (%d). A year of two digits is read as 1969 to 2068",
        far.median);
    issues_add(pass->findings.issues, &(struct issue){.code = W332_ODD_YEARS,
                                                      .file = far.place.file,
                                                      .row = far.place.row,
                                                      .line = far.place.line,
                                                      .column = 1,
                                                      .field = view_of(field->name),
                                                      .detail = buffer_view(text)});
    text->length = 0;
}

/* IDs: guards, .0, and those that differ from another in their form only. */
static void note_ids(const struct run *run, struct pass *pass, struct buffer *text) {
    if (pass->evidence.guards > 0)
        findings_note(&pass->findings, "%llu cell%s guarded from the spreadsheet (=\"001234\" or '001234). The guard is not sent",
                      (unsigned long long)pass->evidence.guards, pass->evidence.guards == 1 ? " is" : "s are");
    uint64_t people = pass->evidence.float_people;
    if (people > 0)
        findings_note(&pass->findings,
                      "%llu row%s the employee's ID as a number with .0, such as 4101.0. The .0 is not sent",
                      (unsigned long long)people, people == 1 ? " has" : "s have");
    if (run->plan.ids_are_floats)
        findings_note(&pass->findings, "all IDs end in .0, as programs write whole numbers. The .0 is not sent");
    const uint64_t *kinds = pass->evidence.ids;
    if (kinds[ID_POINT_ZERO] > 0 && kinds[ID_DIGITS] > 0 && kinds[ID_OTHER] == 0) {
        add_count(text, kinds[ID_POINT_ZERO], "ID");
        buffer_print(text, " end%s in .0, and the others of the export do not", kinds[ID_POINT_ZERO] == 1 ? "s" : "");
        warn(pass, W422_ID_FORM, "", text);
    }
    for (size_t i = 0; i < pass->repeated.odd.count; i++) {
        const struct odd_id *id = &pass->repeated.odd.list[i];
        if (!id->has_twin) continue;
        buffer_print(text, "ID \"%s\" and another ID, \"%s\", differ only in how they are written. They may be one record",
                     id->text, id->folded);
        issues_add(pass->findings.issues, &(struct issue){.code = W422_ID_FORM,
                                                          .file = id->file,
                                                          .row = id->row,
                                                          .line = id->line,
                                                          .column = 1,
                                                          .detail = buffer_view(text)});
        text->length = 0;
    }
}

void run_note_forms(const struct run *run, struct pass *pass) {
    struct buffer text = {0};
    for (size_t i = 0; i < run->plan.field_count; i++) {
        const struct form_evidence *form = &pass->evidence.columns[i].form;
        note_marks(run, pass, i, &form->marks, &text);
        note_lengths(run, pass, i, &form->lengths, &text);
        note_days(run, pass, i, form, &text);
    }
    note_ids(run, pass, &text);
    buffer_free(&text);
}
