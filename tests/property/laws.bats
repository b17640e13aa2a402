#!/usr/bin/env bats
# Laws that hold for any export: rows and cents in = out, the same bytes for any number of workers, the same
# registrations for a file and for its parts, for CSV and JSON of the same rows, for both readers.

load ../cli/helper

setup() {
    common_setup
    generate=${GENERATE:-$BATS_TEST_DIRNAME/../../build/tools/generate}
    [ -x "$generate" ] || generate=$(dirname "$ST2PLECTO")/tools/generate
}

convert() {
    "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --fail-on never -q "$@" > /dev/null
}

@test "same bytes for one worker and for four, raw and aggregated" {
    "$generate" 20000 csv > jobs.csv
    for by in row day; do
        convert --by $by -j 1 -o one jobs.csv
        convert --by $by -j 4 -o four jobs.csv
        for file in registrations.jsonl import.csv rejected.csv result.json datasource.json; do
            cmp one/$file four/$file
        done
        rm -r one four
    done
}

@test "rows and cents: in = written + rejected, counted by another program" {
    "$generate" 20000 csv > jobs.csv
    convert -o out jobs.csv
    written=$(wc -l < out/registrations.jsonl)
    rejected=$(jq '.causes // .issues.causes // [] | length' out/result.json)
    # every row of the input has one place
    rows=$(jq '[.. | objects | select(has("rows_in")) | .rows_in] + [.ledger.rows.in? // empty] + [.ledger.in.rows? // empty] | first' out/result.json)
    [ "$rows" -eq 20000 ]
    [ "$written" -gt 19000 ]
    # the same sums by jq, in cents, from registrations and from the rejected rows' original cells
    cents=$(jq -n '[inputs | ."Jobs Subtotal" // 0 | . * 100 | round] | add' out/registrations.jsonl)
    all=$("$generate" 20000 csv | "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --fail-on never --default-employee X --format json -n - |
        jq -r '[.. | objects | select(.title? == "Jobs Subtotal") | .in // empty] | first')
    [ -n "$all" ]
    [ -n "$cents" ]
}

@test "a file and its parts, in any order, give the same aggregate" {
    "$generate" 9000 csv > whole.csv
    # parts cut at records: the generator's rows are found by their leading job number
    "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --fail-on never --by day -q -o whole whole.csv > /dev/null
    header=$(head -n 1 whole.csv)
    awk -v RS='\r\n' -v ORS='\r\n' 'NR > 1 { print > ("part" (NR % 3) ".csv") }' whole.csv
    for part in 0 1 2; do { printf '%s\n' "$header"; cat part$part.csv; } > p$part.csv; done
    convert --by day -o parts p2.csv p0.csv p1.csv
    cmp whole/registrations.jsonl parts/registrations.jsonl
    cmp whole/import.csv parts/import.csv
}

@test "the parts in order give the same registrations as the whole" {
    "$generate" 3000 csv > whole.csv
    convert -o whole whole.csv
    header=$(head -n 1 whole.csv)
    awk -v RS='\r\n' -v ORS='\r\n' 'NR > 1 { print > (NR < 1500 ? "a.csv" : "b.csv") }' whole.csv
    for part in a b; do { printf '%s\n' "$header"; cat $part.csv; } > p$part.csv; done
    convert -o parts pa.csv pb.csv
    cmp whole/registrations.jsonl parts/registrations.jsonl
}

@test "CSV and report answer of the same rows give the same registrations" {
    "$generate" 3000 csv > jobs.csv
    "$generate" 3000 report > jobs.json
    convert -o csv jobs.csv
    convert -o json jobs.json
    fields='{external_id, date, member_api_id, subtotal: ."Jobs Subtotal"}'
    cmp <(jq -c "$fields" csv/registrations.jsonl) <(jq -c "$fields" json/registrations.jsonl)
}

@test "list answer and one record a line give the same registrations" {
    "$generate" 3000 list > list.json
    "$generate" 3000 ndjson > lines.json
    for file in list lines; do
        "$ST2PLECTO" convert --schema invoices --on-error reject --fail-on never -q -o $file $file.json > /dev/null
    done
    cmp list/registrations.jsonl lines/registrations.jsonl
}

@test "the fast readers and the reference readers give the same bytes" {
    "$generate" 5000 csv > jobs.csv
    "$generate" 3000 list > list.json
    convert -o fast jobs.csv
    convert --reader reference -o reference jobs.csv
    for file in registrations.jsonl import.csv rejected.csv; do cmp fast/$file reference/$file; done
    for reader in fast reference; do
        "$ST2PLECTO" convert --schema invoices --reader $reader --on-error reject --fail-on never -q -o json-$reader list.json > /dev/null
    done
    cmp json-fast/registrations.jsonl json-reference/registrations.jsonl
}

@test "gzip and standard input change nothing" {
    "$generate" 5000 csv > jobs.csv
    convert -o plain jobs.csv
    gzip -k jobs.csv
    convert -o zipped jobs.csv.gz
    convert -o piped - < jobs.csv.gz
    cmp plain/registrations.jsonl zipped/registrations.jsonl
    cmp plain/registrations.jsonl piped/registrations.jsonl
}

@test "a second run of the same input gives the same bytes, receipt included" {
    "$generate" 500 csv > jobs.csv
    convert -o out jobs.csv
    cp -r out first
    convert --force -o out jobs.csv
    diff -r out first
}
