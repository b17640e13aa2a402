#!/usr/bin/env bats
# many_machines.bats: the feeds of a group of companies under GNU parallel: run --list, run --collect. Slurm: tests/e2e/cluster.bats.
# By day a part, all where the change touches: src/routine src/cli

load helper
load group_helper

setup() {
    common_setup
    needs parallel
    parallel --version </dev/null 2>/dev/null | grep -q 'GNU parallel' || without "parallel is not GNU's"
    export PARALLEL_HOME=$WORK/.parallel
    mkdir -p "$PARALLEL_HOME"
    touch "$PARALLEL_HOME/will-cite"
    # by day a part of it
    group "$(by_night 20 2)" "$(by_night 18 4)"
    tasks >tasks.txt
    [ "$(wc -l <tasks.txt)" -eq "$(by_night 360 8)" ]
    expect
}

# spread LIST OPTION…: the commands of a list over two jobs.
spread() { parallel --jobs 2 --joblog feeds.log "${@:2}" <"$1" >/dev/null 2>&1; }

logged() { [ ! -s feeds.log ] || tail -n +2 feeds.log | wc -l; }

@test "spread over jobs, the feeds give what a run of each company gives; again they change nothing" {
    spread tasks.txt --resume
    [ "$(logged)" -eq "$(wc -l <tasks.txt)" ]
    as_expected
    spread tasks.txt --resume # all is done
    [ "$(logged)" -eq "$(wc -l <tasks.txt)" ]
    rm feeds.log
    head -n 5 tasks.txt | parallel --jobs 2 >/dev/null # some twice
    as_expected
}

@test "killed, as a whole and worker by worker, and resumed: the same bytes" {
    { cat tasks.txt && echo 'while [ -e hold ]; do sleep 0.02; done'; } >held.txt # so that the end does not come before the kill
    touch hold
    set -m # each in a group of its own
    spread held.txt --resume &
    set +m
    local all=$! worker code=0
    while [ "$(($(logged)))" -lt 3 ] && kill -0 $all 2>/dev/null; do sleep 0.02; done
    # shellcheck disable=SC2013 # a list of numbers in one line
    for worker in $(cat "/proc/$all/task/$all/children" 2>/dev/null); do
        kill -9 -- "-$worker" 2>/dev/null || kill -9 "$worker" 2>/dev/null || true
    done
    kill -9 -- -$all
    wait $all 2>/dev/null || code=$?
    rm hold
    [ "$code" -eq 137 ]
    [ "$(logged)" -ge 3 ]
    spread held.txt --resume-failed
    as_expected
}
