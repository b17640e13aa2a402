/* inspect_advice.c: what is still to be decided about the file, and the command to run next. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "cli/inspect.h"
#include "cli/schema_draft.h"
#include "output/outdir.h"

static void advise(struct inspection *inspection, char *text) {
    void *items = inspection->advice;
    memory_grow(&items, &inspection->advice_capacity, inspection->advice_count + 1, sizeof *inspection->advice);
    inspection->advice = items;
    inspection->advice[inspection->advice_count++] = text;
}

/* --- advice ------------------------------------------------------------------------------------------- */

static void advise_missing(struct inspection *inspection) {
    const struct binding *binding = inspection->binding;
    bool by_period = inspection->schema->date_from_period;
    if (by_period && !inspection->has_period)
        advise(inspection,
               memory_print("add --period FROM..TO, the days that the report covers, because neither its title "
                            "nor its name says them"));
    else if (binding->id_part_count == 0)
        advise(inspection, bind_missing(inspection->schema, inspection->facts, ROLE_ID));
    if (binding->date_count == 0 && !by_period)
        advise(inspection, bind_missing(inspection->schema, inspection->facts, ROLE_DATE));
    if (binding->person_count > 0 || inspection->schema->default_employee) return;
    advise(inspection, bind_missing(inspection->schema, inspection->facts, ROLE_EMPLOYEE_NAME));
    advise(inspection, memory_print("add --default-employee NAME to assign rows without an employee to a name"));
}

static void advise_roster(struct inspection *inspection) {
    const struct binding *binding = inspection->binding;
    if (binding->person_count > 0 && !ref_is_there(binding->people[0].name_cell))
        advise(inspection, memory_print("add --roster technicians.csv, a table with the columns id and name, because "
                                        "the file has only IDs of people (%s)",
                                        inspection->schema->fields[binding->people[0].id_field].name));
}

static const struct profile_column *date_column(const struct inspection *inspection) {
    if (inspection->binding->date_count == 0) return NULL;
    for (size_t i = 0; i < inspection->profile.column_count; i++)
        if (inspect_field(inspection, i) == inspection->binding->dates[0]) return &inspection->profile.columns[i];
    return NULL;
}

static void advise_date(struct inspection *inspection) {
    const struct profile_column *column = date_column(inspection);
    if (!column) return;
    const struct field *field = &inspection->schema->fields[inspection->binding->dates[0]];
    enum profile_order order = profile_order(column);
    bool is_open = order == PROFILE_ORDER_AMBIGUOUS || order == PROFILE_ORDER_MIXED;
    if (is_open && field->date_order == DATE_ORDER_UNKNOWN)
        advise(inspection,
               memory_print("add --date-order mdy or --date-order dmy, because %s does not prove which it is",
                            field->name));
    if (column->with_zone > 0 && column->timed.text && field->type == FIELD_DATETIME)
        advise(inspection,
               memory_print(
                   "add --tz ZONE, such as America/Phoenix. %s has times, and the zone decides which day they count "
                   "for",
                   field->name));
}

static void advise_unknown(struct inspection *inspection) {
    const struct binding *binding = inspection->binding;
    if (binding->unknown_count == 0 || labels_are_data(inspection->facts)) return;
    struct buffer text = {0};
    buffer_print(&text, "not sent, because schema %s does not know the columns: ", inspection->schema->name);
    for (size_t i = 0; i < binding->unknown_count; i++) {
        buffer_add_text(&text, i > 0 ? ", " : "");
        buffer_add(&text, binding->unknown_columns[i]);
    }
    advise(inspection, memory_copy(buffer_view(&text)));
    buffer_free(&text);
}

/* "invoices-2025.json.gz" → "invoices-2025". */
static struct view stem(const char *path) {
    const char *name = view_file_name(path);
    const char *dot = strchr(name + (*name == '.'), '.');
    return dot ? view_from(name, (size_t)(dot - name)) : view_of(name);
}

static void next_init(struct inspection *inspection) {
    struct buffer text = {0};
    struct view name = stem(inspection->path);
    if (strcmp(inspection->path, "-") == 0) name = view_of("export");
    char *file = memory_print("%.*s.schema.json", VIEW_ARGS(name));
    buffer_add_text(&text, "st2plecto schema init -o ");
    words_shell(&text, file);
    buffer_add_char(&text, ' ');
    words_shell(&text, inspection->path);
    free(file);
    inspection->next = buffer_take(&text);
}

static void advise_init(struct inspection *inspection, const char *what) {
    struct buffer text = {0};
    buffer_print(&text, "%s: st2plecto schema init ", what);
    words_shell(&text, inspection->path);
    advise(inspection, memory_copy(buffer_view(&text)));
    buffer_free(&text);
}

/* The one command for a report that no schema fits. Standard input cannot be read twice, nor is a draft of API records sure
 * to have an ID. */
static void next_draft(struct inspection *inspection) {
    const struct input_facts *facts = inspection->facts;
    bool is_table = facts->shape == SHAPE_CSV || facts->shape == SHAPE_REPORT;
    struct draft draft;
    draft_make(facts, &inspection->profile, inspection->dictionary, &draft);
    bool is_complete = is_table && strcmp(inspection->path, "-") != 0 && draft_has_days(&draft) &&
                       (draft.id != SIZE_MAX || draft.has_id);
    if (is_complete) {
        const char *roles[] = {"employee", "ID", "date"};
        struct buffer text = {0};
        buffer_add_text(&text, "a draft takes as ");
        for (size_t i = 0; i < 3; i++) {
            size_t column = i == 0 ? draft.person : i == 1 ? draft.id : draft.date;
            buffer_print(&text, "%s%s ", i > 0 ? ", as " : "", roles[i]);
            if (column != SIZE_MAX)
                plain_add(&text, facts->columns[column].label);
            else if (i == 0)
                buffer_add_text(&text, "the name Office");
            else if (i == 2)
                buffer_add_text(&text, "the report's period");
            for (size_t k = 0; i == 1 && column == SIZE_MAX && k < draft.id_column_count; k++) {
                buffer_add_text(&text, k > 0 ? " and " : draft.date == SIZE_MAX ? "the period and " : "");
                plain_add(&text, facts->columns[draft.id_columns[k]].label);
            }
        }
        advise(inspection, memory_copy(buffer_view(&text)));
        text.length = 0;
        advise_init(inspection, "to look at the draft first");
        char *folder = outdir_free_name("plecto");
        buffer_add_text(&text, "st2plecto convert --draft");
        buffer_add_text(&text, facts->cut_reason ? " --allow-cut" : "");
        buffer_print(&text, " -o %s ", folder);
        words_shell(&text, inspection->path);
        inspection->next = buffer_take(&text);
        free(folder);
    }
    draft_free(&draft);
    if (!is_complete) next_init(inspection);
}

/* A column that names people and that the schema does not know, else a name for all rows. */
static void add_person(const struct inspection *inspection, struct buffer *text) {
    struct draft draft;
    draft_make(inspection->facts, &inspection->profile, inspection->dictionary, &draft);
    if (draft.person != SIZE_MAX) {
        buffer_add_text(text, " --employee ");
        char *label = memory_copy(inspection->facts->columns[draft.person].label);
        words_shell(text, label);
        free(label);
    } else {
        buffer_add_text(text, " --default-employee Office");
    }
    draft_free(&draft);
}

static void next_convert(struct inspection *inspection, const char *folder, bool has_person) {
    struct buffer text = {0};
    buffer_add_text(&text, "st2plecto convert --schema ");
    words_shell(&text, inspection->schema->name);
    if (folder) {
        buffer_add_text(&text, " --schema-dir ");
        words_shell(&text, folder);
    }
    if (inspection->facts->cut_reason) buffer_add_text(&text, " --allow-cut");
    if (!has_person) add_person(inspection, &text);
    char *free_folder = outdir_free_name("plecto");
    buffer_print(&text, " -o %s ", free_folder);
    free(free_folder);
    words_shell(&text, inspection->path);
    inspection->next = buffer_take(&text);
}

/* Whether the schema leaves out a column of numbers. */
static bool leaves_numbers_out(const struct inspection *inspection) {
    const struct binding *binding = inspection->binding;
    for (size_t i = 0; i < binding->unknown_count; i++)
        for (size_t k = 0; k < inspection->profile.column_count; k++) {
            const struct profile_column *column = &inspection->profile.columns[k];
            const struct profile_sample *misfit = NULL;
            if (view_equal(column->label, binding->unknown_columns[i]) &&
                profile_is_number(profile_likely_type(column, &misfit)))
                return true;
        }
    return false;
}

/* A draft of a damaged file lacks what is damaged. */
static void advise_damaged(struct inspection *inspection) {
    uint64_t damaged = inspection->profile.damaged;
    if (damaged == 0) return;
    struct buffer text = {0};
    words_plural(&text, damaged, "row is", "rows are");
    buffer_add_text(&text, " damaged. Export again first, and draft the schema from that file. To see the damage, name "
                           "the type of the export: "
                           "st2plecto validate --schema TYPE ");
    words_shell(&text, inspection->path);
    advise(inspection, memory_copy(buffer_view(&text)));
    buffer_free(&text);
}

void inspect_advise(struct inspection *inspection, const char *schema_folder) {
    if (inspection->facts->cut_reason)
        advise(inspection, memory_print("the export is cut: %s. Export all pages, or add --allow-cut",
                                        inspection->facts->cut_reason));
    if (!inspection->schema) {
        advise(inspection, memory_copy(view_of(inspection->why_none)));
        advise_damaged(inspection);
        next_draft(inspection);
        return;
    }
    advise_missing(inspection);
    advise_roster(inspection);
    advise_date(inspection);
    advise_unknown(inspection);
    const struct binding *binding = inspection->binding;
    bool by_period = inspection->schema->date_from_period;
    bool has_date = binding->date_count > 0 || by_period;
    /* who makes such a report chooses its columns, and a draft sends them all */
    bool wants_draft = draft_may_replace(inspection->schema) && leaves_numbers_out(inspection);
    if (by_period && inspection->has_period && !wants_draft && strcmp(inspection->path, "-") != 0)
        advise_init(inspection, "for another ID, employee or date, draft your own schema");
    bool has_person = binding->person_count > 0 || inspection->schema->default_employee;
    if (binding->id_part_count == 0 || !has_date || wants_draft)
        next_draft(inspection);
    else
        next_convert(inspection, schema_folder, has_person);
}
