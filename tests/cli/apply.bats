#!/usr/bin/env bats
# apply and --fixes: the way from a mended workbook back into the export.
# By day a part, all where the change touches: src/fixes src/review src/workbook

load helper

setup() {
    common_setup
    python_with openpyxl
    export USER=dana
    cp "$ROOT/samples/jobs/bad.csv" jobs.csv
    exits 8 "$ST2PLECTO" convert -q --on-error reject --to csv,review -o out jobs.csv >/dev/null
}

edit() { # edit EDIT…: out/review.xlsx changed, as edited.xlsx
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" out/review.xlsx edited.xlsx "$@"
}

@test "a workbook that nobody filled in: nothing to take, exit 0" {
    run_split "$ST2PLECTO" apply out/review.xlsx
    [ "$status" -eq 0 ]
    has "$out" "out/review.xlsx: No row in the workbook has a decision yet."
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
    has "$out" "Fixes: 3 cells of 3 rows changed, Jobs Subtotal +\$311.00, 1 row left out as decided"
    has "$out" "left out by fixes             1"
    has "$out" "Balanced"
    grep -q '^100232,Ana Lopez,' mended/import.csv
    grep -q '^100242,.*,2025-02-28 09:00:00,' mended/import.csv
    grep '^100230,' mended/import.csv | grep -q ',500.00,'
    fails grep -q '^100236,' mended/import.csv
    fails grep -q '100236' mended/rejected.csv
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
    has "$out" "3 other fixes are for rows that these files do not have"
}

@test "rows without an ID of their own are known by what they hold" {
    edit "Rejected!row2:Job #=777" "Rejected!row2:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    grep -q '^jobs,row:[0-9a-f]\{16\},Job #,,777,' fixes.csv
    exits 8 "$ST2PLECTO" convert -q --on-error reject -o mended --fixes fixes.csv jobs.csv >/dev/null
    grep -q '^777,' mended/import.csv
}

@test "JSON records are mended by the names of their fields" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject --to csv,review -o json "$ROOT/samples/jobs/bad.json" >/dev/null
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" json/review.xlsx edited.xlsx "Rejected!100232:Sold By ID=501" "Rejected!100232:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    exits 8 "$ST2PLECTO" convert -q --on-error reject -o mended --fixes fixes.csv "$ROOT/samples/jobs/bad.json" >/dev/null
    grep -q '^100232,501,' mended/import.csv
}

@test "not taken: changes without decision, fix without change, formulas, computed fields, other words" {
    edit "Rejected!100242:Completion Date=2/28/2025" "Rows!100231:Decision=fix" "Rows!100233:Jobs Subtotal==1+1" \
        "Rows!100233:Decision=fix" "Rows!100235:Time To Complete=#5" "Rows!100235:Decision=fix" "Rejected!100236:Decision=perhaps" \
        "Rejected!100240:Decision=later"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    [ ! -e fixes.csv ]
    has "$out" "Not used: 5"
    has "$out" 'Completion Date was changed, but the row has no decision. Choose "fix" to use the change'
    has "$out" 'the decision is "fix", but no cell was changed'
    has "$out" "Jobs Subtotal has a formula. Write its value instead"
    has "$out" "Time To Complete is computed from other columns or looked up"
    has "$out" '"perhaps" is not a decision. Choose fix, leave out or later'
    has "$out" "1 for later"
}

@test "damage by spreadsheets is refused: lost zeros, shortened numbers, serial dates" {
    cat >jobs.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal,Customer Name
00123,,10/20/2025,5,Lee
389089722123456789,,10/21/2025,6,Lee
7,,10/22/2025,7,Lee
CSV
    exits 1 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o small jobs.csv >/dev/null
    cp small/review.xlsx out/review.xlsx
    edit "Rejected!00123:Job #=#123" "Rejected!00123:Decision=fix" "Rejected!389089722123456789:Job #=3.89E+17" \
        "Rejected!389089722123456789:Decision=fix" "Rejected!7:Completion Date=#45952" "Rejected!7:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    has "$out" "Job # lost its leading zeros"
    has "$out" "Job # lost its digits"
    has "$out" "Completion Date was a date and is now a spreadsheet's serial number"
    # another ID is a decision, whatever the first began with
    edit "Rejected!00123:Job #=00124" "Rejected!00123:Primary Technician=Ana" "Rejected!00123:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" '00123: Job # "00123" becomes "00124"'
}

@test "three ways: mended at the source already, changed at the source, gone from the source" {
    edit "Rejected!100232:Primary Technician=Ana Lopez" "Rejected!100232:Decision=fix" \
        "Rejected!100242:Completion Date=2/28/2025 9:00 AM" "Rejected!100242:Decision=fix" "Rejected!100236:Decision=leave out"
    sed -e '/^100232,/s/Garcia Family Trust,,/Garcia Family Trust,Ana Lopez,/' -e '/^100242,/s#2/30/2025#2/27/2025#' -e '/^100236,/d' jobs.csv >today.csv
    run_split "$ST2PLECTO" apply edited.xlsx today.csv
    [ "$status" -eq 1 ]
    has "$out" "1 change is already corrected in the export"
    has "$out" "Completion Date became \"2/28/2025 9:00 AM\" here, but today's export has \"2/27/2025\". Decide again"
    has "$out" "100236 is no longer in today's export"
}

@test "a fix whose old value no longer stands is an issue; one that stands already is not" {
    printf 'schema,id,field,old,new,who,when,why\njobs,100230,Jobs Subtotal,$1.00,$2.00,me,,\njobs,100231,Jobs Subtotal,$1.00,$310.00,me,,\n' >f.csv
    run_split "$ST2PLECTO" validate --fixes f.csv "$ROOT/samples/jobs/good.csv"
    [ "$status" -eq 1 ]
    has "$out" 'error E602 stale-fix: the fix in line 2 of f.csv changes Jobs Subtotal from "$1.00" to "'
    has "$out" 'but the export now has "$189.00"'
    has "$out" "1 already corrected in ServiceTitan"
}

@test "files of fixes that are none: what is wrong, and where" {
    printf 'schema,id,field,old,new\njobs,1,*,,delete\n' >f.csv
    wrong_use 'f.csv:2: a whole row (field *) can only be left out, not "delete"' 'write "leave out"' "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'a,b\n1,2\n' >f.csv
    wrong_use "f.csv: is not a file of fixes, because it has no column schema" "its first line is" "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'schema,id,field,old,new\njobs,,Status,a,b\n' >f.csv
    wrong_use "f.csv:2: this fix has no id" "fill it in" "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'schema,id,field,old,new\njobs,1,Status,a,a\n' >f.csv
    wrong_use "f.csv:2: old and new are the same" "write the new value" "$ST2PLECTO" validate --fixes f.csv jobs.csv
    printf 'schema,id,field,old,new\njobs,1,Status,a,b\njobs,2,Status,a,b, or c\n' >f.csv
    run_split "$ST2PLECTO" validate --fixes f.csv jobs.csv
    [ "$status" -eq 3 ]
    has "$err" "f.csv:3: this line cannot be read"
    has "$err" "fix: Put cells with commas or quotes in quotes."
}

@test "rows deleted from or added to the workbook decide nothing, and are told" {
    edit "drop Rejected!100236" "add Rejected"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    has "$out" "1 row of the sheet Rejected is gone"
    has "$out" "this row was added here"
}

@test "an existing file is kept: --append adds to it, --force replaces it" {
    edit "Rejected!100236:Decision=leave out"
    "$ST2PLECTO" apply -q edited.xlsx 2>/dev/null || "$ST2PLECTO" apply edited.xlsx
    wrong_use "fixes.csv exists already" "to keep its fixes and add those of this workbook: st2plecto apply edited.xlsx --append to replace it: st2plecto apply edited.xlsx --force" "$ST2PLECTO" apply edited.xlsx
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

@test "--output, --who and --when: where the fixes go, who decided, and when" {
    edit "Rejected!100236:Decision=leave out"
    "$ST2PLECTO" apply --output other.csv --who "Dana Wu" --when 2026-02-03 edited.xlsx
    [ ! -e fixes.csv ]
    grep -q 'Dana Wu' other.csv
    grep -q '2026-02-03' other.csv
    wrong_use '--when "yesterday" is not a day' 'Write it as 2026-01-31' "$ST2PLECTO" apply --output third.csv --when yesterday edited.xlsx
    [ ! -e third.csv ]
}

@test "the export of the workbook is gone; other options than convert had; no workbook of ours" {
    edit "Rejected!100236:Decision=leave out"
    mv jobs.csv other.csv
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 3 ]
    has "$err" "the export jobs.csv, from which edited.xlsx was made, does not exist"
    run_split "$ST2PLECTO" apply edited.xlsx other.csv
    [ "$status" -eq 0 ]
    wrong_use "edited.xlsx was made without --tz, and apply runs with it" "leave out --tz. apply takes it from the workbook." \
        "$ST2PLECTO" apply --force --tz America/Phoenix edited.xlsx other.csv
    run_split "$ST2PLECTO" apply other.csv
    [ "$status" -eq 3 ]
    has "$err" "Name the review.xlsx with the decisions, saved as .xlsx."
    run_split "$ST2PLECTO" apply .
    [ "$status" -eq 3 ]
    has "$err" ". is a folder"
    wrong_use "apply needs the workbook" "name the workbook that convert --to review wrote" "$ST2PLECTO" apply
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
    has "$out" "is the share of one of several people"
}

refused() { # refused TEXT EDIT…: apply takes nothing of the edits and says TEXT
    local text=$1
    shift
    edit "$@"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ] && has "$out" "$text" && [ ! -e fixes.csv ]
}

@test "columns and lines of the reviewer's own change nothing" {
    edit "Rejected!100232:Primary Technician=Ana Lopez" "Rejected!100232:Decision= FIX " "beside Rejected" "above Rejected"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" '100232: Primary Technician "" becomes "Ana Lopez"'
}

@test "renamed and copied sheets and columns are told, not passed over" {
    refused 'the sheet "Bad ones" was renamed or is a copy' "Rejected!100236:Decision=leave out" "rename Rejected=Bad ones"
    has "$out" "nothing was used"
    has "$out" "the sheet Rejected is gone. Deleting it is not a decision"
    refused 'the sheet "Rejected (2)" was renamed or is a copy' "copy Rejected=Rejected (2)" "Rejected (2)!100236:Decision=leave out"
    refused 'the sheet Rejected no longer has the column "Primary Technician" (deleted or renamed)' \
        "Rejected!100232:Primary Technician=Ana Lopez" "Rejected!100232:Decision=fix" "title Rejected!Primary Technician=Tech"
    refused 'the sheet Rejected no longer has the column "Sold By" (deleted). No change in it is used' "without Rejected!Sold By"
    edit "Rejected!100236:Decision=leave out" "title Rejected!Decision=Entscheidung"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 3 ]
    has "$err" 'the sheet Rejected no longer has the column "Decision"'
    edit "without Rejected!st2plecto key"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 3 ]
    has "$err" "the sheet Rejected has lost its header or its hidden columns"
}

@test "a column of the export that is called as one of ours is still known" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Codes,Decision,Row,codes\n1,,10/20/2025,5,a,b,c,d\n' >jobs.csv
    exits 1 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o own jobs.csv >/dev/null
    cp own/review.xlsx out/review.xlsx
    run_split "$ST2PLECTO" apply out/review.xlsx
    [ "$status" -eq 0 ]
    has "$out" "has a decision yet"
    edit "Rejected!1:Primary Technician=Bo Chen" "Rejected!1:Decision=fix" "Rejected!1:Decision (2)=b2" "Rejected!1:codes (3)=d2"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    grep -q '^jobs,1,Decision,b,b2,' fixes.csv
    grep -q '^jobs,1,codes,d,d2,' fixes.csv
}

@test "rows that were doubled, or sorted without their hidden columns, are not taken" {
    refused "this row is here twice (see Rejected!B14). Delete one of them" "Rejected!100236:Decision=leave out" "double Rejected!100236"
    has "$out" "the sheet Rejected has 1 row more than it was made with"
    refused "and others are there twice" "double Rejected!100236" "drop Rejected!100232"
    refused "the sheet was sorted or pasted without its hidden columns" "tear Rejected" "Rejected!row1:Decision=leave out"
    refused "a sort must include the hidden columns" "tear Rows" "Rows!row1:Decision=fix"
    refused "The ID cannot be changed here" "Rows!100230:ID=999" "Rows!100230:Jobs Subtotal=#5" "Rows!100230:Decision=fix"
    edit "Rejected!row1:Decision=leave out" "merge Rejected!B2:B4"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 1 ]
    has "$out" "1 row is left out"
    has "$out" "the sheet Rejected has cells that are merged over several rows"
}

@test "values that convert would reject, and days that can be read in two ways, are refused" {
    rows=0
    row() { # each third by day: a workbook takes half a second
        if [ $((rows++ % $(by_night 1 3))) = 0 ]; then refused "$1" "Rows!100230:$2" "Rows!100230:Decision=fix"; fi
    }
    row 'Jobs Subtotal "five hundred" is not a number' "Jobs Subtotal=five hundred"
    row 'Jobs Subtotal "1.234,56" is not a number' "Jobs Subtotal=1.234,56"
    row 'Jobs Subtotal "0.33333" has more than four decimals' "Jobs Subtotal=#0.33333"
    row "Jobs Subtotal has a spreadsheet error" "Jobs Subtotal==error"
    row 'Jobs Subtotal "12%" is a percentage, not an amount' "Jobs Subtotal=12%"
    row "Employee has a spreadsheet error" "Employee=Err:502"
    row 'Active "nope" is neither yes nor no' "Active=nope"
    row "Employee is empty, and a registration needs it" "Employee="
    row 'Created date "03.10.2025 08:30" can be read in two ways. Write it as 2025-10-31' "Created date=03.10.2025 08:30"
    row 'Created date "soon" is not a date' "Created date=soon"
    for id in $(by_night "1.23e+18 1,23E+18" 1.23e+18) '#389089722123456789'; do
        refused "Job # lost its digits" "Rejected!100232:Job #=$id" "Rejected!100232:Decision=fix"
    done
    refused "was a date and is now a spreadsheet's serial number" "Rejected!100242:Completion Date=45950.25" "Rejected!100242:Decision=fix"
    # and what a person may well write
    edit "Rows!100230:Jobs Subtotal=\$1,234.56" "Rows!100230:Created date=@2025-10-03 08:30" "Rows!100230:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    exits 8 "$ST2PLECTO" convert -q --on-error reject -o mended --fixes fixes.csv jobs.csv >/dev/null
    grep '^100230,Ana Lopez,2025-10-03 08:30:00,' mended/import.csv | grep -q ',1234.56,'
}

@test "a day that can be read in two ways is taken only where the export proves the order of its days" {
    dated() {
        printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,%s,5\n2,Bo,soon,6\n' "$1" >jobs.csv
        rm -rf own fixes.csv
        exits 8 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o own jobs.csv >/dev/null
        cp own/review.xlsx out/review.xlsx
    }
    dated 2025-10-20
    refused 'Completion Date "4/3/2025" can be read in two ways. Write it as 2025-10-31' "Rejected!2:Completion Date=4/3/2025" \
        "Rejected!2:Decision=fix"
    dated 10/20/2025
    edit "Rejected!2:Completion Date=4/3/2025" "Rejected!2:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    grep -q '4/3/2025' fixes.csv
}

@test "times in a zone: what the sheet shows is what the fix means" {
    zone=(--tz America/Phoenix "$ROOT/samples/calls/good.json")
    "$ST2PLECTO" convert -q --to csv,review -o calls "${zone[@]}" >/dev/null
    cp calls/review.xlsx out/review.xlsx
    edit "Rows!330500:Created date=@2025-10-03 22:30" "Rows!330500:Decision=fix"
    "$ST2PLECTO" apply --tz America/Phoenix edited.xlsx
    "$ST2PLECTO" convert -q --to csv -o mended --fixes fixes.csv "${zone[@]}" >/dev/null
    grep -q '^330500,"Marsh, Ida",2025-10-03 22:30:00,' mended/import.csv
}

@test "damaged rows can only be left out; a fix for one is told" {
    refused 'the row has too few cells, too many, or an open quote. Correct the file itself, or choose "leave out"' \
        "Rejected!100248:Job #=5" "Rejected!100248:Decision=fix"
    printf 'schema,id,field,old,new\njobs,100248,Status,a,b\n' >f.csv
    run_split "$ST2PLECTO" validate --fixes f.csv jobs.csv
    has "$out" "E602 stale-fix: the fix in line 2 of f.csv is for a row with too few cells"
}

@test "an export of another kind is refused" {
    edit "Rejected!100236:Decision=leave out"
    wrong_use "edited.xlsx was made from jobs, and the export is read as invoices" "name the export from which" \
        "$ST2PLECTO" apply --schema invoices edited.xlsx "$ROOT/samples/invoices/good.csv"
}

@test "a spreadsheet's numbers go into a column with a decimal comma as it writes them" {
    jq '(.fields[] | select(.name == "Jobs Subtotal")) += {"decimalChar": ",", "groupChar": "."}' "$ROOT/schemas/jobs.json" >comma.json
    printf 'Job #;Primary Technician;Completion Date;Jobs Subtotal\n1;Ana;10/20/2025;1.000,50\n' >jobs.csv
    "$ST2PLECTO" convert -q --schema comma.json --to csv,review -o comma jobs.csv
    cp comma/review.xlsx out/review.xlsx
    edit "Rows!1:Jobs Subtotal=#1.234" "Rows!1:Decision=fix"
    "$ST2PLECTO" apply edited.xlsx
    grep -q '^jobs,1,Jobs Subtotal,"1.000,50","1,234",' fixes.csv
    "$ST2PLECTO" convert -q --schema comma.json --to csv -o mended --fixes fixes.csv jobs.csv
    grep -q '^1,Ana,.*1\.234' mended/import.csv
}

@test "a row to be left out that is another one today is decided about again" {
    edit "Rejected!100232:Decision=leave out" "Rejected!100254:Decision=leave out" "Rows!100230:Decision=leave out" "Rows!100231:Decision=leave out"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    [ "$(grep -c 'leave out' fixes.csv)" -eq 4 ]
    sed -e '/^100232,/s/Garcia Family Trust,,/Garcia Family Trust,Ana Lopez,/' -e '/^100230,/s/189\.00/289.00/' jobs.csv >today.csv
    run_split "$ST2PLECTO" apply --force edited.xlsx today.csv
    [ "$status" -eq 1 ]
    has "$out" 'Primary Technician was different when the workbook was made. Today'"'"'s export has "Ana Lopez". Decide again whether to leave the row out'
    has "$out" "Not used: 2"
    [ "$(grep -c 'leave out' fixes.csv)" -eq 2 ]
}

@test "the workbook's files are read as they were: their sheet, their encoding" {
    "$PYTHON" - <<'PY'
import openpyxl
for path, sheets in (("two.xlsx", "AB"), ("next.xlsx", "AC")):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        sheet.append(["Job #", "Primary Technician", "Completion Date", "Jobs Subtotal", "Status"])
        sheet.append(["1001", "Ana Lopez", "10/20/2025 2:05 PM", 100 if name == "A" else 999, "Completed"])
    book.save(path)
head = "Job #,Primary Technician,Completion Date,Jobs Subtotal,Status\r\n"
row = "1001,Ren\u00c3\u00a9 Roy,10/20/2025 2:05 PM,$10.00,Completed\r\n" # in UTF-8 these bytes are another name
open("old.csv", "w", newline="", encoding="cp1252").write(head + row)
PY
    "$ST2PLECTO" convert -q --schema jobs --sheet B --to csv,review --force -o out two.xlsx
    edit "Rows!1001:Jobs Subtotal=#500" "Rows!1001:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    grep -q '^jobs,1001,Jobs Subtotal,999,500,' fixes.csv
    run_split "$ST2PLECTO" apply --force edited.xlsx two.xlsx
    [ "$status" -eq 0 ]
    wrong_use "edited.xlsx was made with --sheet B, and apply runs otherwise" "leave out --sheet" \
        "$ST2PLECTO" apply --force --sheet A edited.xlsx
    # today's workbook may call it otherwise
    run_split "$ST2PLECTO" apply --force edited.xlsx next.xlsx
    [ "$status" -ne 0 ]
    has "$err" 'next.xlsx has no sheet "B"'
    run_split "$ST2PLECTO" apply --force --sheet C edited.xlsx next.xlsx
    [ "$status" -eq 0 ]
    has "$out" "Next: st2plecto convert --schema jobs --to csv,review --sheet C -o plecto --fixes fixes.csv next.xlsx"
    "$ST2PLECTO" convert -q --encoding windows-1252 --to csv,review --force -o out old.csv
    edit "Rows!1001:Jobs Subtotal=#500" "Rows!1001:Decision=fix" "Rows!1001:Employee=Ana Lopez"
    run_split "$ST2PLECTO" apply --force edited.xlsx
    [ "$status" -eq 0 ]
    grep -q $'^jobs,1001,Primary Technician,Ren\xc3\x83\xc2\xa9 Roy,Ana Lopez,' fixes.csv
}

@test "a workbook of version 0.1, with file and row in one column, is still taken" {
    edit "Rejected!100232:Primary Technician=Ana Lopez" "Rejected!100232:Decision=fix"
    "$PYTHON" - edited.xlsx <<'PY'
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book["Rejected"]
for row in sheet.iter_rows(min_row=2):
    row[0].value = f"{row[5].value}:{row[0].value}"
sheet.delete_cols(6)
origin = book["Origin"]
assert origin["B1"].value == "st2plecto-review/2", origin["B1"].value
options = next(row[1].value for row in origin.iter_rows() if row[0].value == "options")
assert "on-error=reject" in options and "keep-from=" not in options, options # nothing that was not asked for
origin["B1"].value = "st2plecto-review/1"
book.save(sys.argv[1])
PY
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ] || { echo "$out$err" >&2 && return 1; }
    has "$out" "1 cell of 1 row changes"
}

@test "apply takes from the workbook how it was made" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject --tz America/Phoenix --date-order mdy --field 'Job Type' --field 'Status=Job Status' \
        --drop Priority --default-employee Office --to review -o options jobs.csv >/dev/null
    run_split "$ST2PLECTO" apply options/review.xlsx
    [ "$status" -eq 0 ] || { echo "$err" >&2 && return 1; }
    wrong_use "options/review.xlsx was made with --tz America/Phoenix, and apply runs otherwise" "leave out --tz" \
        "$ST2PLECTO" apply --tz America/Denver options/review.xlsx
    mkdir beside
    cp options/review.xlsx jobs.csv beside/
    echo '{"tz": "America/Denver"}' >beside/st2plecto.json
    cd beside
    wrong_use "review.xlsx was made with --tz America/Phoenix, and apply runs otherwise" "run apply with --no-config" "$ST2PLECTO" apply review.xlsx
    run_split "$ST2PLECTO" apply --no-config review.xlsx
    [ "$status" -eq 0 ]
}

@test "Next carries the fixes of the run that the workbook is of, and no figure returns" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Total\nJ1,Ana,03/14/2025,100\nJ2,Bo,03/15/2025,200\nJ3,,03/15/2025,300\n' >g.csv
    exits 8 "$ST2PLECTO" convert -q --force --on-error reject --to csv,review -o out g.csv >/dev/null
    edit "Rows!J1:Jobs Total=#150" "Rows!J1:Decision=fix"
    "$ST2PLECTO" apply -o one.csv edited.xlsx
    exits 8 "$ST2PLECTO" convert -q --force --on-error reject --to csv,review -o out --fixes one.csv g.csv >/dev/null
    edit "Rejected!J3:Primary Technician=Bo" "Rejected!J3:Decision=fix" "Rows!J1:Jobs Total=#175" "Rows!J1:Decision=fix"
    run_split "$ST2PLECTO" apply -o two.csv edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" "Next: st2plecto convert --on-error reject --to csv,review -o plecto --fixes one.csv --fixes two.csv g.csv"
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o plecto --fixes one.csv --fixes two.csv g.csv
    grep -q '^J1,Ana,2025-03-14 12:00:00,175.00' plecto/import.csv
    grep -q '^J3,Bo,2025-03-15 12:00:00,300.00' plecto/import.csv
    # the earlier fixes are an input: they can be added to, not replaced
    cp one.csv before.csv
    wrong_use "one.csv is read by this command" "Name another file" "$ST2PLECTO" apply -o one.csv --force edited.xlsx
    cmp one.csv before.csv
    run_split "$ST2PLECTO" apply -o one.csv --append edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" "-o plecto-2 --fixes one.csv g.csv"
}

@test "Next spells out what a configuration said, because it may say something else today" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Jobs Total\nJ1,Ana,03/04/2025,1,1\nJ2,,05/06/2025,2,2\n' >k.csv
    echo '{"date-order":"dmy","tz":"America/Phoenix","on-error":"reject","schemas":{"jobs":{"drop":["Jobs Subtotal"],"fields":{"Jobs Total":"All","Tags":"Labels"}}}}' >st2plecto.json
    exits 8 "$ST2PLECTO" convert -q --force --to csv,review -o out k.csv >/dev/null
    edit "Rejected!J2:Primary Technician=Bo" "Rejected!J2:Decision=fix"
    echo '{"date-order":"mdy"}' >st2plecto.json
    run_split "$ST2PLECTO" apply --no-config edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" "Next: st2plecto convert --to csv,review --date-order dmy --tz America/Phoenix --on-error reject --field 'Jobs Total=All' --drop 'Jobs Subtotal' --no-config -o plecto --fixes fixes.csv k.csv"
    "$ST2PLECTO" convert -q --to csv,review --date-order dmy --tz America/Phoenix --on-error reject --field 'Jobs Total=All' --drop 'Jobs Subtotal' --no-config -o plecto --fixes fixes.csv k.csv
    grep -q '^J1,Ana,2025-04-03 12:00:00,1.00' plecto/import.csv
}

origin() { # origin PYTHON: changes the text `o` of the options in the sheet Origin of edited.xlsx
    "$PYTHON" - "$1" <<'PY'
import re, sys, openpyxl
book = openpyxl.load_workbook("edited.xlsx")
for row in book["Origin"].iter_rows():
    if row[0].value == "options":
        space = {"o": row[1].value, "re": re}
        exec(sys.argv[1], space)
        row[1].value = space["o"]
book.save("edited.xlsx")
PY
}

@test "nothing of a workbook reaches the shell unquoted" {
    edit "Rejected!100236:Decision=leave out"
    cp edited.xlsx right.xlsx
    origin 'o = re.sub(r"(?m)^(command|option)=.*\n?", "", o) + "again=st2plecto convert; touch PWNED;\n"'
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    hasnt "$out" PWNED
    has "$out" "Next: st2plecto convert --on-error reject --to csv --no-config -o plecto --fixes fixes.csv jobs.csv"
    cp right.xlsx edited.xlsx
    origin 'o += "command=x; touch PWNED\noption=tz=UTC; touch P2\noption=output=/etc\noption=force\noption=bogus; touch P3=1\nfixes-file=a;b\n"'
    run_split "$ST2PLECTO" apply --force edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" "Next: st2plecto convert --on-error reject --to csv,review --tz 'UTC; touch P2' -o plecto --fixes 'a;b' --fixes fixes.csv jobs.csv"
}

@test "an older workbook does not name its fixes: apply says that they have to be named" {
    edit "Rejected!100236:Decision=leave out"
    origin 'o = re.sub(r"(?m)^(command|option)=.*\n?", "", o) + "fixes=0123\n"'
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
    has "$out" "The run that made edited.xlsx had --fixes, and the workbook does not name the file. Add --fixes FILE to the command."
}

@test "apply replaces neither the export nor the workbook" {
    edit "Rejected!100236:Decision=leave out"
    sha256sum jobs.csv edited.xlsx >sums
    wrong_use "jobs.csv is read by this command" "Name another file" "$ST2PLECTO" apply edited.xlsx jobs.csv -o jobs.csv --force
    wrong_use "edited.xlsx is read by this command" "Name another file" "$ST2PLECTO" apply edited.xlsx -o edited.xlsx --force
    wrong_use "./jobs.csv is read by this command" "Name another file" "$ST2PLECTO" apply edited.xlsx -o ./jobs.csv --append
    sha256sum -c --quiet sums
}
