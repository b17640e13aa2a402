#!/usr/bin/env bats
# spreadsheet.bats: the workbooks in LibreOffice: values, types and recalculated formulas are ours; what it saves comes
# back through apply; what it makes of a CSV is read as the CSV is.
# By day a part, all where the change touches: src/review src/workbook src/output src/fixes

setup_file() {
    export PROFILE=$BATS_FILE_TMPDIR/profile
}

setup() {
    load ../cli/helper
    common_setup
    needs soffice
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
    night_only
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
    fails grep -q DIFFERS bare-Totals.csv
    grep -qE '^difference \(must be 0\),0 *,0 *,0' bare-Summary.csv
    "$PYTHON" - <<'PY'
import csv, re
ours = list(csv.reader(open("out/import.csv", newline="")))
theirs = list(csv.reader(open("bare-Rows.csv", newline="")))
def plain(text):
    text = {"TRUE": "Yes", "FALSE": "No"}.get(text, text)
    moment = re.fullmatch(r"(\d+)/(\d+)/(\d+)( \d+:\d+)?", text) # as the settings show it; days without their noon
    if moment: return "20{2:0>2}-{0:0>2}-{1:0>2}".format(*(p[-2:] for p in moment.groups()[:3]))
    if re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", text): return text[:10]
    try: return f"{float(text.replace(',', '').replace('$', '')):.2f}"
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
    night_only
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
    [ -n "${NIGHTLY:-}" ] || return 0
    # saved and not touched: nothing to take
    office xlsx out/review.xlsx saved
    run_split "$ST2PLECTO" apply --dry-run saved/review.xlsx
    [ "$status" -eq 0 ] || { echo "$out$err" >&2 && return 1; }
    has "$out" "has a decision yet"
}

@test "a CSV saved as .xlsx by LibreOffice gives the same import file" {
    night_only
    for name in jobs invoices; do
        cp "$ROOT/samples/$name/good.csv" "$name.csv"
        office 'xlsx:Calc MS Excel 2007 XML' "$name.csv" .
        "$ST2PLECTO" convert -q --schema "$name" --to csv -o "$name-csv" "$name.csv" >/dev/null
        "$ST2PLECTO" convert -q --schema "$name" --to csv -o "$name-xlsx" "$name.xlsx" >/dev/null
        cmp "$name-csv/import.csv" "$name-xlsx/import.csv"
    done
}

@test "round trip: edited, sorted and saved in LibreOffice itself, applied, converted" {
    night_only
    cp "$ROOT/samples/jobs/bad.csv" jobs.csv
    "$ST2PLECTO" convert -q --on-error reject --to csv,review -o out jobs.csv >/dev/null || true
    office csv jobs.csv . # makes the profile, to which the macro is added
    "$PYTHON" - "$ROOT/tests/e2e/edit_review.bas" "$PROFILE/user/basic/Standard/Module1.xba" <<'PY'
import sys
from xml.sax.saxutils import escape
open(sys.argv[2], "w").write(
    '<?xml version="1.0" encoding="UTF-8"?>\n<script:module xmlns:script="http://openoffice.org/2000/script" '
    'script:name="Module1" script:language="StarBasic">' + escape(open(sys.argv[1]).read()) + "</script:module>")
PY
    timeout 120 soffice "-env:UserInstallation=file://$PROFILE" --headless --norestore \
        "macro:///Standard.Module1.Edit($PWD/out/review.xlsx,$PWD/edited.xlsx)" >soffice.log 2>&1
    [ -s edited.xlsx ] || { cat soffice.log >&2 && return 1; }
    run_split "$ST2PLECTO" apply --who dana --when 2025-11-01 edited.xlsx
    [ "$status" -eq 0 ] || { echo "$out$err" >&2 && return 1; }
    diff - <(tr -d '\r' <fixes.csv | sort) <<'CSV'
jobs,100230,Jobs Subtotal,$189.00,500,dana,2025-11-01,
jobs,100231,Completion Date,10/8/2025 9:13 AM,2025-10-09 10:15:00,dana,2025-11-01,
jobs,100232,Primary Technician,,Ana Lopez,dana,2025-11-01,asked her
jobs,100233,Active,True,FALSE,dana,2025-11-01,
jobs,100235,Invoice #,100235,00777,dana,2025-11-01,
jobs,100236,*,,leave out,dana,2025-11-01,
jobs,100242,Completion Date,2/30/2025,2/28/2025 9:00 AM,dana,2025-11-01,
schema,id,field,old,new,who,when,why
CSV
    "$ST2PLECTO" convert -q --on-error reject --to csv -o mended --fixes fixes.csv jobs.csv >/dev/null || true
    "$PYTHON" - <<'PY'
import csv
read = lambda name: {row["ID"]: row for row in csv.DictReader(open(name, newline=""))}
before, after = read("out/import.csv"), read("mended/import.csv")
assert set(after) - set(before) == {"100232", "100242"}, set(after) ^ set(before)
assert after["100232"]["Employee"] == "Ana Lopez" and after["100242"]["Created date"] == "2025-02-28 09:00:00"
expected = {"100230": {"Jobs Subtotal": "500.00"}, "100231": {"Created date": "2025-10-09 10:15:00"},
            "100233": {"Active": "No"}, "100235": {"Invoice #": "00777"}}
for key, row in before.items():
    changed = {title: value for title, value in after[key].items() if value != row[title]}
    changed.pop("Time To Complete", None) # worked out of the date
    assert changed == expected.get(key, {}), (key, changed)
PY
}
