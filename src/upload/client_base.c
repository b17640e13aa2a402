/* client_base.c: addresses: which may be used, and texts in them. */
#include "base/memory.h"
#include "upload/client.h"

static bool is_loopback(struct view host) {
    return view_is(host, "localhost") || view_is(host, "[::1]") ||
           (view_starts_with(host, "127.") && strspn(host.text, "0123456789.") >= host.length);
}

bool client_check_base(const char *base, bool may_use_http, char **host, struct error *error) {
    *host = NULL;
    bool is_https = view_equal_fold(view_from(base, strlen(base) < 8 ? 0 : 8), view_of("https://"));
    bool is_http = view_equal_fold(view_from(base, strlen(base) < 7 ? 0 : 7), view_of("http://"));
    if (!is_https && !is_http) {
        error_set(error, EXIT_WRONG_USE, "--url is not an https:// address");
        return error_fix(error, "Without --url, Plecto's own address is used.");
    }
    const char *start = base + (is_https ? 8 : 7);
    size_t length = strcspn(start, "/?#");
    if (memchr(start, '@', length)) {
        error_set(error, EXIT_WRONG_USE, "--url has a user or password in it");
        return error_fix(
            error, "Remove them from the address. Use --credentials FILE, --netrc or the environment. If it was a "
                   "real password, change it, because other users could see it.");
    }
    if (length == 0 || strpbrk(start, "?# \t\r\n\\\"<>")) {
        error_set(error, EXIT_WRONG_USE, "--url is not the address of an API");
        return error_fix(error, "Write https://HOST/PATH/, without ? and #.");
    }
    size_t name = length;
    if (*start == '[') {
        const char *close = memchr(start, ']', length);
        name = close ? (size_t)(close - start) + 1 : length;
    } else if (memchr(start, ':', length)) {
        name = (size_t)((const char *)memchr(start, ':', length) - start);
    }
    struct view found = view_from(start, name);
    if (is_http && (!may_use_http || !is_loopback(found))) {
        error_set(error, EXIT_WRONG_USE, "--url is http://, so others on the network could read the password");
        return error_fix(error,
                         "Use https://. http:// is for tests on this machine only (--insecure-test, 127.0.0.1).");
    }
    *host = memory_copy(found);
    return true;
}

void client_add_escaped(struct buffer *out, struct view text) {
    static const char plain[] = "-._~";
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                        (c != '\0' && strchr(plain, c));
        if (is_plain)
            buffer_add_char(out, c);
        else
            buffer_print(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}
