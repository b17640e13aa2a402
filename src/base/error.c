/* error.c: the message and the advice of what stopped the run. */
#include "base/error.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/memory.h"

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

void error_free(struct error *error) {
    free(error->message);
    free(error->fix);
    *error = (struct error){.code = EXIT_FINE};
}
