#!/usr/bin/env bats
# types.bats: files of several types become a published folder each, with one overview, by one rename.
# By day a part, all where the change touches: src/schema src/convert src/values

load helper

setup() {
    common_setup
    mkdir exports
    jobs_csv exports/jobs.csv
    invoices exports/invoices.csv 5000
}

# invoices FILE ID: one good invoice.
invoices() {
    printf 'Invoice #,Invoice Date,Primary Technician,Invoice Total,Balance\n%s,10/14/2025,Ana Lopez,$108.00,$0.00\n' "$2" >"$1"
}

# spoil FILE: one more row, whose date cannot be one.
spoil() { printf '100299,Lee Park,Ana Lopez,HVAC Service,13/45/2025,$1.00,Completed,True\n' >>"$1"; }

convert() { run_split "$ST2PLECTO" convert --no-config --tz America/Phoenix -o out "$@"; }
overview() { jq -r "$1" out/overview.json; }

@test "a folder of two types: a published folder each, and an overview" {
    convert exports
    [ "$status" -eq 0 ]
    [ "$(wc -l <out/jobs/registrations.jsonl)" -eq 3 ]
    [ "$(wc -l <out/invoices/registrations.jsonl)" -eq 1 ]
    [ "$(overview '[.sources[] | .name + " " + .verdict] | join(", ")')" = 'invoices converted, jobs converted' ]
    [ "$(overview '.sources[1].money.written')" = 1499.56 ]
    [ "$(overview .totals.registrations)" -eq 4 ]
    [ "$(overview .exit_code)" -eq 0 ]
    grep -q 'href="jobs/report.html"' out/overview.html
    [ -s out/jobs/report.html ]
    has "$out" 'Converted: 2 data sources, 4 registrations (out)'
    has "$out" 'Converted: 3 registrations written (out/jobs)'
    has "$out" 'st2plecto plan out/jobs'
    "$ST2PLECTO" plan out/jobs >/dev/null
    [ "$(ls -A . | grep -c st2plecto)" -eq 0 ]
}

@test "the folders are those of single runs, but for what was asked" {
    convert exports
    "$ST2PLECTO" convert --no-config --tz America/Phoenix --schema jobs -o single exports/jobs.csv >/dev/null
    for file in import.csv registrations.jsonl rejected.csv datasource.json; do cmp "out/jobs/$file" "single/$file"; done
}

@test "the order of the files and -j change nothing" {
    convert exports/jobs.csv exports/invoices.csv -j 1
    cp -r out first
    convert --force exports/invoices.csv exports/jobs.csv -j 2
    [ "$status" -eq 0 ]
    diff -r first out
}

@test "one type that fails publishes none, and leaves what was there" {
    convert exports
    cp -r out before
    spoil exports/jobs.csv
    convert --force exports
    [ "$status" -eq 1 ]
    diff -r before out
    has "$out" 'Nothing was published'
    hasnt "$out" 'registration written'
    has "$out" 'E305'
}

@test "--keep-going: the others are published, and the failed one keeps its folder" {
    convert exports
    cp -r out/jobs before
    spoil exports/jobs.csv
    invoices exports/invoices.csv 5001
    convert --force --keep-going exports
    [ "$status" -eq 1 ]
    diff -r before out/jobs
    grep -q '"5001"' out/invoices/registrations.jsonl
    has "$out" 'from October 21, not renewed'
    [ "$(overview '.sources[] | select(.name == "jobs") | .renewed')" = false ]
    grep -q 'from October 21, not renewed' out/overview.html
}

@test "--keep-going: without an earlier folder there are the reports of what failed" {
    spoil exports/jobs.csv
    convert --keep-going exports
    [ "$status" -eq 1 ]
    [ -s out/jobs/rejected.csv ]
    [ ! -e out/jobs/import.csv ]
    [ -s out/invoices/import.csv ]
    has "$out" 'Converted: 1 of 2 data sources, 1 registration. 1 failed'
}

@test "--on-error reject: rows set aside are exit 8, and published" {
    spoil exports/jobs.csv
    convert --on-error reject exports
    [ "$status" -eq 8 ]
    [ "$(wc -l <out/jobs/registrations.jsonl)" -eq 3 ]
    has "$out" 'Converted, 1 row set aside: 2 data sources, 4 registrations'
}

@test "a type without a file tonight keeps its folder" {
    convert exports
    cp -r out/invoices before
    rm exports/invoices.csv
    convert --force exports
    [ "$status" -eq 0 ]
    diff -r before out/invoices
    [ -s out/jobs/import.csv ]
    has "$out" 'from October 14, not renewed'
    has "$out" 'no new file'
}

@test "a file that is not recognized stops all, or with --keep-going only itself" {
    printf 'a,b,c\n1,2,3\n4,5,6\n' >exports/odd.csv
    convert exports
    [ "$status" -eq 2 ]
    [ ! -e out ]
    has "$err" 'exports/odd.csv'
    convert --keep-going exports
    [ "$status" -eq 2 ]
    [ -s out/jobs/import.csv ]
    has "$out" '1 file was not recognized'
    [ "$(overview '.not_recognized[0].path')" = exports/odd.csv ]
}

@test "files of one type are published in the folder itself, unless a folder each is asked for" {
    rm exports/invoices.csv
    convert --keep-going exports
    [ "$status" -eq 0 ]
    [ -s out/import.csv ]
    [ ! -e out/overview.json ]
    convert --force --each-type exports
    [ "$status" -eq 0 ]
    [ -s out/jobs/import.csv ]
    [ ! -e out/import.csv ]
}

@test "an option that names a field applies to the types that have it" {
    convert --drop 'Business Unit' --field Balance exports
    [ "$status" -eq 0 ]
    hasnt "$(head -1 out/jobs/import.csv)" 'Business Unit'
    has "$(head -1 out/invoices/import.csv)" Balance
    convert --force --drop Nothing exports
    [ "$status" -eq 2 ]
    has "$err" 'none of the files has the field "Nothing"'
    convert --force --title Jobs exports
    [ "$status" -eq 2 ]
    has "$err" '--title is of one data source'
}

@test "other folders are never removed, and results only with --force" {
    convert exports
    convert exports
    [ "$status" -eq 2 ]
    echo mine >out/jobs/mine.txt
    convert --force exports
    [ "$status" -eq 2 ]
    has "$err" 'jobs/mine.txt, which st2plecto did not write'
    [ -s out/jobs/mine.txt ]
}

@test "a dry run and validate write nothing" {
    convert --dry-run exports
    [ "$status" -eq 0 ]
    [ ! -e out ]
    has "$out" 'Ready: 2 data sources, 4 registrations'
    spoil exports/jobs.csv
    run_split "$ST2PLECTO" validate --no-config exports
    [ "$status" -eq 1 ]
    has "$out" 'invoices'
    has "$out" E305
}

@test "reports: one a type in files, the overview on standard output" {
    convert --format json --format junit=report.xml exports
    [ "$status" -eq 0 ]
    [ "$(jq -r .format <<<"$out")" = st2plecto-overview/1 ]
    grep -q '<testsuites' report-jobs.xml
    grep -q '<testsuites' report-invoices.xml
    convert --force --format junit exports
    [ "$status" -eq 2 ]
    has "$err" '--format junit needs a file'
}

@test "what the folder skips is said once" {
    printf 'PK' >exports/old.zip
    convert --fail-on warning exports
    [ "$status" -eq 8 ]
    [ "$(grep -c 'exports/old.zip' <<<"$out")" -eq 1 ]
    [ "$(overview '.skipped[0].may_hold_an_export')" = true ]
}

@test "a killed run leaves the earlier tree, and nothing of itself after the next" {
    convert exports
    cp -r out before
    mkdir -p .out.st2plecto-1/jobs .out.st2plecto-1/.jobs.st2plecto-1
    touch .out.st2plecto.lock .out.st2plecto-1/.jobs.st2plecto.lock .out.st2plecto-1/jobs/import.csv
    touch .out.st2plecto-1/.jobs.st2plecto-1/registrations.jsonl .out.st2plecto-1/overview.json
    convert --force exports
    [ "$status" -eq 0 ]
    diff -r before out
    [ ! -e .out.st2plecto-1 ]
    [ ! -e .out.st2plecto.lock ]
}

@test "the overview's advice for a file without a type: lines, with a command for that file alone" {
    mkdir mixed
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1,10/20/2025,Ana Lopez,$1.00\n' >mixed/jobs.csv
    printf 'Call ID,Call Date,Agent,Call Duration\n1,10/20/2025 8:00 AM,Ana Lopez,00:01:00\n' >mixed/calls.csv
    printf 'a,b\n1,2\n' >mixed/odd.csv
    run_split "$ST2PLECTO" convert --no-config --keep-going -o here mixed
    [ "$status" -eq 2 ]
    page=$(<here/overview.html)
    has "$page" '<br>st2plecto convert --no-config -o plecto mixed/odd.csv --schema '
    hasnt "$page" '{run}'
    hasnt "$page" '\x0a'
    has "$page" 'not-recognized'
}
