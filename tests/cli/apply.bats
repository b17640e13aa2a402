#!/usr/bin/env bats
# apply and --fixes: the way from a mended workbook back into the export.

load helper

setup() {
    common_setup
    python_with openpyxl
    export USER=dana
    cp "$ROOT/samples/jobs/bad.csv" jobs.csv
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o out jobs.csv >/dev/null || true
}

edit() { # edit EDIT…: out/review.xlsx changed, as edited.xlsx
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" out/review.xlsx edited.xlsx "$@"
}

@test "a workbook that nobody filled in: nothing to take, exit 0" {
    run_split "$ST2PLECTO" apply out/review.xlsx
    [ "$status" -eq 0 ]
    has "$out" "out/review.xlsx: no decision to take"
    [ ! -e fixes.csv ]
}

@test "round trip: mended rows, a row left out; convert with the fixes gives the expected registrations" {
    edit "Rejected!100232:Primary Technician=Ana Lopez" "Rejected!100232:Decision=fix" "Rejected!100232:Why=asked, \"Ana\"" \
        "Rejected!100236:Decision=leave out" "Rows!100230:Jobs Subtotal=#500" "Rows!100230:Decision=fix" \
        "Rejected!100242:Completion Date=2/28/2025 9:00 AM" "Rejected!100242:Decision=fix" "reverse Rejected" "reverse Rows"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" "fixes.csv: 3 cells of 3 rows change, 1 row is left out"
    has "$out" '100232: Primary Technician "" becomes "Ana Lopez"'
    sort fixes.csv >sorted
    diff - <(tr -d '\r' <sorted) <<'CSV'
jobs,100230,Jobs Subtotal,$189.00,500,dana,2025-10-20,
jobs,100232,Primary Technician,,Ana Lopez,dana,2025-10-20,"asked, ""Ana"""
jobs,100236,*,,leave out,dana,2025-10-20,
jobs,100242,Completion Date,2/30/2025,2/28/2025 9:00 AM,dana,2025-10-20,
schema,id,field,old,new,who,when,why
CSV
    run_split "$ST2PLECTO" convert --on-error reject -o mended --fixes fixes.csv jobs.csv
    has "$out" "fixes: 3 cells of 3 rows changed, Jobs Subtotal by \$311.00; 1 row left out"
    has "$out" "left out by fixes             1"
    has "$out" "balanced"
    grep -q '^100232,Ana Lopez,' mended/import.csv
    grep -q '^100242,.*,2025-02-28 09:00:00,' mended/import.csv
    grep '^100230,' mended/import.csv | grep -q ',500.00,'
    ! grep -q '^100236,' mended/import.csv
    ! grep -q '100236' mended/rejected.csv
    # all other registrations are as before
    diff <(grep -v '^1002\(30\|32\|42\),' out/import.csv) <(grep -v '^1002\(30\|32\|42\),' mended/import.csv)
    [ "$(jq .ledger.rows.left_out mended/result.json)" -eq 1 ]
    # the decisions hold for the next export too, where the row stands elsewhere
    "$PYTHON" - <<'PY'
import csv
rows = list(csv.reader(open("jobs.csv", newline="")))
kept = [rows[0]] + [r for r in reversed(rows) if r[0] in ("100230", "100233", "100231")]
csv.writer(open("next.csv", "w", newline="")).writerows([r[::-1] for r in kept]) # other rows, other columns
PY
    run_split "$ST2PLECTO" convert --on-error reject -o next --fixes fixes.csv next.csv
    grep '^100230,' next/import.csv | grep -q ',500.00,'
    has "$out" "3 are for rows that are not in these files"
}

@test "rows without an ID of their own are known by what they hold" {
    edit "Rejected!row2:Job #=777" "Rejected!row2:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    grep -q '^jobs,row:[0-9a-f]\{16\},Job #,,777,' fixes.csv
    "$ST2PLECTO" convert -q --on-error reject -o mended --fixes fixes.csv jobs.csv >/dev/null || true
    grep -q '^777,' mended/import.csv
}

@test "JSON records are mended by the names of their fields" {
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o json "$ROOT/samples/jobs/bad.json" >/dev/null || true
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" json/review.xlsx edited.xlsx "Rejected!100232:Sold By ID=501" "Rejected!100232:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    "$ST2PLECTO" convert -q --on-error reject -o mended --fixes fixes.csv "$ROOT/samples/jobs/bad.json" >/dev/null || true
    grep -q '^100232,501,' mended/import.csv
}

@test "not taken: changes without decision, fix without change, formulas, computed fields, other words" {
    edit "Rejected!100242:Completion Date=2/28/2025" "Rows!100231:Decision=fix" "Rows!100233:Jobs Subtotal==1+1" \
        "Rows!100233:Decision=fix" "Rows!100235:Time To Complete=#5" "Rows!100235:Decision=fix" "Rejected!100236:Decision=perhaps" \
        "Rejected!100240:Decision=later"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    [ ! -e fixes.csv ]
    has "$out" "Not taken: 5"
    has "$out" 'Completion Date was changed, but the row has no decision: choose "fix" to take it'
    has "$out" "the decision is fix, but no cell was changed"
    has "$out" "Jobs Subtotal holds a formula; write its value instead"
    has "$out" "Time To Complete is worked out from other columns or looked up"
    has "$out" '"perhaps" is no decision: choose fix, leave out or later'
    has "$out" "1 for later"
}

@test "damage by spreadsheets is refused: lost zeros, shortened numbers, serial dates" {
    cat >jobs.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal,Customer Name
00123,,10/20/2025,5,Lee
389089722123456789,,10/21/2025,6,Lee
7,,10/22/2025,7,Lee
CSV
    "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o small jobs.csv >/dev/null || true
    cp small/review.xlsx out/review.xlsx
    edit "Rejected!00123:Job #=#123" "Rejected!00123:Decision=fix" "Rejected!389089722123456789:Job #=3.89E+17" \
        "Rejected!389089722123456789:Decision=fix" "Rejected!7:Completion Date=#45952" "Rejected!7:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    has "$out" "Job # lost its leading zeros"
    has "$out" "Job # lost its digits"
    has "$out" "Completion Date was a date and is now the number a spreadsheet keeps for one"
}

@test "three ways: mended at the source already, changed at the source, gone from the source" {
    edit "Rejected!100232:Primary Technician=Ana Lopez" "Rejected!100232:Decision=fix" \
        "Rejected!100242:Completion Date=2/28/2025 9:00 AM" "Rejected!100242:Decision=fix" "Rejected!100236:Decision=leave out"
    sed -e '/^100232,/s/Garcia Family Trust,,/Garcia Family Trust,Ana Lopez,/' -e '/^100242,/s#2/30/2025#2/27/2025#' -e '/^100236,/d' jobs.csv >today.csv
    run_split "$ST2PLECTO" apply edited.xlsx today.csv
    [ "$status" -eq 1 ]
    has "$out" "1 change is mended in the export already"
    has "$out" "Completion Date became \"2/28/2025 9:00 AM\" here, but today's export says \"2/27/2025\": decide again"
    has "$out" "100236 is not in today's export any more"
}

@test "a fix whose old value no longer stands is an issue; one that stands already is not" {
    printf 'schema,id,field,old,new,who,when,why\njobs,100230,Jobs Subtotal,$1.00,$2.00,me,,\njobs,100231,Jobs Subtotal,$1.00,$310.00,me,,\n' >f.csv
    run_split "$ST2PLECTO" validate --fixes f.csv "$ROOT/samples/jobs/good.csv"
    [ "$status" -eq 1 ]
    has "$out" 'error E602 stale-fix: the fix in line 2 changes Jobs Subtotal from "$1.00", but the export now says "$189.00"'
    has "$out" "1 mended in ServiceTitan already"
}

@test "files of fixes that are none: what is wrong, and where" {
    printf 'schema,id,field,old,new\njobs,1,*,,delete\n' >f.csv
    wrong_use 'f.csv:2: a whole row (field *) can only be left out, not "delete"' 'write "leave out"' "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'a,b\n1,2\n' >f.csv
    wrong_use "f.csv: is no file of fixes: it has no column schema" "its first line is" "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'schema,id,field,old,new\njobs,,Status,a,b\n' >f.csv
    wrong_use "f.csv:2: this fix has no id" "fill it in" "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'schema,id,field,old,new\njobs,1,Status,a,a\n' >f.csv
    wrong_use "f.csv:2: old and new are the same" "write the new value" "$ST2PLECTO" validate --fixes f.csv jobs.csv
}

@test "rows deleted from or added to the workbook decide nothing, and are told" {
    edit "drop Rejected!100236" "add Rejected"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    has "$out" "1 rows of the sheet Rejected are gone"
    has "$out" "this row was added here"
}

@test "an existing file is kept: --append adds to it, --force replaces it" {
    edit "Rejected!100236:Decision=leave out"
    "$ST2PLECTO" apply -q edited.xlsx 2>/dev/null || "$ST2PLECTO" apply edited.xlsx
    wrong_use "fixes.csv is there already" "name another file, or --force" "$ST2PLECTO" apply edited.xlsx
    edit "Rejected!100232:Primary Technician=Bo Chen" "Rejected!100232:Decision=fix" "Rejected!100236:Decision=leave out"
    "$ST2PLECTO" apply --append edited.xlsx
    [ "$(grep -c . fixes.csv)" -eq 3 ] # the same decision is there once
    edit "Rejected!100232:Primary Technician=Bo Chen" "Rejected!100232:Decision=fix"
    "$ST2PLECTO" apply --force edited.xlsx
    [ "$(grep -c . fixes.csv)" -eq 2 ]
    edit "Rejected!100236:Decision=leave out"
    rm fixes.csv
    run_split "$ST2PLECTO" apply --dry-run edited.xlsx
    has "$out" "DRY RUN: fixes.csv: 1 row is left out"
    [ ! -e fixes.csv ]
}

@test "the export of the workbook is gone; other options than convert had; no workbook of ours" {
    edit "Rejected!100236:Decision=leave out"
    mv jobs.csv other.csv
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 3 ]
    has "$err" "the export jobs.csv, of which edited.xlsx was made, is not there"
    run_split "$ST2PLECTO" apply edited.xlsx other.csv
    [ "$status" -eq 0 ]
    wrong_use "edited.xlsx was made with tz=, and apply runs without it" "give apply the same options" \
        "$ST2PLECTO" apply --force --tz America/Phoenix edited.xlsx other.csv
    run_split "$ST2PLECTO" apply other.csv
    [ "$status" -eq 3 ]
    wrong_use "apply needs the workbook" "name the review.xlsx" "$ST2PLECTO" apply
}

@test "the row of several people in Rows is not mended by part" {
    cat >jobs.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal
7,"Ana Lopez; Bo Chen",10/22/2025,7
CSV
    "$ST2PLECTO" convert -q --schema jobs --several split --to review -o parts jobs.csv
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" parts/review.xlsx edited.xlsx "Rows!row1:Jobs Subtotal=#5" "Rows!row1:Decision=fix"
    run_split "$ST2PLECTO" apply --several split edited.xlsx
    [ "$status" -eq 1 ]
    has "$out" "is the part of one of several people"
}
