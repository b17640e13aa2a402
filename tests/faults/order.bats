#!/usr/bin/env bats
# What is published is on the disk before it has its name: the calls of a run, in their order.

load ../cli/helper

setup() {
    common_setup
    needs strace
    strace -o probe true 2>/dev/null || skip "strace may not trace here"
}

traced() { strace -f -y -o calls -e trace=write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,linkat,close "$@" >said 2>&1; }

# in_order PLACE FILE…: each FILE was synced after its last write, then its folder, then PLACE got its name, and then the folder of
# that name was synced.
in_order() {
    python3 - "$@" <<'PY'
import os, re, sys
place, names = sys.argv[1], sys.argv[2:]
calls = open("calls").read().splitlines()
renamed = [i for i, call in enumerate(calls) if re.search(r'(rename\w*|linkat)\(.*"(\./)?' + re.escape(place) + r'"', call) and " = 0" in call]
assert len(renamed) == 1, renamed
made = re.search(r'"(?:\./)?([^"]+)"', calls[renamed[0]]).group(1)
def last(pattern):
    return max((i for i, call in enumerate(calls) if re.search(pattern, call)), default=-1)
synced = []
for name in names:
    path = re.escape(f"/{made}/{name}" if name else f"/{made}")
    write, sync = last(rf"\b(write|pwrite64|writev)\(\d+<[^>]*{path}>"), last(rf"\bf(data)?sync\(\d+<[^>]*{path}>\) += 0")
    assert 0 <= write < sync < renamed[0], (name, write, sync, renamed[0])
    synced.append(sync)
if names != [""]:
    folder = last(rf"\bfsync\(\d+<[^>]*/{re.escape(made)}>\) += 0")
    assert max(synced) < folder < renamed[0], (synced, folder, renamed[0])
parent = last(rf"\bfsync\(\d+<{re.escape(os.getcwd())}>\) += 0")
assert parent > renamed[0], (parent, renamed[0])
PY
}

@test "a folder: every file is written, synced, then the folder, then named, then its parent synced" {
    traced "$ST2PLECTO" convert -q --on-error reject --to csv,jsonl,xlsx,review -o out "$ROOT/samples/jobs/bad.csv" || [ $? -eq 8 ]
    [ -d out ]
    # shellcheck disable=SC2046 # names without blanks
    in_order out $(ls out)
    [ "$(ls out | wc -l)" -eq 8 ]
}

@test "a folder that replaces another: the same" {
    "$ST2PLECTO" convert -q -o out "$ROOT/samples/jobs/good.csv" >/dev/null
    traced "$ST2PLECTO" convert -q --force -o out "$ROOT/samples/jobs/good.csv"
    # shellcheck disable=SC2046
    in_order out $(ls out)
}

@test "one file: written, synced, named, its folder synced" {
    traced "$ST2PLECTO" schema init -o own.json "$ROOT/samples/jobs/good.csv"
    in_order own.json ""
}

@test "the law bites: a run without its syncs is noticed" {
    traced "$ST2PLECTO" convert -q -o out "$ROOT/samples/jobs/good.csv"
    sed -i '/fsync.*import\.csv/d' calls
    # shellcheck disable=SC2046
    run in_order out $(ls out)
    [ "$status" -ne 0 ]
}
