/* sandbox.c: a seccomp filter. Readers of hostile files are the part of a converter that a mistake would hand over, so
 * the offline commands keep their promise by the kernel's hand. It lists what is refused, not what is allowed: the C
 * library and the sanitizers may make calls that no list knows yet, and a refusal is an EPERM, never a death. The
 * verdict hangs on the number alone (but for ioctl), so newer kernels remember it and the price is nothing. */
#define _GNU_SOURCE /* syscall */
#include "base/sandbox.h"

#include "base/sanitized.h"

#if defined(__linux__) && defined(__has_include) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ &&                       \
    ((defined(__x86_64__) && !defined(__ILP32__)) || defined(__aarch64__))
/* cppcheck-suppress preprocessorErrorDirective ; it does not know __has_include */
#if __has_include(<linux/seccomp.h>)
#define HAS_FILTER
#endif
#endif

#ifdef HAS_FILTER
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif
#define OTHER_NUMBERS 0x40000000U /* x32, the second table of x86-64, begins here */
#define REFUSED (SECCOMP_RET_ERRNO | EPERM)

/* The network; an inherited socket may still be read and written: it can be standard input or output. */
static const unsigned network[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_sendmmsg,
};
/* Headers older than a call do not name it; the numbers from 424 on are the same everywhere. */
static const unsigned refused[] = {
    /* what can do such calls in our place: io_uring */
    425,
    426,
    427,
    /* other programs, other processes: pidfd_send_signal, pidfd_open, pidfd_getfd, process_madvise among them */
    SYS_execve,
    SYS_execveat,
    SYS_process_vm_writev,
    424,
    434,
    438,
    440,
#ifndef IS_SANITIZED /* their leak check looks at itself so */
    SYS_ptrace,
    SYS_process_vm_readv,
#endif
    SYS_kcmp,
    /* keys, and doors into the kernel */
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_syslog,
    SYS_reboot,
    /* file systems and name spaces: open_tree to mount_setattr among them */
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_swapon,
    SYS_swapoff,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
    SYS_quotactl,
    SYS_acct,
    SYS_fanotify_init,
    428,
    429,
    430,
    431,
    432,
    433,
    442,
    /* the clock, the names, the rights of the machine */
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_setuid,
    SYS_setgid,
    SYS_capset,
};
enum {
    NETWORK_COUNT = sizeof network / sizeof *network,
    REFUSED_COUNT = sizeof refused / sizeof *refused,
    HEAD = 6,
    TERMINAL = 5
};

static void enter(size_t network_count) {
    struct sock_filter filter[HEAD + NETWORK_COUNT + REFUSED_COUNT + TERMINAL + 2];
    unsigned short count = 0;
    const size_t all = network_count + REFUSED_COUNT;
    /* jumps count from the next line; "refuse" is the last one */
    const struct sock_filter head[HEAD] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, REFUSED),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_NUMBERS, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, REFUSED),
    };
    for (size_t i = 0; i < HEAD; i++)
        filter[count++] = head[i];
    for (size_t i = 0; i < all; i++) {
        unsigned call = i < network_count ? network[i] : refused[i - network_count];
        filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call,
                                                       (unsigned char)(all + TERMINAL - i), 0);
    }
    /* a terminal is not to be typed into: the shell behind us would run it */
    const struct sock_filter terminal[TERMINAL + 2] = {
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 4),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 3, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, TIOCLINUX, 2, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, REFUSED),
    };
    for (size_t i = 0; i < sizeof terminal / sizeof *terminal; i++)
        filter[count++] = terminal[i];
    const struct sock_fprog program = {count, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
#ifdef SECCOMP_FILTER_FLAG_SPEC_ALLOW
    /* without this, kernels before 5.16 slow all memory accesses of a filtered program */
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, &program) == 0) return;
#endif
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

void sandbox_enter(void) {
    enter(NETWORK_COUNT);
}

void sandbox_enter_connected(void) {
    enter(0);
}

bool sandbox_is_there(void) {
    return true;
}
#else
void sandbox_enter(void) {}
void sandbox_enter_connected(void) {}

bool sandbox_is_there(void) {
    return false;
}
#endif
