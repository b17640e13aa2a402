#!/usr/bin/env bats
# Workbooks against a second reader (openpyxl), and the law CSV = JSON = workbook of texts = workbook of values.

load ../cli/helper

setup() {
    common_setup
    python_with openpyxl
}

@test "cells of every number format are what openpyxl reads" {
    cat >cells.json <<'JSON'
{"name": "cells", "fields": [
  {"name": "Id", "type": "string", "plecto": {"role": "id"}},
  {"name": "Who", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Day", "type": "date", "plecto": {"role": "date"}},
  {"name": "Value", "type": "string", "plecto": {}}],
 "plecto": {"title": "Cells"}}
JSON
    "$PYTHON" "$BATS_TEST_DIRNAME/formats.py" make book.xlsx
    "$ST2PLECTO" convert --no-config --schema ./cells.json --to jsonl -q -o out book.xlsx
    "$PYTHON" "$BATS_TEST_DIRNAME/formats.py" check out/registrations.jsonl book.xlsx
}

# Books of other programs: of Debian's packages (xlsx2csv here, libxlsxwriter's where its source is), or below BOOKS.
@test "every cell of other people's workbooks is what openpyxl reads" {
    books=()
    for place in ${BOOKS:-} /usr/share/doc/xlsx2csv/examples/test /usr/lib/R/site-library/{readxl,openxlsx}/extdata; do
        [ ! -e "$place" ] || books+=("$place")
    done
    if [ "${#books[@]}" = 0 ]; then # scripts/test --nightly installs them
        [ -n "${NIGHTLY:-}" ] || skip "no workbooks of others on this machine (Debian: xlsx2csv, r-cran-readxl)"
        without "no workbooks of others on this machine (Debian: xlsx2csv, r-cran-readxl)"
    fi
    cells=$ROOT/build/tests/property/cells
    [ ! -x "${ST2PLECTO%/*}/tests/property/cells" ] || cells=${ST2PLECTO%/*}/tests/property/cells
    [ -x "$cells" ] || without "no $cells: make tests"
    "$PYTHON" "$BATS_TEST_DIRNAME/book_cells.py" "$cells" "${books[@]}" >&2
}

@test "one table as CSV, JSON, workbook of values and workbook of texts gives the same registrations" {
    "$PYTHON" "$BATS_TEST_DIRNAME/same_table.py" .
    for zone in America/Chicago Australia/Sydney UTC; do
        for file in table.csv semicolon.csv table.json values.xlsx texts.xlsx; do
            "$ST2PLECTO" convert --no-config --schema ./table-schema.json --tz $zone --fail-on never --to jsonl -q -o out --force $file
            mv out/registrations.jsonl "$file.jsonl"
            [ "$(wc -l <"$file.jsonl")" -gt 100 ]
            diff table.csv.jsonl "$file.jsonl"
        done
    done
}
