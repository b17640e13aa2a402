#!/usr/bin/env bats
# What cells hold in place of values (errors of spreadsheets, words for nothing), amounts and dates as browsers and Excel
# write them, and what a workbook's formats and formulas make of a cell.
# By day a part, all where the change touches: src/convert/row src/values src/input

load helper

setup() { common_setup; }

header='Job #,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,Sold Hours'

# converted FILE [OPTION…]: converts, bad rows set aside; $out and $err hold what was said.
converted() {
    local file=$1
    shift
    run_split "$ST2PLECTO" convert --schema jobs --no-config --on-error reject --fail-on never --force -o out "$@" "$file"
}

field() { jq -r "[.\"$1\"] | @csv" out/registrations.jsonl | tr -d '"' | paste -sd'|'; }

@test "E310: a spreadsheet error is no employee, no ID, no date and no amount" {
    printf '%s\n' "$header" '1,#REF!,HVAC,10/20/2025,5,1' '#VALUE!,Ana,HVAC,10/20/2025,5,1' '3,########,HVAC,10/20/2025,5,1' \
        '4,Ana,HVAC,#N/A,5,1' '5,Ana,HVAC,10/20/2025,#DIV/0!,1' '6,Ana,HVAC,#NAME?,5,1' '7,Ana,HVAC,10/20/2025,5,1' >jobs.csv
    converted jobs.csv --to jsonl
    [ "$(field external_id)" = 7 ]
    [ "$(grep -c 'E310 cell-error' <<<"$out")" -ge 5 ]
    has "$out" 'Primary Technician "#REF!" is a spreadsheet error, not a value'
    has "$out" "shows that the spreadsheet's column was too narrow"
    hasnt "$(cat out/registrations.jsonl)" '#'
}

@test "an error in a text that is sent leaves it empty, and one line counts" {
    printf '%s\n' "$header" '1,Ana,#REF!,10/20/2025,5,1' '2,Ana,nan,10/20/2025,5,1' '3,Ana,<NA>,10/20/2025,5,1' \
        '4,Ana,None,10/20/2025,5,1' '5,Ana,nan,10/20/2025,5,1' >jobs.csv
    converted jobs.csv --to jsonl
    [ "$(wc -l <out/registrations.jsonl)" -eq 5 ]
    [ "$(jq -r '."Business Unit" // "-"' out/registrations.jsonl | paste -sd' ')" = '- - - None -' ]
    has "$out" 'Business Unit: 4 cells that mean "nothing" are sent empty: 1 "#REF!", 2 "nan", 1 "<NA>"'
}

@test "words of programs for nothing are no people and no IDs, as they are spelt; Nan is a name" {
    printf '%s\n' "$header" '1,nan,HVAC,10/20/2025,5,1' '2,NaT,HVAC,10/20/2025,5,1' '3,[object Object],HVAC,10/20/2025,5,1' \
        '4,\N,HVAC,10/20/2025,5,1' '5,undefined,HVAC,10/20/2025,5,1' '6,Unassigned,HVAC,10/20/2025,5,1' \
        $'7,\xE2\x80\x8B,HVAC,10/20/2025,5,1' 'NaN,Ana,HVAC,10/20/2025,5,1' '9,Nan,HVAC,10/20/2025,5,1' \
        $'10,\xE3\x80\x80\xE2\x80\x8E,HVAC,10/20/2025,5,1' '11,=SUM(A1),HVAC,10/20/2025,5,1' '=B2,Ana,HVAC,10/20/2025,5,1' \
        '13,Err:502,HVAC,10/20/2025,5,1' 'UNASSIGNED,Ana,HVAC,10/20/2025,5,1' $'15,Ana,\xE2\x80\x8E,10/20/2025,5,1' >jobs.csv
    converted jobs.csv --to jsonl
    [ "$(field external_id)" = '9|15' ]
    [ "$(field 'Business Unit')" = 'HVAC|' ]
    has "$out" 'which names nobody'
    has "$out" 'Primary Technician "=SUM(A1)" is the source of a formula, not a value'
    has "$out" 'Job # "=B2" is the source of a formula, not a value'
}

@test "a percentage in a column of money is refused; one with many places is rounded, and that is said" {
    printf '%s\n' "$header,Jobs Gross Margin %" '1,Ana,HVAC,10/20/2025,12%,1,1%' '2,Ana,HVAC,10/20/2025,12.00,1,33.3333333333333%' \
        '3,Ana,HVAC,10/20/2025,(12%),1,1%' '4,Ana,HVAC,10/20/2025,5,50%,1%' '5,Ana,HVAC,10/20/2025,5,1,(5%)' >jobs.csv
    converted jobs.csv --to jsonl
    [ "$(field external_id)" = '2|5' ]
    has "$out" 'error E301 not-a-number: Jobs Subtotal "12%" is a percentage, not an amount'
    has "$out" 'Jobs Subtotal "(12%)" is a percentage, not an amount'
    has "$out" 'Sold Hours "50%" is a percentage, not a number of this column'
    [ "$(field 'Jobs Gross Margin %')" = '33.3333|-5' ]
    has "$out" 'Jobs Gross Margin %: 1 number has more than four decimals and is rounded to four'
}

@test "digits that floating point added are taken off, said once; other places of money are refused" {
    printf '%s\n' "$header" '1,Ana,HVAC,10/20/2025,1234.5600000000001,1' '2,Ana,HVAC,10/20/2025,0.30000000000000004,1' \
        '3,Ana,HVAC,10/20/2025,1234.56789,1' >jobs.csv
    converted jobs.csv --to csv,jsonl
    [ "$(field 'Jobs Subtotal')" = '1234.56|0.3' ]
    has "$out" 'Jobs Subtotal: 2 numbers have digits that floating point added'
    [ "$(grep -c 'floating point' <<<"$out")" -eq 1 ]
    has "$out" 'E303 number-too-precise: Jobs Subtotal "1234.56789"'
    [ "$(jq '[.. | strings | select(. == "1234.86")] | length' out/result.json)" -gt 0 ]
}

@test "accounting formats, narrow blanks, names of months, UTC: read as what they say" {
    printf '%s\n' "$header" '1,Ana,HVAC,"Oct 23, 2025", $(45.00),1' '2,Ana,HVAC,23-Oct-25, $-   ,1' \
        $'3,Ana,HVAC,10/23/2025 3:04\xE2\x80\xAFPM,"$ 1,234.50",1' '4,Ana,HVAC,2025-10-23 15:00:00 UTC,-$ 45.00,1' >jobs.csv
    converted jobs.csv --to jsonl --tz America/Chicago
    [ "$status" -eq 0 ]
    [ "$(field 'Jobs Subtotal')" = '-45|0|1234.5|-45' ]
    [ "$(jq -r .date out/registrations.jsonl | cut -c1-16 | paste -sd'|')" = \
        '2025-10-23T12:00|2025-10-23T12:00|2025-10-23T15:04|2025-10-23T10:00' ]
}

@test "abbreviations and Windows' names of zones lead to a place; EST is taken with W622" {
    printf '%s\n' "$header" '1,Ana,HVAC,2025-07-24T03:30:00Z,5,1' >jobs.csv
    for name in CST PDT 'Eastern Standard Time' '(UTC-06:00) Central Time (US & Canada)' Hawaii; do
        run_split "$ST2PLECTO" convert --schema jobs --no-config --force -o out --tz "$name" jobs.csv
        [ "$status" -eq 2 ]
        has "$err" 'Name the zone by its place:'
        has "$err" ' jobs.csv --tz '
        hasnt "$err" "--tz $name"
    done
    has "$err" 'st2plecto convert --schema jobs --no-config --force -o out jobs.csv --tz Pacific/Honolulu'
    for name in IST GMT-5 UTC-06:00 +0530; do # the nearest name would be another place
        run_split "$ST2PLECTO" convert --schema jobs --no-config --force -o out --tz "$name" jobs.csv
        [ "$status" -eq 2 ]
        hasnt "$err" 'Did you mean'
    done
    converted jobs.csv --tz EST
    [ "$status" -eq 0 ]
    has "$out" 'warning W622 fixed-zone: EST has no daylight saving time; America/New_York has'
}

@test "workbook: a formula without a saved result is an error, an empty result is an empty cell" {
    python3 - "$ROOT" <<'PYTHON'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/tools")
from workbooks import Formula, Number, Sheet, book, write
sheet = Sheet()
sheet.add("Job #", "Primary Technician", "Business Unit", "Completion Date", "Jobs Subtotal", "Odd")
sheet.add("1", Formula("B3"), "HVAC", "10/20/2025", Number(5))
sheet.add("2", "Ana", Formula('IF(1,"","x")', "", "str"), "10/20/2025", Number(5))
sheet.add("3", "Ana", Formula("C2"), "10/20/2025", Number(5))
sheet.add("4", "Ana", "_x0000_", "10/20/2025", Number(5), "_x0000_")
sheet.add("5", "Ana", "HVAC", "10/20/2025", Number(5), "_x0000_")
write("jobs.xlsx", book([("Empty", Sheet().xml()), ("Jobs", sheet.xml())], {}))
PYTHON
    converted jobs.xlsx --to jsonl
    [ "$(field external_id)" = '2|4|5' ]
    [ "$(grep -c 'W326 lost-character: Business Unit' <<<"$out")" -eq 1 ]
    has "$out" 'is a formula whose result was not saved in the workbook'
    hasnt "$err" utf-16
    hasnt "$(cat out/registrations.jsonl)" 'IF('
}

@test "workbook: blank rows and columns before far cells cost no memory" {
    python3 - "$ROOT" <<'PYTHON'
import sys
sys.path.insert(0, sys.argv[1] + "/tests/tools")
from workbooks import HEAD, MAIN, Number, Sheet, book, write
head = Sheet()
head.add("Job #", "Primary Technician", "Completion Date", "Jobs Subtotal", *[f"Extra {i}" for i in range(200)])
head.add("1", "Ana", "10/20/2025", Number(5))
far = lambda name, cells: write(name, book([("Jobs", head.xml().replace("</sheetData>", cells + "</sheetData>"))], {}))
far("row.xlsx", '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>2</t></is></c></row>')
far("cell.xlsx", '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>')
PYTHON
    for book in row cell; do
        for command in "inspect" "validate --schema jobs --no-config" "convert -j 2 --schema jobs --no-config --force -o out"; do
            # shellcheck disable=SC2086 # several words
            python3 - $command $book.xlsx <<'PYTHON'
import os, subprocess, sys
process = subprocess.Popen([os.environ["ST2PLECTO"], *sys.argv[1:]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
sanitized = b"__asan_init" in open(os.environ["ST2PLECTO"], "rb").read()
if os.WIFSIGNALED(status) or (usage.ru_maxrss > 64 << 10 and not sanitized):
    sys.exit(f"{sys.argv[1:]}: status {status}, {usage.ru_maxrss} KiB")
PYTHON
        done
    done
}
