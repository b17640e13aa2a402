#!/usr/bin/env bats
# spreadsheet.bats: the workbooks in LibreOffice: values, types and recalculated formulas are ours; what it saves comes
# back through apply; what it makes of a CSV is read as the CSV is.

setup_file() {
    export PROFILE=$BATS_FILE_TMPDIR/profile
}

setup() {
    load ../cli/helper
    common_setup
    command -v soffice >/dev/null || skip "soffice is not installed (scripts/test installs libreoffice-calc-nogui)"
    python_with openpyxl
}

office() { # office FORMAT FILE FOLDER
    timeout 120 soffice "-env:UserInstallation=file://$PROFILE" --headless --convert-to "$1" --outdir "$3" "$2" >soffice.log 2>&1 ||
        { cat soffice.log >&2 && return 1; }
}

sheets() { # sheets FILE: each sheet as FILE-SHEET.csv
    office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1' "$1" .
}

@test "review.xlsx: LibreOffice shows what import.csv says, and its own sums agree with ours" {
    "$ST2PLECTO" convert -q --to csv,review -o out "$ROOT/samples/jobs/good.csv"
    "$PYTHON" - out/review.xlsx bare.xlsx <<'PY'
import re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as book, zipfile.ZipFile(sys.argv[2], "w") as bare:
    for name in book.namelist():
        text = book.read(name)
        if name.startswith("xl/worksheets/sheet"): # without our results LibreOffice must work them out
            text, count = re.subn(rb"</f><v>[^<]*</v>", b"</f>", text)
        bare.writestr(name, text)
PY
    sheets bare.xlsx
    [ "$(grep -c ',agrees$' bare-Totals.csv)" -ge 8 ]
    ! grep -q DIFFERS bare-Totals.csv
    grep -q '^difference (must be 0),0,0,0' bare-Summary.csv
    "$PYTHON" - <<'PY'
import csv
ours = list(csv.reader(open("out/import.csv", newline="")))
theirs = list(csv.reader(open("bare-Rows.csv", newline="")))
def plain(text):
    text = {"TRUE": "Yes", "FALSE": "No"}.get(text, text)
    try: return f"{float(text.replace(',', '')):.2f}"
    except ValueError: return text
for mine, shown in zip(ours[1:], theirs[1:]):
    cells = [shown[0]] + shown[3:3 + len(mine) - 1]
    assert [plain(c) for c in cells] == [plain(c) for c in mine], (cells, mine)
assert len(ours) == len(theirs)
PY
    office pdf out/review.xlsx .
    [ -s review.pdf ]
}

@test "import.xlsx: the same cells as import.csv" {
    "$ST2PLECTO" convert -q --to csv,xlsx -o out "$ROOT/samples/invoices/good.csv"
    sheets out/import.xlsx
    "$PYTHON" - <<'PY'
import csv
plain = lambda t: f"{float(t.replace(',', '')):.2f}" if t.replace(",", "").replace(".", "").replace("-", "").isdigit() else {"TRUE": "Yes", "FALSE": "No"}.get(t, t)
ours, theirs = (list(csv.reader(open(name, newline=""))) for name in ("out/import.csv", "import-Import.csv"))
assert [[plain(c) for c in row] for row in ours] == [[plain(c) for c in row] for row in theirs]
PY
}

@test "round trip: mended, sorted, saved by LibreOffice, applied, converted" {
    cp "$ROOT/samples/jobs/bad.csv" jobs.csv
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o out jobs.csv >/dev/null || true
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" out/review.xlsx edited.xlsx "Rejected!100232:Primary Technician=Ana Lopez" \
        "Rejected!100232:Decision=fix" "Rejected!100236:Decision=leave out" "Rows!100230:Jobs Subtotal=#500" \
        "Rows!100230:Decision=fix" "reverse Rejected" "reverse Rows"
    mkdir saved
    office xlsx edited.xlsx saved
    run_split "$ST2PLECTO" apply saved/edited.xlsx
    [ "$status" -eq 0 ] || { echo "$out$err" >&2 && return 1; }
    has "$out" "fixes.csv: 2 cells of 2 rows change, 1 row is left out"
    "$ST2PLECTO" convert -q --on-error reject -o mended --fixes fixes.csv jobs.csv >/dev/null || true
    diff <(grep -v '^100230,\|^100232,' mended/import.csv) <(grep -v '^100230,' out/import.csv)
    grep -q '^100232,Ana Lopez,' mended/import.csv
    grep '^100230,' mended/import.csv | grep -q ',500.00,'
    # saved and not touched: nothing to take
    office xlsx out/review.xlsx saved
    run_split "$ST2PLECTO" apply --dry-run saved/review.xlsx
    [ "$status" -eq 0 ] || { echo "$out$err" >&2 && return 1; }
    has "$out" "no decision to take"
}

@test "a CSV saved as .xlsx by LibreOffice gives the same import file" {
    for name in jobs invoices; do
        cp "$ROOT/samples/$name/good.csv" "$name.csv"
        office 'xlsx:Calc MS Excel 2007 XML' "$name.csv" .
        "$ST2PLECTO" convert -q --schema "$name" --to csv -o "$name-csv" "$name.csv" >/dev/null
        "$ST2PLECTO" convert -q --schema "$name" --to csv -o "$name-xlsx" "$name.xlsx" >/dev/null
        cmp "$name-csv/import.csv" "$name-xlsx/import.csv"
    done
}
