/* explain.c: the page of one code. */
#include "render/render.h"

#include <stdlib.h>

/* `text` in lines of about 90 characters, each behind `indent`. */
static void add_wrapped(struct buffer *out, const char *indent, const char *text) {
    struct view rest = view_of(text);
    while (rest.length > 0) {
        size_t end = rest.length;
        if (end > 90) {
            for (end = 90; end > 0 && rest.text[end] != ' '; end--)
                ;
            end = end ? end : 90;
        }
        buffer_add_text(out, indent);
        buffer_add(out, view_from(rest.text, end));
        buffer_add_char(out, '\n');
        rest = view_trim(view_from(rest.text + end, rest.length - end));
    }
}

void render_explain(const struct issue_kind *kind, struct buffer *out) {
    const char *severity = kind->severity == SEVERITY_ERROR ? "error" : "warning";
    buffer_print(out, "%s %s (%s): %s\n\nWhy\n", kind->name, kind->slug, severity, kind->title);
    add_wrapped(out, "    ", kind->reason);
    buffer_add_text(out, "\nWhat to do\n");
    char *fix = issue_fix(kind->code, NULL, "");
    for (char *line = fix, *end; line; line = end ? end + 1 : NULL) {
        end = strchr(line, '\n');
        if (end) *end = '\0';
        add_wrapped(out, strncmp(line, "st2plecto ", 10) == 0 ? "      " : "    ", line);
    }
    free(fix);
    buffer_add_text(out, "\nExample\n");
    struct view example = view_of(kind->example);
    while (example.length > 0) {
        const char *end = memchr(example.text, '\n', example.length);
        size_t length = end ? (size_t)(end - example.text) : example.length;
        buffer_print(out, "    %.*s\n", (int)length, example.text);
        size_t taken = length + (end != NULL);
        example = view_from(example.text + taken, example.length - taken);
    }
}
