/* client.h: requests to Plecto over HTTPS: paced, tried again where that helps, and never sent anywhere else. Redirects
 * are answers here, not followed: neither credentials nor registrations go to a host that was not named. */
#ifndef UPLOAD_CLIENT_H
#define UPLOAD_CLIENT_H

#include <stdint.h>

#include "upload/credentials.h"
#include "upload/stopper.h"

struct client;

/* What a client tells while it works. */
struct client_event {
    enum {
        CLIENT_WAITS_FOR_RATE, /* only for waits over a second */
        CLIENT_TRIES_AGAIN,
        CLIENT_WAITS_FOR_LIMIT, /* 429: `words` says until when */
        CLIENT_ANSWER
    } kind;
    double seconds;    /* of the wait */
    const char *words; /* why it is tried again; of an answer "POST registrations/: 201" */
};
typedef void client_teller(void *context, const struct client_event *event);

struct client_options {
    const char *base;    /* --url; ends in a slash or not */
    uint64_t rate;       /* requests an hour */
    double timeout;      /* seconds for a request */
    double retry_max;    /* seconds for a request with all its tries, waits after 429 not counted */
    double rate_wait;    /* seconds that all waits after 429 may take together */
    const char *ca_file; /* NULL: the system's */
    bool may_use_http;   /* --insecure-test: http:// to loopback */
    bool compresses;
    client_teller *tell; /* may be NULL */
    void *context;
};

/* Whether an address may be used at all: https, or http to loopback with may_use_http; no user, password, query or
 * fragment in it. EXIT_WRONG_USE; what is secret in it is not repeated. `host` (without port) is the caller's to free. */
bool client_check_base(const char *base, bool may_use_http, char **host, struct error *error);
/* Whether the file of --ca-file (NULL is fine) can be read and holds a certificate: EXIT_WRONG_USE. */
bool client_check_authorities(const char *path, struct error *error);
/* The proxy that the environment names for this address, without user and password, with the variable's name: "proxy:3128
 * (https_proxy)"; NULL if none. The caller frees. */
char *client_proxy(const char *base);

/* `credentials` and `stopper` must outlive the client. EXIT_WRONG_USE. Free: client_close, NULL is fine. */
bool client_open(const struct client_options *options, const struct credentials *credentials, struct stopper *stopper,
                 struct client **client, struct error *error);
void client_close(struct client *client);

struct client_request {
    const char *method; /* "GET", "POST" or "DELETE" */
    const char *path;   /* behind the base; escaped */
    struct view body;
    bool is_once; /* must not be done twice: tried again only where it surely was not done */
};
struct client_answer {
    long status;
    struct buffer body; /* JSON or empty where the status is 2xx */
    char *location;     /* of a redirect, else NULL */
    char *request_id;   /* X-Request-Id, or NULL */
    bool is_in_doubt;   /* no answer, and the request may have been done */
};
/* Sends it until there is an answer that trying again would not change: 2xx with JSON or nothing, 3xx, or 4xx. False with
 * EXIT_UPLOAD_STOPPED: asked to stop, --retry-max-time over, the certificate is not accepted. Free: client_answer_free,
 * in both cases. */
bool client_send(struct client *client, const struct client_request *request, struct client_answer *answer,
                 struct error *error);
/* Waits before another look, as long as all such waits (`waited`, seconds) stay within --retry-max-time; false where they
 * would not, or somebody asked to stop. */
bool client_wait(struct client *client, double seconds, double *waited);
/* False with EXIT_UPLOAD_STOPPED if somebody asked to stop. */
bool client_may_go_on(struct client *client, struct error *error);
void client_answer_free(struct client_answer *answer);

/* Appends the server's words for people: without line breaks, and without what the credentials say. */
void client_words(const struct client *client, const struct client_answer *answer, struct buffer *out);
/* "HTTP 201, sha256 ..., 123 bytes": what the journal keeps as receipt of an answer, without what the credentials say. The
 * caller frees. */
char *client_receipt(const struct client *client, const struct client_answer *answer);
/* Sets EXIT_UPLOAD_REFUSED for an answer that ends an upload: 3xx, 401, 403, 404 and other final ones; false. */
bool client_refused(const struct client *client, const struct client_answer *answer, struct error *error);
/* Text as a part of a path or query. */
void client_add_escaped(struct buffer *out, struct view text);
/* Requests sent so far, tries included. */
uint64_t client_requests(const struct client *client);

#endif
