/* shim.c: preloaded into the program under test; makes its n-th allocation or its n-th system call fail, or ends the
 * program there, as the page (faults.h) says, and counts both.
 *
 * Allocations are met by name, those of all libraries too. System calls are met in the kernel's door: a seccomp filter
 * sends those of the table back as SIGSYS, and the handler counts them, does them or fails them. So the ones that the C
 * library makes inside of fopen, fread or opendir are met as well as ours. The handler itself calls through one
 * instruction that the filter knows by its address and lets pass. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

#include "faults.h"

static struct faults_page *page; /* NULL: nothing is to be done */
static uint64_t *places;         /* one for each allocation, or NULL */
static size_t place_count;
static volatile int is_over; /* nothing more is counted */

/* --- the one door -------------------------------------------------------------------------------------- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
__asm__(".text\n.hidden faults_call\n.hidden faults_door\n"
        "faults_call:\n"
        "mov %rdi, %rax\n mov %rsi, %rdi\n mov %rdx, %rsi\n mov %rcx, %rdx\n mov %r8, %r10\n mov %r9, %r8\n"
        "mov 8(%rsp), %r9\n syscall\nfaults_door:\n ret\n");
static long number_of(const ucontext_t *context) {
    return (long)context->uc_mcontext.gregs[REG_RAX];
}
static void arguments_of(const ucontext_t *context, long *arguments) {
    static const int registers[6] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
    for (int i = 0; i < 6; i++)
        arguments[i] = (long)context->uc_mcontext.gregs[registers[i]];
}
static void answer(ucontext_t *context, long value) {
    context->uc_mcontext.gregs[REG_RAX] = value;
}
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
__asm__(".text\n.hidden faults_call\n.hidden faults_door\n"
        "faults_call:\n"
        "mov x8, x0\n mov x0, x1\n mov x1, x2\n mov x2, x3\n mov x3, x4\n mov x4, x5\n mov x5, x6\n svc #0\n"
        "faults_door:\n ret\n");
static long number_of(const ucontext_t *context) {
    return (long)context->uc_mcontext.regs[8];
}
static void arguments_of(const ucontext_t *context, long *arguments) {
    for (int i = 0; i < 6; i++)
        arguments[i] = (long)context->uc_mcontext.regs[i];
}
static void answer(ucontext_t *context, long value) {
    context->uc_mcontext.regs[0] = (unsigned long long)value;
}
#else
#error "shim.c knows x86_64 and aarch64"
#endif

/* The answer of the kernel: negative errno for failure. */
long faults_call(long number, long a, long b, long c, long d, long e, long f);
extern const char faults_door[];

/* --- orders -------------------------------------------------------------------------------------------- */

/* Remembers which file the failing call was about. The first of its numbers takes a folder's descriptor before the path,
 * the older ones do not. */
static void note_path(const struct fault_call *call, const long *arguments, long number) {
    static const char descriptors[] = "/proc/self/fd/";
    if (atomic_exchange(&page->was_done, 1) || number == SYS_mmap) return; /* memory is of no file */
    const char *named =
        call->path < 0 ? "" : (const char *)arguments[number == call->numbers[0] ? call->path : call->path - 1];
    if (!named || !*named) { /* of a descriptor, or "" beside one */
        char link[40];
        long descriptor = arguments[0];
        size_t length = sizeof descriptors - 1;
        memcpy(link, descriptors, length);
        char digits[12];
        int count = 0;
        do {
            digits[count++] = (char)('0' + descriptor % 10);
            descriptor /= 10;
        } while (descriptor > 0 && count < 10);
        while (count > 0)
            link[length++] = digits[--count];
        link[length] = '\0';
        long got = faults_call(SYS_readlinkat, AT_FDCWD, (long)link, (long)page->path, sizeof page->path - 1, 0, 0);
        page->path[got > 0 ? got : 0] = '\0';
        return;
    }
    size_t length = 0;
    for (; length < sizeof page->path - 1 && named[length]; length++)
        page->path[length] = named[length];
    page->path[length] = '\0';
}

static long obey(const struct fault_call *call, long number, const long *a) {
    int action = page->action;
    note_path(call, a, number);
    if (action > 0) {
        /* a descriptor is gone even where close complains */
        if (number == SYS_close) faults_call(SYS_close, a[0], 0, 0, 0, 0, 0);
        return -action;
    }
    long process = faults_call(SYS_getpid, 0, 0, 0, 0, 0, 0);
    if (action == FAULT_SHORT) return faults_call(number, a[0], a[1], a[2] > 1 ? 1 : a[2], a[3], a[4], a[5]);
    if (action == FAULT_TORN) faults_call(number, a[0], a[1], a[2] / 2, a[3], a[4], a[5]);
    if (action == FAULT_TORN || action == FAULT_KILL) faults_call(SYS_kill, process, SIGKILL, 0, 0, 0, 0);
    if (action == FAULT_INT || action == FAULT_TERM)
        faults_call(SYS_kill, process, action == FAULT_INT ? SIGINT : SIGTERM, 0, 0, 0, 0);
    return faults_call(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Counts a call; whether the order is for it. */
static int is_meant(size_t call) {
    if (is_over) return 0;
    uint64_t one = atomic_fetch_add(&page->calls[call], 1) + 1, all = atomic_fetch_add(&page->all_calls, 1) + 1;
    uint64_t number = page->call == FAULT_ANY_CALL ? all : (size_t)page->call == call ? one : 0;
    if (!page->action || !page->call_number || !number) return 0;
    return number == page->call_number || (page->is_lasting && number > page->call_number);
}

/* A program built for coverage writes its counts at its end: they are none of its own doing. */
static int is_coverage(long number, const long *arguments) {
    const char *path = number == SYS_openat ? (const char *)arguments[1] : NULL;
    size_t length = path ? strlen(path) : 0;
    return length > 5 && strcmp(path + length - 5, ".gcda") == 0;
}

static void take_call(int signal, siginfo_t *information, void *context) {
    long number = number_of(context), arguments[6];
    (void)signal;
    (void)information;
    arguments_of(context, arguments);
    if (is_coverage(number, arguments)) is_over = 1;
    /* these cannot fail; libcurl would wait for ever on its socket */
    if (number == SYS_fcntl && (arguments[1] == F_SETFL || arguments[1] == F_GETFL)) {
        answer(context, faults_call(number, arguments[0], arguments[1], arguments[2], 0, 0, 0));
        return;
    }
    for (size_t i = 0; i < FAULT_CALL_COUNT; i++)
        for (size_t j = 0; j < 3; j++) {
            if (fault_calls[i].numbers[j] != number || (j > 0 && number == 0)) continue;
            const long *a = arguments;
            answer(context, is_meant(i) ? obey(&fault_calls[i], number, a)
                                        : faults_call(number, a[0], a[1], a[2], a[3], a[4], a[5]));
            return;
        }
}

/* --- what would shut the door ---------------------------------------------------------------------------- */

/* A trapped call while SIGSYS is blocked ends the program: nobody may block it. */
int pthread_sigmask(int how, const sigset_t *set, sigset_t *before) {
    static int (*real)(int, const sigset_t *, sigset_t *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "pthread_sigmask");
    sigset_t allowed;
    if (set && how != SIG_UNBLOCK) {
        allowed = *set;
        sigdelset(&allowed, SIGSYS);
        set = &allowed;
    }
    return real(how, set, before);
}

int sigprocmask(int how, const sigset_t *set, sigset_t *before) {
    int reason = pthread_sigmask(how, set, before);
    if (reason) errno = reason;
    return reason ? -1 : 0;
}

int sigaction(int signal, const struct sigaction *action, struct sigaction *before) {
    static int (*real)(int, const struct sigaction *, struct sigaction *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "sigaction");
    struct sigaction allowed;
    if (action) {
        allowed = *action;
        sigdelset(&allowed.sa_mask, SIGSYS);
        action = &allowed;
    }
    return real(signal, action, before);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
    static int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, "pthread_create");
    if (page && is_meant(FAULT_CALL_COUNT - 1)) {
        atomic_store(&page->was_done, 1);
        if (page->action > 0) return page->action;
        if (page->action == FAULT_KILL) kill(getpid(), SIGKILL);
        if (page->action == FAULT_INT) kill(getpid(), SIGINT);
        if (page->action == FAULT_TERM) kill(getpid(), SIGTERM);
    }
    return real(thread, attributes, start, argument);
}

/* --- allocations ------------------------------------------------------------------------------------------ */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static _Unwind_Reason_Code add_caller(struct _Unwind_Context *caller, void *place) {
    uint64_t *hash = place;
    *hash = (*hash ^ _Unwind_GetIP(caller)) * 0x100000001b3; /* FNV-1a */
    return _URC_NO_REASON;
}

static int may_allocate(void) {
    if (!page || is_over) return 1;
    uint64_t number = atomic_fetch_add(&page->allocations, 1) + 1, wanted = page->fail_allocation;
    if (places && number <= place_count) {
        places[number - 1] = 0;
        _Unwind_Backtrace(add_caller, &places[number - 1]);
    }
    if (!wanted || number < wanted || (number > wanted && !page->is_lasting)) return 1;
    atomic_store(&page->was_done, 1);
    errno = ENOMEM;
    return 0;
}

static void *counted(void *block) {
    if (page && block) atomic_fetch_add(&page->live_blocks, 1);
    return block;
}

void *malloc(size_t size) {
    return may_allocate() ? counted(__libc_malloc(size)) : NULL;
}

void *calloc(size_t count, size_t size) {
    return may_allocate() ? counted(__libc_calloc(count, size)) : NULL;
}

void *realloc(void *old, size_t size) {
    if (!may_allocate()) return NULL;
    void *block = __libc_realloc(old, size);
    return old ? block : counted(block);
}

void *memalign(size_t alignment, size_t size) {
    return may_allocate() ? counted(__libc_memalign(alignment, size)) : NULL;
}

void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    *block = memalign(alignment, size);
    return *block ? 0 : ENOMEM;
}

void free(void *block) {
    if (page && block) atomic_fetch_sub(&page->live_blocks, 1);
    __libc_free(block);
}

/* --- beginning and end -------------------------------------------------------------------------------------- */

static void shut_the_door(void) {
    enum { ROOM = 12 + 3 * FAULT_CALL_COUNT };
    struct sock_filter filter[ROOM];
    unsigned short count = 0;
    unsigned long long door = (unsigned long long)(uintptr_t)faults_door;
    const struct sock_filter head[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)door, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(door >> 32), 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    memcpy(filter, head, sizeof head);
    count = sizeof head / sizeof *head;
    int trapped = 0;
    for (size_t i = 0; i < FAULT_CALL_COUNT; i++)
        for (size_t j = 0; j < 3; j++)
            trapped += fault_calls[i].numbers[j] > 0 || (j == 0 && fault_calls[i].numbers[j] == 0);
    int left = trapped;
    for (size_t i = 0; i < FAULT_CALL_COUNT; i++)
        for (size_t j = 0; j < 3; j++) {
            long number = fault_calls[i].numbers[j];
            if (number < 0 || (j > 0 && number == 0)) continue;
            filter[count++] =
                (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)number, (unsigned char)left, 0);
            left--;
        }
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    const struct sock_fprog program = {count, filter};
    struct sigaction action = {.sa_sigaction = take_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
    sigfillset(&action.sa_mask);
    if (sigaction(SIGSYS, &action, NULL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(99); /* the sweep names it */
}

/* The file that the variable names, mapped; NULL: none is named. `size` 0: as long as it is, which is put there. */
static void *map_named(const char *variable, size_t *size) {
    const char *path = getenv(variable);
    if (!path || !*path) return NULL;
    int file = open(path, O_RDWR | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) != 0) _exit(98);
    if (*size == 0) *size = (size_t)status.st_size;
    void *mapped = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (mapped == MAP_FAILED) _exit(98);
    close(file);
    return mapped;
}

static __attribute__((constructor)) void begin(void) {
    size_t page_size = sizeof *page, places_size = 0;
    places = map_named(FAULTS_PLACES_VARIABLE, &places_size);
    place_count = places_size / sizeof *places;
    page = map_named(FAULTS_PAGE_VARIABLE, &page_size);
    if (page) shut_the_door();
}

static __attribute__((destructor)) void end(void) {
    if (!page) return;
    uint64_t files = 0;
    for (long file = 3; file < 256; file++)
        files += faults_call(SYS_fcntl, file, F_GETFD, 0, 0, 0, 0) >= 0;
    atomic_store(&page->files_at_exit, files);
    atomic_store(&page->blocks_at_exit, atomic_load(&page->live_blocks));
    atomic_store(&page->did_exit, 1);
}
