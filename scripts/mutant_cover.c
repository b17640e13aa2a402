// mutant_cover.c: which blocks of the library one test executes, for scripts/mutants: linked into a library that clang built
// with -fsanitize-coverage=trace-pc-guard,pc-table. Each test has a file of one byte a block in the folder COVER_FOLDER,
// written through shared memory, so that what kills the process loses nothing. A test is told by what bats puts into the
// environment (that of a parent, where the test starts the program with none), a test program by its own name.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PARENTS 12

void __sanitizer_cov_trace_pc_guard_init(uint32_t *begin, uint32_t *end);
void __sanitizer_cov_trace_pc_guard(uint32_t *guard);
void __sanitizer_cov_pcs_init(const uintptr_t *begin, const uintptr_t *end);

static const char hits_name[] = COVER_FOLDER;
static unsigned char *hits;
static uint32_t blocks;

// Value of NAME= in a block of NUL-terminated texts.
static const char *value_in(const char *texts, size_t size, const char *name) {
    size_t length = strlen(name);
    for (size_t at = 0; at < size; at += strlen(texts + at) + 1) {
        if (strncmp(texts + at, name, length) == 0) return texts + at + length;
    }
    return NULL;
}

static size_t read_whole(const char *path, char *buffer, size_t size) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    size_t length = 0;
    for (ssize_t got; length + 1 < size && (got = read(file, buffer + length, size - 1 - length)) > 0;)
        length += (size_t)got;
    close(file);
    buffer[length] = '\0';
    return length;
}

static int parent_of(int process) {
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", process);
    if (!read_whole(path, text, sizeof text)) return 0;
    const char *after = strrchr(text, ')');
    return after && strlen(after) > 4 ? atoi(after + 4) : 0;
}

// "FILE.bats:NUMBER", "FILE.bats:0" in setup_file, or the name of the test program; into `name`.
static void find_name(char *name, size_t size) {
    static char texts[1 << 18];
    int process = getpid();
    for (int step = 0; step < PARENTS && process > 1; step++, process = parent_of(process)) {
        char path[64];
        snprintf(path, sizeof path, "/proc/%d/environ", process);
        size_t length = read_whole(path, texts, sizeof texts);
        const char *file = value_in(texts, length, "BATS_TEST_FILENAME="),
                   *number = value_in(texts, length, "BATS_TEST_NUMBER=");
        if (!file) continue;
        const char *tests = strstr(file, "tests/");
        snprintf(name, size, "%s:%s", tests ? tests : file, number && *number ? number : "0");
        return;
    }
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    const char *tests = strstr(program, "tests/");
    snprintf(name, size, "%s", tests ? tests : "other");
}

static void open_hits(void) {
    char name[PATH_MAX], path[2 * PATH_MAX];
    find_name(name, sizeof name);
    for (char *c = name; *c; c++) {
        if (*c == '/') *c = '+';
    }
    snprintf(path, sizeof path, "%s/%s", hits_name, name);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return;
    if (ftruncate(file, (off_t)blocks + 1) == 0) {
        void *place = mmap(NULL, blocks + 1, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (place != MAP_FAILED) hits = place;
    }
    close(file);
}

void __sanitizer_cov_trace_pc_guard_init(uint32_t *begin, uint32_t *end) {
    if (begin == end || *begin) return;
    for (uint32_t *guard = begin; guard < end; guard++)
        *guard = ++blocks;
    open_hits();
}

void __sanitizer_cov_trace_pc_guard(uint32_t *guard) {
    if (!*guard || !hits) return;
    hits[*guard] = 1;
    *guard = 0;
}

// The addresses of the blocks within the library, once, as text.
void __sanitizer_cov_pcs_init(const uintptr_t *begin, const uintptr_t *end) {
    static const uintptr_t *known;
    const char *path = getenv("MUTANT_COVER_BLOCKS");
    Dl_info library;
    if (!path || known || !dladdr((const void *)hits_name, &library)) return;
    known = begin;
    FILE *file = fopen(path, "w");
    if (!file) return;
    for (const uintptr_t *pc = begin; pc < end; pc += 2)
        fprintf(file, "%lx\n", (unsigned long)(*pc - (uintptr_t)library.dli_fbase));
    fclose(file);
}
