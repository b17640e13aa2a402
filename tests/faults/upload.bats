#!/usr/bin/env bats
# upload, verify, datasource create and members create, each with one fault after another (sweep_upload.py): a part of the points, the same
# ones each time (FAULTS_SEED takes others, FAULTS_UPLOAD_LIMIT=0 all of them: each place that allocates, each call). What is left is put right by the next run, and each
# registration is there once.

load ../e2e/upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
    tools=$(dirname "$ST2PLECTO")/tools
    [ -x "$tools/sweep" ] || tools=$ROOT/build/tools
    SWEPT=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
}
teardown() { rm -rf "$SWEPT"; }

sweep_upload() { # sweep_upload [OPTION…]
    sales_folder sales 130 || return 1
    "$PY" "$ROOT/tests/faults/sweep_upload.py" "$ST2PLECTO" "$tools/shim.so" "$tools/sweep" sales "$TLS" credentials.json \
        "$SWEPT" "$@"
}

@test "sweep of upload, verify, datasource, members: documented codes, the next run is fine, nothing lost, nothing twice" {
    local limit=${NIGHTLY:+16}
    sweep_upload --places --seed "${FAULTS_SEED:-1}" --limit "${FAULTS_UPLOAD_LIMIT:-${limit:-5}}" --part "${FAULTS_UPLOAD_PART:-1/1}" >counts 2>complaints ||
        [ -n "${FAULTS_COVERAGE:-}" ] || { cat complaints counts >&2 && false; }
    [ -z "${FAULTS_COVERAGE:-}" ] || skip "only run for coverage, which changes what is counted"
    sed 's/^/# /' counts >&3
    grep -q '^allocations failed: [0-9]\{2,\}, system calls failed: [0-9]\{2,\}, kills: [0-9]\{2,\}; lost rows: 0$' counts
    [ "$(grep -c 'lost: 0, twice: 0, .*complaints: 0$' counts)" -eq 4 ]
}

@test "a journal that cannot be locked any more: told soon, not waited for as another's lock" {
    sweep_upload --only upload --call fcntl --limit "$(by_night 7 3)" --seconds 25 >counts 2>complaints || { cat complaints counts >&2 && false; }
    grep -q 'system calls failed: [2-9],.* complaints: 0$' counts
}

@test "the same with a server that loses registrations: the sweep would see it" {
    night_only
    run sweep_upload --only upload --limit 4 --wrong lose
    [ "$status" -eq 1 ]
    [[ $output =~ registrations\ sent:\ 130,\ lost:\ [1-9] ]]
}
