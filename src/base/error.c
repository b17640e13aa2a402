/* error.c: the message and the advice of what stopped the run. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

static char *print(const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = memory_get(size);
    text[0] = '\0';
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

bool error_set(struct error *error, enum exit_code code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *message = print(format, arguments);
    va_end(arguments);
    error_free(error);
    error->code = code;
    error->message = message;
    return false;
}

bool error_fix(struct error *error, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *fix = print(format, arguments);
    va_end(arguments);
    free(error->fix);
    error->fix = fix;
    return false;
}

void error_free(struct error *error) {
    free(error->message);
    free(error->fix);
    *error = (struct error){.code = EXIT_FINE};
}
