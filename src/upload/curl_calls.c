/* curl_calls.c: see curl_calls.h. */
#include "upload/curl_calls.h"

#ifndef LIBRARIES_LINKED_IN
#include <stdlib.h>

#include "base/late.h"

bool curl_calls_open(struct curl_calls *calls, struct error *error) {
    *calls = (struct curl_calls){0};
    /* the stable names of its interface, with OpenSSL and with GnuTLS */
    static const struct late_library library = {
        "libcurl, which connects to Plecto, is not installed", {"libcurl.so.4", "libcurl-gnutls.so.4"}, "libcurl4"};
    const struct late_function functions[] = {
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
    /* libcurl would write the keys of the connection there: whoever has them reads the password */
    unsetenv("SSLKEYLOGFILE");
    if (!late_open(&library, functions, sizeof functions / sizeof *functions, error)) return false;
    calls->is_open = calls->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return calls->is_open || late_missing(&library, error);
}
#endif

void curl_calls_close(struct curl_calls *calls) {
    if (calls->is_open) calls->global_cleanup();
    *calls = (struct curl_calls){0};
}
