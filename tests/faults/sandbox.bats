#!/usr/bin/env bats
# Offline commands have no network and start no program, by the kernel's hand (src/base/sandbox.c): escape.so tries both
# from inside of the process while it opens its input.

load ../cli/helper

setup() {
    common_setup
    tools=$(dirname "$ST2PLECTO")/tools
    [ -x "$tools/escape.so" ] || tools=$ROOT/build/tools
    export ESCAPE_LOG=$PWD/escape.log
    jobs_csv
}

kernel_filters() { grep -q '^Seccomp_filters\|^Seccomp:' /proc/self/status; }

# escape FILE COMMAND…: the command with code inside that tries to get out when FILE is opened.
escape() {
    rm -f "$ESCAPE_LOG"
    run_split env ESCAPE_AT="$1" LD_PRELOAD="$tools/escape.so" "${@:2}"
    [ -s "$ESCAPE_LOG" ] || { echo "$1 was not opened: $err" >&2 && return 1; }
}

# All ways out are refused, on both threads, and what is no way out is not.
all_refused() {
    local wrong
    wrong=$(grep -v ' EPERM$\|^thread$\|^window-size EBADF$' "$ESCAPE_LOG" || true)
    [ -z "$wrong" ] || { echo "not refused: $wrong" >&2 && return 1; }
    [ "$(grep -c '^socket EPERM$' "$ESCAPE_LOG")" -eq 2 ]
    [ "$(grep -c '^execve EPERM$' "$ESCAPE_LOG")" -eq 2 ]
    [ "$(grep -c '^window-size EBADF$' "$ESCAPE_LOG")" -eq 2 ]
}

@test "offline commands: sockets and programs are refused while a file is read, and the result is the same" {
    kernel_filters || skip "a kernel without seccomp"
    "$ST2PLECTO" convert -q -o plain jobs.csv >/dev/null
    escape jobs.csv "$ST2PLECTO" convert -o out jobs.csv
    [ "$status" -eq 0 ]
    all_refused
    cmp out/registrations.jsonl plain/registrations.jsonl
    escape jobs.csv "$ST2PLECTO" validate jobs.csv
    [ "$status" -eq 0 ]
    all_refused
    for words in "inspect jobs.csv" "schema init -o own.json jobs.csv"; do
        # shellcheck disable=SC2086 # words
        escape jobs.csv "$ST2PLECTO" $words
        [ "$status" -eq 0 ]
        all_refused
    done
    escape result.json "$ST2PLECTO" report --format html=page.html out
    [ "$status" -eq 0 ]
    all_refused
}

@test "commands that need the network or a program keep them" {
    "$ST2PLECTO" convert -q -o out jobs.csv >/dev/null
    for words in "upload --yes --no-input --data-source 0a1b2c3d4e5f60718293a4b5c6d7e8f9 out" "plan out"; do
        # shellcheck disable=SC2086 # words
        escape out/ "$ST2PLECTO" $words
        [ "$(grep -c '^socket done$' "$ESCAPE_LOG")" -eq 2 ]
        [ "$(grep -c '^execve ENOENT$' "$ESCAPE_LOG")" -eq 2 ]
        hasnt "$(cat "$ESCAPE_LOG")" "socket EPERM"
    done
}

@test "plan starts no program once the folder is open, whatever is in the folder" {
    kernel_filters || skip "a kernel without seccomp"
    "$ST2PLECTO" convert -q -o out jobs.csv >/dev/null
    # a page is written last; the log is beside it
    escape st2plecto.part "$ST2PLECTO" plan out --format html=plan.html
    [ "$status" -eq 0 ]
    [ "$(grep -c '^socket done$' "$ESCAPE_LOG")" -eq 2 ]
    [ "$(grep -c '^execve EPERM$' "$ESCAPE_LOG")" -eq 2 ]
}

@test "a kernel that gives no filter fails no run, and tells nothing" {
    # a filter that refuses seccomp itself, as an older container would
    cat >no_seccomp.c <<'C'
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int count, char **words) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    if (count < 2 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) return 99;
    execv(words[1], words + 1);
    return 98;
}
C
    "${CC:-cc}" -o no_seccomp no_seccomp.c 2>/dev/null || skip "no compiler"
    "$ST2PLECTO" convert -q -o plain jobs.csv >/dev/null
    run_split ./no_seccomp "$ST2PLECTO" convert -o out jobs.csv
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    cmp out/registrations.jsonl plain/registrations.jsonl
    escape jobs.csv ./no_seccomp "$ST2PLECTO" validate jobs.csv
    [ "$status" -eq 0 ]
    grep -q '^socket done$' "$ESCAPE_LOG" # the probe sees the difference
}
