#!/usr/bin/env bats
# vanished.bats: W423, a record that an older export has and a newer one of its day has not.
# By day a part, all where the change touches: src/convert

load helper

setup() { common_setup; }

# export_of FILE ROW…: an export of jobs.
export_of() {
    local file=$1
    shift
    printf '%s\n' 'Job #,Completion Date,Primary Technician,Jobs Total' "$@" >"$file"
}

# Job 2 is deleted between the two nights, job 3 corrected.
two_nights() {
    export_of jobs_2025-10-01_2025-10-13.csv '1,10/1/2025,Ana Lopez,$100.00' '2,10/5/2025,Ana Lopez,$200.00' '3,10/12/2025,Bo Chen,$300.00'
    export_of jobs_2025-10-01_2025-10-14.csv '1,10/1/2025,Ana Lopez,$100.00' '3,10/12/2025,Bo Chen,$310.00' '4,10/14/2025,Bo Chen,$1.00'
}

convert() { run_split "$ST2PLECTO" convert --force --no-config --tz America/Chicago --date-order mdy -o out "$@"; }

# vanished: the IDs that W423 names, and the money.
vanished() {
    jq -r '[.issues.causes[] | select(.code == "W423")] | if length == 0 then "none" else
        ([.[].examples[].id] | sort | join(" ")) + " $" + (map(.money | tonumber) | add | tostring) end' out/result.json
}

@test "the newer export lacks a record of its own days: reported with its money, and sent" {
    two_nights
    for files in 'jobs_2025-10-01_2025-10-13.csv jobs_2025-10-01_2025-10-14.csv' 'jobs_2025-10-01_2025-10-14.csv jobs_2025-10-01_2025-10-13.csv'; do
        # shellcheck disable=SC2086
        convert $files
        [ "$status" -eq 0 ]
        has "$out" 'jobs_2025-10-01_2025-10-13.csv:3:1: warning W423 vanished-record: ID 2 is not in the newer jobs_2025-10-01_2025-10-14.csv, which covers 2025-10-05. It is sent as it was (ID 2, $200.00)'
        [ "$(vanished)" = '2 $200' ]
        [ "$(jq -r .registrations out/result.json)" = 4 ]
    done
}

@test "so it is with totals, and with any number of threads" {
    two_nights
    convert --by day -j 1 jobs_*.csv
    [ "$(vanished)" = '2 $200' ]
    cp out/import.csv one.csv
    convert --by day -j 2 jobs_*.csv
    cmp one.csv out/import.csv
    [ "$(vanished)" = '2 $200' ]
}

@test "left out in the review, it is neither sent nor reported" {
    python_with openpyxl
    two_nights
    convert --to csv,review jobs_*.csv
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("out/review.xlsx")
sheet = book["Rows"]
labels = [cell.value for cell in sheet[1]]
row = next(row for row in sheet.iter_rows(min_row=2) if str(row[0].value) == "2")
row[labels.index("Decision")].value = "leave out"
book.save("out/review.xlsx")
PY
    "$ST2PLECTO" apply --no-config --tz America/Chicago --date-order mdy out/review.xlsx >/dev/null
    convert --fixes fixes.csv jobs_*.csv
    [ "$(jq -r .ledger.rows.left_out out/result.json)" = 1 ]
    [ "$(vanished)" = none ]
}

@test "a record that only moved, in a period, a file or a state, has not vanished" {
    two_nights
    export_of jobs_2025-10-01_2025-10-14.csv '1,10/1/2025,Ana Lopez,$100.00' '2,10/6/2025,Ana Lopez,$200.00' '3,,,'
    convert --on-error reject jobs_*.csv
    [ "$(vanished)" = none ]
    # outside of what the newer one covers
    export_of jobs_2025-10-01_2025-10-13.csv '1,10/1/2025,Ana Lopez,$100.00' '2,10/5/2025,Ana Lopez,$200.00'
    export_of jobs_2025-10-06_2025-10-14.csv '5,10/6/2025,Ana Lopez,$100.00'
    rm jobs_2025-10-01_2025-10-14.csv
    convert jobs_*.csv
    [ "$(vanished)" = none ]
    # in a third file, newer still, that has it with a later day
    two_nights
    rm jobs_2025-10-06_2025-10-14.csv
    export_of jobs_2025-10-15_2025-10-15.csv '2,10/15/2025,Ana Lopez,$200.00'
    convert jobs_*.csv
    [ "$(vanished)" = none ]
}

@test "a newer export without rows has none of the records" {
    two_nights
    export_of jobs_2025-10-01_2025-10-14.csv
    convert jobs_*.csv
    [ "$(vanished)" = '1 2 3 $600' ]
}

@test "files of which none is newer, and parts of one export, miss nothing" {
    export_of jobs_hvac_2025-10-01_2025-10-31.csv '1,10/21/2025,Ana Lopez,$100.00'
    export_of jobs_plumbing_2025-10-01_2025-10-31.csv '2,10/21/2025,Bo Chen,$100.00'
    convert jobs_*.csv
    [ "$status" -eq 0 ]
    [ "$(vanished)" = none ]
    for kind in hvac plumbing; do
        { echo "Exported on 10/16/2025 ${#kind}:00 AM"; cat jobs_${kind}_*.csv; } >$kind.csv
        mv $kind.csv jobs_${kind}_2025-10-01_2025-10-31.csv
    done
    convert jobs_*.csv
    [ "$(vanished)" = none ]
    has "$out" 'jobs_hvac_2025-10-01_2025-10-31.csv and the newer jobs_plumbing_2025-10-01_2025-10-31.csv are of the same days and have almost no record in common'
}

@test "an export that says it is cut, and a feed of changes, prove nothing" {
    record() { printf '{"id":%s,"jobStatus":"Completed","completedOn":"2025-10-05T10:00:00Z","total":5,"technician":"Ana"}' "$1"; }
    printf '{"hasMore":false,"data":[%s,%s]}' "$(record 1)" "$(record 2)" >jobs_2025-10-01_2025-10-13.json
    printf '{"hasMore":true,"page":1,"pageSize":1,"data":[%s]}' "$(record 1)" >jobs_2025-10-01_2025-10-14.json
    run_split "$ST2PLECTO" convert --force --no-config --schema jobs --default-employee Ana --allow-cut --tz America/Chicago -o out jobs_*.json
    [ "$(vanished)" = none ]
    printf '{"hasMore":false,"page":1,"pageSize":1,"data":[%s]}' "$(record 1)" >jobs_2025-10-01_2025-10-14.json
    run_split "$ST2PLECTO" convert --force --no-config --schema jobs --default-employee Ana --tz America/Chicago -o out jobs_*.json
    [ "$(vanished)" = '2 $5' ]
    printf '{"hasMore":false,"continueFrom":"x","data":[%s]}' "$(record 1)" >jobs_2025-10-01_2025-10-14.json
    run_split "$ST2PLECTO" convert --force --no-config --schema jobs --default-employee Ana --tz America/Chicago -o out jobs_*.json
    [ "$(vanished)" = none ]
}

@test "--repeats last goes by the order, first and error decide otherwise" {
    two_nights
    convert --repeats last jobs_2025-10-01_2025-10-14.csv jobs_2025-10-01_2025-10-13.csv
    [ "$(vanished)" = none ] # job 4 is of a day that the last file does not cover
    convert --repeats last jobs_2025-10-01_2025-10-13.csv jobs_2025-10-01_2025-10-14.csv
    [ "$(vanished)" = '2 $200' ]
    convert --repeats first jobs_*.csv
    [ "$(vanished)" = none ]
}
