#!/usr/bin/env bats
# nightly.bats: the three nights of samples/nightly with the stand-in: a late change, a deleted job, a cut file. What Plecto
# holds at the end is what a single run over the truth would have sent.
# By day a part, all where the change touches: src/upload src/routine tests/e2e

load upload_helper

JOBS=0a1b2c3d4e5f60718293a4b5c6d7e8f9
INVOICES=1b2c3d4e5f60718293a4b5c6d7e8f90a

setup() {
    upload_setup
    SAMPLE=$ROOT/samples/nightly
    start_server '{}' plain
    mkdir -p company/exports
    (umask 077 && cp credentials.json company/plecto.json)
    company
    for kind in jobs invoices; do
        "$ST2PLECTO" convert --no-config -q --tz America/Phoenix -o "first-$kind" "$SAMPLE"/nights/1/"$kind"* >/dev/null
    done
    SOURCE=$JOBS know_source first-jobs
    SOURCE=$INVOICES know_source first-invoices
}
teardown() { upload_teardown; }

# company [THREADS]: the sample's configuration, sending to the stand-in and not waiting for files.
company() {
    grep -v '^ *//' "$SAMPLE/company/st2plecto.json" | jq --arg url "$URL" --argjson threads "${1:-1}" '.settle = "0s" |
        .feeds[].options += {url: $url, rate: 36000000, "insecure-test": true, threads: $threads}' >company/st2plecto.json
}

# deliver NIGHT: its exports arrive.
deliver() { cp "$SAMPLE/nights/$1"/* company/exports/; }

# night NIGHT: they arrive, and nightly.sh runs.
night() {
    deliver "$1"
    status=0
    out=$(ST2PLECTO=$ST2PLECTO sh "$SAMPLE/nightly.sh" company 2>&1) || status=$?
}

# holds SOURCE FILE: the stand-in holds exactly what converting FILE gives.
holds() {
    rm -rf truth
    "$ST2PLECTO" convert --no-config -q --tz America/Phoenix --data-source "$1" -o truth "$2" >/dev/null
    SOURCE=$1 arrived truth
}

@test "three nights: what Plecto holds is what the last good exports say" {
    night 1
    equals exit "$status" 0
    grep -Eq '^  jobs +converted +1 +4 +4 +\$2,099\.50 ' <<<"$out"
    has "$out" 'verified; archived 1 file'
    holds $JOBS "$SAMPLE/nights/1/jobs-2025-10-01_2025-10-13.csv"
    night 2
    equals exit "$status" 0
    holds $JOBS "$SAMPLE/nights/2/jobs-2025-10-01_2025-10-14.csv"
    holds $INVOICES "$SAMPLE/nights/2/invoices-2025-10-14.csv"
    night 3
    equals exit "$status" 3
    grep -Eq '^  jobs +converted +1 +6 +6 +\$3,334\.75 ' <<<"$out"
    grep -Eq '^  invoices +not converted' <<<"$out"
    has "$out" '    from October 14, not renewed'
    has "$out" '    error: exports/invoices-2025-10-15.json is a cut export'
    has "$out" 'Something failed (exit 3)'
    holds $JOBS "$SAMPLE/nights/3/jobs-2025-10-01_2025-10-15.csv"
    holds $INVOICES "$SAMPLE/nights/2/invoices-2025-10-14.csv"
    [ -s company/archive/2025-10-20/jobs-2025-10-01_2025-10-15.csv ]
    [ -s company/exports/invoices-2025-10-15.json ]
    equals 'the failed feed' "$(jq -r '.sources[] | select(.renewed | not) | .name' company/plecto/overview.json)" invoices
}

@test "the same nights with two threads" {
    company 2
    for number in 1 2 3; do night $number; done
    holds $JOBS "$SAMPLE/nights/3/jobs-2025-10-01_2025-10-15.csv"
    holds $INVOICES "$SAMPLE/nights/2/invoices-2025-10-14.csv"
}

log_lines() { cat company/st2plecto.log 2>/dev/null | wc -l; }

@test "the exports of all nights at once: in any order and with any number of threads the same bytes" {
    local first=$SAMPLE/nights/1/jobs-2025-10-01_2025-10-13.csv second=$SAMPLE/nights/2/jobs-2025-10-01_2025-10-14.csv \
        third=$SAMPLE/nights/3/jobs-2025-10-01_2025-10-15.csv threads order
    sorted() { sort "$1/registrations.jsonl"; }
    "$ST2PLECTO" convert --no-config -q --tz America/Phoenix -o all "$first" "$second" "$third" >/dev/null
    for threads in 1 2; do
        for order in "$first $second $third" "$first $third $second" "$second $first $third" "$second $third $first" \
            "$third $first $second" "$third $second $first"; do
            # shellcheck disable=SC2086 # three words
            "$ST2PLECTO" convert --no-config -q --tz America/Phoenix --force -j $threads -o some $order >/dev/null
            diff <(sorted all) <(sorted some)
            equals sums "$(jq -c '.ledger' some/result.json)" "$(jq -c '.ledger' all/result.json)"
        done
    done
    deliver 1
    deliver 2
    "$ST2PLECTO" run --config company/st2plecto.json >/dev/null # both nights in one run
    "$ST2PLECTO" convert --no-config -q --tz America/Phoenix --data-source $JOBS -o both "$second" "$first" >/dev/null
    SOURCE=$JOBS arrived both
}

log_lines() { cat company/st2plecto.log 2>/dev/null | wc -l; }

# kill_runs COUNT NIGHT: starts a run and kills it at a random moment, until COUNT of them were killed (or four times as many ended
# before); the first between two steps, however fast the machine is.
kill_runs() {
    local round pid logged before=$killed
    for round in $(seq $(($1 * 4))); do
        logged=$(log_lines)
        [ -n "$(ls company/exports)" ] || deliver "$2" # a run came to its end
        "$ST2PLECTO" run --config company/st2plecto.json >/dev/null 2>&1 &
        pid=$!
        if [ "$round" -eq 1 ]; then
            while [ "$(log_lines)" -eq "$logged" ] && kill -0 $pid 2>/dev/null; do sleep 0.01; done
        else
            sleep "0.$((RANDOM % 4))$((RANDOM % 10))"
        fi
        kill -9 $pid 2>/dev/null || true # it may have ended before
        status=0
        wait $pid 2>/dev/null || status=$?
        [ $status -ne 137 ] || killed=$((killed + 1))
        [ $((killed - before)) -lt "$1" ] || return 0
    done
}

# 50 kills by night, and the rest of the run; KILLS=N: other numbers.
@test "killed at random moments and started again, the nights end in the same state" {
    local seed=${SEED:-$RANDOM} number round killed=0 kills=${KILLS:-$(by_night 50 6)}
    echo "seed $seed" >&2
    RANDOM=$seed
    for number in 1 2; do
        company $number # -j 1, then -j 2
        deliver $number
        kill_runs $((kills / 2)) $number
        # children of a killed run end by themselves; until then the lock is theirs
        for round in $(seq 600); do
            status=0
            "$ST2PLECTO" run --config company/st2plecto.json >last.txt 2>&1 || status=$?
            grep -q 'another run' last.txt || break
            sleep 0.05
        done
        case $status in 0 | 3) ;; *) cat last.txt >&2 && return 1 ;; esac
        holds $JOBS "$SAMPLE/nights/$number"/jobs*
        holds $INVOICES "$SAMPLE/nights/$number"/invoices*
    done
    echo "seed $seed: $killed runs killed" >&3
    [ -z "$(ls company/exports)" ]
    [ $killed -gt 0 ]
}

@test "the service, the timer and the shell scripts are well formed" {
    sh -n "$SAMPLE/nightly.sh"
    sh -n "$SAMPLE/feeds.slurm"
    if command -v systemd-analyze >/dev/null; then
        cp "$SAMPLE"/st2plecto-nightly.* .
        sed -i "s|^ExecStart=st2plecto|ExecStart=$ST2PLECTO|" st2plecto-nightly.service
        systemd-analyze verify ./st2plecto-nightly.service ./st2plecto-nightly.timer 2>verify.txt || true
        fails grep -E 'st2plecto-nightly.*(Unknown|Invalid|Failed to parse|bad)' verify.txt
    fi
}

@test "the service's command does the night" {
    local line
    deliver 1
    line=$(sed -n 's/^ExecStart=//p' "$SAMPLE/st2plecto-nightly.service")
    line=$ST2PLECTO${line#st2plecto}
    run_split sh -c "${line//\/srv\/plecto/$WORK/company}"
    equals exit "$status" 0
    holds $JOBS "$SAMPLE/nights/1/jobs-2025-10-01_2025-10-13.csv"
}
