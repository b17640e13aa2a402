# golden_pages.sh: what is more than an import file (reports, plans, answers, workbooks) of a few samples, as plain text, for
# pages.bats and update-golden-pages alike.
# shellcheck shell=bash

# What differs by place, version and machine is taken out.
plain() {
    sed -E -e "s#$PWD/?##g; s#$ROOT/##g" -e 's/\b[0-9a-f]{64}\b/SHA256/g; s/st2plecto [0-9]+\.[0-9]+\.[0-9]+[-+a-z0-9.]*/st2plecto VERSION/g' \
        -e 's/("tried":)[0-9]+/\1N/g; s/(of )[0-9]+( explanations)/\1N\2/g' -e 's/^(threads +)[0-9]+ /\1N /' -e 's/("version": ?)"[^"]*"/\1"VERSION"/g; s/("processor"|"zones"|"libraries"): ?"[^"]*"/\1: ""/g'
}

# page NAME COMMAND…: what it says, and how it ends.
page() {
    local name=$1 code=0
    shift
    "$ST2PLECTO" "$@" >said 2>&1 </dev/null || code=$?
    { plain <said && echo "exit $code"; } >"pages/$name"
}

# The text of a page and where its links go, an element a line, without style and script.
html() { sed -e '/<style>/,/<\/style>/d' -e 's/></>\n</g' "$1" | plain >"pages/$(basename "$1")"; }

# The cells of a workbook, with what they look like.
cells() {
    "$PYTHON" - "$1" <<'PY' | plain >"pages/$(basename "$1")"
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
    print(f"== {sheet.title} {sheet.dimensions} freeze {sheet.freeze_panes} filter {sheet.auto_filter.ref} {sheet.sheet_state}")
    print("widths", {name: round(size.width, 1) for name, size in sorted(sheet.column_dimensions.items())})
    for rule in sheet.data_validations.dataValidation:
        print("choice", rule.sqref, rule.formula1)
    for place in sheet.conditional_formatting:
        print("rule", place.sqref, [each.formula for each in place.rules])
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                link = f" -> {cell.hyperlink.target or cell.hyperlink.location}" if cell.hyperlink else ""
                print(f"{cell.coordinate} {cell.value!r} {cell.number_format}{' bold' if cell.font.b else ''} {cell.fill.fgColor.rgb if cell.fill.fill_type else ''}{link}")
PY
}

pages() {
    mkdir pages exports
    cp "$ROOT"/samples/jobs/{good,bad}.csv "$ROOT"/samples/roster/technicians.json .
    cp good.csv exports/jobs.csv
    sed -e '2s/189[.]00/198.00/' -e '3d' -e '6s/Ana Lopez/Bo Chen/' -e '8s|/[0-9]*/2025|/20/2025|' good.csv >later.csv
    convert="convert --schema jobs --tz America/Chicago --fail-on never"
    # shellcheck disable=SC2086 # words
    {
        page convert.txt $convert -v --roster technicians.json --on-error reject --to csv,jsonl,xlsx,review -o made bad.csv
        page days.txt $convert --by week -o days good.csv
        page good.txt $convert -q -o good good.csv
        page now.txt $convert -q -o now later.csv
    }
    for name in json jsonl junit github markdown; do page "report.$name" report --format "$name" made; done
    page report.txt report --format html=report.html made
    page inspect.txt inspect bad.csv
    page inspect.json inspect --format json good.csv
    page plan.txt plan made
    page plan.json plan --format json made
    page planned.txt plan --format html=plan.html made
    page trace.txt trace 100230 made
    page aside.txt trace 100232 made
    page schema.txt schema show jobs
    page schema-list.txt schema list
    page draft.txt schema init -o - good.csv
    page explain.txt explain E304
    page gap.txt reconcile --tz America/Chicago later.csv good
    page gap.json reconcile --tz America/Chicago --format json later.csv good
    page gap.markdown reconcile --tz America/Chicago --format markdown good now
    page gaps.txt reconcile --tz America/Chicago --format html=gap.html later.csv good.csv
    page sheets.txt reconcile --tz America/Chicago --format xlsx=gap.xlsx good.csv "$ROOT/samples/reconcile/hold/plecto.csv"
    page expect.txt reconcile --tz America/Chicago --expect 'Jobs Subtotal=33000; 2025-10-01..2025-10-20' good.csv
    page dates.txt reconcile --tz UTC "$ROOT"/samples/reconcile/dates/by-{created,sold}.csv
    printf '{"tz": "America/Chicago", "settle": "0s", "feeds": [{"name": "jobs", "files": "exports/jobs*", "schema": "jobs"},
        {"name": "bad", "files": "bad.csv", "schema": "jobs"}, {"name": "none", "files": "none*", "required": true}]}' >st2plecto.json
    page run.txt run
    page config.txt config show
    cp plecto/overview.json pages/
    for name in report.html plan.html gap.html plecto/overview.html; do html "$name"; done
    for name in made/review.xlsx made/import.xlsx gap.xlsx; do cells "$name"; done
    for name in pages/*.json; do plain <"$name" >said && mv said "$name"; done
}
