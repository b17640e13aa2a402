/* way_out.c: see way_out.h. Advice depends on which side is Plecto's, and on which side has the rows: a filter that Plecto
 * has already is not proposed. */
#include "reconcile/way_out.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/words.h"
#include "reconcile/side_words.h"

/* Options that name sides, numbers or reports: a command with other sides has its own. */
#define OF_SIDES "expect expect-file journal data-source where tolerance format day-audit force"

struct advice {
    const struct reconciliation *reconciliation;
    const struct rewriter *rewriter;
    struct buffer *out;
};

static const struct comparison *comparison_of(const struct advice *advice) {
    return &advice->reconciliation->comparison;
}

/* The export of the two, or NULL. */
static const struct side *export_of(const struct advice *advice) {
    const struct side *sides = comparison_of(advice)->sides;
    return sides[0].kind == SIDE_EXPORT ? &sides[0] : sides[1].kind == SIDE_EXPORT ? &sides[1] : NULL;
}

static void add_command(const struct advice *advice, const char *command, const char *drops, const char *files,
                        const char *adds) {
    if (advice->rewriter) {
        char *text = advice->rewriter->rewrite(advice->rewriter->context, command, drops, files, adds);
        buffer_add_text(advice->out, text);
        free(text);
        return;
    }
    buffer_print(advice->out, "st2plecto %s%s%s%s%s", command, *adds ? " " : "", adds, *files ? " " : "", files);
}

/* A name that begins with a dash is no option. */
static void add_path(struct buffer *files, const char *name) {
    if (name[0] == '-') buffer_add_text(files, "./");
    words_shell(files, name);
}

static void add_paths(const struct advice *advice, struct buffer *files) {
    const struct side *sides = comparison_of(advice)->sides;
    for (int i = 0; i < 2; i++) {
        if (sides[i].kind == SIDE_NUMBERS || sides[i].kind == SIDE_JOURNAL || !sides[i].name) continue;
        if (i == 1 && !advice->reconciliation->has_buckets) continue;
        if (files->length > 0) buffer_add_char(files, ' ');
        add_path(files, sides[i].name);
    }
    buffer_add_char(files, '\0');
}

/* The same comparison with one option more, or another value of it. */
static void add_again(const struct advice *advice, const char *option, const char *value) {
    struct buffer files = {0}, adds = {0};
    add_paths(advice, &files);
    buffer_print(&adds, "--%s ", option);
    words_shell(&adds, value);
    buffer_add_char(&adds, '\0');
    add_command(advice, "reconcile", option, files.text, adds.text);
    buffer_free(&files);
    buffer_free(&adds);
}

/* The export converted into a folder that is not there yet. */
static void add_convert(const struct advice *advice, const char *adds) {
    struct buffer file = {0};
    add_path(&file, export_of(advice)->name);
    buffer_add_char(&file, '\0');
    add_command(advice, "convert", OF_SIDES, file.text, adds);
    buffer_free(&file);
}

/* --- filters ---------------------------------------------------------------------------------------------------------- */

static bool is_inactive(const struct finding *finding) {
    return finding->value_count == 1 && finding->fields[0] &&
           view_find_fold(view_of(finding->fields[0]), "active") != SIZE_MAX &&
           values_equal(view_of(finding->values[0]), view_of("false"));
}

/* "Status is not Hold", "Active is true". */
static void add_condition(const struct advice *advice, const struct finding *finding) {
    if (is_inactive(finding) && !finding->is_only) {
        buffer_add_text(advice->out, "\"Active is true\"");
        return;
    }
    for (size_t i = 0; i < finding->value_count && i < 2; i++) {
        struct view value = shown_value(advice->reconciliation, finding, i);
        buffer_print(advice->out, "%s\"%s is %s%.*s\"", i > 0 ? " or " : "", finding->fields[i],
                     finding->is_only ? "" : "not ", VIEW_ARGS(value));
    }
}

/* Plecto has the rows: its formula can leave them out. The other side has them: Plecto leaves them out already. */
static void add_filter(const struct advice *advice, const struct finding *finding) {
    const struct comparison *comparison = comparison_of(advice);
    int plecto = plecto_side(comparison);
    if (plecto < 0) {
        buffer_add_text(advice->out, "Set the same filter for both: ");
        add_condition(advice, finding);
        buffer_add_char(advice->out, '.');
        return;
    }
    if (finding->side == plecto) {
        bool is_folder = comparison->sides[plecto].kind == SIDE_FOLDER;
        if (is_folder && is_inactive(finding) && export_of(advice)) {
            add_convert(advice, "--active-only -o active");
            return;
        }
        buffer_add_text(advice->out, "In Plecto's formula, add the filter ");
        add_condition(advice, finding);
        buffer_add_char(advice->out, '.');
        return;
    }
    const struct side *other = &comparison->sides[1 - plecto];
    buffer_print(advice->out,
                 "These rows are not %s. To count them there, %s. To leave them out of the %s too, filter it: ",
                 side_place(comparison, plecto),
                 comparison->sides[plecto].kind == SIDE_NUMBERS ? "remove the filter from Plecto's formula"
                                                                : "convert and send them",
                 other->kind == SIDE_EXPORT ? "export" : "comparison");
    add_condition(advice, finding);
    buffer_add_char(advice->out, '.');
}

/* --- rows ------------------------------------------------------------------------------------------------------------- */

static void add_missing(const struct advice *advice, const struct finding *finding) {
    const struct comparison *comparison = comparison_of(advice);
    int plecto = plecto_side(comparison);
    if (plecto < 0 || finding->side == plecto || finding->detail) return; /* a reason is known: that says what to do */
    switch (comparison->sides[plecto].kind) {
    case SIDE_FOLDER:
        if (export_of(advice)) add_convert(advice, "--on-error reject -o new");
        return;
    case SIDE_NUMBERS: buffer_add_text(advice->out, "Look for these rows in Plecto's data source."); return;
    default: buffer_add_text(advice->out, "Convert the export again and send its folder to Plecto."); return;
    }
}

static void add_set_aside(const struct advice *advice, const struct finding *finding) {
    if (finding->cause == CAUSE_REJECTED && export_of(advice))
        add_convert(advice, "--on-error reject --to csv,review -o corrected");
    const struct side *folder = &comparison_of(advice)->sides[0];
    if (finding->cause != CAUSE_REJECTED || folder->set_aside_count == 0) return;
    if (folder->by && strcmp(folder->by, "row") != 0) /* a total of these rows alone would replace that of all */
        buffer_print(advice->out,
                     "Correct the rows of %s/rejected.csv in ServiceTitan, and convert the whole export again.",
                     folder->name);
    else
        buffer_print(advice->out, "Correct the rows in %s/rejected.csv and convert that file.", folder->name);
}

static void add_days(const struct advice *advice, const struct finding *finding) {
    int source = source_side(comparison_of(advice));
    bool is_utc = view_is(view_of(finding->values[0]), "UTC");
    if (is_utc && comparison_of(advice)->sides[source].kind == SIDE_EXPORT)
        add_again(advice, "tz", "UTC");
    else
        buffer_add_text(advice->out, "Set the same time zone and the same days for both reports.");
}

/* Nobody on one side is no other name. */
static void add_people(const struct advice *advice, const struct finding *finding) {
    bool is_missing = finding->value_count == 2 && (!finding->values[0][0] || !finding->values[1][0]);
    if (!is_missing)
        buffer_add_text(advice->out, "List both names for one person in a roster: --roster FILE");
    else if (export_of(advice))
        buffer_add_text(advice->out, "Set the employee in ServiceTitan and export again.");
}

static void add_way_out(const struct advice *advice, const struct finding *finding) {
    switch (finding->cause) {
    case CAUSE_ATTRIBUTE:
    case CAUSE_ATTRIBUTES: add_filter(advice, finding); break;
    case CAUSE_DATE: add_again(advice, "date", finding->fields[0]); break;
    case CAUSE_DAYS: add_days(advice, finding); break;
    case CAUSE_UNSENT:
    case CAUSE_ROWS:
    case CAUSE_ROW: add_missing(advice, finding); break;
    case CAUSE_STALE:
        if (plecto_side(comparison_of(advice)) >= 0)
            buffer_add_text(advice->out,
                            "If the export is complete, see what an upload would delete: plan --vanished delete.");
        break;
    case CAUSE_REPEATED:
        buffer_add_text(advice->out, "Make each ID unique: \"id\" in a schema can combine columns.");
        break;
    case CAUSE_PEOPLE: add_people(advice, finding); break;
    case CAUSE_REJECTED: add_set_aside(advice, finding); break;
    default: break;
    }
}

static char *taken(struct buffer *text) {
    char *made = text->length > 0 ? buffer_take(text) : NULL;
    buffer_free(text);
    return made;
}

static void advise(const struct reconciliation *reconciliation, const struct rewriter *rewriter,
                   struct finding *finding) {
    struct buffer text = {0};
    const struct advice advice = {reconciliation, rewriter, &text};
    if (!finding || finding->command) return;
    add_way_out(&advice, finding);
    finding->command = taken(&text);
    advise(reconciliation, rewriter, finding->parts[0]);
    advise(reconciliation, rewriter, finding->parts[1]);
}

/* What to do where nothing explains the gap: all records with their part of it; of bare numbers, records in their place. */
static void add_next(struct reconciliation *reconciliation, const struct rewriter *rewriter) {
    struct buffer text = {0};
    const struct advice advice = {reconciliation, rewriter, &text};
    if (reconciliation->has_buckets) {
        add_again(&advice, "format", "xlsx=gap.xlsx");
    } else {
        struct buffer files = {0};
        add_path(&files, reconciliation->comparison.sides[0].name);
        buffer_add_text(&files, " plecto.csv");
        buffer_add_char(&files, '\0');
        add_command(&advice, "reconcile", "expect expect-file format force", files.text, "");
        buffer_free(&files);
    }
    reconciliation->next = taken(&text);
}

void reconciliation_add_commands(struct reconciliation *reconciliation, const struct rewriter *rewriter) {
    const struct findings_list *found = &reconciliation->found;
    for (size_t i = 0; i < found->count; i++)
        advise(reconciliation, rewriter, found->list[i]);
    bool is_explained = found->count > 0 && found->list[0]->is_all;
    if (reconciliation->exit_code != EXIT_FINE && !is_explained) add_next(reconciliation, rewriter);
}
