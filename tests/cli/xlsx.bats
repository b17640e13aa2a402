#!/usr/bin/env bats
# import.xlsx: the columns of import.csv with typed cells. Read here with Python's zip and XML modules.
# By day a part, all where the change touches: src/workbook src/input/source

load helper

setup() {
    common_setup
    needs python3
    jobs_csv
}

# Prints the cells of a sheet as lines "CELL TYPE VALUE" (s text, n number, b boolean, f formula).
cells() { # cells FILE [SHEET-NUMBER]
    python3 - "$1" "${2:-1}" << 'PY'
import sys, zipfile, xml.etree.ElementTree as xml
main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
with zipfile.ZipFile(sys.argv[1]) as book:
    sheet = xml.fromstring(book.read(f"xl/worksheets/sheet{sys.argv[2]}.xml"))
    strings = []
    if "xl/sharedStrings.xml" in book.namelist():
        strings = ["".join(t.text or "" for t in item.iter(main + "t")) for item in xml.fromstring(book.read("xl/sharedStrings.xml"))]
for cell in sheet.iter(main + "c"):
    kind = cell.get("t", "n")
    value = cell.find(main + "v")
    text = value.text if value is not None else "".join(t.text or "" for t in cell.iter(main + "t"))
    if kind == "s":
        text = strings[int(text)]
    name = {"inlineStr": "s", "s": "s", "n": "n", "b": "b", "str": "s"}[kind]
    if cell.find(main + "f") is not None:
        name = "f"
    if value is not None or kind == "inlineStr":
        print(cell.get("r"), name, text.replace("\n", "\\n"))
PY
}

@test "--to xlsx: typed cells, IDs as text, dates as dates; the same rows as import.csv" {
    cat >> jobs.csv << 'CSV'
007,"=1+1",Ana Lopez,+Plumbing,10/22/2025,"$9,999,999,999,999.99",@x,True
CSV
    run "$ST2PLECTO" convert --to csv,xlsx -o out --field "Customer Name" jobs.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"import.xlsx"*"4 records"* ]]
    cells out/import.xlsx > cells.txt
    grep -qx 'A1 s ID' cells.txt
    grep -qx 'A2 s 100230' cells.txt
    grep -qx 'A5 s 007' cells.txt           # leading zeros stay
    grep -qx 'C2 n 45950.5868055555.*' cells.txt # 2025-10-20 14:05
    grep -q ' n 1234.56$' cells.txt
    grep -q ' n -45$' cells.txt
    grep -q ' b 1$' cells.txt
    grep -q ' s =1+1$' cells.txt            # text that looks like a formula stays text
    grep -q ' s +Plumbing$' cells.txt
    grep -q ' s @x$' cells.txt
    fails grep -q ' f ' cells.txt
    [ "$(grep -c '^A[0-9]' cells.txt)" -eq 5 ]
    # as many filled cells as import.csv has
    [ "$(grep -c . cells.txt)" -eq "$(python3 -c 'import csv; print(sum(bool(c) for r in csv.reader(open("out/import.csv", newline="")) for c in r))')" ]
    # the receipt knows it
    [ "$(jq -r '.outputs[] | select(.name == "import.xlsx") | .sha256' out/result.json)" = "$(sha256sum out/import.xlsx | cut -d' ' -f1)" ]
}

@test "--to xlsx alone leaves no import.csv; the same input gives the same bytes" {
    run "$ST2PLECTO" convert --to xlsx -o one jobs.csv
    [ "$status" -eq 0 ]
    [ ! -e one/import.csv ]
    [ ! -e one/registrations.jsonl ]
    [[ "$output" == *"Next: import one/import.xlsx in Plecto"* ]]
    run "$ST2PLECTO" convert --to jsonl,xlsx -j 1 -o two jobs.csv
    cmp one/import.xlsx two/import.xlsx
    [ ! -e two/import.csv ]
    # an error and --on-error stop: no workbook either
    printf '100240,,,,10/20/2025,$1.00,Completed,True\n' >> jobs.csv
    run "$ST2PLECTO" convert --to xlsx -o three jobs.csv
    [ "$status" -eq 1 ]
    [ ! -e three/import.xlsx ]
    [ ! -e three/import.csv ]
}

@test "texts longer than a cell, long numbers and control characters are kept or told" {
    long=$(head -c 33000 /dev/zero | tr '\0' x)
    printf 'Job #,Primary Technician,Completion Date,Jobs Total,Priority,Business Unit\n1,Ana Lopez,10/20/2025,$123456789012.1234,%s,a\001b\n' "$long" > long.csv
    run "$ST2PLECTO" convert --schema jobs --to csv,xlsx -o out long.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"1 texts are longer than a spreadsheet's cell (32,767 characters) and are cut in import.xlsx"* ]]
    [[ "$output" == *"1 numbers have more digits than a spreadsheet keeps and are texts in import.xlsx."* ]]
    cells out/import.xlsx > cells.txt
    grep -q ' s 123456789012.1234$' cells.txt
    [ "$(grep 'xxxx' cells.txt | cut -d' ' -f3 | tr -d '\n' | wc -m)" -le 32769 ]
    grep -q 'a_x0001_b\|ab' cells.txt
    [ "$(grep -o xxx out/import.csv | wc -l)" -eq 11000 ]
}

@test "totals per day as a workbook, durations as times" {
    run "$ST2PLECTO" convert --by day --to xlsx -o day jobs.csv
    [ "$status" -eq 0 ]
    cells day/import.xlsx > cells.txt
    grep -q ' s Count$' cells.txt
    run "$ST2PLECTO" convert --tz UTC --to xlsx -o calls "$ROOT/samples/calls/good.csv"
    [ "$status" -eq 0 ]
    python3 - << 'PY'
import zipfile
with zipfile.ZipFile("calls/import.xlsx") as book:
    styles = book.read("xl/styles.xml").decode()
assert "[h]:mm:ss" in styles, styles
PY
}
