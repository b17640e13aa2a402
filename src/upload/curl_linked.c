/* curl_linked.c: see curl_calls.h. A build with its libraries linked in has no way to open others; its TLS (mbedTLS) knows no
 * authorities by itself, so those of the system are looked for where systems have them. */
#ifdef LIBRARIES_LINKED_IN
#include <stdlib.h>
#include <unistd.h>

#include "upload/curl_calls.h"

/* Debian and its kin, Fedora and its kin, openSUSE, Alpine and the BSDs. */
static const char *const authorities[] = {
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
};

static const char *find_authorities(void) {
    const char *asked = getenv("SSL_CERT_FILE");
    if (asked && *asked) return asked;
    for (size_t i = 0; i < sizeof authorities / sizeof *authorities; i++)
        if (access(authorities[i], R_OK) == 0) return authorities[i];
    return NULL;
}

bool curl_calls_open(struct curl_calls *calls, struct error *error) {
    *calls = (struct curl_calls){
        .authorities = find_authorities(),
        .global_init = curl_global_init,
        .global_cleanup = curl_global_cleanup,
        .easy_init = curl_easy_init,
        .easy_cleanup = curl_easy_cleanup,
        .easy_setopt = curl_easy_setopt,
        .multi_init = curl_multi_init,
        .multi_cleanup = curl_multi_cleanup,
        .multi_add_handle = curl_multi_add_handle,
        .multi_remove_handle = curl_multi_remove_handle,
        .multi_perform = curl_multi_perform,
        .multi_poll = curl_multi_poll,
        .multi_info_read = curl_multi_info_read,
        .easy_getinfo = curl_easy_getinfo,
        .version = curl_version,
        .easy_strerror = curl_easy_strerror,
        .slist_append = curl_slist_append,
        .slist_free_all = curl_slist_free_all,
    };
    unsetenv("SSLKEYLOGFILE"); /* as in curl_calls.c */
    calls->is_open = calls->global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return calls->is_open || error_set(error, EXIT_CANNOT_WRITE, "libcurl has no memory");
}
#endif
