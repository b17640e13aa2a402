/* file_age.c: see file_age.h. */
#include "convert/file_age.h"

#include <stdint.h>
#include <string.h>

#include "input/source/workbook.h"
#include "values/moment_text.h"

static void set(struct file_age *age, enum age_mark mark, int64_t at) {
    age->has[mark] = true;
    age->at[mark] = at;
}

/* The text behind a word that says when the report was made; false if there is none. */
static bool after_export_word(struct view line, struct view *rest) {
    static const char *const words[] = {"exported", "export date", "export time", "generated", "downloaded", "printed",
                                        "run on",   "run date",    "date run",    "run time",  "report run"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = view_find_fold(line, words[i]), length = strlen(words[i]);
        if (at == SIZE_MAX) continue;
        *rest = view_from(line.text + at + length, line.length - at - length);
        return true;
    }
    return false;
}

static bool find_stated(const struct input_facts *facts, int64_t *at) {
    struct view rest;
    for (size_t i = 0; i < facts->title_count; i++)
        if (after_export_word(facts->titles[i], &rest) && moment_text_find(rest, at)) return true;
    const struct workbook_facts *book = facts->workbook;
    for (size_t i = 0; book && i < book->filter_count; i++)
        if (after_export_word(view_of(book->filters[i]), &rest) && moment_text_find(rest, at)) return true;
    return book && book->created && moment_text_find(view_of(book->created), at);
}

struct file_age file_age_of(const struct input_facts *facts, const struct own_period *period) {
    struct file_age age = {0};
    int64_t at;
    if (find_stated(facts, &at)) set(&age, AGE_STATED, at);
    if (moment_text_find(view_of(view_file_name(facts->path)), &at)) set(&age, AGE_NAMED, at);
    if (period->is_known) {
        set(&age, AGE_END, period->to);
        set(&age, AGE_BEGIN, period->from);
    }
    return age;
}

int file_age_compare(const struct file_age *one, const struct file_age *other) {
    for (int i = 0; i < AGE_MARK_COUNT; i++)
        if (one->has[i] && other->has[i] && one->at[i] != other->at[i]) return one->at[i] < other->at[i] ? -1 : 1;
    return 0;
}
