/* client_perform.c: one try of one request by libcurl. */
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "late_z.h"
#include "upload/client_private.h"
#include "upload/plecto_facts.h"
#include "version.h"

#define ANSWER_LIMIT (64u << 20)
#define CONNECT_SECONDS 30L
#define REQUEST_ID_LIMIT 200 /* bytes; longer ones are none */
#define WATCH_MILLISECONDS 100
#define GRACE_SECONDS 0.6 /* that a running request still has when somebody asks to stop */

struct transfer {
    struct client *client;
    struct client_answer *answer;
    struct try_result *result;
};

static size_t take_body(char *bytes, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    size_t length = size * count;
    if (transfer->answer->body.length + length > ANSWER_LIMIT) {
        transfer->result->is_too_large = true;
        return 0;
    }
    buffer_add(&transfer->answer->body, view_from(bytes, length));
    return length;
}

/* The value of a header line, if it has this name. */
static bool read_header(struct view line, const char *name, struct view *value) {
    size_t length = strlen(name);
    if (line.length <= length || line.text[length] != ':' ||
        !view_equal_fold(view_from(line.text, length), view_of(name)))
        return false;
    *value = view_trim(view_from(line.text + length + 1, line.length - length - 1));
    return true;
}

static size_t take_header(char *bytes, size_t size, size_t count, void *context) {
    struct transfer *transfer = context;
    struct view line = view_from(bytes, size * count), value;
    if (view_starts_with(line, "HTTP/")) { /* a new answer: what an interim one (100, 103) said does not count */
        transfer->result->retry_after.length = 0;
    } else if (read_header(line, "Retry-After", &value)) {
        transfer->result->retry_after.length = 0;
        buffer_add(&transfer->result->retry_after, value);
    } else if (read_header(line, "Location", &value)) {
        free(transfer->answer->location);
        transfer->answer->location = memory_copy(value);
    } else if (read_header(line, "X-Request-Id", &value)) {
        free(transfer->answer->request_id);
        transfer->answer->request_id = NULL;
        if (value.length <= REQUEST_ID_LIMIT) transfer->answer->request_id = memory_copy(value);
    }
    return line.length;
}

static double now_seconds(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Whether the request is given up: asked to stop twice, or once and it does not end soon. Whether one that must not be done
 * twice was done is then not known, and its command says where to look. */
static bool is_given_up(struct client *client, double *asked_at) {
    int asked = stopper_asked(client->stopper);
    if (asked == 1 && *asked_at == 0) *asked_at = now_seconds();
    return asked > 1 || (asked == 1 && now_seconds() - *asked_at > GRACE_SECONDS);
}

/* Runs the request until it ends or is given up. */
static CURLcode run(struct client *client) {
    const struct curl_calls *curl = &client->curl;
    CURLcode code = CURLE_FAILED_INIT;
    double asked_at = 0;
    int running = 1;
    if (curl->multi_add_handle(client->multi, client->handle) != CURLM_OK) return code;
    while (running > 0) {
        if (curl->multi_perform(client->multi, &running) != CURLM_OK) break;
        if (is_given_up(client, &asked_at)) {
            code = CURLE_ABORTED_BY_CALLBACK;
            break;
        }
        if (running > 0) curl->multi_poll(client->multi, NULL, 0, WATCH_MILLISECONDS, NULL);
    }
    int left = 0;
    const CURLMsg *message = running == 0 ? curl->multi_info_read(client->multi, &left) : NULL;
    if (message && message->msg == CURLMSG_DONE) code = message->data.result;
    curl->multi_remove_handle(client->multi, client->handle);
    return code;
}

bool client_prepare(struct client *client, struct error *error) {
    struct curl_calls *curl = &client->curl;
    if (!curl_calls_open(curl, error)) return false;
    client->handle = curl->easy_init();
    client->multi = curl->multi_init();
    if (!client->handle || !client->multi) return error_set(error, EXIT_CANNOT_WRITE, "libcurl has no memory");
    static const char *const lines[] = {"Content-Type: application/json", "Accept: application/json",
                                        "Expect:", PLECTO_INTEGRATION_HEADER};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        client->headers = curl->slist_append(client->headers, lines[i]);
        client->compressed_headers = curl->slist_append(client->compressed_headers, lines[i]);
    }
    client->compressed_headers = curl->slist_append(client->compressed_headers, "Content-Encoding: gzip");
    const struct client_options *options = &client->options;
    struct {
        CURLoption option;
        long value;
    } const numbers[] = {
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_FOLLOWLOCATION, 0},
        {CURLOPT_SSL_VERIFYPEER, 1},
        {CURLOPT_SSL_VERIFYHOST, 2},
        {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
        {CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC},
        {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS},
        {CURLOPT_NETRC, CURL_NETRC_IGNORED},
        {CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS},
        {CURLOPT_TIMEOUT_MS, (long)(options->timeout * 1000)},
        {CURLOPT_TCP_KEEPALIVE, 1},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        curl->easy_setopt(client->handle, numbers[i].option, numbers[i].value);
    curl->easy_setopt(client->handle, CURLOPT_PROTOCOLS_STR, options->may_use_http ? "http,https" : "https");
    curl->easy_setopt(client->handle, CURLOPT_USERAGENT, "st2plecto/" ST2PLECTO_VERSION);
    curl->easy_setopt(client->handle, CURLOPT_USERNAME, client->credentials->email);
    curl->easy_setopt(client->handle, CURLOPT_PASSWORD, client->credentials->password);
    curl->easy_setopt(client->handle, CURLOPT_ERRORBUFFER, client->words);
    if (curl->authorities) curl->easy_setopt(client->handle, CURLOPT_CAINFO, curl->authorities);
    if (options->ca_file) {
        curl->easy_setopt(client->handle, CURLOPT_CAINFO, options->ca_file);
        curl->easy_setopt(client->handle, CURLOPT_CAPATH, NULL); /* else the system's folder of them counts too */
    }
    if (options->may_use_http) curl->easy_setopt(client->handle, CURLOPT_NOPROXY, "*");
    /* asked for only with --compress, and understood always: proxies pack answers that nobody wanted packed */
    curl->easy_setopt(client->handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    if (!options->compresses) client->headers = curl->slist_append(client->headers, "Accept-Encoding: identity");
    return true;
}

/* `body` as gzip; nothing where that cannot be: then it is sent as it is. */
static void compress_body(struct view body, struct buffer *out) {
    z_stream stream = {0};
    struct error error = {0};
    if (!late_z_open(&error)) {
        error_free(&error);
        return;
    }
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return;
    size_t room = deflateBound(&stream, (uLong)body.length);
    memcpy(&stream.next_in, &body.text, sizeof body.text); /* zlib's type lacks const */
    stream.avail_in = (uInt)body.length;
    stream.next_out = (Bytef *)buffer_reserve(out, room);
    stream.avail_out = (uInt)room;
    if (deflate(&stream, Z_FINISH) == Z_STREAM_END) out->length = (size_t)stream.total_out;
    deflateEnd(&stream);
}

static void set_body(struct client *client, const struct client_request *request, struct buffer *packed) {
    struct curl_calls *curl = &client->curl;
    bool is_post = strcmp(request->method, "POST") == 0;
    if (is_post && client->options.compresses) compress_body(request->body, packed);
    struct view body = packed->length > 0 ? buffer_view(packed) : request->body;
    if (is_post) {
        curl->easy_setopt(client->handle, CURLOPT_POST, 1L);
        curl->easy_setopt(client->handle, CURLOPT_POSTFIELDS, body.text);
        curl->easy_setopt(client->handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.length);
    } else {
        curl->easy_setopt(client->handle, CURLOPT_HTTPGET, 1L);
    }
    curl->easy_setopt(client->handle, CURLOPT_CUSTOMREQUEST, is_post ? NULL : request->method);
    curl->easy_setopt(client->handle, CURLOPT_HTTPHEADER,
                      packed->length > 0 ? client->compressed_headers : client->headers);
}

/* Failures before a byte of the request can have been read by anybody. */
static bool is_before_sending(CURLcode code) {
    static const CURLcode codes[] = {CURLE_COULDNT_RESOLVE_PROXY,    CURLE_COULDNT_RESOLVE_HOST,
                                     CURLE_COULDNT_CONNECT,          CURLE_SSL_CONNECT_ERROR,
                                     CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (code == codes[i]) return true;
    return false;
}

void client_perform(struct client *client, const struct client_request *request, struct client_answer *answer,
                    struct try_result *result) {
    struct curl_calls *curl = &client->curl;
    struct transfer transfer = {client, answer, result};
    struct buffer packed = {0};
    char *address = memory_print("%s%s", client->base, request->path);
    long connections = 0;
    set_body(client, request, &packed);
    curl->easy_setopt(client->handle, CURLOPT_URL, address);
    /* libcurl sends again by itself where a connection that was kept open turns out to be closed */
    curl->easy_setopt(client->handle, CURLOPT_FRESH_CONNECT, request->is_once ? 1L : 0L);
    curl->easy_setopt(client->handle, CURLOPT_WRITEFUNCTION, take_body);
    curl->easy_setopt(client->handle, CURLOPT_WRITEDATA, &transfer);
    curl->easy_setopt(client->handle, CURLOPT_HEADERFUNCTION, take_header);
    curl->easy_setopt(client->handle, CURLOPT_HEADERDATA, &transfer);
    client->words[0] = '\0';
    client->requests++;
    result->code = run(client);
    curl->easy_getinfo(client->handle, CURLINFO_HTTP_CONNECTCODE, &result->proxy_status);
    curl->easy_getinfo(client->handle, CURLINFO_RESPONSE_CODE, &answer->status);
    curl->easy_getinfo(client->handle, CURLINFO_NUM_CONNECTS, &connections);
    result->was_kept = connections == 0;
    result->was_sent = !is_before_sending(result->code);
    if (client->words[0] == '\0' && result->code != CURLE_OK)
        memcpy(client->words, curl->easy_strerror(result->code), strlen(curl->easy_strerror(result->code)) + 1);
    free(address);
    buffer_free(&packed);
}
