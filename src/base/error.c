/* error.c: the message and the advice of what stopped the run. */
#include "base/error.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/words.h"

bool error_set(struct error *error, enum exit_code code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *message = memory_print_list(format, arguments);
    va_end(arguments);
    error_free(error);
    error->code = code;
    error->message = message;
    return false;
}

bool error_fix(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *fix = memory_print_list(format, arguments);
    va_end(arguments);
    free(error->fix);
    error->fix = fix;
    return false;
}

/* `text` in place of each `mark` in the advice. */
static void fill(struct error *error, const char *mark, const char *text) {
    if (!error->fix || !strstr(error->fix, mark)) return;
    struct buffer filled = {0};
    const char *rest = error->fix, *next;
    for (; (next = strstr(rest, mark)) != NULL; rest = next + strlen(mark)) {
        buffer_add(&filled, view_from(rest, (size_t)(next - rest)));
        buffer_add_text(&filled, text);
    }
    buffer_add_text(&filled, rest);
    free(error->fix);
    error->fix = buffer_take(&filled);
}

bool error_fix_file(struct error *error, const char *path) {
    struct buffer word = {0};
    words_shell(&word, path);
    buffer_add_char(&word, '\0');
    fill(error, "{file}", word.text);
    buffer_free(&word);
    return false;
}

void error_fix_run(struct error *error, const char *call) {
    fill(error, "{run}", call);
}

const char *error_advice(const struct error *error) {
    if (error->fix) return error->fix;
    switch (error->code) {
    case EXIT_CANNOT_READ: return "Check that the file is there, whole, and may be read. Then run the command again.";
    case EXIT_CANNOT_WRITE:
        return "Check the permissions of the folder, free space and free memory. Then run the command again.";
    case EXIT_NOT_BALANCED:
        return "Nothing was published. This is a fault of st2plecto: please report it with the command.";
    case EXIT_WRONG_USE: return "To see what the commands take:\nst2plecto help";
    default: return NULL;
    }
}

void error_free(struct error *error) {
    free(error->message);
    free(error->fix);
    *error = (struct error){.code = EXIT_FINE};
}
