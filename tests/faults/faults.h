/* faults.h: what the fault shim (shim.c, preloaded into the program under test) and the sweep (sweep.c, which starts
 * it) share: a page of memory with one order and the findings, and the table of system calls that can be made to fail.
 * A new system call is one line of the table. */
#ifndef FAULTS_FAULTS_H
#define FAULTS_FAULTS_H

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>

#define FAULTS_PAGE_VARIABLE "ST2PLECTO_FAULTS_PAGE" /* names the file that both map */
/* Names a file of 64-bit numbers, one for each allocation in turn, which the shim fills in if it is there: of the chain of
 * callers, so that allocations of one place can be told from others in the same run. */
#define FAULTS_PLACES_VARIABLE "ST2PLECTO_FAULTS_PLACES"

enum fault_action {
    FAULT_NONE = 0,
    /* positive: the errno that the call fails with */
    FAULT_SHORT = -1, /* reads and writes move one byte only */
    FAULT_KILL = -2,  /* SIGKILL before the call */
    FAULT_TORN = -3,  /* half of a write, then SIGKILL */
    FAULT_INT = -4,   /* SIGINT, SIGTERM to the process; the call goes on */
    FAULT_TERM = -5
};

struct fault_call {
    const char *name;
    long numbers[3];  /* of system calls counted as one; 0: none (no call that matters has number 0 but read) */
    int path;         /* argument that names the file; -1: argument 0 is a descriptor */
    int is_transfer;  /* 1: may be short, 2: writes (may be torn) */
    int errors[7];    /* what it may give, up to 0 */
};

#ifdef SYS_open /* not on newer architectures */
#define OLD(number) number
#else
#define OLD(number) -1
#endif

static const struct fault_call fault_calls[] = {
    {"open", {SYS_openat, OLD(SYS_open)}, 1, 0, {ENOENT, EACCES, EMFILE, EINTR, ENOSPC, EIO}},
    {"read", {SYS_read, SYS_readv}, -1, 1, {EIO, EINTR, EISDIR}},
    {"pread", {SYS_pread64}, -1, 1, {EIO, EINTR}},
    {"write", {SYS_write, SYS_writev}, -1, 2, {ENOSPC, EIO, EINTR, EFBIG, EDQUOT}},
    {"pwrite", {SYS_pwrite64}, -1, 2, {ENOSPC, EIO, EINTR}},
    {"close", {SYS_close}, -1, 0, {EIO, EINTR, ENOSPC}},
    {"fsync", {SYS_fsync, SYS_fdatasync}, -1, 0, {EIO, ENOSPC, EINTR, EINVAL}},
    {"sync_file_range", {SYS_sync_file_range}, -1, 0, {EIO, ENOSPC}},
    {"rename", {SYS_renameat, OLD(SYS_rename)}, 1, 0, {EIO, ENOSPC, EACCES, EXDEV}},
    {"renameat2", {SYS_renameat2}, 1, 0, {ENOSYS, EINVAL, EIO, EACCES}},
    {"link", {SYS_linkat, OLD(SYS_link)}, 1, 0, {EIO, EPERM, EMLINK, ENOSPC}},
    {"unlink", {SYS_unlinkat, OLD(SYS_unlink), OLD(SYS_rmdir)}, 1, 0, {EIO, EACCES, EBUSY}},
    {"mkdir", {SYS_mkdirat, OLD(SYS_mkdir)}, 1, 0, {ENOSPC, EACCES, EROFS}},
    {"stat", {SYS_newfstatat, OLD(SYS_stat), OLD(SYS_lstat)}, 1, 0, {EIO, EACCES, ENOMEM}},
    {"fstat", {SYS_fstat}, -1, 0, {EIO, ENOMEM}},
    {"lseek", {SYS_lseek}, -1, 0, {EIO, ESPIPE}},
    {"getdents", {SYS_getdents64}, -1, 0, {EIO}},
    {"flock", {SYS_flock}, -1, 0, {ENOLCK, EINTR}},
    {"fcntl", {SYS_fcntl}, -1, 0, {EMFILE}},
    {"dup", {SYS_dup}, -1, 0, {EMFILE}},
    {"ftruncate", {SYS_ftruncate}, -1, 0, {EIO, EINTR}},
    {"access", {SYS_faccessat, OLD(SYS_access)}, 1, 0, {EIO, EACCES}},
    {"mmap", {SYS_mmap}, -1, 0, {ENOMEM}},
    {"socket", {SYS_socket}, -1, 0, {EMFILE, ENOBUFS}},
    {"connect", {SYS_connect}, -1, 0, {ECONNREFUSED, ETIMEDOUT, ENETUNREACH}},
    {"send", {SYS_sendto, SYS_sendmsg}, -1, 0, {EPIPE, ECONNRESET}},
    {"receive", {SYS_recvfrom, SYS_recvmsg}, -1, 0, {ECONNRESET, ETIMEDOUT}},
    {"thread", {-1}, -1, 0, {EAGAIN}}, /* pthread_create: by name, since its system call runs with signals blocked */
};
#undef OLD

enum { FAULT_CALL_COUNT = sizeof fault_calls / sizeof *fault_calls, FAULT_ANY_CALL = -1 };

struct faults_page {
    /* the order */
    uint64_t fail_allocation; /* the n-th fails, from 1; 0: none */
    int32_t call;             /* of the table, or FAULT_ANY_CALL */
    uint64_t call_number;     /* its n-th, from 1; 0: none */
    int32_t action;
    int32_t is_lasting; /* every later one too: a disk stays full */
    /* the findings */
    _Atomic uint64_t allocations, live_blocks, all_calls, calls[FAULT_CALL_COUNT];
    _Atomic uint64_t blocks_at_exit, files_at_exit;
    _Atomic int32_t did_exit; /* by exit(): the two above count */
    _Atomic int32_t was_done;
    char path[512]; /* of the file of the call that failed first */
};

#endif
