#!/usr/bin/env bats
# upload_kill.bats: an upload that is killed at any moment loses nothing and sends nothing wrong.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
    # A kill is no power cut: that every commit is synced need not cost time here.
    KILLED=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
}
teardown() { rm -rf "$KILLED"; }

kill_upload() { # kill_upload ROWS [OPTION…]
    local rows=$1
    shift
    sales_folder sales "$rows" || return 1
    "$PY" "$E2E/kill_upload.py" "$ST2PLECTO" sales "$TLS" credentials.json "$KILLED" "$@"
}

@test "kill -9 at random moments, 20 by day and 100 at night, then --continue: the same end state" {
    local kills rows
    kills=$(by_night 100 20) rows=$(by_night 850 200)
    run kill_upload $rows --kills $kills
    printf '# %s\n' "${lines[@]}" >&3
    [ "$status" -eq 0 ]
    has "$output" 'lost: 0, twice: 0, different: 0, foreign: 0,'
    has "$output" "kills: $kills"
    [ -n "${NIGHTLY:-}" ] || return 0
    for quarter in 1 2 3 4; do # the moments are not all at one end
        local count=${output##*quarter "$quarter": }
        count=${count%%[!0-9]*}
        [ "$count" -ge $((kills / 13)) ]
    done
}

# kill_vanished zero|delete KILLS ROWS LEFT
kill_vanished() {
    sales_folder sales "$3" || return 1
    head -n $(($4 + 1)) sales.csv >later.csv
    CONVERT=(--period 2025-10-01..2025-10-31)
    convert later.csv later || return 1
    "$PY" "$E2E/kill_upload.py" "$ST2PLECTO" sales "$TLS" credentials.json "$KILLED" --vanished "$1" --later later --kills "$2"
}

@test "kill -9 while what vanished becomes 0, 12 by day and 100 at night: each is 0 in the end, and nothing else changed" {
    local kills=12
    [ -z "${NIGHTLY:-}" ] || kills=100
    run kill_vanished zero $kills 350 110
    printf '# %s\n' "${lines[@]}" >&3
    [ "$status" -eq 0 ]
    has "$output" 'lost: 0, twice: 0, different: 0, foreign: 0,'
    has "$output" "kills: $kills"
}

@test "kill -9 while what vanished is deleted, 12 by day and 100 at night: each is gone in the end, and nothing else" {
    local kills=12
    [ -z "${NIGHTLY:-}" ] || kills=100
    run kill_vanished delete $kills 40 26
    printf '# %s\n' "${lines[@]}" >&3
    [ "$status" -eq 0 ]
    has "$output" 'lost: 0, twice: 0, different: 0, foreign: 0,'
    has "$output" "kills: $kills"
}

@test "the same with a server that loses registrations: the test would see it" {
    night_only
    run kill_upload 250 --kills 4 --by talk --wrong lose
    [ "$status" -eq 1 ]
    hasnt "$output" 'lost: 0,'
}

@test "the same with a server that stores a registration that comes again a second time: the test would see it" {
    night_only
    run kill_upload 250 --kills 6 --by talk --wrong double
    [ "$status" -eq 1 ]
    hasnt "$output" 'twice: 0,'
}
