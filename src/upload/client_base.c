/* client_base.c: addresses: which may be used, and texts in them. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "upload/client.h"

static bool is_loopback(struct view host) {
    return view_is(host, "localhost") || view_is(host, "[::1]") ||
           (view_starts_with(host, "127.") && strspn(host.text, "0123456789.") >= host.length);
}

bool client_check_base(const char *base, bool may_use_http, char **host, struct error *error) {
    *host = NULL;
    bool is_https = view_starts_with_fold(view_of(base), "https://");
    bool is_http = view_starts_with_fold(view_of(base), "http://");
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
    struct view found = view_from(start, name), port = view_from(start + name, length - name);
    long number = port.length > 1 && port.length < 8 ? strtol(port.text + 1, NULL, 10) : 0;
    if (port.length > 0 && (number < 1 || number > 65535 || strspn(port.text + 1, "0123456789") + 1 < port.length)) {
        error_set(error, EXIT_WRONG_USE, "--url has no usable port in it");
        return error_fix(error, "A port is a number from 1 to 65535. Without one, 443 is used.");
    }
    if (is_http && (!may_use_http || !is_loopback(found))) {
        error_set(error, EXIT_WRONG_USE, "--url is http://, so others on the network could read the password");
        return error_fix(error,
                         "Use https://. http:// is for tests on this machine only (--insecure-test, 127.0.0.1).");
    }
    *host = memory_copy(found);
    return true;
}

bool client_check_authorities(const char *path, struct error *error) {
    static const char begin[] = "-----BEGIN";
    struct stat status;
    char *bytes = NULL;
    bool has_one = false;
    if (!path) return true;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool is_file = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size < 64 << 20;
    int reason = file < 0 ? errno : 0;
    if (is_file) {
        bytes = memory_get((size_t)status.st_size + 1);
        ssize_t length = read(file, bytes, (size_t)status.st_size);
        bytes[length > 0 ? length : 0] = '\0';
        has_one = strstr(bytes, begin) != NULL;
    }
    if (file >= 0) close(file);
    free(bytes);
    if (has_one) return true;
    error_set(error, EXIT_WRONG_USE, "--ca-file %s %s%s", path, reason ? "cannot be read: " : "holds no certificate",
              reason ? strerror(reason) : "");
    return error_fix(error, "Name a file of certificates in PEM form.");
}

char *client_proxy(const char *base) {
    static const char *const https[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}, *const http[] = {
                                                                                                     "http_proxy",
                                                                                                     "all_proxy",
                                                                                                     "ALL_PROXY", ""};
    bool is_https = view_starts_with(view_of(base), "https") || view_starts_with(view_of(base), "HTTPS");
    for (size_t i = 0; i < 4; i++) {
        const char *name = is_https ? https[i] : http[i], *value = *name ? getenv(name) : NULL;
        if (!value || !*value) continue;
        const char *user = strrchr(value, '@'), *scheme = strstr(value, "://");
        size_t length = user && scheme ? (size_t)(scheme - value) + 3 : 0;
        return memory_print("%.*s%s (%s)", (int)length, value, user ? user + 1 : value, name);
    }
    return NULL;
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
