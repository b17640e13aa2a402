/* credentials.c: see credentials.h. Every buffer that held a password is wiped before it is given back. */
#include "upload/credentials.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/json_find.h"
#include "base/memory.h"
#include "base/sanitized.h"

#define SIZE_LIMIT 65536u
#define ENVIRONMENT_EMAIL "PLECTO_EMAIL"
#define ENVIRONMENT_PASSWORD "PLECTO_PASSWORD"

extern char **environ;

void credentials_protect(void) {
    const struct rlimit none = {0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef IS_ADDRESS_SANITIZED /* its leak check looks into the process in just that way */
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

/* --- forms ------------------------------------------------------------------------------------------------------------ */

/* A value as a text of its own; the buffer never grows, so no copy is left behind. */
static char *plain_text(struct view value) {
    struct buffer text = {0};
    buffer_reserve(&text, value.length + 1);
    json_add_plain(&text, value);
    char *copy = memory_copy(buffer_view(&text));
    wipe_buffer(&text);
    return copy;
}

static bool is_usable(const struct credentials *credentials) {
    const char *email = credentials->email, *password = credentials->password;
    /* a colon ends the user's name in HTTP's Basic authentication */
    return email && password && *email && *password && !strchr(email, ':') && !strpbrk(email, "\r\n") &&
           !strpbrk(password, "\r\n");
}

static bool parse_lines(struct view text, struct credentials *credentials) {
    const char *end = text.length > 0 ? memchr(text.text, '\n', text.length) : NULL;
    if (!end) return false;
    size_t first = (size_t)(end - text.text);
    struct view rest = view_from(end + 1, text.length - first - 1);
    const char *second = rest.length > 0 ? memchr(rest.text, '\n', rest.length) : NULL;
    struct view password = view_from(rest.text, second ? (size_t)(second - rest.text) : rest.length);
    if (second && view_trim(view_from(second, rest.length - password.length)).length > 0) return false;
    if (password.length > 0 && password.text[password.length - 1] == '\r') password.length--;
    credentials->email = memory_copy(view_trim(view_from(text.text, first)));
    credentials->password = memory_copy(password);
    return true;
}

bool credentials_parse(struct view text, bool lines, struct credentials *credentials) {
    struct view email, password;
    *credentials = (struct credentials){0};
    bool is_json = json_is_object(view_trim(text)) && json_is_valid(text);
    if (is_json && json_find_key(text, view_of("email"), &email) &&
        json_find_key(text, view_of("password"), &password) && json_is_text(email) && json_is_text(password)) {
        credentials->email = plain_text(email);
        credentials->password = plain_text(password);
    } else if (!is_json && lines) {
        parse_lines(text, credentials);
    }
    if (is_usable(credentials)) return true;
    credentials_wipe(credentials);
    return false;
}

/* --- places ----------------------------------------------------------------------------------------------------------- */

/* Waits for what the command prints next; false where it took too long. */
static bool wait_for_command(int file, double *left) {
    struct timespec before = {0}, after = {0};
    struct pollfd watched = {.fd = file, .events = POLLIN};
    clock_gettime(CLOCK_MONOTONIC, &before);
    int ready = poll(&watched, 1, (int)(*left * 1000));
    clock_gettime(CLOCK_MONOTONIC, &after);
    *left -= (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
    return ready > 0 || (ready < 0 && errno == EINTR && *left > 0);
}

/* All that a descriptor gives, into a buffer that does not grow; false if reading fails or it is too much, and with `left`
 * (seconds that are left) also where it does not end in time: `*is_late`. */
static bool read_all(int file, double *left, bool *is_late, struct buffer *out) {
    char *to = buffer_reserve(out, SIZE_LIMIT + 1);
    while (out->length <= SIZE_LIMIT) {
        if (left && !wait_for_command(file, left)) {
            *is_late = true;
            return false;
        }
        ssize_t got = read(file, to + out->length, SIZE_LIMIT + 1 - out->length);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        out->length += (size_t)got;
    }
    errno = EFBIG;
    return false;
}

static bool read_private(const char *path, struct buffer *out, struct error *error) {
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY); /* a pipe is refused, not waited for */
    bool is_read = file >= 0 && fstat(file, &status) == 0;
    if (is_read && !S_ISREG(status.st_mode)) {
        error_set(error, EXIT_WRONG_USE, "the credentials %s are not a file", path);
    } else if (is_read && ((status.st_mode & 077) != 0 || (status.st_uid != geteuid() && status.st_uid != 0))) {
        error_set(error, EXIT_WRONG_USE, "other users can read or write the credentials %s (mode %04o)", path,
                  (unsigned)(status.st_mode & 07777));
        error_fix(error, "Change the password if others had access. Then:\nchmod 600 %s", path);
    } else if (!is_read || !read_all(file, NULL, NULL, out)) {
        error_set(error, EXIT_CANNOT_READ, "the credentials %s cannot be read: %s", path, strerror(errno));
        error_fix(error, "Write your Plecto login into it, readable by you alone (chmod 600):\n"
                         "{\"email\": \"you@example.com\", \"password\": \"...\"}");
    }
    if (file >= 0) close(file);
    return error->code == EXIT_FINE;
}

static bool from_file(const char *path, struct credentials *credentials, struct error *error) {
    struct buffer text = {0};
    bool is_fine = read_private(path, &text, error);
    if (is_fine && !credentials_parse(buffer_view(&text), false, credentials)) {
        is_fine = error_set(error, EXIT_WRONG_USE, "the credentials %s are not in the expected form", path);
        error_fix(error, "Write {\"email\": \"...\", \"password\": \"...\"} into it, and run chmod 600.");
    }
    wipe_buffer(&text);
    return is_fine;
}

static bool from_netrc(const struct credentials_places *places, struct credentials *credentials, struct error *error) {
    struct buffer text = {0};
    const char *home = getenv("HOME");
    char *path = places->netrc ? memory_copy(view_of(places->netrc)) : memory_print("%s/.netrc", home ? home : "");
    bool is_fine = read_private(path, &text, error);
    if (is_fine && !netrc_find(buffer_view(&text), places->host, credentials)) {
        is_fine = error_set(error, EXIT_WRONG_USE, "%s has no login and password for %s", path, places->host);
        error_fix(error, "Add a line: machine %s login E-MAIL password PASSWORD", places->host);
    }
    wipe_buffer(&text);
    free(path);
    return is_fine;
}

/* Starts the command with its standard output in a pipe; the pipe's end to read from, -1 on failure. */
static int start_command(const char *command, pid_t *process) {
    int ends[2];
    posix_spawn_file_actions_t actions;
    char shell[] = "sh", option[] = "-c", *copy = memory_copy(view_of(command));
    char *const words[] = {shell, option, copy, NULL};
    int result = -1;
    if (pipe(ends) == 0) {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_addclose(&actions, ends[0]);
        posix_spawn_file_actions_addclose(&actions, ends[1]);
        int code = posix_spawn(process, "/bin/sh", &actions, NULL, words, environ);
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);
        if (code == 0)
            result = ends[0];
        else
            close(ends[0]);
        errno = code;
    }
    free(copy);
    return result;
}

/* What the command says in errors is not repeated: it may hold the password. */
static bool from_command(const char *command, double timeout, struct credentials *credentials, struct error *error) {
    struct buffer text = {0};
    pid_t process = 0;
    int status = 0, file = start_command(command, &process);
    if (file < 0) return error_set(error, EXIT_CANNOT_READ, "--credentials-command cannot be run: %s", strerror(errno));
    double left = timeout > 0 && timeout < 1000000 ? timeout : 1000000;
    bool is_late = false, is_read = read_all(file, &left, &is_late, &text);
    close(file);
    if (!is_read) kill(process, SIGKILL); /* it would never end: nobody reads what it prints */
    while (waitpid(process, &status, 0) < 0 && errno == EINTR)
        continue;
    bool is_fine = is_read && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (is_late) {
        error_set(error, EXIT_CANNOT_READ, "--credentials-command did not end within %.0f s (--timeout)", timeout);
        error_fix(error, "Run the command by itself. Does it wait for input?");
    } else if (!is_fine && WIFEXITED(status))
        error_set(error, EXIT_CANNOT_READ, "--credentials-command failed (exit code %d)", WEXITSTATUS(status));
    else if (!is_fine)
        error_set(error, EXIT_CANNOT_READ, "--credentials-command was ended by a signal");
    if (is_fine && !credentials_parse(buffer_view(&text), true, credentials)) {
        is_fine = error_set(error, EXIT_WRONG_USE, "--credentials-command did not print an e-mail and a password");
        error_fix(error, "It must print {\"email\": \"...\", \"password\": \"...\"}, or the two in two lines.");
    }
    wipe_buffer(&text);
    return is_fine;
}

/* Takes both out of the environment, where `ps e` would show them; NULL if it is not there. */
static char *take_variable(const char *name) {
    char *value = getenv(name), *copy = value ? memory_copy(view_of(value)) : NULL;
    if (value) wipe(value, strlen(value));
    unsetenv(name);
    return copy;
}

bool credentials_read(const struct credentials_places *places, struct credentials *credentials, struct error *error) {
    struct credentials environment = {take_variable(ENVIRONMENT_EMAIL), take_variable(ENVIRONMENT_PASSWORD)};
    *credentials = (struct credentials){0};
    if ((places->file != NULL) + (places->command != NULL) + places->uses_netrc > 1) {
        credentials_wipe(&environment);
        error_set(error, EXIT_WRONG_USE, "credentials are given in two ways");
        return error_fix(error, "Use only one of --credentials, --credentials-command and --netrc.");
    }
    bool is_fine = true;
    if (places->file)
        is_fine = from_file(places->file, credentials, error);
    else if (places->command)
        is_fine = from_command(places->command, places->timeout, credentials, error);
    else if (places->uses_netrc)
        is_fine = from_netrc(places, credentials, error);
    else if (is_usable(&environment)) {
        *credentials = environment;
        return true;
    } else {
        bool has_part = environment.email || environment.password;
        is_fine = error_set(error, EXIT_WRONG_USE,
                            has_part ? ENVIRONMENT_EMAIL " and " ENVIRONMENT_PASSWORD " are not both set, or not usable"
                                     : "credentials for Plecto are missing");
        error_fix(error, "Write your Plecto login into a file, readable by you alone (chmod 600), and name it with --credentials FILE:\n"
                         "{\"email\": \"you@example.com\", \"password\": \"...\"}\n"
                         "Or set the environment variables " ENVIRONMENT_EMAIL " and " ENVIRONMENT_PASSWORD
                         ". --netrc and --credentials-command work, too.");
    }
    credentials_wipe(&environment);
    return is_fine;
}

/* --- hiding ----------------------------------------------------------------------------------------------------------- */

static void hide(struct buffer *text, const char *secret) {
    size_t length = strlen(secret);
    if (length < 3) return; /* so short a text is everywhere */
    for (size_t i = 0; i + length <= text->length; i++) {
        if (memcmp(text->text + i, secret, length) != 0) continue;
        memcpy(text->text + i, "***", 3);
        memmove(text->text + i + 3, text->text + i + length, text->length - i - length);
        text->length -= length - 3;
    }
}

/* Words that were cut ("…") may end within the secret. */
static void hide_end(struct buffer *text, const char *secret) {
    static const char cut[] = "\xE2\x80\xA6";
    const size_t mark = sizeof cut - 1;
    if (text->length < mark || memcmp(text->text + text->length - mark, cut, mark) != 0) return;
    size_t words = text->length - mark, length = strlen(secret);
    for (size_t part = length < words ? length : words; part >= 3; part--)
        if (memcmp(text->text + words - part, secret, part) == 0) {
            text->length = words - part;
            buffer_add_text(text, "***");
            buffer_add_text(text, cut);
            return;
        }
}

static void add_base64(struct buffer *out, struct view bytes) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t have = bytes.length - i < 3 ? bytes.length - i : 3;
        unsigned group = 0;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < have ? (unsigned char)bytes.text[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            if (k <= have) buffer_add_char(out, letters[group >> (18 - 6 * k) & 63]);
    }
}

void credentials_hide(const struct credentials *credentials, struct buffer *text) {
    if (!credentials->password || text->length == 0) return;
    size_t room = strlen(credentials->email) + strlen(credentials->password) + 2;
    struct buffer pair = {0}, token = {0};
    buffer_reserve(&pair, room);
    buffer_reserve(&token, 2 * room + 4);
    buffer_print(&pair, "%s:%s", credentials->email, credentials->password);
    add_base64(&token, buffer_view(&pair));
    buffer_add_char(&token, '\0');
    const char *secrets[] = {token.text, credentials->password};
    for (size_t i = 0; i < 2; i++) {
        hide(text, secrets[i]);
        hide_end(text, secrets[i]);
    }
    wipe_buffer(&pair);
    wipe_buffer(&token);
}
