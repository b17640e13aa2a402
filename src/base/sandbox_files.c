/* sandbox_files.c: Landlock: the kernel refuses to write files but in some folders. Its rules are about folders and files that
 * are there, not about names: who may make a journal may make a file beside it. The calls and their structures are spelled out
 * here, because the headers of the C libraries we build with are older than some of them. */
#define _GNU_SOURCE /* syscall, O_PATH */
#include "base/sandbox.h"

#ifdef __linux__
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"

/* linux/landlock.h; the numbers are the same on every machine. */
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, ASK_VERSION = 1, PATH_BENEATH = 1 };
#define EXECUTE (1u << 0)
#define WRITE_FILE (1u << 1)
#define REMOVE_DIR (1u << 4)
#define REMOVE_FILE (1u << 5)
#define MAKE_CHAR (1u << 6)
#define MAKE_DIR (1u << 7)
#define MAKE_REG (1u << 8)
#define MAKE_SOCK (1u << 9)
#define MAKE_FIFO (1u << 10)
#define MAKE_BLOCK (1u << 11)
#define MAKE_SYM (1u << 12)
#define REFER (1u << 13)    /* from version 2 on: moves from folder to folder */
#define TRUNCATE (1u << 14) /* from version 3 on */

struct ruleset {
    uint64_t files;
};
struct beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

int sandbox_files_version(void) {
#ifdef COUNTS_COVERAGE /* it writes its counts beside the objects */
    return 0;
#endif
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    return version < 2 ? 0 : (int)version;
}

/* A path that is not there (yet), or that no rule can be about (a pipe), gets none. */
static void allow(int rules, const char *path, uint64_t for_folders, uint64_t for_files) {
    struct stat status;
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return;
    if (fstat(file, &status) == 0) {
        const struct beneath rule = {S_ISDIR(status.st_mode) ? for_folders : for_files, file};
        syscall(ADD_RULE, rules, PATH_BENEATH, &rule, 0);
    }
    close(file);
}

static void allow_folder_of(int rules, const char *path, uint64_t rights) {
    char *copy = memory_copy(view_of(path));
    allow(rules, dirname(copy), rights, 0);
    free(copy);
}

void sandbox_keep_files(const char *const *paths, size_t count) {
    int version = sandbox_files_version();
    uint64_t truncate = version >= 3 ? TRUNCATE : 0, for_files = WRITE_FILE | truncate;
    uint64_t for_folders = for_files | MAKE_REG | MAKE_DIR | REMOVE_FILE | REMOVE_DIR | REFER;
    const struct ruleset all = {EXECUTE | for_folders | MAKE_CHAR | MAKE_SOCK | MAKE_FIFO | MAKE_BLOCK | MAKE_SYM};
    if (version == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    int rules = (int)syscall(CREATE_RULESET, &all, sizeof all, 0);
    if (rules < 0) return;
    for (size_t i = 0; i < count; i++) {
        char *real = paths[i] ? realpath(paths[i], NULL) : NULL;
        if (paths[i]) allow_folder_of(rules, paths[i], for_folders);
        if (paths[i]) allow(rules, paths[i], 0, for_files);
        if (real) allow_folder_of(rules, real, for_folders);
        free(real);
    }
    syscall(RESTRICT_SELF, rules, 0);
    close(rules);
}
#else
void sandbox_keep_files(const char *const *paths, size_t count) {
    (void)paths;
    (void)count;
}

int sandbox_files_version(void) {
    return 0;
}
#endif
