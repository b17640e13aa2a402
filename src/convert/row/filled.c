/* filled.c: what a cell holds for a person or an ID, and what it holds besides. */
#include "base/digits.h"
#include "convert/id_form.h"
#include "convert/row/row_private.h"
#include "values/boolean.h"
#include "values/nothing.h"

/* "?", "...": nothing that a name is made of. */
static bool has_marks_only(struct view name) {
    for (size_t i = 0; i < name.length; i++)
        if (!strchr("?.!*_-/\\", name.text[i]) || name.text[i] == '\0') return false;
    return name.length > 0;
}

/* "**Unassigned Crew", "_Unassigned", "(Not Assigned)", "TBD", "???": a name that ServiceTitan's users give to nobody. */
static bool is_nobody(struct view name) {
    static const char *const words[] = {"unassigned", "not assigned", "no technician"};
    char first = name.length > 0 ? view_lower(name.text[0]) : '\0';
    if (first >= 'a' && first <= 'z' && first != 'u' && first != 'n' && first != 't')
        return false; /* nearly every name */
    if (has_marks_only(name)) return true;
    while (name.length > 0 && name.text[0] != '\0' && strchr("*_ ([<-", name.text[0]))
        name = view_from(name.text + 1, name.length - 1);
    if (name.length == 0 || !strchr("unt", name.text[0] | 0x20)) return false;
    if (view_equal_fold(name, view_of("tbd")) || view_equal_fold(name, view_of("tba"))) return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (!view_starts_with_fold(name, words[i])) continue;
        return name.length == length || strchr(" -_)]>*", name.text[length]) != NULL;
    }
    return false;
}

struct view row_filled_text(const struct converter *converter, struct cell_ref ref, bool is_id) {
    const struct cell *cell = row_cell_at(&converter->row, ref);
    if (!cell) return view_of("");
    struct view text = view_trim(cell->text), inside;
    if (id_guard(text, &inside)) text = view_trim(inside);
    if (text.length == 0 || cell->kind == CELL_NESTED || placeholder_text(text) || id_is_zero(text)) return view_of("");
    if (!is_id) return is_nobody(text) ? view_of("") : text;
    if ((text.text[0] | 0x20) == 'u' && view_equal_fold(text, view_of("unassigned"))) return view_of("");
    if (cell->kind == CELL_NUMBER) return id_without_zero(text);
    return id_has_commas(text) ? id_without_commas(text, converter->arena) : text;
}

void row_tell_form(struct converter *converter, struct cell_ref ref, size_t field) {
    const struct cell *cell = row_cell_at(&converter->row, ref);
    if (!cell || cell->text.length == 0) return;
    if (cell->is_plain && cell->text.text[0] != '\'') return; /* plain: no comma and no quote is in it */
    struct view text = view_trim(cell->text), inside;
    if (id_guard(text, &inside)) {
        converter->outcome->evidence.guards++;
        return;
    }
    if (cell->kind == CELL_NUMBER || !id_has_commas(text)) return;
    struct view plain = id_without_commas(text, converter->arena);
    row_problem(converter, W422_ID_FORM, field, "%.*s \"%.*s\" has commas between thousands. The ID is %.*s",
                VIEW_ARGS(row_label(&converter->file, field)), VIEW_ARGS(text), VIEW_ARGS(plain));
}

bool row_refuse_error(struct converter *converter, struct cell_ref ref, size_t field) {
    const struct cell *cell = row_cell_at(&converter->row, ref);
    struct view text = cell ? view_trim(cell->text) : view_of("");
    if (!nothing_error(text) && !nothing_formula(text)) return false;
    row_cell_problem(converter, E310_CELL_ERROR, field, nothing_error_words(text));
    return true;
}

bool row_is_plain_id(struct view text) {
    return text.length > 0 && text.text[0] != '0' && digits_only(text);
}
