/* child_said.c: what a child printed, see run_child.h. */
#include <stdlib.h>

#include "base/exit_codes.h"
#include "base/memory.h"
#include "base/plain.h"
#include "cli/run_child.h"

struct view child_first_line(struct view text) {
    const char *end = text.length ? memchr(text.text, '\n', text.length) : NULL;
    return view_from(text.text, end ? (size_t)(end - text.text) : text.length);
}

struct view child_last_line(const struct buffer *text) {
    size_t end = text->length;
    while (end > 0 && (text->text[end - 1] == '\n' || text->text[end - 1] == ' '))
        end--;
    size_t begin = end;
    while (begin > 0 && text->text[begin - 1] != '\n')
        begin--;
    return view_from(text->text + begin, end - begin);
}

/* A fix as it was printed, without the indent of its lines. The caller frees. */
static char *fix_lines(struct view text) {
    struct buffer fix = {0};
    for (;;) {
        struct view line = child_first_line(text);
        buffer_add(&fix, line);
        text = view_from(text.text + line.length, text.length - line.length);
        if (!view_starts_with(text, "\n" FIX_INDENT)) return buffer_take(&fix);
        buffer_add_char(&fix, '\n');
        text = view_from(text.text + sizeof FIX_INDENT, text.length - sizeof FIX_INDENT);
    }
}

char *child_error(const struct child *child, char **fix) {
    static const char mark[] = "st2plecto: error: ", fix_mark[] = "\n    fix: ";
    struct view text = buffer_view(&child->err);
    size_t at = text.length ? view_find(text, mark) : SIZE_MAX;
    *fix = NULL;
    if (at == SIZE_MAX) {
        const char *meaning = exit_code_meaning((int)child->code);
        return memory_print("%s ended with %d: %s", child->words[0], (int)child->code,
                            meaning ? meaning : "it was stopped");
    }
    struct view rest = view_from(text.text + at + sizeof mark - 1, text.length - at - (sizeof mark - 1));
    struct view line = child_first_line(rest), behind = view_from(rest.text + line.length, rest.length - line.length);
    if (view_starts_with(behind, fix_mark))
        *fix = fix_lines(view_from(behind.text + sizeof fix_mark - 1, behind.length - (sizeof fix_mark - 1)));
    return memory_copy(line);
}
