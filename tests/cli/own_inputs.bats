#!/usr/bin/env bats
# No output takes the place of a file that the command reads, nor of a file of a published folder: not even with --force.

load helper

sums() { find . -type f ! -name '.*' -exec sha256sum {} + | sort; }

setup() {
    common_setup
    cp "$ROOT/samples/jobs/good.csv" jobs.csv
    "$ST2PLECTO" convert -q -o out jobs.csv >/dev/null
    sums >"$BATS_TEST_TMPDIR/before"
}

refused() { # refused WHAT COMMAND…: exit 2, and no file is another one
    local what=$1
    shift
    run_split "$ST2PLECTO" "$@"
    [ "$status" -eq 2 ] || { echo "exit $status: $*" >&2 && return 1; }
    has "$err" "$what" || return 1
    sums | diff "$BATS_TEST_TMPDIR/before" -
}

@test "a report does not replace an export, by any name of it" {
    ln jobs.csv other.csv
    sums >"$BATS_TEST_TMPDIR/before"
    refused "jobs.csv is read by this command" convert --format html=jobs.csv --force -o rr jobs.csv
    refused "other.csv is read by this command" convert --format json=other.csv --force -o rr jobs.csv
    refused "./jobs.csv is read by this command" validate --format html=./jobs.csv --force jobs.csv
    refused "unknown" convert --bogus --format html=jobs.csv --force -o rr jobs.csv
}

@test "a report does not replace roster, fixes, configuration or schema" {
    printf 'id,name\n7,Ana Lopez\n' >team.csv
    printf 'schema,id,field,old,new,who,when,why\r\n' >fixes.csv
    echo '{}' >c.json
    "$ST2PLECTO" schema show jobs >own.schema.json
    sums >"$BATS_TEST_TMPDIR/before"
    refused "team.csv is read" validate --roster team.csv --format html=team.csv --force jobs.csv
    echo broken >bad.csv
    sums >"$BATS_TEST_TMPDIR/before"
    exits 3 "$ST2PLECTO" validate --roster bad.csv --format html=bad.csv --force jobs.csv
    [ "$(cat bad.csv)" = broken ]
    refused "fixes.csv is read" validate --fixes fixes.csv --format html=fixes.csv --force jobs.csv
    refused "c.json is read" validate --config c.json --format json=c.json --force jobs.csv
    refused "own.schema.json is read" validate --schema ./own.schema.json --format json=own.schema.json --force jobs.csv
}

@test "reconcile, report and schema init keep what they read" {
    refused "jobs.csv is read" reconcile jobs.csv --expect "Jobs Total=1" --format html=jobs.csv --force
    refused "jobs.csv is read" reconcile jobs.csv out --format xlsx=jobs.csv --force
    refused "belongs to the results in out" reconcile jobs.csv out --format xlsx=out/import.csv --force
    refused "jobs.csv is read" schema init --force -o jobs.csv jobs.csv
    refused "belongs to the results in out" schema init --force -o out/registrations.jsonl jobs.csv
    refused "out/result.json is read" report --format html=out/result.json --force out
    refused "belongs to the results in out" report --format html=out/receipt.json --force out
    refused "belongs to the results in out" plan --format html=out/import.csv --force out
}
