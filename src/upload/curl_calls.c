/* curl_calls.c: see curl_calls.h. */
#include "upload/curl_calls.h"

#ifndef LIBRARIES_LINKED_IN
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

/* The stable names of its interface, with OpenSSL and with GnuTLS. */
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

bool curl_calls_open(struct curl_calls *calls, struct error *error) {
    *calls = (struct curl_calls){0};
    struct {
        const char *name;
        void *place; /* where the address of the function goes */
    } const table[] = {
        {"curl_global_init", &calls->global_init},
        {"curl_global_cleanup", &calls->global_cleanup},
        {"curl_easy_init", &calls->easy_init},
        {"curl_easy_cleanup", &calls->easy_cleanup},
        {"curl_easy_setopt", &calls->easy_setopt},
        {"curl_easy_getinfo", &calls->easy_getinfo},
        {"curl_version", &calls->version},
        {"curl_easy_strerror", &calls->easy_strerror},
        {"curl_multi_init", &calls->multi_init},
        {"curl_multi_cleanup", &calls->multi_cleanup},
        {"curl_multi_add_handle", &calls->multi_add_handle},
        {"curl_multi_remove_handle", &calls->multi_remove_handle},
        {"curl_multi_perform", &calls->multi_perform},
        {"curl_multi_poll", &calls->multi_poll},
        {"curl_multi_info_read", &calls->multi_info_read},
        {"curl_slist_append", &calls->slist_append},
        {"curl_slist_free_all", &calls->slist_free_all},
    };
    unsetenv("SSLKEYLOGFILE"); /* libcurl would write the keys of the connection there: whoever has them reads the password */
    for (size_t i = 0; !calls->library && i < sizeof names / sizeof *names; i++)
        calls->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    bool is_whole = calls->library != NULL;
    for (size_t i = 0; is_whole && i < sizeof table / sizeof *table; i++) {
        void *found = dlsym(calls->library, table[i].name);
        memcpy(table[i].place, &found, sizeof found); /* POSIX, dlsym: functions come as pointers to data */
        is_whole = found != NULL;
    }
    if (is_whole && calls->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK) return true;
    if (calls->library) dlclose(calls->library);
    calls->library = NULL;
    error_set(error, EXIT_WRONG_USE, "libcurl, which connects to Plecto, is not installed");
    return error_fix(error, "To install it: apt-get install libcurl4");
}
#endif

void curl_calls_close(struct curl_calls *calls) {
    /* never dlclose: its libraries leave handlers behind that run at the end of the program */
    if (calls->library) calls->global_cleanup();
    *calls = (struct curl_calls){0};
}
