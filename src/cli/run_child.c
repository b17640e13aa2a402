/* run_child.c: see run_child.h. The child ends with its parent, so that a stopped run leaves none behind. */
#define _GNU_SOURCE /* pipe2 */
#include "cli/run_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/memory.h"
#include "base/sandbox.h"

#define KEPT (4u << 20) /* bytes of what it prints */

void child_add(struct child *child, const char *word) {
    child->words = memory_resize(child->words, (child->word_count + 2) * sizeof *child->words);
    child->words[child->word_count++] = memory_copy(view_of(word));
    child->words[child->word_count] = NULL;
}

void child_add_option(struct child *child, const char *name, const char *value) {
    char *word = value ? memory_print("--%s=%s", name, value) : memory_print("--%s", name);
    child_add(child, word);
    free(word);
}

void child_add_config(struct child *child, const char *path) {
    if (path)
        child_add_option(child, "config", path);
    else
        child_add(child, "--no-config");
}

void child_free(struct child *child) {
    for (size_t i = 0; i < child->word_count; i++)
        free(child->words[i]);
    free(child->words);
    buffer_free(&child->out);
    buffer_free(&child->err);
    *child = (struct child){0};
}

_Noreturn static void be_child(const struct cli *cli, const struct child *child, int out, int err, pid_t parent) {
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(EXIT_TERMINATED);
#else
    (void)parent;
#endif
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
        _exit(EXIT_CANNOT_WRITE);
    const struct command *command = cli_find(cli, child->words[0]);
    if (!command) _exit(EXIT_WRONG_USE);
    if (cli_is_offline(command, (int)child->word_count, child->words)) sandbox_enter();
    struct cli own = *cli;
    own.place = child->place;
    exit((int)command->run(&own, command, (int)child->word_count, child->words));
}

/* Takes what is there; false at the end. */
static bool take(int from, struct buffer *to) {
    char *room = buffer_reserve(to, 1 << 16);
    ssize_t got = read(from, room, 1 << 16);
    if (got < 0) return errno == EINTR || errno == EAGAIN;
    if (to->length < KEPT) to->length += (size_t)got;
    return got > 0;
}

static void listen_to(int out_end, int err_end, struct buffer *out, struct buffer *err) {
    struct pollfd ends[2] = {{.fd = out_end, .events = POLLIN}, {.fd = err_end, .events = POLLIN}};
    struct buffer *texts[2] = {out, err};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (poll(ends, 2, -1) < 0 && errno != EINTR) return;
        for (int i = 0; i < 2; i++)
            if (ends[i].fd >= 0 && ends[i].revents != 0 && !take(ends[i].fd, texts[i])) ends[i].fd = -1;
    }
}

static enum exit_code wait_for(pid_t process) {
    int status = 0;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return EXIT_CANNOT_WRITE;
    return (enum exit_code)(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

static void close_all(int ends[2]) {
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0) close(ends[i]);
}

void child_run(const struct cli *cli, struct child *child) {
    int out_ends[2] = {-1, -1}, err_ends[2] = {-1, -1};
    fflush(NULL); /* or the child would print it, too */
    pid_t parent = getpid(), process = -1;
    if (pipe2(out_ends, O_CLOEXEC) == 0 && pipe2(err_ends, O_CLOEXEC) == 0) process = fork();
    if (process == 0) be_child(cli, child, out_ends[1], err_ends[1], parent);
    if (process < 0) {
        buffer_print(&child->err, "st2plecto: error: another process cannot be started (%d)\n", errno);
        close_all(out_ends);
        close_all(err_ends);
        child->code = EXIT_CANNOT_WRITE;
        return;
    }
    close(out_ends[1]);
    close(err_ends[1]);
    listen_to(out_ends[0], err_ends[0], &child->out, &child->err);
    close(out_ends[0]);
    close(err_ends[0]);
    child->code = wait_for(process);
}
