#!/usr/bin/env bats
# run.bats: the feeds of a night: converted, archived, logged, with one overview and one exit code.
# By day a part, all where the change touches: src/routine src/cli

load helper

setup() {
    common_setup
    mkdir exports
    jobs_csv exports/jobs-2025-10-20.csv
    printf 'Invoice #,Invoice Date,Primary Technician,Invoice Total,Balance\n5000,10/14/2025,Ana Lopez,$108.00,$0.00\n' \
        >exports/invoices.csv
    feeds
}

# feeds [MORE]: two feeds, and settings.
feeds() {
    cat >st2plecto.json <<JSON
{"tz": "America/Phoenix", "settle": "0s",
 "feeds": [{"name": "jobs", "files": ["exports/jobs*"], "schema": "jobs", "archive": "done"},
           {"name": "invoices", "files": ["exports/invoices*"], "options": {"by": "month"}, "output": "plecto/money"}${1:-}]}
JSON
}

night() { run_split "$ST2PLECTO" run "$@"; }
overview() { jq -r "$1" plecto/overview.json; }

# says PATTERN: a line of the output that begins so.
says() { grep -Eq "^$1" <<<"$out" || { printf 'no line %s in: %s\n' "$1" "$out" >&2 && return 1; }; }

@test "every feed: converted with its options, a line each, one overview" {
    night
    [ "$status" -eq 0 ]
    [ "${out#*. }" = "Converted: 2 data sources, 4 registrations. All of it: plecto/overview.html

  Data source  Verdict    Files  Rows  Registrations  Amount
  jobs         converted      1     3              3  \$1,499.56 Jobs Subtotal
    archived 1 file
  invoices     converted      1     1              1  \$108.00 Total" ]
    [ "$(jq -r .options.by plecto/money/result.json)" = month ]
    [ "$(jq -r .options.time_zone plecto/jobs/result.json)" = America/Phoenix ]
    [ -s plecto/jobs/report.html ]
    [ "$(overview '[.sources[] | .name + "=" + .folder] | join(" ")')" = 'jobs=jobs invoices=money' ]
    grep -q 'href="money/report.html"' plecto/overview.html
    grep -Eq '^[0-9-]{10}T[0-9:]{8}Z jobs: Converted: 3 registrations' st2plecto.log
}

@test "files are moved only where an archive is named, by day, and never overwritten" {
    night
    [ ! -e exports/jobs-2025-10-20.csv ]
    [ -s done/2025-10-20/jobs-2025-10-20.csv ]
    [ -s exports/invoices.csv ]
    jobs_csv exports/jobs-2025-10-20.csv
    echo '100240,Lee Park,Ana Lopez,HVAC Service,10/21/2025 8:00 AM,$1.00,Completed,True' >>exports/jobs-2025-10-20.csv
    night
    [ "$(wc -l <done/2025-10-20/jobs-2025-10-20.csv)" -eq 4 ]
    [ "$(wc -l <done/2025-10-20/jobs-2025-10-20-2.csv)" -eq 5 ]
}

@test "a feed that fails keeps its folder and its files, and harms no other" {
    night
    cp -r plecto/jobs before
    printf 'Job #,Completion Date,Primary Technician,Jobs Subtotal\n1,13/45/2025,Ana Lopez,$1.00\n' >exports/jobs.csv
    printf 'Invoice #,Invoice Date,Primary Technician,Invoice Total,Balance\n5001,10/15/2025,Ana Lopez,$5.00,$0.00\n' \
        >exports/invoices.csv
    night
    [ "$status" -eq 1 ]
    diff -r before plecto/jobs
    [ -s exports/jobs.csv ]
    says '  jobs +not converted +.*\$'
    has "$out" '    from October 21, not renewed'
    says '  invoices +converted +1 +1 +1 +\$5\.00 '
    [ "$(overview '.sources[0].renewed')" = false ]
}

@test "a file that cannot be read: 3, with the error in the line, the log and the overview" {
    printf '{"hasMore": true, "data": [' >exports/jobs-2025-10-20.csv
    night
    [ "$status" -eq 3 ]
    says '  jobs +not converted'
    has "$out" '    error: exports/jobs-2025-10-20.csv'
    has "$out" '    fix: '
    grep -q 'jobs: exports/jobs-2025-10-20.csv' st2plecto.log
    has "$(overview '.sources[0].error')" exports/jobs-2025-10-20.csv
    [ -s exports/jobs-2025-10-20.csv ]
}

@test "a night without a new file says so in its first sentence" {
    rm exports/*
    night
    [ "$status" -eq 0 ]
    has "$out" 'No feed has a new file. All of it: plecto/overview.html'
    says '  jobs +no new file'
}

@test "a feed without files does nothing; a required one is exit 3" {
    feeds ', {"name": "calls", "files": ["exports/calls*"]}'
    night
    [ "$status" -eq 0 ]
    says '  calls +no new file'
    feeds ', {"name": "calls", "files": ["exports/calls*"], "required": true}'
    night
    [ "$status" -eq 3 ]
    says '  calls +no new file'
    has "$out" '. 1 failed: calls. All of it: plecto/overview.html'
    has "$out" '    error: no file matches exports/calls*'
}

@test "the worst code of the feeds, by the table: 2 goes before 3, 8 after both" {
    feeds ', {"name": "calls", "files": ["exports/calls*"], "required": true}'
    sed -i 's/"by": "month"/"on-error": "reject"/' st2plecto.json
    echo '5002,13/45/2025,Ana Lopez,$5.00,$0.00' >>exports/invoices.csv
    night
    [ "$status" -eq 3 ]
    feeds
    sed -i 's/"by": "month"/"on-error": "reject"/' st2plecto.json
    night
    [ "$status" -eq 8 ]
    says '  invoices +converted, 1 row set aside'
}

@test "--dry-run shows what each feed would do and writes nothing" {
    night --dry-run
    [ "$status" -eq 0 ]
    has "$out" 'jobs: Ready: 3 registrations would be written; files would go to done/2025-10-20'
    [ "$(ls -A | grep -v '^\.out$\|^\.err$' | sort | tr '\n' ' ')" = 'exports st2plecto.json ' ]
}

@test "wrong configurations are exit 2, with the feed and the nearest right word" {
    feeds ', {"name": "calls", "files": ["c*"], "requird": true}'
    wrong_use 'st2plecto.json:2: feed calls: "requird" is not a key of a feed; did you mean "required"?' 'help run' "$ST2PLECTO" run
    feeds ', {"name": "calls", "files": ["c*"], "options": {"bye": "day"}}'
    wrong_use 'st2plecto.json:2: feed calls: the option "bye" is unknown; did you mean "by"?' 'convert and upload' "$ST2PLECTO" run
    feeds ', {"name": "calls", "files": ["c*"], "options": {"force": true}}'
    wrong_use 'st2plecto.json:2: feed calls: the option "force" is set by run' 'convert and upload' "$ST2PLECTO" run
    feeds ', {"name": "jobs", "files": ["c*"]}'
    wrong_use 'st2plecto.json:2: feed jobs: "name" is that of two feeds' '' "$ST2PLECTO" run
    feeds ', {"name": "calls", "files": []}'
    wrong_use 'st2plecto.json:2: feed calls: "files" must be a list' '' "$ST2PLECTO" run
    feeds
    wrong_use 'there is no feed estimates' '--list' "$ST2PLECTO" run --feed estimates
    [ ! -e plecto ]
}

@test "paths are relative to the configuration, from wherever run is started" {
    mkdir elsewhere
    cd elsewhere
    night --config ../st2plecto.json
    [ "$status" -eq 0 ]
    [ -s ../plecto/jobs/import.csv ]
    [ -z "$(ls -A)" ]
}

@test "without feeds every type that is found is one, and nothing is moved" {
    rm st2plecto.json
    night
    [ "$status" -eq 0 ]
    has "$out" 'Converted: 2 data sources, 4 registrations (plecto)'
    [ -s plecto/jobs/import.csv ]
    [ -s plecto/overview.html ]
    [ -s exports/invoices.csv ]
}

@test "a second run at the same time says so and ends" {
    mkdir -p .st2plecto
    touch .st2plecto/run.lock
    exec 9>.st2plecto/run.lock
    flock 9
    night
    exec 9>&-
    [ "$status" -eq 4 ]
    has "$err" 'another run of this configuration is at work'
    [ ! -e plecto ]
}

@test "--list prints a whole command for each feed; --collect makes one overview of what they made" {
    night
    cp -r plecto expected
    rm -r plecto
    cp done/2025-10-20/*.csv exports
    run_split "$ST2PLECTO" run --list
    [ "$status" -eq 0 ]
    [ "$(wc -l <<<"$out")" -eq 2 ]
    cd /
    while read -r line; do sh -c "$line"; done <<<"$out" >/dev/null
    cd "$WORK"
    for folder in jobs money; do diff -r "expected/$folder" "plecto/$folder"; done
    [ ! -e plecto/overview.json ]
    night --collect -o plecto plecto/*
    [ "$status" -eq 0 ]
    [ "$(overview '[.sources[].folder] | join(" ")')" = 'jobs money' ]
    [ "$(overview .totals.registrations)" -eq 4 ]
    mkdir plecto/empty
    night --collect -o plecto plecto/*
    [ "$status" -eq 3 ]
    has "$out" 'plecto/empty'
}

@test "a conversion runs in a child that cannot reach the network" {
    needs strace
    strace -o trace true 2>/dev/null || skip "strace cannot attach here"
    export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 # which a traced process cannot do
    run_split strace -f -qq -e trace=seccomp,prctl -o trace "$ST2PLECTO" run
    [ "$status" -eq 0 ]
    [ "$(grep -c 'SECCOMP\|PR_SET_SECCOMP' trace)" -ge 2 ]
}
