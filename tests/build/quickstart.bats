#!/usr/bin/env bats
# What scripts/quickstart does after the build: every sample is converted.

load ../cli/helper

setup() { common_setup; }

@test "quickstart converts every sample, and names files that are there" {
    run_split "$ROOT/scripts/quickstart" --built "$ST2PLECTO" "$WORK/made"
    [ "$status" -eq 0 ] || { printf '%s\n' "$err" >&2 && return 1; }
    [ -s made/jobs-good-csv/import.csv ]
    [ -s made/jobs-bad-csv/rejected.csv ]
    has "$out" "$WORK/made/jobs-good-csv/import.csv"
    [ "$(ls made | grep -vc '^logs$')" -ge 70 ]
    run_split "$ROOT/scripts/quickstart" --buildt
    [ "$status" -eq 2 ]
}
