/* sweep.c: runs every command of scenarios.c again and again, each time with one fault (shim.c): every allocation fails
 * once, every system call gives each of its errors once, the program is killed before every system call, in the middle
 * of every write and at random moments, or is told to stop. After each run the folder it worked in must be byte for
 * byte as before or as after a run without fault, with the exit code, the message and the absence of leftovers that go
 * with it; after a kill one more run must put everything right.
 *
 * The same program gives the same points: which of them a limited sweep takes follows from a number made of its bytes
 * (--seed takes another), so that changed programs are tested at other points. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faults.h"
#include "scenarios.h"
#include "tree.h"

#define SECONDS_ALLOWED 30 /* for one run: far above any, so that only a hang meets it */
#define SHOWN 12           /* complaints of a scenario */
#define MANY 20            /* points of a scenario: those of by day are fewer */

struct totals {
    _Atomic uint64_t allocations, calls, kills, signals, lost_rows, complaints, runs, missed;
};

struct outcome {
    int status;
    char out[16384], errors[4096];
    struct faults_page page; /* as the run left it */
    struct tree tree;
};

struct sweep {
    const struct scenario *scenario;
    char folder[256], work[300], page_path[300], out_path[300], error_path[300];
    struct faults_page *page;
    struct tree before, after;
    struct outcome clean;
    struct totals *totals, own; /* of all scenarios; of this one */
    uint64_t number;            /* of the point, for the stride */
};

static const char *program, *shim, *root, *only;
static uint64_t limit, moments = 20, seed;
static bool is_verbose;

/* --- one run ----------------------------------------------------------------------------------------- */

static void in_child(const struct sweep *sweep) {
    char *arguments[32] = {(char *)program};
    for (size_t i = 0; i < 24 && sweep->scenario->arguments[i]; i++)
        arguments[i + 1] = (char *)sweep->scenario->arguments[i];
    int out = open(sweep->out_path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    int errors = open(sweep->error_path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (chdir(sweep->work) != 0) _exit(97);
    int input = open(strcmp(sweep->scenario->name, "convert-stdin") == 0 ? "jobs.csv" : "/dev/null", O_RDONLY);
    dup2(input, 0);
    dup2(out, 1);
    dup2(errors, 2);
    for (int file = 3; file < 64; file++)
        close(file);
    signal(SIGINT, SIG_DFL); /* a shell's background job would ignore it, and so would the program */
    signal(SIGTERM, SIG_DFL);
    setenv("LD_PRELOAD", shim, 1);
    setenv(FAULTS_PAGE_VARIABLE, sweep->page_path, 1);
    setenv("TMPDIR", "tmp", 1);
    alarm(SECONDS_ALLOWED);
    execv(program, arguments);
    _exit(96);
}

static void read_text(const char *path, char *text, size_t room) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = file < 0 ? 0 : read(file, text, room - 1);
    text[got < 0 ? 0 : got] = '\0';
    if (file >= 0) close(file);
}

/* Runs with the order; `kill_after` nanoseconds (0: not). */
static void run(struct sweep *sweep, const struct faults_page *order, long kill_after, struct outcome *outcome) {
    memset(sweep->page, 0, sizeof *sweep->page);
    sweep->page->fail_allocation = order->fail_allocation;
    sweep->page->call = order->call;
    sweep->page->call_number = order->call_number;
    sweep->page->action = order->action;
    sweep->page->is_lasting = order->is_lasting;
    pid_t child = fork();
    if (child < 0) err(2, "fork");
    if (child == 0) in_child(sweep);
    if (kill_after > 0) {
        const struct timespec pause = {kill_after / 1000000000, kill_after % 1000000000};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
    }
    while (waitpid(child, &outcome->status, 0) < 0 && errno == EINTR)
        ;
    read_text(sweep->out_path, outcome->out, sizeof outcome->out);
    read_text(sweep->error_path, outcome->errors, sizeof outcome->errors);
    memcpy(&outcome->page, sweep->page, sizeof outcome->page);
    tree_read(sweep->work, &outcome->tree);
    sweep->own.runs++;
}

static const char *action_name(int action) {
    return action == FAULT_SHORT  ? "one byte only"
           : action == FAULT_KILL ? "SIGKILL before"
           : action == FAULT_TORN ? "SIGKILL in the middle"
           : action == FAULT_INT  ? "SIGINT before"
           : action == FAULT_TERM ? "SIGTERM before"
                                  : strerror(action);
}

static void complain(struct sweep *sweep, const struct faults_page *order, const struct outcome *outcome,
                     const char *what) {
    if (sweep->own.complaints++ >= SHOWN && !is_verbose) return;
    char place[200];
    if (order->fail_allocation)
        snprintf(place, sizeof place, "allocation %llu%s", (unsigned long long)order->fail_allocation,
                 order->is_lasting ? " and later" : "");
    else if (order->call_number)
        snprintf(place, sizeof place, "%s %llu%s: %s (%.100s)",
                 order->call < 0 ? "call" : fault_calls[order->call].name, (unsigned long long)order->call_number,
                 order->is_lasting ? " and later" : "", action_name(order->action), outcome->page.path);
    else
        snprintf(place, sizeof place, "a random moment");
    char end[40];
    if (WIFSIGNALED(outcome->status))
        snprintf(end, sizeof end, "signal %d", WTERMSIG(outcome->status));
    else
        snprintf(end, sizeof end, "exit %d", WEXITSTATUS(outcome->status));
    fprintf(stderr, "%s: %s: %s: %s: %.300s\n", sweep->scenario->name, place, end, what, outcome->errors);
    for (size_t i = 0; is_verbose && i < outcome->tree.count; i++)
        fprintf(stderr, "    %s %zu\n", outcome->tree.entries[i].path, outcome->tree.entries[i].length);
}

/* --- what may be ------------------------------------------------------------------------------------- */

/* Every top-level name is wholly as before or wholly as after; with `may_report` page.html may also be the report of a
 * run that failed, and an overview may say so of a folder. */
static bool is_whole(const struct sweep *sweep, const struct tree *tree, bool may_report) {
    const struct tree *all[] = {tree, &sweep->before, &sweep->after};
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < all[k]->count; i++) {
            char top[256];
            snprintf(top, sizeof top, "%.*s", (int)strcspn(all[k]->entries[i].path, "/"), all[k]->entries[i].path);
            if (may_report && (strcmp(top, "page.html") == 0 || strncmp(top, "overview.", 9) == 0)) continue;
            if (!tree_same(tree, &sweep->before, top) && !tree_same(tree, &sweep->after, top)) return false;
        }
    return true;
}

/* Which exit code goes with a failure at this file; 0: any. */
static int code_for(const struct sweep *sweep, const char *path) {
    const char *output = sweep->scenario->output;
    if (strstr(path, ".st2plecto") || strstr(path, "/out") || strcmp(path, "out") == 0) return 4;
    if (output && strncmp(path, output, strlen(output)) == 0) return 4;
    if (strstr(path, "jobs.") && !strstr(path, "own")) return 3;
    return 0;
}

static void count_lost(struct sweep *sweep, const struct outcome *outcome) {
    const char *rows = sweep->scenario->rows;
    if (!rows) return;
    size_t now = tree_lines(&outcome->tree, rows), then = tree_lines(&sweep->before, rows),
           full = tree_lines(&sweep->after, rows);
    if (now != then && now != full) sweep->own.lost_rows += now > full ? now - full : full - now;
}

/* Without the system's zones those of the program are taken, and the receipt says so: another folder, but a whole one. */
static bool has_own_zones(const struct sweep *sweep, const struct faults_page *order, const struct outcome *outcome) {
    return order->action == ENOENT && strstr(outcome->page.path, "/zoneinfo/") && WIFEXITED(outcome->status) &&
           WEXITSTATUS(outcome->status) == sweep->scenario->exit_code;
}

static void judge_end(struct sweep *sweep, const struct faults_page *order, const struct outcome *outcome) {
    const char *path = outcome->page.path;
    bool is_standard = strstr(path, sweep->out_path) || strstr(path, sweep->error_path);
    bool is_clean_up = order->call >= 0 && strcmp(fault_calls[order->call].name, "unlink") == 0;
    if (!WIFEXITED(outcome->status)) {
        complain(sweep, order, outcome, WTERMSIG(outcome->status) == SIGALRM ? "hangs" : "crashes");
        return;
    }
    int code = WEXITSTATUS(outcome->status), good = sweep->scenario->exit_code;
    struct tree clean;
    size_t left;
    tree_without_leftovers(&outcome->tree, &clean, &left);
    if (left > 0 && !is_clean_up) complain(sweep, order, outcome, "leaves temporary files behind");
    if (!is_whole(sweep, &clean, code != good)) {
        complain(sweep, order, outcome, "a mixture");
    } else if (code == good) {
        if (!tree_same(&clean, &sweep->after, "")) complain(sweep, order, outcome, "fine, but the output is not there");
        if (strcmp(outcome->out, sweep->clean.out) != 0 && !is_standard)
            complain(sweep, order, outcome, "fine, but tells something else");
    } else if (code != 2 && code != 3 && code != 4 && code != 7) {
        complain(sweep, order, outcome, "not a code for a failure");
    } else {
        int wanted = order->is_lasting ? 0 : code_for(sweep, path);
        if (wanted && code != wanted && !(wanted == 4 && code == 7)) complain(sweep, order, outcome, "wrong code");
        bool is_mute = order->is_lasting && order->call >= 0 && fault_calls[order->call].is_transfer == 2;
        /* run tells of what its children could not do in its own lines */
        bool is_said = strstr(outcome->errors, "st2plecto: error: ") || strstr(outcome->out, "out of memory");
        if (!is_said && !strstr(path, sweep->error_path) && !is_mute) complain(sweep, order, outcome, "no message");
        /* what is told of a result after it was published may want memory too */
        bool is_told = is_standard || strstr(outcome->errors, "out of memory");
        if (!tree_same(&clean, &sweep->before, "") && !is_told && !sweep->scenario->is_many)
            complain(sweep, order, outcome, "failed, but published");
    }
    /* without memory the program ends where it is; libxlsxwriter, in those of many files, gives back nothing that failed */
    bool may_leak =
        strstr(outcome->errors, "out of memory") || strstr(outcome->out, "out of memory") || sweep->scenario->is_many;
    if (outcome->page.did_exit && !may_leak) {
        if (outcome->page.blocks_at_exit > sweep->clean.page.blocks_at_exit)
            complain(sweep, order, outcome, "memory is not given back");
        if (outcome->page.files_at_exit > sweep->clean.page.files_at_exit)
            complain(sweep, order, outcome, "files are not closed");
    }
    tree_free(&clean);
}

static void judge_kill(struct sweep *sweep, const struct faults_page *order, const struct outcome *outcome) {
    bool is_asked = order->action == FAULT_INT || order->action == FAULT_TERM;
    struct tree clean;
    size_t left;
    tree_without_leftovers(&outcome->tree, &clean, &left);
    if (!is_whole(sweep, &clean, false)) complain(sweep, order, outcome, "a mixture");
    bool has_code = WIFEXITED(outcome->status);
    int code = has_code ? WEXITSTATUS(outcome->status) : -1;
    if (is_asked && outcome->page.was_done) {
        if (code != (order->action == FAULT_INT ? 130 : 143)) complain(sweep, order, outcome, "not 130 or 143");
        if (left > 0) complain(sweep, order, outcome, "leaves temporary files behind");
    } else if (has_code && code != sweep->scenario->exit_code) {
        complain(sweep, order, outcome, "not killed, and not fine");
    }
    tree_free(&clean);
}

/* One more run, over what a kill left: everything is right afterwards. */
static void run_again(struct sweep *sweep, const struct faults_page *order) {
    const struct faults_page none = {0};
    struct outcome *outcome = calloc(1, sizeof *outcome);
    if (!outcome) err(2, "memory");
    run(sweep, &none, 0, outcome);
    int code = WIFEXITED(outcome->status) ? WEXITSTATUS(outcome->status) : -1;
    /* without --force a run that had published already refuses */
    if (code != sweep->scenario->exit_code && code != 2) complain(sweep, order, outcome, "the next run stumbles");
    if (!tree_same(&outcome->tree, &sweep->after, "") && !(sweep->scenario->is_many && code == 2))
        complain(sweep, order, outcome, "the next run does not put it right");
    tree_free(&outcome->tree);
    free(outcome);
}

/* --- sweeps -------------------------------------------------------------------------------------------- */

static void try_one(struct sweep *sweep, const struct faults_page *order, long kill_after) {
    struct outcome *outcome = calloc(1, sizeof *outcome);
    if (!outcome) err(2, "memory");
    run(sweep, order, kill_after, outcome);
    bool is_kill = kill_after > 0 || order->action <= FAULT_KILL;
    bool is_other = has_own_zones(sweep, order, outcome);
    if (is_kill)
        judge_kill(sweep, order, outcome);
    else if (!is_other)
        judge_end(sweep, order, outcome);
    count_lost(sweep, outcome);
    if (!outcome->page.was_done && !kill_after)
        sweep->own.missed++; /* fewer calls than last time: threads */
    else if (is_kill && order->action != FAULT_INT && order->action != FAULT_TERM)
        sweep->own.kills++;
    else if (is_kill)
        sweep->own.signals++;
    else if (order->fail_allocation)
        sweep->own.allocations++;
    else
        sweep->own.calls++;
    if (!tree_same(&outcome->tree, &sweep->before, "")) {
        bool has_left = !is_other && !tree_same(&outcome->tree, &sweep->after, "");
        if (is_kill || has_left) run_again(sweep, order);
        tree_restore(&sweep->before, sweep->work);
    } else if (is_kill && sweep->number % 8 == 0) {
        run_again(sweep, order);
        tree_restore(&sweep->before, sweep->work);
    }
    tree_free(&outcome->tree);
    free(outcome);
}

/* Whether this point of `count` is one of those that the limit allows. */
static bool is_taken(struct sweep *sweep, uint64_t count) {
    uint64_t every = limit ? (count + limit - 1) / limit : 1;
    return (sweep->number++ + seed) % (every ? every : 1) == 0;
}

static void sweep_allocations(struct sweep *sweep) {
    uint64_t count = sweep->clean.page.allocations;
    for (uint64_t i = 1; i <= count; i++)
        if (is_taken(sweep, count))
            try_one(sweep, &(struct faults_page){.fail_allocation = i, .is_lasting = sweep->number % 3 == 0}, 0);
}

/* Every n-th call of a kind, with each error, once and lasting. EINTR for ever would be a loop by design. */
static uint64_t sweep_kind(struct sweep *sweep, int32_t kind, uint64_t points, bool is_counting) {
    const struct fault_call *call = &fault_calls[kind];
    uint64_t count = 0;
    for (uint64_t i = 1; i <= sweep->clean.page.calls[kind]; i++)
        for (int lasting = 0; lasting < 2; lasting++)
            for (int j = -1; j < 7 && (j < 0 || call->errors[j]); j++) {
                int action = j < 0 ? FAULT_SHORT : call->errors[j];
                if (j < 0 && !call->is_transfer) continue;
                if (lasting && action == EINTR) continue;
                count++;
                if (!is_counting && is_taken(sweep, points))
                    try_one(
                        sweep,
                        &(struct faults_page){.call = kind, .call_number = i, .action = action, .is_lasting = lasting},
                        0);
            }
    return count;
}

static void sweep_calls(struct sweep *sweep) {
    uint64_t points = 0;
    for (int32_t kind = 0; kind < FAULT_CALL_COUNT; kind++)
        points += sweep_kind(sweep, kind, 0, true);
    for (int32_t kind = 0; kind < FAULT_CALL_COUNT; kind++)
        sweep_kind(sweep, kind, points, false);
}

static void sweep_kills(struct sweep *sweep) {
    static const int actions[] = {FAULT_KILL, FAULT_INT, FAULT_TERM};
    uint64_t all = sweep->clean.page.all_calls, points = all * 3;
    for (size_t k = 0; k < 3; k++)
        for (uint64_t i = 1; i <= all; i++)
            if (is_taken(sweep, points))
                try_one(sweep, &(struct faults_page){.call = FAULT_ANY_CALL, .call_number = i, .action = actions[k]},
                        0);
    for (int32_t kind = 0; kind < FAULT_CALL_COUNT; kind++)
        for (uint64_t i = 1; fault_calls[kind].is_transfer == 2 && i <= sweep->clean.page.calls[kind]; i++)
            if (is_taken(sweep, points))
                try_one(sweep, &(struct faults_page){.call = kind, .call_number = i, .action = FAULT_TORN}, 0);
}

static void sweep_moments(struct sweep *sweep) {
    struct timespec begin, end;
    const struct faults_page none = {0};
    struct outcome *outcome = calloc(1, sizeof *outcome);
    if (!outcome) err(2, "memory");
    clock_gettime(CLOCK_MONOTONIC, &begin);
    run(sweep, &none, 0, outcome);
    clock_gettime(CLOCK_MONOTONIC, &end);
    tree_free(&outcome->tree);
    free(outcome);
    tree_restore(&sweep->before, sweep->work);
    long span = (end.tv_sec - begin.tv_sec) * 1000000000L + end.tv_nsec - begin.tv_nsec;
    uint64_t state = seed * 2654435761u + 12345;
    for (uint64_t i = 0; i < moments; i++) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        try_one(sweep, &none, 1 + (long)((state >> 33) % (uint64_t)span));
    }
}

/* --- a scenario ------------------------------------------------------------------------------------------ */

static void prepare(struct sweep *sweep) {
    char command[4096];
    snprintf(command, sizeof command, "cd '%s' && mkdir tmp && { %s; }", sweep->work, sweep->scenario->prepare);
    setenv("ST2PLECTO", program, 1);
    setenv("ROOT", root, 1);
    int status = system(command); /* NOLINT(cert-env33-c,concurrency-mt-unsafe): our own table */
    if (status != 0) errx(2, "%s: cannot be prepared", sweep->scenario->name);
    tree_read(sweep->work, &sweep->before);
}

static bool run_clean(struct sweep *sweep) {
    const struct faults_page none = {0};
    for (int i = 0; i < 2; i++) { /* twice: what differs from run to run would be taken for a fault's work */
        tree_free(&sweep->clean.tree);
        run(sweep, &none, 0, &sweep->clean);
        if (!WIFEXITED(sweep->clean.status) || WEXITSTATUS(sweep->clean.status) != sweep->scenario->exit_code) {
            complain(sweep, &none, &sweep->clean, "without a fault");
            return false;
        }
        if (i == 0) tree_read(sweep->work, &sweep->after);
        if (!tree_same(&sweep->clean.tree, &sweep->after, ""))
            complain(sweep, &none, &sweep->clean, "not the same twice");
        tree_restore(&sweep->before, sweep->work);
    }
    const char *output = sweep->scenario->output;
    if (output && tree_same(&sweep->before, &sweep->after, output)) {
        complain(sweep, &none, &sweep->clean, "publishes nothing, or what was there before");
        return false;
    }
    return true;
}

static void run_scenario(const struct scenario *scenario, const char *base, struct totals *totals) {
    struct sweep *sweep = calloc(1, sizeof *sweep);
    if (!sweep) err(2, "memory");
    sweep->scenario = scenario;
    sweep->totals = totals;
    snprintf(sweep->folder, sizeof sweep->folder, "%s/%s", base, scenario->name);
    snprintf(sweep->work, sizeof sweep->work, "%s/work", sweep->folder);
    snprintf(sweep->page_path, sizeof sweep->page_path, "%s/page", sweep->folder);
    snprintf(sweep->out_path, sizeof sweep->out_path, "%s/stdout", sweep->folder);
    snprintf(sweep->error_path, sizeof sweep->error_path, "%s/stderr", sweep->folder);
    if (mkdir(sweep->folder, 0777) != 0 || mkdir(sweep->work, 0777) != 0) err(2, "%s", sweep->folder);
    int file = open(sweep->page_path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0 || ftruncate(file, sizeof *sweep->page) != 0) err(2, "%s", sweep->page_path);
    sweep->page = mmap(NULL, sizeof *sweep->page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (sweep->page == MAP_FAILED) err(2, "mmap");
    prepare(sweep);
    if (run_clean(sweep)) {
        sweep_allocations(sweep);
        sweep_calls(sweep);
        sweep_kills(sweep);
        sweep_moments(sweep);
    }
    const struct totals *own = &sweep->own;
    printf("%-18s allocations failed: %llu of %llu, system calls failed: %llu, kills: %llu, signals: %llu, lost rows: "
           "%llu, complaints: %llu\n",
           scenario->name, (unsigned long long)own->allocations, (unsigned long long)sweep->clean.page.allocations,
           (unsigned long long)own->calls, (unsigned long long)own->kills, (unsigned long long)own->signals,
           (unsigned long long)own->lost_rows, (unsigned long long)own->complaints);
    fflush(stdout);
    totals->allocations += own->allocations;
    totals->calls += own->calls;
    totals->kills += own->kills;
    totals->signals += own->signals;
    totals->lost_rows += own->lost_rows;
    totals->complaints += own->complaints;
    totals->runs += own->runs;
    totals->missed += own->missed;
    _exit(own->complaints ? 1 : 0); /* the child of main: its memory goes with it */
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static uint64_t number_of_file(const char *path) {
    uint64_t hash = 14695981039346656037ull;
    int file = open(path, O_RDONLY | O_CLOEXEC), got;
    unsigned char piece[65536];
    if (file < 0) err(2, "%s", path);
    while ((got = (int)read(file, piece, sizeof piece)) > 0)
        for (int i = 0; i < got; i++)
            hash = (hash ^ piece[i]) * 1099511628211ull;
    close(file);
    return hash % 1000000;
}

/* The table of faults.h for sweep_upload.py: a line each of name, is_transfer and the errors. */
static int print_table(void) {
    for (size_t i = 0; i < FAULT_CALL_COUNT; i++) {
        printf("%s %d", fault_calls[i].name, fault_calls[i].is_transfer);
        for (size_t j = 0; j < 7 && fault_calls[i].errors[j]; j++)
            printf(" %d", fault_calls[i].errors[j]);
        putchar('\n');
    }
    return 0;
}

static _Noreturn void usage(void) {
    fputs("usage: sweep [--limit N] [--moments N] [--seed N] [--only SCENARIO] [--jobs N] [--verbose] PROGRAM SHIM "
          "ROOT\n"
          "       sweep --table\n"
          "  --limit N    at most about N points of each kind a scenario (default: all)\n"
          "  --moments N  kills at random moments a scenario (default 20)\n",
          stderr);
    exit(2);
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"limit", 1, NULL, 'l'}, {"moments", 1, NULL, 'm'}, {"seed", 1, NULL, 's'},  {"only", 1, NULL, 'o'},
        {"jobs", 1, NULL, 'j'},  {"verbose", 0, NULL, 'v'}, {"table", 0, NULL, 't'}, {NULL, 0, NULL, 0}};
    int option, jobs = (int)sysconf(_SC_NPROCESSORS_ONLN), running = 0;
    bool has_seed = false;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case 'l': limit = strtoull(optarg, NULL, 10); break;
        case 'm': moments = strtoull(optarg, NULL, 10); break;
        case 's': seed = strtoull(optarg, NULL, 10), has_seed = true; break;
        case 'o': only = optarg; break;
        case 'j': jobs = (int)strtol(optarg, NULL, 10); break;
        case 't': return print_table();
        case 'v': is_verbose = true; break;
        default: usage();
        }
    }
    if (argc - optind != 3) usage();
    program = realpath(argv[optind], NULL);
    shim = realpath(argv[optind + 1], NULL);
    root = realpath(argv[optind + 2], NULL);
    if (!program || !shim || !root) err(2, "program, shim or root");
    if (!has_seed) seed = number_of_file(program);
    setenv("LC_ALL", "C", 1);
    setenv("SOURCE_DATE_EPOCH", "1761000000", 1);
    unsetenv("NO_COLOR");

    /* in memory where that can be: thousands of fsyncs */
    const char *wanted = getenv("TMPDIR");
    char base[200];
    snprintf(base, sizeof base, "%s/st2plecto-faults-XXXXXX",
             wanted                          ? wanted
             : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
                                             : "/tmp");
    if (!mkdtemp(base)) err(2, "%s", base);
    struct totals *totals = mmap(NULL, sizeof *totals, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (totals == MAP_FAILED) err(2, "mmap");
    printf("seed %llu\n", (unsigned long long)seed);
    fflush(stdout);
    bool is_fine = true, is_any = false, is_long = limit == 0 || limit >= MANY, is_by_night = false;
    for (size_t i = 0; i <= scenario_count; i++) {
        int status;
        while (running >= (i < scenario_count ? jobs : 1) && wait(&status) > 0) {
            running--;
            is_fine = is_fine && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        }
        if (i == scenario_count) continue;
        is_by_night = is_by_night || strcmp(scenarios[i].name, scenario_by_night) == 0;
        if (only ? strcmp(only, scenarios[i].name) != 0 : is_by_night && !is_long) continue;
        is_any = true;
        running++;
        if (fork() == 0) run_scenario(&scenarios[i], base, totals);
    }
    tree_restore(&(struct tree){0}, base);
    rmdir(base);
    if (!is_any) errx(2, "no scenario %s", only ? only : "");
    uint64_t killed = totals->kills + totals->signals;
    printf("allocations failed: %llu, system calls failed: %llu, kills: %llu; lost rows: %llu\n",
           (unsigned long long)totals->allocations, (unsigned long long)totals->calls, (unsigned long long)killed,
           (unsigned long long)totals->lost_rows);
    printf("(%llu of the kills were SIGINT or SIGTERM; %llu runs, %llu points not met again; complaints: %llu)\n",
           (unsigned long long)totals->signals, (unsigned long long)totals->runs, (unsigned long long)totals->missed,
           (unsigned long long)totals->complaints);
    return is_fine && totals->complaints == 0 ? 0 : 1;
}
