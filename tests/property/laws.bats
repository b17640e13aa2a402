#!/usr/bin/env bats
# Laws that hold for any export: rows and cents in = out, the same bytes for any number of workers, the same
# registrations for a file and for its parts, for CSV and JSON of the same rows; the cells that libcsv and cJSON find.

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
        for workers in 1 4; do # the folder's name stands in result.json: the same for both
            convert --by $by -j $workers -o out jobs.csv
            mv out out-$workers
        done
        for file in registrations.jsonl import.csv rejected.csv result.json datasource.json; do
            cmp out-1/$file out-4/$file
        done
        rm -r out-1 out-4
    done
}

@test "every hash of the result is that of the file, whatever was hashed beside what" {
    "$generate" 9000 csv > first.csv
    "$generate" 3000 csv > second.csv
    gzip -k second.csv
    "$generate" 5000 ndjson > invoices.json
    check_hashes() { # check_hashes OPTIONS FILE…
        convert -o out --force "$@"
        jq -r '.outputs[] | "\(.sha256)  out/\(.name)"' out/result.json > sums
        jq -r '.files[] | "\(.sha256)  \(.path)"' out/result.json >> sums
        sha256sum --check --quiet --strict sums
        [ "$(wc -l < sums)" -gt 3 ]
    }
    for workers in 1 2 5; do
        for to in csv jsonl jsonl,csv; do
            check_hashes -j $workers --to $to first.csv second.csv
        done
        check_hashes -j $workers --by day first.csv
        check_hashes -j $workers second.csv.gz
        check_hashes -j $workers --schema invoices invoices.json
    done
}

# Cents of a column in registrations, added up by another program.
cents() { jq -n --arg title "$1" '[inputs | .[$title] // 0 | . * 100 | round] | add' "$2"; }

@test "rows and cents: in = written + rejected + filtered, and written is what another program counts" {
    "$generate" 20000 csv > jobs.csv
    convert -o out --period 2025-02-01..2025-11-30 --active-only jobs.csv
    jq -e '.ledger.balanced and .ledger.rows.in == 20000
           and ([.ledger.rows | to_entries[] | select(.key != "in").value] | add) == 20000
           and .ledger.rows.outside_period > 1000 and .ledger.rows.inactive > 100 and .ledger.rows.rejected > 10' out/result.json
    [ "$(wc -l < out/registrations.jsonl)" -eq "$(jq .ledger.rows.written out/result.json)" ]
    # decimal texts as cents: "-1234.50" is -123450
    exact='def exact: sub("\\."; "") | tonumber;'
    jq -e "$exact"' [.ledger.columns[] | select(.money) | (.in | exact) == ([.written, .rejected, .outside_period, .inactive, .repeated, .not_yet] | map(exact) | add)] | all and length >= 3' out/result.json
    for title in "Jobs Subtotal" "Jobs Total Revenue"; do
        written=$(jq --arg title "$title" "$exact"' .ledger.columns[] | select(.title == $title).written | exact' out/result.json)
        [ "$(cents "$title" out/registrations.jsonl)" -eq "$written" ]
    done
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
    fields='{external_id, date, member_api_id, status: .Status, subtotal: ."Jobs Subtotal", hours: ."Sold Hours"}'
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

@test "libcsv and cJSON find the same cells" {
    "$generate" 5000 csv > jobs.csv
    "$generate" 3000 list > list.json
    "$generate" 3000 report > report.json
    "$generate" 3000 ndjson > lines.json
    run "$(dirname "$generate")/../tests/property/readers" jobs.csv list.json report.json lines.json
    [ "$status" -eq 0 ]
    [ "$(grep -cE ': (5000|3000) records$' <<< "$output")" = 4 ]
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
