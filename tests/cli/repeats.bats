#!/usr/bin/env bats
# repeats.bats: the same record in several files: the newest state is sent, and what gave way is said with its money.
# By day a part, all where the change touches: src/convert src/input

load helper

setup() { common_setup; }

# day FILE ROW…: a small export of jobs.
day() {
    local file=$1
    shift
    printf '%s\n' 'Job #,Completion Date,Primary Technician,Jobs Total' "$@" >"$file"
}

nights() {
    day jobs-2025-10-14.csv '1011,10/14/2025,Ana Lopez,$250.00' '1012,10/14/2025,Ben Ortiz,$310.50'
    day jobs-2025-10-15.csv '1012,10/14/2025,Ben Ortiz,$999.00' '1013,10/15/2025,Ana Lopez,$1.00'
}

convert() { run_split "$ST2PLECTO" convert --force --no-config --tz America/Chicago -o out "$@"; }

# sent ID: its amount in import.csv.
sent() { tr -d '\r' <out/import.csv | sed -n "s/^$1,.*,//p"; }

side() { jq -r ".ledger.rows.$1" out/result.json; }

@test "the later day in the name is the newest, in any order of the files" {
    nights
    for files in 'jobs-2025-10-14.csv jobs-2025-10-15.csv' 'jobs-2025-10-15.csv jobs-2025-10-14.csv'; do
        # shellcheck disable=SC2086
        convert $files
        [ "$status" -eq 0 ]
        [ "$(sent 1012)" = 999.00 ]
        [ "$(side superseded)" = 1 ]
        has "$out" '1 record came again with other values. The newest state was taken, and 1 other was left out: Jobs Total $999.00 instead of $310.50'
    done
}

@test "what a file says of its export goes before its name" {
    nights
    mv jobs-2025-10-14.csv bare.csv
    { echo 'Exported on 10/16/2025 6:00 AM'; cat bare.csv; } >jobs-2025-10-14.csv
    { echo 'Exported on 10/15/2025 6:00 AM'; cat jobs-2025-10-15.csv; } >other.csv
    mv other.csv jobs-2025-10-15.csv
    convert jobs-*.csv
    [ "$status" -eq 0 ]
    [ "$(sent 1012)" = 310.50 ]
}

@test "a workbook says when it was made" {
    python_with openpyxl
    "$PYTHON" - <<'PY'
import datetime, openpyxl
for name, day, amount in ("a", 16, 310.5), ("b", 15, 999):
    book = openpyxl.Workbook()
    book.properties.created = datetime.datetime(2025, 10, day, 6)
    for row in (["Job #", "Completion Date", "Primary Technician", "Jobs Total"], [1012, "10/14/2025", "Ben Ortiz", amount]):
        book.active.append(row)
    book.save(name + ".xlsx")
PY
    convert a.xlsx b.xlsx
    [ "$status" -eq 0 ]
    [ "$(sent 1012)" = 310.50 ]
    convert b.xlsx a.xlsx
    [ "$(sent 1012)" = 310.50 ]
}

@test "the end of the period, then its beginning" {
    nights
    mv jobs-2025-10-14.csv 'Jobs_Dated 10_01_25 - 10_31_25.csv'
    mv jobs-2025-10-15.csv 'Jobs_Dated 10_01_25 - 10_15_25.csv'
    convert Jobs*.csv
    [ "$status" -eq 0 ]
    [ "$(sent 1012)" = 310.50 ]
    mv 'Jobs_Dated 10_01_25 - 10_15_25.csv' 'Jobs_Dated 10_08_25 - 10_31_25.csv'
    convert Jobs*.csv
    [ "$(sent 1012)" = 999.00 ]
}

@test "files that nothing orders are refused, with the command that decides; modification times decide nothing" {
    nights
    mv jobs-2025-10-14.csv a.csv
    mv jobs-2025-10-15.csv b.csv
    touch -d 2025-10-16 a.csv
    touch -d 2025-10-15 b.csv
    convert a.csv b.csv
    [ "$status" -eq 2 ]
    [ ! -e out ]
    has "$err" 'ID 1012 has two states, in a.csv row 3 and in b.csv row 2. Nothing says which file is newer'
    has "$err" 'a.csv (no time of export, no day in its name, no period)'
    has "$err" '--repeats last'
    convert --repeats last a.csv b.csv
    [ "$status" -eq 0 ]
    [ "$(sent 1012)" = 999.00 ]
    convert --repeats last b.csv a.csv
    [ "$(sent 1012)" = 310.50 ]
    convert --repeats first b.csv a.csv
    [ "$(sent 1012)" = 999.00 ]
    has "$out" 'The first state was taken'
}

@test "--repeats error makes the second state an error" {
    nights
    convert --repeats error jobs-*.csv
    [ "$status" -eq 1 ]
    has "$out" E401
    [ ! -e out/import.csv ]
}

@test "within one file two states of an ID stay an error, also beside newer files" {
    day jobs-2025-10-14.csv '1012,10/14/2025,Ben Ortiz,$1.00'
    day jobs-2025-10-15.csv '1012,10/14/2025,Ben Ortiz,$2.00' '1012,10/14/2025,Ben Ortiz,$3.00'
    convert jobs-*.csv
    [ "$status" -eq 1 ]
    has "$out" E401
    day jobs-2025-10-16.csv '1012,10/14/2025,Ben Ortiz,$4.00'
    convert jobs-*.csv
    [ "$status" -eq 0 ]
    [ "$(sent 1012)" = 4.00 ]
    [ "$(side superseded)" = 3 ]
}

@test "of 30 nights the last state of each job, whatever its day; the ledger balances" {
    for night in $(seq -w 1 30); do
        day "jobs-2025-09-$night.csv" "1,09/01/2025,Ana Lopez,\$$night.00" "1$night,09/$night/2025,Ben Ortiz,\$1.00" '2,09/01/2025,Ana Lopez,$5.00'
    done
    convert jobs-*.csv
    [ "$status" -eq 0 ]
    [ "$(sent 1)" = 30.00 ]
    [ "$(side superseded)" = 29 ]
    [ "$(side repeated)" = 29 ]
    [ "$(side written)" = 32 ]
    [ "$(jq -r .ledger.balanced out/result.json)" = true ]
}

@test "a job that moved out of the period is not sent in its old state" {
    day jobs-2025-10-14.csv '1012,10/14/2025,Ben Ortiz,$310.50' '1011,10/14/2025,Ana Lopez,$1.00'
    day jobs-2025-10-15.csv '1012,11/03/2025,Ben Ortiz,$310.50'
    convert --period 2025-10-01..2025-10-31 jobs-*.csv
    [ "$status" -eq 0 ]
    [ -z "$(sent 1012)" ]
    [ "$(side written)" = 1 ]
}

@test "an older state in error harms nothing, a newer one is reported" {
    day jobs-2025-10-14.csv '1012,10/14/2025,Ben Ortiz,3l0.50'
    day jobs-2025-10-15.csv '1012,10/14/2025,Ben Ortiz,$310.50'
    convert jobs-*.csv
    [ "$status" -eq 0 ]
    [ "$(sent 1012)" = 310.50 ]
    day jobs-2025-10-16.csv '1012,10/14/2025,Ben Ortiz,3l0.50'
    convert jobs-*.csv
    [ "$status" -eq 1 ]
    has "$out" E301
}

@test "totals take each record once, in its newest state" {
    nights
    convert --by month jobs-*.csv
    [ "$status" -eq 0 ]
    jq -s 'map(.["Jobs Total"] // empty)' out/registrations.jsonl >/dev/null
    [ "$(jq -r '.ledger.columns[] | select(.title == "Jobs Total") | .written' out/result.json)" = 1250.00 ]
}

@test "modifiedOn goes before the files" {
    job() { printf '{"id":1012,"jobNumber":"1012","completedOn":"2025-10-14T15:00:00Z","modifiedOn":"%s","total":%s,"jobStatus":"Completed","soldById":4101}\n' "$1" "$2"; }
    job 2025-10-16T00:00:00Z 310.5 >jobs-2025-10-14.json
    job 2025-10-15T00:00:00Z 999 >jobs-2025-10-15.json
    convert --schema jobs jobs-*.json
    [ "$(jq -r .ledger.rows.superseded out/result.json)" = 1 ]
    grep -q 310.5 out/import.csv
}

@test "the same report as CSV and as a workbook is one: equal in value, whatever the spelling" {
    python_with openpyxl
    day jobs.csv '1011,10/14/2025,Ana Lopez,"$1,250.00"' '1012,10/14/2025,Ben Ortiz,$310.50'
    "$PYTHON" - <<'PY'
import datetime, openpyxl
book = openpyxl.Workbook()
for row in (["Job #", "Completion Date", "Primary Technician", "Jobs Total"],
            [1011, datetime.date(2025, 10, 14), "Ana Lopez", 1250], [1012, datetime.date(2025, 10, 14), "Ben Ortiz", 310.5]):
    book.active.append(row)
book.save("jobs.xlsx")
book.active["D3"] = 310.51
book.save("other.xlsx")
PY
    convert jobs.csv jobs.xlsx
    [ "$status" -eq 0 ]
    [ "$(side written)" = 2 ]
    [ "$(side repeated)" = 2 ]
    [ "$(side superseded)" = 0 ]
    [ "$(sent 1011)" = 1250.00 ]
    # a cent is another state
    convert jobs.csv other.xlsx
    [ "$status" -ne 1 ]
    convert --repeats first jobs.csv other.xlsx
    [ "$(side repeated)" = 1 ]
    [ "$(side superseded)" = 1 ]
}
