#!/usr/bin/env bats
# workbook.bats: Excel workbooks as input; tests/tools/workbooks.py makes them, as ServiceTitan, Excel and attackers do.
# By day a part, all where the change touches: src/workbook src/input tests/tools

load helper

setup() {
    common_setup
    needs python3
    maker=$ROOT/tests/tools/workbooks.py
}

@test "a web export as ServiceTitan writes it gives the import file of the CSV, for the samples" {
    for sample in "$ROOT"/samples/jobs/good.csv "$ROOT"/samples/invoices/good.csv "$ROOT"/samples/calls/good.csv; do
        name=$(basename "$(dirname "$sample")")
        python3 "$maker" csv "$sample" "$name.xlsx"
        "$ST2PLECTO" convert -q --schema "$name" -o "$name-csv" "$sample" >/dev/null
        "$ST2PLECTO" convert -q --schema "$name" -o "$name-xlsx" "$name.xlsx" >/dev/null
        cmp "$name-csv/import.csv" "$name-xlsx/import.csv"
        cmp "$name-csv/registrations.jsonl" "$name-xlsx/registrations.jsonl"
        "$ST2PLECTO" validate -q --schema "$name" - <"$name.xlsx" >/dev/null # through a pipe too
    done
}

@test "workbooks of every make: prefixes, inline and shared strings, rich text, 1904, sparse cells, UTF-16" {
    python3 "$maker" good good >/dev/null
    for file in good/Jobs_Dated*.xlsx good/absolute.xlsx good/dotted.xlsx good/stored.xlsx good/streamed.xlsx good/excel.xlsx good/grouped.xlsx; do
        run_split "$ST2PLECTO" convert --schema jobs --force -o out "$file"
        [ "$status" -eq 0 ] || { echo "$file: $out$err" >&2 && return 1; }
        has "$out" "Converted: 3 registrations written"
        has "$out" "Balanced"
    done
    run_split "$ST2PLECTO" validate --schema jobs "good/Jobs_Dated 10_01_25 - 10_31_25.xlsx"
    has "$out" 'workbook, sheet "Sheet1", 4 rows'
    has "$out" 'its sheet Filters says "Date Range: 10/01/2025 - 10/31/2025"'
    has "$out" "1 of 1 agree"
    run_split "$ST2PLECTO" validate --schema jobs good/grouped.xlsx
    has "$out" "3 of 3 agree" # subtotals and the grand total
    run_split "$ST2PLECTO" validate --schema jobs good/excel.xlsx
    has "$out" 'warning W124 other-sheets: sheet "Jobs" is read. Not read: "Notes"'
    has "$out" "cells are formulas. The result that was saved in the file is used"
    run_split "$ST2PLECTO" validate --schema jobs good/merged.xlsx
    has "$out" "Ready: 3 rows"
    has "$out" "cells are merged over several rows"
}

@test "--sheet, an unknown sheet, inspect, a folder" {
    python3 "$maker" good good >/dev/null
    wrong_use 'good/excel.xlsx has no sheet "Job"' 'its sheets are "Jobs"' "$ST2PLECTO" validate --sheet Job good/excel.xlsx
    run_split "$ST2PLECTO" validate --schema jobs --sheet jobs good/excel.xlsx
    [ "$status" -eq 0 ]
    hasnt "$out" W124
    run_split "$ST2PLECTO" inspect good/excel.xlsx
    has "$out" 'Excel workbook, sheet "Jobs", beside "Notes"'
    mkdir folder
    cp good/excel.xlsx folder/
    cp good/excel.xlsx "folder/~\$excel.xlsx" # Excel's mark of an open workbook
    run_split "$ST2PLECTO" validate --schema jobs folder
    has "$out" "Ready: 3 rows"
}

@test "issues name the cell; result.json has row and column of the sheet" {
    python3 "$maker" csv "$ROOT/samples/jobs/bad.csv" bad.xlsx
    run_split "$ST2PLECTO" validate bad.xlsx
    [ "$status" -eq 1 ]
    has "$out" "bad.xlsx:D4: error E201 missing-employee: Primary Technician is empty"
    exits 1 "$ST2PLECTO" validate --format json bad.xlsx >r.json
    [ "$(jq -r '.files[0] | .shape + " " + .sheet' r.json)" = "workbook Sheet1" ]
    [ "$(jq -c '.issues.causes[] | select(.code == "E201") | .examples[0] | [.row, .line, .column]' r.json)" = "[4,4,4]" ]
}

@test "companions and rosters may be workbooks" {
    roster=$(ls "$ROOT"/samples/roster/*.csv | head -n 1)
    python3 "$maker" csv "$roster" roster.xlsx
    "$ST2PLECTO" validate --roster "$roster" --format json "$ROOT/samples/jobs/good.csv" >a.json
    "$ST2PLECTO" validate --roster roster.xlsx --format json "$ROOT/samples/jobs/good.csv" >b.json
    diff <(jq .issues a.json) <(jq .issues b.json)
}

@test "an ID that a spreadsheet shortened is refused" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1.23457E+18,Ana,10/20/2025,1\n' >e.csv
    run_split "$ST2PLECTO" validate --schema jobs e.csv
    [ "$status" -eq 1 ]
    has "$out" 'error E402 shortened-id: Job # "1.23457E+18" lost its digits in a spreadsheet'
}

@test "hostile workbooks: one clear message, exit 3, nothing written, soon" {
    python3 "$maker" hostile hostile >list
    count=0
    while IFS=$'\t' read -r file message; do
        case $file in strings.xlsx | overlapping.xlsx) continue ;; esac # large but honest
        run_split timeout 60 "$ST2PLECTO" convert --schema jobs -o out "hostile/$file"
        [ "$status" -eq 3 ] || { echo "$file: exit $status: $out$err" >&2 && return 1; }
        has "$err" "fix: " || { echo "$file" >&2 && return 1; }
        [ ! -e out ]
        count=$((count + 1))
    done <list
    [ "$count" -ge 30 ]
    run_split "$ST2PLECTO" validate hostile/old.xls
    has "$err" "is an old Excel file (.xls) or a workbook with a password"
    run_split "$ST2PLECTO" validate hostile/zeros.xlsx
    has "$err" "would unpack to 1073741824 bytes, which is refused"
    run_split "$ST2PLECTO" validate hostile/one-tag.xlsx
    has "$err" "has a tag or comment longer than 1 MiB"
    run_split "$ST2PLECTO" validate hostile/doctype.xlsx
    has "$err" "has a document type"
}

@test "mutated workbooks neither crash nor hang" {
    python3 "$maker" fuzz "$ST2PLECTO" 150 7
}

@test "a cell beyond the header is not passed over in silence" {
    python_with openpyxl
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.Workbook()
for row in (["Job #", "Primary Technician", "Completion Date", "Jobs Subtotal"], ["1", "Ana", "10/20/2025", 5, None, "stray"]):
    book.active.append(row)
book.save("stray.xlsx")
PY
    run_split "$ST2PLECTO" validate --schema jobs stray.xlsx
    [ "$status" -eq 0 ]
    has "$out" "stray.xlsx: 2 columns have no label in the header (the first is number 5), and what is in them is not read."
}
