#!/usr/bin/env bats
# Outputs are all or nothing, whatever fails: the sweep (tests/faults/sweep.c) makes every allocation and every system
# call fail, and kills the program, at points spread over all of them: here the same ones each time (FAULTS_SEED takes
# others), since a change is not to fail for a fault that was there before it; `make faults` takes every point. The rest
# needs a real disk, two real runs, a real terminal's signals.

load ../cli/helper

setup() {
    common_setup
    tools=$(dirname "$ST2PLECTO")/tools
    [ -x "$tools/sweep" ] || tools=$ROOT/build/tools
    jobs_csv
}

# A folder is wholly one or the other; nothing else lies beside it.
nothing_left() {
    local found
    found=$(find . -name '*.st2plecto*' -o -name 'tmp.*')
    [ -z "$found" ] || { echo "left: $found" >&2 && return 1; }
}

@test "sweep: allocations and system calls fail, the program is killed; nothing half, nothing lost, nothing left" {
    local limit=${NIGHTLY:+150}
    "$tools/sweep" --seed "${FAULTS_SEED:-1}" --limit "${FAULTS_LIMIT:-${limit:-3}}" --moments "$(by_night 10 3)" "$ST2PLECTO" "$tools/shim.so" "$ROOT" >counts 2>complaints ||
        [ -n "${FAULTS_COVERAGE:-}" ] || { cat complaints counts >&2 && false; }
    [ -z "${FAULTS_COVERAGE:-}" ] || skip "only run for coverage, which changes what is counted"
    tail -n 2 counts | sed 's/^/# /' >&3
    grep -q '^allocations failed: [0-9]\{2,\}, system calls failed: [0-9]\{2,\}, kills: [0-9]\{2,\}; lost rows: 0$' counts
    [ "$(grep -c 'complaints: 0$' counts)" -ge 19 ]
}

@test "the sweep sees what is wrong: a program that publishes half a folder, or leaves files, is told" {
    cat >bad <<'SH'
#!/bin/sh
# A bad converter: writes into the folder itself, and minds no failure.
for word; do last=$word; done
case $* in *"schema jobs --tz"*) mkdir -p out .out.st2plecto-9 && cat "$last" >out/registrations.jsonl && cat "$last" >out/import.csv; rm -r .out.st2plecto-9 ;;
*) exec "$REAL" "$@" ;;
esac
exit 0
SH
    chmod +x bad
    export REAL=$ST2PLECTO
    run_split "$tools/sweep" --only convert-csv --limit 60 --moments 0 "$PWD/bad" "$tools/shim.so" "$ROOT"
    [ "$status" -eq 1 ]
    has "$err" "convert-csv: "
    hasnt "$out" "complaints: 0)"
}

@test "a full disk: exit 4, a message, no output, the old results stay" {
    [ "$(id -u)" -eq 0 ] || skip "mounting needs root"
    mkdir disk
    for kilobytes in 4 $(by_night "8 12 16 20 24 28 32 36 44 52 60 76 92 120" "12 24 36 60 92") 160; do
        mount -t tmpfs -o "size=${kilobytes}k" none disk 2>/dev/null || skip "no mounts here"
        run_split "$ST2PLECTO" convert --to csv,jsonl,xlsx,review -o disk/out jobs.csv
        left=$(ls -A disk)
        fine=0
        if [ "$status" -eq 4 ]; then
            { has "$err" "No space left on device" || has "$err" "space on the disk"; } && [ -z "$left" ] || fine=1
        else
            [ "$status" -eq 0 ] && [ "$left" = out ] && [ "$(wc -l <disk/out/registrations.jsonl)" -eq 3 ] || fine=1
        fi
        umount disk
        [ "$fine" -eq 0 ] || { echo "size ${kilobytes}k: exit $status, left: $left: $err" >&2 && return 1; }
        [ "$kilobytes" -gt 4 ] || [ "$status" -eq 4 ] # the smallest is too small, the largest is not
    done
    [ "$status" -eq 0 ]
    mount -t tmpfs -o size=64k none disk
    "$ST2PLECTO" convert -q -o disk/out jobs.csv >/dev/null
    sum=$(cat disk/out/* | sha256sum)
    head -c 30000 /dev/zero >disk/filler
    run_split "$ST2PLECTO" convert --force --by day -o disk/out jobs.csv
    after=$(cat disk/out/* | sha256sum) left=$(ls -A disk)
    umount disk
    [ "$status" -eq 4 ]
    [ "$sum" = "$after" ]
    [ "$left" = "$(printf 'filler\nout')" ]
}

@test "a limit on the size of files (ulimit -f) is exit 4 with a message, not a death" {
    for i in $(seq 3000); do echo "3$i,Lee Park,Ana Lopez,HVAC Service,10/21/2025 8:00 AM,\$45.00,Completed,True"; done >>jobs.csv
    run_split bash -c 'ulimit -f 64; exec "$ST2PLECTO" convert -o out jobs.csv'
    [ "$status" -eq 4 ]
    has "$err" "File too large"
    [ ! -e out ]
    nothing_left
}

@test "several runs for one folder at once: each is done or says why not, and the folder is one of theirs" {
    for i in $(seq 500); do echo "3$i,Lee Park,Ana Lopez,HVAC Service,10/21/2025 8:00 AM,\$45.00,Completed,True"; done >>jobs.csv
    for by in row day week; do "$ST2PLECTO" convert -q --by $by -o "alone-$by" jobs.csv >/dev/null; done
    for force in "" --force; do
        for round in 1 2 3 4 5; do
            [ -n "$force" ] || rm -rf out
            pids=()
            for by in row day week row day week; do
                # shellcheck disable=SC2086 # an option or nothing
                "$ST2PLECTO" convert -q $force --by $by -o out jobs.csv >/dev/null 2>"err.${#pids[@]}" &
                pids+=($!)
            done
            won=0
            for i in "${!pids[@]}"; do
                code=0
                wait "${pids[i]}" || code=$?
                case $code in
                0) won=$((won + 1)) ;;
                4) has "$(cat "err.$i")" "another st2plecto is writing to it now" ;;
                2) [ -z "$force" ] && has "$(cat "err.$i")" "has results already" ;;
                *) cat "err.$i" >&2 && return 1 ;;
                esac
            done
            [ "$won" -ge 1 ]
            [ -n "$force" ] || [ "$won" -eq 1 ]
            cmp out/registrations.jsonl alone-row/registrations.jsonl 2>/dev/null && by=row ||
                { cmp out/registrations.jsonl alone-day/registrations.jsonl 2>/dev/null && by=day || by=week; }
            for file in registrations.jsonl import.csv rejected.csv datasource.json; do cmp "out/$file" "alone-$by/$file"; done
            nothing_left
        done
    done
}

@test "two reports for one file at once: one of them, whole" {
    "$ST2PLECTO" convert -q -o made jobs.csv >/dev/null
    for round in 1 2 3 4 5; do
        rm -f page.html
        pids=()
        for i in 1 2 3 4; do
            "$ST2PLECTO" report --format html=page.html made >/dev/null 2>"err.$i" &
            pids+=($!)
        done
        won=0
        for pid in "${pids[@]}"; do if wait "$pid"; then won=$((won + 1)); fi; done
        [ "$won" -ge 1 ] # ours may be replaced
        tail -n 1 page.html | grep -q '</html>'
        nothing_left
    done
}

@test "links planted beside or in the place of outputs lead nowhere" {
    mkdir -p precious
    echo mine >precious/import.csv
    ln -s precious .out.st2plecto-1
    ln -s precious .out.st2plecto-2-old
    "$ST2PLECTO" convert -q -o out jobs.csv >/dev/null
    [ "$(cat precious/import.csv)" = mine ]
    [ -d out ]
    [ ! -L out ]
    rm .out.st2plecto-1 .out.st2plecto-2-old
    # the folder asked for is a link, or a file in it is
    ln -s precious linked
    wrong_use "-o linked: a file or link has that name" "name another" "$ST2PLECTO" convert --force -o linked jobs.csv
    rm out/import.csv && ln -s ../precious/import.csv out/import.csv
    "$ST2PLECTO" convert -q --force -o out jobs.csv >/dev/null
    [ ! -L out/import.csv ]
    [ "$(cat precious/import.csv)" = mine ]
    # a lock that leads elsewhere is not followed
    ln -s precious/lock .new.st2plecto.lock
    run_split "$ST2PLECTO" convert -o new jobs.csv
    [ "$status" -eq 4 ]
    [ ! -e precious/lock ]
    [ ! -e new ]
    # a report's file
    ln -s precious/import.csv page.html
    wrong_use "page.html is a link" "name the file" "$ST2PLECTO" report --force --format html=page.html out
    [ "$(cat precious/import.csv)" = mine ]
    [ -L page.html ]
}

@test ".. and . in -o: only where the name itself is one are they refused" {
    mkdir -p a
    for wrong in . .. a/.. a/. /; do
        run_split "$ST2PLECTO" convert --force -o "$wrong" jobs.csv
        [ "$status" -eq 2 ]
    done
    "$ST2PLECTO" convert -q -o a/../b jobs.csv >/dev/null
    [ -e b/receipt.json ]
    run_split "$ST2PLECTO" validate --schema ../../etc/passwd jobs.csv
    [ "$status" -eq 2 ]
    run_split "$ST2PLECTO" validate --schema .. --schema-dir a jobs.csv
    [ "$status" -eq 2 ]
}

@test "devices and pipes are written to, never replaced" {
    "$ST2PLECTO" convert -q -o out jobs.csv >/dev/null
    mknod null c 1 3 2>/dev/null || skip "no devices without root"
    "$ST2PLECTO" report --force --format html=null out >/dev/null
    [ -c null ]
    [ "$("$ST2PLECTO" report --format json=/dev/stdout out | jq -r .format)" = st2plecto-result/1 ] # a pipe
    mkfifo pipe
    "$ST2PLECTO" report --format json=pipe out >/dev/null &
    [ "$(jq -r .format <pipe)" = st2plecto-result/1 ]
    wait $!
    run_split "$ST2PLECTO" report --format html=/dev/full out
    [ "$status" -eq 4 ]
    has "$err" "/dev/full cannot be written: No space left on device"
    run_split "$ST2PLECTO" report --format review=null out
    [ "$status" -eq 4 ]
    [ -c null ]
    nothing_left
}

@test "every signal that ends a program takes the temporary folder and a new parent away" {
    mkfifo feed
    "$tools/generate" 20000 csv >many.csv # more than a block: the folder is made with the first one
    for pair in INT:130 TERM:143 HUP:129 QUIT:131 PIPE:141 XCPU:152 ALRM:142 USR1:138; do
        { cat many.csv; exec sleep 600; } >feed & feeder=$!
        env --default-signal="${pair%:*}" "$ST2PLECTO" convert --schema jobs --date-order mdy -o new/out - <feed >/dev/null 2>&1 & program=$!
        for _ in $(seq 12000); do
            [ -z "$(ls -d new/.out.st2plecto-* 2>/dev/null)" ] || break
            sleep 0.05
        done
        [ -n "$(ls -d new/.out.st2plecto-* 2>/dev/null)" ]
        kill -s "${pair%:*}" "$program"
        code=0
        wait "$program" || code=$?
        kill "$feeder" 2>/dev/null || true
        wait "$feeder" 2>/dev/null || true
        [ "$code" -eq "${pair#*:}" ] || { echo "$pair: $code" >&2 && return 1; }
        [ ! -e new ]
    done
}

@test "a reader of standard output that goes away: no message, nothing half" {
    run_split bash -c '"$ST2PLECTO" schema list | true; echo "${PIPESTATUS[0]}"'
    [ "$out" = 0 ] || [ "$out" = 141 ]
    [ -z "$err" ]
}

@test "no core file, and no other program of the user may look into the memory" {
    [ -e /proc/self/status ] || skip "no /proc"
    mkfifo feed
    { cat jobs.csv; exec sleep 600; } >feed & feeder=$!
    (ulimit -c unlimited 2>/dev/null; exec "$ST2PLECTO" validate --schema jobs --date-order mdy - <feed >/dev/null 2>&1) & program=$!
    for _ in $(seq 12000); do
        grep -q 'Max core file size *0 *0' "/proc/$program/limits" 2>/dev/null && break
        sleep 0.05
    done
    grep -q 'Max core file size *0 *0' "/proc/$program/limits"
    [ "$(stat -c %u "/proc/$program/mem")" = 0 ] # root's: closed to debuggers of the same user
    kill -s SEGV "$program"
    wait "$program" || true
    kill "$feeder" 2>/dev/null || true
    wait "$feeder" 2>/dev/null || true
    [ -z "$(find . -name 'core*')" ]
}
