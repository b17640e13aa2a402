#!/usr/bin/env bats
# review.xlsx: read back by openpyxl.
# By day a part, all where the change touches: src/review src/workbook

load helper

setup() {
    common_setup
    python_with openpyxl
}

facts() { # facts FILE…: into facts.txt
    "$PYTHON" "$ROOT/tests/tools/review_facts.py" "$@" >facts.txt
}

fact() { # fact LINE: facts.txt has exactly this line
    grep -qxF -- "$1" facts.txt && return 0
    printf 'expected: %s\n' "$1" >&2
    grep "^${1%% *} " facts.txt >&2
    return 1
}

@test "--to review: sheets, table, links, comments, drop-downs, frozen panes, charts, print set-up" {
    run_split "$ST2PLECTO" convert --on-error reject --to review -o out "$ROOT/samples/jobs/bad.csv"
    [ "$status" -eq 8 ]
    [ ! -e out/import.csv ] # made for the workbook, and not asked for
    facts out/review.xlsx
    for sheet in Summary Issues Rows Rejected Totals; do fact "$sheet state visible"; done
    fact "Lists state hidden"
    fact "Origin state hidden"
    fact "Summary charts 3"
    fact "Issues links 14"
    fact "Rows tables Registrations=A1:V13"
    fact "Rows freeze B2"
    fact "Rejected freeze B2"
    fact "Rejected filter A1:AB13"
    fact "Rejected comments 10" # one of them is above the titles
    fact 'Rejected validations "fix,leave out,later" Employees'
    fact 'Rows validations "fix,leave out,later" Employees Values_4'
    fact "Rows hidden columns 2"
    fact "Rows print landscape 0 \$1:\$1"
    fact "names Employees Values_4"
}

@test "review.xlsx: the same bytes for any -j, and again" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject --to csv,review -j 1 -o one "$ROOT/samples/jobs/bad.csv" >/dev/null
    exits 8 "$ST2PLECTO" convert -q --on-error reject --to csv,review -j 4 -o two "$ROOT/samples/jobs/bad.csv" >/dev/null
    cmp one/review.xlsx two/review.xlsx
    SOURCE_DATE_EPOCH=1000000000 exits 8 "$ST2PLECTO" convert -q --on-error reject --to review -o three "$ROOT/samples/jobs/bad.csv" >/dev/null
    unzip -p three/review.xlsx docProps/core.xml | grep -q 2001-09-09T01:46:40Z
}

@test "review.xlsx: every cell of Rows is that of import.csv; text that looks like a formula stays text" {
    jobs_csv
    cat >>jobs.csv <<'CSV'
007,"=1+1",Ana Lopez,+Plumbing,10/22/2025,"$9,999,999,999,999.99",@x,True
CSV
    "$ST2PLECTO" convert -q --to csv,review -o out --field "Customer Name" jobs.csv
    "$PYTHON" - out <<'PY'
import csv, datetime, sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1] + "/review.xlsx")
rows = list(csv.reader(open(sys.argv[1] + "/import.csv", newline="")))
sheet = book["Rows"]
titles = [c.value for c in sheet[1]]
assert titles[:5] == ["ID", "Decision", "Why", "Employee", "Created date"], titles
def text(cell):
    value = cell.value
    if value is None: return ""
    if isinstance(value, bool): return "Yes" if value else "No"
    if isinstance(value, datetime.datetime): return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, (int, float)): return f"{value:.2f}"
    return str(value)
for number, row in enumerate(rows[1:], 2):
    cells = sheet[number]
    shown = [text(cells[0])] + [text(c) for c in cells[3:5 + len(row) - 3]]
    assert [c for c in shown] == row, (shown, row)
assert sheet.cell(5, 1).value == "007" and sheet.cell(5, 1).data_type == "s"
assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
assert len(rows) == 5
PY
}

@test "review.xlsx: totals by employee and by day have our values and live formulas with the same" {
    "$ST2PLECTO" convert -q --to csv,review -o out "$ROOT/samples/jobs/good.csv"
    "$PYTHON" - out <<'PY'
import csv, sys, openpyxl
from collections import defaultdict
path = sys.argv[1]
formulas = openpyxl.load_workbook(path + "/review.xlsx")["Totals"]
values = openpyxl.load_workbook(path + "/review.xlsx", data_only=True)["Totals"]
sums, days = defaultdict(float), defaultdict(float)
for row in csv.DictReader(open(path + "/import.csv", newline="")):
    sums[row["Employee"]] += float(row["Jobs Subtotal"])
    days[row["Created date"][:10]] += float(row["Jobs Subtotal"])
header = [c.value for c in values[2]]
ours, live = header.index("Jobs Subtotal") + 1, header.index("Jobs Subtotal\n(from the Rows sheet)") + 1
seen = 0
for row in range(3, values.max_row + 1):
    name = values.cell(row, 1).value
    key = name.strftime("%Y-%m-%d") if hasattr(name, "strftime") else name
    expected = sums.get(key, days.get(key))
    if expected is None: continue
    seen += 1
    assert abs(values.cell(row, ours).value - expected) < 0.001, key
    assert abs(values.cell(row, live).value - expected) < 0.001, key
    assert str(formulas.cell(row, live).value).startswith("=SUMIFS('Rows'!"), key
    assert values.cell(row, len(header)).value == "agrees"
assert seen == len(sums) + len(days), seen
PY
}

@test "review.xlsx of totals by month per employee, wide and metric" {
    for layout in wide metric; do
        "$ST2PLECTO" convert -q --by month --layout $layout --to csv,review -o "$layout" "$ROOT/samples/jobs/good.csv"
        facts "$layout/review.xlsx"
        fact "Totals state visible"
        grep -qE '^Totals formulas [1-9]' facts.txt
        fact "Rows validations" # totals are not mended
    done
}

@test "--on-error stop: no import file, but the workbook says what is wrong and holds the rows" {
    run_split "$ST2PLECTO" convert --to csv,jsonl,review -o out "$ROOT/samples/jobs/bad.csv"
    [ "$status" -eq 1 ]
    [ ! -e out/import.csv ]
    [ ! -e out/registrations.jsonl ]
    facts out/review.xlsx
    fact "Rows tables Registrations=A1:V13"
    "$PYTHON" - <<'PY'
import openpyxl
sheet = openpyxl.load_workbook("out/review.xlsx")["Summary"]
assert sheet["A1"].value.startswith("Not converted: "), sheet["A1"].value
PY
}

@test "issues link to the bad cell in Rejected" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject --to review -o out "$ROOT/samples/jobs/bad.csv" >/dev/null
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("out/review.xlsx")
issues, rejected = book["Issues"], book["Rejected"]
row = next(r for r in issues.iter_rows(min_row=2) if r[0].value == "E201")
target = row[9].hyperlink.location.split("!")[1]
column = "".join(c for c in target if c.isalpha())
assert rejected[column + "1"].value == "Primary Technician", target
assert rejected[target].value is None and rejected[target].comment.text.startswith("E201"), target
PY
}

@test "review.xlsx is listed with its hash" {
    "$ST2PLECTO" convert -q --to csv,review -o out "$ROOT/samples/jobs/good.csv"
    [ "$(jq -r '.outputs[] | select(.name == "review.xlsx") | .sha256' out/result.json)" = "$(sha256sum out/review.xlsx | cut -d' ' -f1)" ]
}

@test "more rows than a table takes: a range with filter, in constant memory" {
    awk 'BEGIN { print "Job #,Primary Technician,Completion Date,Jobs Subtotal"
        for (i = 0; i < 100001; i++) printf "%d,Ana Lopez,10/%02d/2025,%d.25\n", 100000 + i, i % 28 + 1, i % 900 }' >jobs.csv
    "$ST2PLECTO" convert -q --schema jobs --to csv,review -o out jobs.csv
    unzip -p out/review.xlsx xl/worksheets/sheet3.xml | tail -c 3000 | grep -q '<autoFilter ref="A1:'
    unzip -l out/review.xlsx | fails grep -q tables/
    unzip -p out/review.xlsx xl/worksheets/sheet3.xml | grep -c '' >/dev/null
    [ "$(unzip -p out/review.xlsx xl/worksheets/sheet3.xml | grep -o '<row ' | wc -l)" -eq 100002 ]
}

@test "schemas of all samples: a workbook that openpyxl reads" {
    local count=0
    for sample in $(some "$ROOT"/samples/*/bad.csv "$ROOT"/samples/*/bad.json); do
        count=$((count + 1))
        exits 8 "$ST2PLECTO" convert -q --on-error reject --date-order mdy --to review -o "out-$count" "$sample" >/dev/null
    done
    facts out-*/review.xlsx
    [ "$(grep -cxF 'Summary state visible' facts.txt)" -eq "$count" ]
}

@test "review.xlsx: long texts wrap in rows that are high enough; line breaks are plain; a difference is marked" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Summary\r\n1,,10/20/2025,5,"one\r\ntwo\r\nthree"\r\n2,Ana,10/21/2025,,x\r\n' >jobs.csv
    exits 8 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o out jobs.csv >/dev/null
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("out/review.xlsx")
rejected, issues, totals, rows = book["Rejected"], book["Issues"], book["Totals"], book["Rows"]
titles = [c.value for c in rejected[1]]
assert rejected.cell(2, titles.index("Summary") + 1).value == "one\ntwo\nthree"
assert rejected.row_dimensions[2].height == 45, rejected.row_dimensions[2].height
assert issues["E2"].alignment.wrap_text and issues.row_dimensions[2].height >= 30 and issues["A2"].alignment.vertical == "top"
rules = [r for cells in totals.conditional_formatting for r in cells.rules]
assert [r.formula for r in rules] == [['"DIFFERS"']], rules
assert rows["A2"].number_format == "@"
PY
}

@test "review.xlsx: charts of totals are named by their period; a single one has no course" {
    sed -n 1,60p "$ROOT/samples/jobs/good.csv" >jobs.csv
    "$ST2PLECTO" convert -q --schema jobs --by week --to review -o week jobs.csv
    unzip -p week/review.xlsx xl/charts/chart1.xml | grep -q "Jobs Subtotal per week"
    "$ST2PLECTO" convert -q --schema jobs --by month --to review -o month jobs.csv
    facts month/review.xlsx
    fact "Summary charts 1"
}

@test "review.xlsx: a chart shows the column that it names, in every layout; periods have the amounts of their rows" {
    local sample=$ROOT/samples/invoice-items/good.csv
    "$ST2PLECTO" convert -q --tz UTC --by week --cut-periods allow --to csv,review -o wide "$sample" >/dev/null
    "$ST2PLECTO" convert -q --tz UTC --by week --cut-periods allow --layout metric --to csv,review -o metric "$sample" >/dev/null
    "$ST2PLECTO" convert -q --tz UTC --to csv,review -o row "$sample" >/dev/null
    "$ST2PLECTO" convert -q --tz UTC --to csv,review -o none "$ROOT/samples/calls/good.csv" >/dev/null # no amounts, only rows
    cp row/result.json bare.json
    "$ST2PLECTO" report -q --format review=bare.xlsx bare.json # no rows, no formulas
    "$PYTHON" - <<'PY'
import collections, csv, datetime, openpyxl
from openpyxl.utils import range_boundaries
for name, money in ("wide", "Item Total"), ("metric", "Item Total"), ("row", "Item Total"), ("none", "Rows"):
    book = openpyxl.load_workbook(f"{name}/review.xlsx")
    sheet, shown = book["Totals"], collections.Counter()
    for chart in book["Summary"]._charts:
        series = chart.series[0]
        column, row, *_ = range_boundaries(series.val.numRef.f.split("!")[1])
        title = sheet.cell(row - 1, column).value
        assert title == series.tx.v, (name, title, series.tx.v)
        shown[title] += 1
    assert shown == ({money: 2, "Rows": 1} if money != "Rows" else {"Rows": 2}), (name, shown)
    assert sheet.cell(2, sheet.max_column).value == "Agree"
sums = collections.defaultdict(float)
for row in csv.DictReader(open("wide/import.csv", newline="")):
    year, week, _ = datetime.date.fromisoformat(row["Created date"][:10]).isocalendar()
    sums[row["Employee"], f"{year}-W{week:02}"] += float(row["Item Total"])
rows = list(openpyxl.load_workbook("wide/review.xlsx")["Periods"].iter_rows(min_row=2, values_only=True))
found = {(row[0], week): amount for row in rows[1:] for week, amount in zip(rows[0][2:], row[2:]) if amount is not None}
assert len(rows[0]) == 5 and found == {key: round(amount, 2) for key, amount in sums.items()}, found
bare = openpyxl.load_workbook("bare.xlsx")["Totals"]
titles = [cell.value for cell in bare[2] if cell.value is not None]
assert "Agree" not in titles and len(titles) == sum(cell.value is not None for cell in bare[3]), titles
PY
}

@test "review.xlsx: the first 5,000 rejected rows have comments, and Summary says that the last have none" {
    awk 'BEGIN { print "Job #,Primary Technician,Completion Date,Jobs Subtotal"
        for (i = 0; i < 5002; i++) printf "%d,,10/%02d/2025,%d.25\n", 100000 + i, i % 28 + 1, i % 900 }' >bad.csv
    exits 1 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o bad bad.csv >/dev/null
    unzip -p bad/review.xlsx 'xl/comments*.xml' | grep -q '<comment ref="[A-Z]*5001"'
    unzip -p bad/review.xlsx 'xl/comments*.xml' | fails grep -q '<comment ref="[A-Z]*500[23]"'
    unzip -p bad/review.xlsx xl/sharedStrings.xml | grep -q "The last 2 rows of Rejected have no comments"
}

@test "review.xlsx: an export with more columns than the sheet shows" {
    "$PYTHON" - <<'PY'
names = ["Job #", "Primary Technician", "Completion Date", "Jobs Subtotal"] + [f"Extra {i}" for i in range(7000)]
print(",".join(names), "1,,10/20/2025,5" + "," * 7000, sep="\n", file=open("jobs.csv", "w"))
PY
    exits 1 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o out jobs.csv >/dev/null
    facts out/review.xlsx
    unzip -p out/review.xlsx xl/sharedStrings.xml | grep -q "The sheet Rejected shows 6,000 of 7,004 columns"
    "$PYTHON" "$ROOT/tests/tools/review_edit.py" out/review.xlsx edited.xlsx "Rejected!1:Primary Technician=Ana" "Rejected!1:Decision=fix"
    run_split "$ST2PLECTO" apply edited.xlsx
    [ "$status" -eq 0 ]
}

@test "long work tells its progress: share, rate, time left on a terminal; a line a file otherwise" {
    night_only
    "$PYTHON" -c 'import pty; pty.openpty()' 2>/dev/null || skip "this machine gives no pseudo-terminal (/dev/pts)"
    awk 'BEGIN { print "Job #,Primary Technician,Completion Date,Jobs Subtotal,Business Unit,Status"
        for (i = 0; i < 60000; i++) printf "%d,Ana Lopez,10/%02d/2025,%d.25,HVAC Service,Completed\n", 100000 + i, i % 28 + 1, i % 900 }' >jobs.csv
    "$PYTHON" "$ROOT/tests/tools/slowly.py" terminal "$ST2PLECTO" convert --schema jobs --to csv,xlsx,review -o out jobs.csv >shown
    "$PYTHON" - <<'PY'
import re
text = open("shown", newline="").read()
assert re.search(r"(import|review)\.xlsx: writing [\d,]+ rows, [\d,]+ a second, \d+ %, \d+ s left", text), text[-2000:]
assert re.search(r"\r\x1b\[K(\x1b\[[\d;]*m)?Converted: 60,000", text), text[-2000:] # the line of the progress is gone before the report
PY
    "$PYTHON" "$ROOT/tests/tools/slowly.py" plain "$ST2PLECTO" convert --schema jobs --to csv,xlsx,review -o again jobs.csv 2>err >/dev/null
    grep -q '^st2plecto: review.xlsx: written, 60,000 rows in [0-9]* s$' err
    fails grep -q "$(printf '\033')" err
    "$ST2PLECTO" convert -q --schema jobs --to csv,xlsx,review -o quiet jobs.csv 2>err >/dev/null
    [ ! -s err ]
}

@test "constant memory: 150,000 rows, written or rejected, in less than 100 MiB" {
    night_only
    # AddressSanitizer keeps what was freed
    plain_build || skip "a build with a sanitizer"
    awk 'BEGIN { print "Job #,Primary Technician,Completion Date,Jobs Subtotal"
        for (i = 0; i < 150000; i++) printf "%d,Ana Lopez,10/%02d/2025,%d.25\n", 100000 + i, i % 28 + 1, i % 900 }' >good.csv
    sed 's/Ana Lopez//' good.csv >bad.csv
    for name in good bad; do
        "$PYTHON" - "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o "$name" "$name.csv" <<'PY'
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
assert code in (0, 1), code
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss # KiB
print("peak", peak)
assert peak < 100 << 10, peak
PY
    done
    [ "$(unzip -p bad/review.xlsx xl/worksheets/sheet4.xml | grep -o '<row ' | wc -l)" -eq 150001 ]
    unzip -p bad/review.xlsx xl/worksheets/sheet1.xml | grep -q "The last 145,000 rows of Rejected have no comments"
}

@test "review.xlsx: a title that an Excel table does not take leaves no hole: plain header, filter, every row" {
    local title
    title=$(printf 'T%.0s' {1..300})
    jobs_csv
    "$ST2PLECTO" schema show jobs | jq --arg title "$title" '(.fields[] | select(.name == "Jobs Subtotal") | .plecto.as) = $title' >own.json
    run_split "$ST2PLECTO" convert --schema own.json --date-order mdy --to csv,review -o out jobs.csv
    [ "$status" -eq 0 ] || { echo "$err" >&2 && false; }
    hasnt "$out$err" WARNING
    facts out/review.xlsx
    fact "Rows tables"
    grep -q '^Rows filter A1:' facts.txt
    fact 'Rows validations "fix,leave out,later" Employees Values_1'
    "$PYTHON" - out "$title" <<'PY'
import csv, sys, openpyxl
rows = list(openpyxl.load_workbook(sys.argv[1] + "/review.xlsx")["Rows"].iter_rows(values_only=True))
sent = list(csv.reader(open(sys.argv[1] + "/import.csv")))
assert sys.argv[2] in rows[0] and sys.argv[2] in sent[0], rows[0]
assert [row[0] for row in rows[1:]] == [row[0] for row in sent[1:]]
PY
}

@test "review.xlsx: what there is to do comes first, on Summary and on Rejected, with links and without commands in fixes" {
    exits 8 "$ST2PLECTO" convert -q --on-error reject --tz America/Phoenix --to review -o out "$ROOT/samples/jobs/bad.csv" >/dev/null
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("out/review.xlsx")
summary, rejected, issues, rows = book["Summary"], book["Rejected"], book["Issues"], book["Rows"]
assert summary["A2"].value == "12 rows to fix, $2,960.12", summary["A2"].value
assert 'choose "fix" in the Decision column' in summary["A3"].value
assert [summary[c].hyperlink.location for c in ("A5", "B5")] == ["'Rejected'!A1", "'Issues'!A1"]
assert rejected["B1"].comment.text.startswith("12 rows to fix, $2,960.12. Correct the red cells"), rejected["B1"].comment
titles = [c.value for c in rejected[1]]
assert titles[:6] == ["Row", "Decision", "Why", "Codes", "Reasons", "File"], titles
assert rejected["A2"].value == 4 and rejected["F2"].value.endswith("jobs/bad.csv")
texts = [c.value for sheet in (issues, rejected) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
texts += [c.comment.text for row in rejected.iter_rows() for c in row if c.comment]
assert not [t for t in texts if "st2plecto convert" in t]
names = [c.value for c in rows[1]]
money, day = rows.cell(2, names.index("Jobs Subtotal") + 1), rows.cell(2, names.index("Created date") + 1)
assert money.number_format.startswith('"$"#,##0.00'), money.number_format
assert day.number_format == "m/d/yy h:mm", day.number_format # built-in: as the reader's settings show it
assert not any(isinstance(c.value, str) and len(c.value) == 64 for row in summary.iter_rows() for c in row)
PY
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,10/20/2025,5\n' >days.csv
    "$ST2PLECTO" convert -q --schema jobs --to csv,review -o days days.csv
    "$PYTHON" - <<'PY'
import openpyxl
days = [c for c in openpyxl.load_workbook("days/review.xlsx")["Rows"]["E"][1:] if c.value.hour == 12 and c.value.minute == 0]
assert days and {day.number_format for day in days} == {"mm-dd-yy"}, days # the noon is there, not shown
PY
}
