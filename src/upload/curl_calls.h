/* curl_calls.h: libcurl, opened when it is needed, or linked in (curl_linked.c). It stands on some thirty other libraries, and linking it would make
 * every command start 5 ms (of processor time) later, also those that never see a network. */
#ifndef UPLOAD_CURL_CALLS_H
#define UPLOAD_CURL_CALLS_H

#include <curl/curl.h>
#include <stdbool.h>

#include "base/error.h"

struct curl_calls {
    bool is_open;
    const char *authorities; /* file of the certificates to trust; NULL: libcurl knows them */
    CURLcode (*global_init)(long flags);
    void (*global_cleanup)(void);
    CURL *(*easy_init)(void);
    void (*easy_cleanup)(CURL *handle);
    CURLcode (*easy_setopt)(CURL *handle, CURLoption option, ...);
    CURLM *(*multi_init)(void);
    CURLMcode (*multi_cleanup)(CURLM *multi);
    CURLMcode (*multi_add_handle)(CURLM *multi, CURL *handle);
    CURLMcode (*multi_remove_handle)(CURLM *multi, CURL *handle);
    CURLMcode (*multi_perform)(CURLM *multi, int *running);
    CURLMcode (*multi_poll)(CURLM *multi, struct curl_waitfd *others, unsigned count, int milliseconds, int *ready);
    CURLMsg *(*multi_info_read)(CURLM *multi, int *left);
    CURLcode (*easy_getinfo)(CURL *handle, CURLINFO info, ...);
    char *(*version)(void);
    const char *(*easy_strerror)(CURLcode code);
    struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
    void (*slist_free_all)(struct curl_slist *list);
};

/* EXIT_WRONG_USE with the package to install, if there is no libcurl here. Free: curl_calls_close. */
bool curl_calls_open(struct curl_calls *calls, struct error *error);
void curl_calls_close(struct curl_calls *calls);

#endif
