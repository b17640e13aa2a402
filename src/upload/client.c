/* client.c: when a request goes out, when it is tried again, and what an answer means. */
#include "upload/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/json_find.h"
#include "base/memory.h"
#include "upload/answer.h"
#include "upload/client_private.h"
#include "upload/plecto_facts.h"

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static double now_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool client_open(const struct client_options *options, const struct credentials *credentials, struct stopper *stopper,
                 struct client **opened, struct error *error) {
    struct client *client = memory_get_zero(1, sizeof *client);
    struct timespec now = {0};
    size_t length = strlen(options->base);
    clock_gettime(CLOCK_REALTIME, &now);
    client->options = *options;
    client->credentials = credentials;
    client->stopper = stopper;
    client->base = memory_print("%s%s", options->base, length > 0 && options->base[length - 1] == '/' ? "" : "/");
    client->chance = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 20 ^ (uint64_t)getpid() << 40 ^ 1;
    pace_start(&client->pace, options->rate);
    if (!client_prepare(client, error)) {
        client_close(client);
        return false;
    }
    *opened = client;
    return true;
}

void client_close(struct client *client) {
    if (!client) return;
    if (client->handle) client->curl.easy_cleanup(client->handle);
    if (client->multi) client->curl.multi_cleanup(client->multi);
    if (client->headers) client->curl.slist_free_all(client->headers);
    if (client->compressed_headers) client->curl.slist_free_all(client->compressed_headers);
    curl_calls_close(&client->curl);
    free(client->base);
    free(client);
}

void client_answer_free(struct client_answer *answer) {
    buffer_free(&answer->body);
    free(answer->location);
    free(answer->request_id);
    *answer = (struct client_answer){0};
}

uint64_t client_requests(const struct client *client) {
    return client->requests;
}

/* --- judging ---------------------------------------------------------------------------------------------------------- */

static bool is_of(long status, const long *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (status == list[i]) return true;
    return false;
}

static bool is_worth_another(long status) {
    static const long again[] = PLECTO_TRY_AGAIN, never[] = PLECTO_NEVER_AGAIN;
    if (is_of(status, never, sizeof never / sizeof *never)) return false;
    return status >= 500 || status < 200 || is_of(status, again, sizeof again / sizeof *again);
}

static bool is_taken(long status) {
    return status >= 200 && status < 300;
}

/* What a certificate that is not accepted looks like: trying again would not help. */
static bool is_certificate(CURLcode code) {
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
           code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_CRL_BADFILE;
}

/* What no second try changes: an address or proxy that is wrong. */
static bool is_hopeless(const struct client *client, const struct try_result *result) {
    static const CURLcode codes[] = {CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_URL_MALFORMAT,
                                     CURLE_UNSUPPORTED_PROTOCOL};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (result->code == codes[i]) return true;
    return result->code != CURLE_OK &&
           ((result->proxy_status >= 400 && result->proxy_status < 500) || strstr(client->words, "nsupported proxy"));
}

static bool is_confirmation(const struct client_answer *answer) {
    return view_trim(buffer_view(&answer->body)).length == 0 || json_is_valid(buffer_view(&answer->body));
}

/* Why it is tried again, in words; NULL if the answer is final. The caller frees. */
static char *reason_of(const struct client *client, const struct client_answer *answer,
                       const struct try_result *result) {
    if (result->is_too_large) return memory_print("the answer is larger than 64 MiB");
    if (result->code != CURLE_OK) return memory_print("no answer: %s", client->words);
    if (is_taken(answer->status) && !is_confirmation(answer))
        return memory_print("the answer (%ld) is not JSON, so it is not Plecto's", answer->status);
    if (!is_worth_another(answer->status)) return NULL;
    struct buffer words = {0};
    client_words(client, answer, &words);
    char *reason =
        memory_print("%ld%s%.*s", answer->status, words.length > 0 ? ": " : "", VIEW_ARGS(buffer_view(&words)));
    buffer_free(&words);
    return reason;
}

/* --- waiting ---------------------------------------------------------------------------------------------------------- */

/* 0 to 1 (Marsaglia's xorshift). */
static double chance(struct client *client) {
    uint64_t x = client->chance;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    client->chance = x;
    return (double)(x >> 11) / 9007199254740992.0;
}

static void tell(const struct client *client, struct client_event event) {
    if (client->options.tell) client->options.tell(client->options.context, &event);
}

static bool asked_to_stop(struct error *error) {
    error_set(error, EXIT_UPLOAD_STOPPED, "stopped as requested");
    return false;
}

static bool wait_for_place(struct client *client, struct error *error) {
    double wait = pace_take(&client->pace, now_seconds());
    if (wait > 1.5) tell(client, (struct client_event){.kind = CLIENT_WAITS_FOR_RATE, .seconds = wait, .words = ""});
    return stopper_wait(client->stopper, wait) || asked_to_stop(error);
}

bool client_wait(struct client *client, double seconds, double *waited) {
    if (*waited + seconds > client->options.retry_max) return false;
    *waited += seconds;
    tell(client, (struct client_event){.kind = CLIENT_TRIES_AGAIN,
                                       .seconds = seconds,
                                       .words = "Plecto does not show what it answered for"});
    return stopper_wait(client->stopper, seconds);
}

bool client_may_go_on(struct client *client, struct error *error) {
    return stopper_asked(client->stopper) == 0 || asked_to_stop(error);
}

struct tries {
    unsigned count;
    double start; /* moved on by waits after 429 */
};

/* After 429: Plecto's limit is by the hour, so this may take long, and has a budget of its own. */
static bool wait_for_limit(struct client *client, struct tries *tries, double wait, const char *reason,
                           struct error *error) {
    struct tm local = {0};
    time_t until = time(NULL) + (time_t)(wait + 0.5);
    char clock[64] = "";
    if (localtime_r(&until, &local)) strftime(clock, sizeof clock, "%H:%M:%S", &local);
    if (client->rate_waited + wait > client->options.rate_wait) {
        error_set(error, EXIT_UPLOAD_STOPPED,
                  "Plecto's limit of requests is reached: it asks to wait until %s (%.0f s), longer than --rate-wait "
                  "allows (%.0f s in all): %s",
                  clock, wait, client->options.rate_wait, reason);
        return error_fix(error, "Run it again after %s, or allow more with --rate-wait SECONDS.", clock);
    }
    client->rate_waited += wait;
    tries->start += wait;
    char *words = memory_print("until %s, because Plecto's limit of requests is reached (%s)", clock, reason);
    tell(client, (struct client_event){.kind = CLIENT_WAITS_FOR_LIMIT, .seconds = wait, .words = words});
    free(words);
    return stopper_wait(client->stopper, wait) || asked_to_stop(error);
}

/* Waits before the next try; false with the error set where there will be none. */
static bool wait_for_next(struct client *client, struct tries *tries, const struct try_result *result, long status,
                          const char *reason, struct error *error) {
    double wait = pace_back_off(tries->count, chance(client)), asked = 0;
    /* a connection that was kept open and closed by the server meanwhile: that is no trouble of the server */
    bool is_broken =
        result->code == CURLE_SEND_ERROR || result->code == CURLE_RECV_ERROR || result->code == CURLE_GOT_NOTHING;
    if (is_broken && result->was_kept && tries->count == 0) wait = 0;
    if (pace_retry_after(buffer_view(&result->retry_after), (int64_t)time(NULL), &asked) && asked > wait) wait = asked;
    if (result->code == CURLE_OK && status == 429) return wait_for_limit(client, tries, wait, reason, error);
    if (now_seconds() + wait - tries->start > client->options.retry_max) {
        error_set(error, EXIT_UPLOAD_STOPPED, "gave up after %u %s in %.0f s: %s", tries->count + 1,
                  tries->count == 0 ? "try" : "tries", now_seconds() - tries->start, reason);
        if (asked > 0) return error_fix(error, "Plecto asks to come back in %.0f s", asked);
        return error_fix(error, "Check whether Plecto can be reached, and whether --url is right.");
    }
    tell(client, (struct client_event){.kind = CLIENT_TRIES_AGAIN, .seconds = wait, .words = reason});
    return stopper_wait(client->stopper, wait) || asked_to_stop(error);
}

/* --- sending ---------------------------------------------------------------------------------------------------------- */

static bool not_accepted(struct client *client, struct error *error) {
    error_set(error, EXIT_UPLOAD_STOPPED, "the server's certificate is not accepted, so nothing was sent: %s",
              client->words);
    return error_fix(error,
                     "Check --url and the clock of this machine. For your own certificate authority, add --ca-file "
                     "FILE. The check cannot be turned off.");
}

static bool is_wrong_address(struct client *client, const struct try_result *result, const char *reason,
                             struct error *error) {
    char *proxy = client_proxy(client->base);
    /* libcurl's words about a proxy repeat its password */
    error_set(error, EXIT_UPLOAD_STOPPED, "%s",
              proxy && strstr(client->words, "://") ? "no answer: the proxy cannot be used" : reason);
    if (result->proxy_status == 407 && proxy)
        error_fix(error, "The proxy %s wants a user and password. Name them in that variable.", proxy);
    else if (proxy)
        error_fix(error, "Check --url and the proxy %s, or unset that variable.", proxy);
    else
        error_fix(error, "Check --url and the network. If Plecto is reached through a proxy only, set https_proxy.");
    free(proxy);
    return false;
}

/* Whether a request that must not be done twice may be sent again after this try. */
static bool surely_not_done(const struct client_answer *answer, const struct try_result *result) {
    return result->code == CURLE_OK ? answer->status == 429 || answer->status == 503 : !result->was_sent;
}

/* One try; `*is_final` says whether its answer, or the error, is what the caller gets. */
static bool try_once(struct client *client, const struct client_request *request, struct tries *tries,
                     struct client_answer *answer, bool *is_final, struct error *error) {
    struct try_result result = {0};
    bool is_fine = true;
    client_answer_free(answer);
    client_perform(client, request, answer, &result);
    char *reason = reason_of(client, answer, &result);
    *is_final = reason == NULL;
    if (reason && result.code == CURLE_ABORTED_BY_CALLBACK) {
        is_fine = asked_to_stop(error);
    } else if (reason && result.code == CURLE_SSL_CACERT_BADFILE) {
        is_fine = error_set(error, EXIT_WRONG_USE, "--ca-file %s cannot be used: %s",
                            client->options.ca_file ? client->options.ca_file : "", client->words);
        error_fix(error, "Name a file of certificates in PEM form.");
    } else if (reason && is_certificate(result.code)) {
        is_fine = not_accepted(client, error);
    } else if (reason && is_hopeless(client, &result)) {
        is_fine = is_wrong_address(client, &result, reason, error);
    } else if (reason && request->is_once && !surely_not_done(answer, &result)) {
        answer->is_in_doubt = true;
        is_fine = error_set(error, EXIT_UPLOAD_STOPPED, "whether Plecto did it is not known: %s", reason);
    } else if (reason) {
        is_fine = wait_for_next(client, tries, &result, answer->status, reason, error);
    }
    buffer_free(&result.retry_after);
    free(reason);
    return is_fine;
}

bool client_send(struct client *client, const struct client_request *request, struct client_answer *answer,
                 struct error *error) {
    struct tries tries = {0};
    bool is_final = false;
    *answer = (struct client_answer){0};
    for (; !is_final; tries.count++) {
        if (!wait_for_place(client, error)) return false;
        if (tries.count == 0) tries.start = now_seconds(); /* waiting for a place in the rate is not trying */
        if (!try_once(client, request, &tries, answer, &is_final, error)) return false;
    }
    char *words = memory_print("%s %s: %ld", request->method, request->path, answer->status);
    tell(client, (struct client_event){.kind = CLIENT_ANSWER, .words = words});
    free(words);
    return true;
}

/* --- answers for people ----------------------------------------------------------------------------------------------- */

void client_words(const struct client *client, const struct client_answer *answer, struct buffer *out) {
    struct buffer words = {0};
    answer_words(buffer_view(&answer->body), &words);
    credentials_hide(client->credentials, &words);
    buffer_add(out, buffer_view(&words));
    buffer_free(&words);
}

char *client_receipt(const struct client *client, const struct client_answer *answer) {
    struct buffer receipt = {0};
    char hex[65];
    sha256_of(buffer_view(&answer->body), hex);
    buffer_print(&receipt, "HTTP %ld, %zu bytes, sha256 %s", answer->status, answer->body.length, hex);
    if (answer->request_id) buffer_print(&receipt, ", request %s", answer->request_id);
    credentials_hide(client->credentials, &receipt);
    return buffer_take(&receipt);
}

bool client_refused(const struct client *client, const struct client_answer *answer, struct error *error) {
    static const struct {
        long status;
        const char *what, *fix;
    } kinds[] = {
        {401, "Plecto does not accept e-mail and password",
         "Check them by logging in to Plecto. After a change of the password, change it in the "
         "credentials file, too."},
        {403, "the user is not allowed to do this in Plecto", "Give the integration user the right to send data."},
        {404, "Plecto does not know this data source or address", "Check --data-source and --url."},
        {407, "the proxy wants a user and password",
         "Name them in the variable https_proxy: http://USER:PASSWORD@HOST:PORT"},
        {501, "the server does not know this kind of request, so it is not Plecto's API",
         "Check --url, and any proxy."},
        {415, "Plecto does not accept this form of data", "Run again without --compress."},
    };
    struct buffer words = {0};
    bool is_redirect = answer->status >= 300 && answer->status < 400;
    if (is_redirect && answer->location) {
        answer_words(view_of(answer->location), &words);
        credentials_hide(client->credentials, &words);
    } else {
        client_words(client, answer, &words);
    }
    const char *what = is_redirect ? "the server redirects to another address, which st2plecto does not follow"
                                   : "Plecto refuses the request";
    const char *fix = is_redirect ? "If that address is right, name it with --url." : "Read the server's message.";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (answer->status == kinds[i].status) {
            what = kinds[i].what;
            fix = kinds[i].fix;
        }
    error_set(error, EXIT_UPLOAD_REFUSED, "%s (%ld)%s%.*s", what, answer->status, words.length > 0 ? ": " : "",
              VIEW_ARGS(buffer_view(&words)));
    buffer_free(&words);
    return error_fix(error, "%s", fix);
}
