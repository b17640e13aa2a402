/* client_private.h: what client.c (when to send) and client_perform.c (sending once, by libcurl) share. */
#ifndef UPLOAD_CLIENT_PRIVATE_H
#define UPLOAD_CLIENT_PRIVATE_H

#include "upload/client.h"
#include "upload/curl_calls.h"
#include "upload/pace.h"

struct client {
    struct client_options options;
    const struct credentials *credentials;
    struct stopper *stopper;
    char *base; /* ends in a slash */
    struct curl_calls curl;
    CURLM *multi; /* so that a running request can be watched, and given up */
    CURL *handle;
    struct curl_slist *headers, *compressed_headers;
    struct pace pace;
    uint64_t requests;
    double rate_waited; /* seconds waited after 429 */
    uint64_t chance; /* state of the generator of waits */
    char words[CURL_ERROR_SIZE];
};

/* How one try ended. */
struct try_result {
    CURLcode code;
    bool was_kept;     /* the connection had been used before */
    bool was_sent;     /* the request may have been done */
    bool is_too_large; /* the answer */
    long proxy_status; /* of the proxy's own answer to CONNECT; 0: none */
    struct buffer retry_after;
};

/* Sends once; `answer` is filled where the code is CURLE_OK. */
void client_perform(struct client *client, const struct client_request *request, struct client_answer *answer,
                    struct try_result *result);
/* Makes the handle and its headers. */
bool client_prepare(struct client *client, struct error *error);

#endif
