/* late.c: see late.h. */
#include "base/late.h"

#include <dlfcn.h>
#include <string.h>

bool late_open(const struct late_library *library, const struct late_function *functions, size_t count,
               struct error *error) {
    void *handle = NULL;
    for (size_t i = 0; i < 2 && !handle && library->files[i]; i++)
        handle = dlopen(library->files[i], RTLD_NOW | RTLD_LOCAL);
    bool is_whole = handle != NULL;
    for (size_t i = 0; is_whole && i < count; i++)
        is_whole = dlsym(handle, functions[i].name) != NULL;
    for (size_t i = 0; is_whole && i < count; i++) {
        void *found = dlsym(handle, functions[i].name);
        memcpy(functions[i].place, &found, sizeof found); /* POSIX, dlsym: functions come as pointers to data */
    }
    if (is_whole) return true;
    if (handle) dlclose(handle);
    return late_missing(library, error);
}

bool late_missing(const struct late_library *library, struct error *error) {
    error_set(error, EXIT_WRONG_USE, "%s", library->missing);
    return error_fix(error, "To install it:\napt-get install %s", library->package);
}
