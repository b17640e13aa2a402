#!/usr/bin/env bats
# What valgrind sees of whole runs: memcheck (reads of nothing, lost memory; the libraries' too) over each kind of input
# and output, helgrind and drd over several workers. No suppressions but those of tests/support/leaks.valgrind.

load ../cli/helper

setup() {
    common_setup
    needs valgrind
    case $("$ST2PLECTO" --version 2>&1) in st2plecto*) ;; *) false ;; esac
}

under() { # under TOOL EXIT-CODE ARGUMENTS…: the program under a tool of valgrind
    local tool=$1 wanted=$2 code=0
    shift 2
    local options=(-q --error-exitcode=99 "--tool=$tool" --fair-sched=try)
    [ "$tool" != memcheck ] || options+=(--leak-check=full --errors-for-leak-kinds=definite,possible --track-fds=no
        "--suppressions=$ROOT/tests/support/leaks.valgrind")
    valgrind "${options[@]}" "$ST2PLECTO" "$@" >said 2>&1 || code=$?
    [ "$code" -eq "$wanted" ] || { echo "exit $code: $*" >&2 && tail -n 40 said >&2 && return 1; }
}

@test "valgrind looks into the program's own allocations" {
    valgrind "$ST2PLECTO" validate "$ROOT/samples/jobs/good.csv" >said 2>&1
    grep -Eq 'total heap usage: [0-9]+,[0-9,]+ allocs' said # thousands, so they are seen
}

@test "memcheck: CSV, JSON, gzip, rejected rows, totals, private rows" {
    gzip -c "$ROOT/samples/jobs/good.csv" >jobs.csv.gz
    under memcheck 0 convert --schema jobs --tz America/Chicago -o a "$ROOT/samples/jobs/good.csv"
    under memcheck 8 convert --on-error reject --show-row -o b "$ROOT/samples/jobs/bad.csv"
    under memcheck 8 convert --on-error reject -o c "$ROOT/samples/invoices/bad.json"
    under memcheck 0 convert --by day --date-order mdy -o d jobs.csv.gz
    under memcheck 0 convert --tz America/Phoenix --roster "$ROOT/samples/roster/technicians.json" \
        --with "$ROOT/samples/job-splits/good.json" --several split -o e "$ROOT/samples/jobs/good.json"
    under memcheck 0 validate "$ROOT/samples/jobs/good.json"
}

@test "memcheck: workbooks written and read, the way back, all reports" {
    night_only
    under memcheck 8 convert --on-error reject --to csv,xlsx,review --format html=a.html --format junit=a.xml \
        --format markdown=a.md --format github -o out "$ROOT/samples/jobs/bad.csv"
    under memcheck 0 apply --dry-run out/review.xlsx "$ROOT/samples/jobs/bad.csv"
    under memcheck 0 validate --schema jobs --fail-on never out/import.xlsx || under memcheck 2 validate --schema jobs out/import.xlsx
    under memcheck 0 report --format jsonl --format review=b.xlsx --format text=b.txt out
}

@test "memcheck: inspect, schema, explain, and refusals" {
    night_only
    under memcheck 0 inspect "$ROOT/samples/report-job-costing/grouped.csv"
    under memcheck 0 schema list
    under memcheck 0 schema init -o own.json "$ROOT/samples/jobs/good.csv" || under memcheck 1 schema init --force -o own.json "$ROOT/samples/jobs/good.csv"
    under memcheck 0 explain E401
    under memcheck 2 convert --schema jbos -o x "$ROOT/samples/jobs/good.csv"
    under memcheck 3 validate missing.csv
    printf '\x1f\x8b\x08\x00broken' >broken.csv
    under memcheck 3 validate broken.csv
    printf 'PK\003\004broken' >broken.xlsx
    under memcheck 3 validate broken.xlsx
}

@test "helgrind and drd: four workers, raw and added up, find no race" {
    night_only # by day ThreadSanitizer
    "${GENERATE:-$ROOT/build/tools/generate}" 6000 csv >jobs.csv 2>/dev/null || "$(dirname "$ST2PLECTO")/tools/generate" 6000 csv >jobs.csv
    for tool in helgrind drd; do
        for by in row day; do
            under $tool 0 convert --schema jobs --date-order mdy --on-error reject --fail-on never --force -q -j 4 --by $by -o out jobs.csv
        done
    done
}
