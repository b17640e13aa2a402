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

const char *error_advice(const struct error *error) {
    if (error->fix) return error->fix;
    switch (error->code) {
    case EXIT_CANNOT_READ: return "Check that the file is there, whole, and may be read. Then run the command again.";
    case EXIT_CANNOT_WRITE:
        return "Check the permissions of the folder, free space and free memory. Then run the command again.";
    case EXIT_NOT_BALANCED:
        return "Nothing was published. This is a fault of st2plecto: please report it with the command.";
    case EXIT_WRONG_USE: return "To see what the command takes: st2plecto help";
    default: return NULL;
    }
}

void error_free(struct error *error) {
    free(error->message);
    free(error->fix);
    *error = (struct error){.code = EXIT_FINE};
}
