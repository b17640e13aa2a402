#!/usr/bin/env bats
# many_files.bats: a folder of many files of several types: what is open, and what memory it takes, do not grow with it.
# By day a part, all where the change touches: src/cli src/convert/run

load helper

setup() { common_setup; }

# folder NAME FILES ROWS: exports of six types, see tests/tools/export_folder.py.
folder() {
    python_with openpyxl # any python3
    "$PYTHON" "$ROOT/tests/tools/export_folder.py" "$@"
}

convert() { "$ST2PLECTO" convert -q --no-config --force --tz America/Phoenix --date-order mdy --on-error reject --fail-on never "$@" >/dev/null; }

# peak COMMAND…: the most memory that it had, in KiB.
peak() {
    "$PYTHON" -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$@"
}

@test "more files than a process may have open: the same bytes as from one file a type" {
    folder many 96 3
    (
        ulimit -n 40
        convert -o out many
    )
    mkdir one
    for type in jobs invoices estimates calls customers customer-memberships; do
        set -- many/"$type"-0*.csv
        { head -n 1 "$1"; for file in "$@"; do tail -n +2 "$file"; done; } >one/$type.csv
    done
    convert -o truth one
    for type in jobs invoices estimates calls customers customer-memberships; do
        cmp "out/$type/import.csv" "truth/$type/import.csv"
        cmp "out/$type/registrations.jsonl" "truth/$type/registrations.jsonl"
    done
    [ "$(jq '.files | length' out/jobs/result.json)" -eq 16 ]
    for file in many/jobs-*.csv; do
        has "$(<out/jobs/receipt.json)" "$(sha256sum "$file" | cut -d' ' -f1)"
    done
}

@test "JSON, gzip and CSV files are read again where their columns ask for it" {
    mkdir mixed
    for number in $(seq 10 29); do # day first, which only the last file proves
        day=$((number - 9))
        [ "$number" -lt 29 ] || day=25
        # shellcheck disable=SC2016 # dollars
        printf 'Job #,Completion Date,Primary Technician,Jobs Total\n%s,%s/10/2025,Ana Lopez,$1.00\n' "$number" "$day" >"mixed/jobs-$number.csv"
    done
    gzip mixed/jobs-1[0-4].csv
    "$ST2PLECTO" convert -q --no-config --tz America/Phoenix -o out mixed >/dev/null
    [ "$(jq -r '.days | length' out/result.json)" -eq 20 ]
    [ "$(jq -r .ledger.rows.written out/result.json)" -eq 20 ]
    for number in $(seq 10 29); do
        printf '{"page":1,"hasMore":false,"data":[{"id":%s,"jobStatus":"Completed","completedOn":"2025-10-05T10:00:00Z","total":5}]}' "$number" >"mixed/jobs-$number.json"
        rm -f "mixed/jobs-$number.csv"*
    done
    convert -o api --schema jobs --default-employee Ana mixed
    [ "$(jq -r .ledger.rows.written api/result.json)" -eq 20 ]
}

@test "the peak of memory is that of the rows: a file adds less than 1 KB" {
    plain_build || skip "a sanitizer keeps what is freed"
    local few many options=(-q --no-config --tz America/Phoenix --date-order mdy --on-error reject --fail-on never)
    folder few 100 100
    folder many 1000 10
    few=$(peak "$ST2PLECTO" convert "${options[@]}" -o a few)
    many=$(peak "$ST2PLECTO" convert "${options[@]}" -o b many)
    echo "$few KiB of 100 files, $many KiB of 1,000" >&2
    [ "$many" -lt $((few + 900)) ]
}

@test "many workbooks, with merged cells, give what each gives alone" {
    python_with openpyxl
    mkdir books
    "$PYTHON" - <<'PY'
import openpyxl
for number in range(12):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Primary Technician", "Job #", "Completion Date", "Jobs Total"])
    for row in range(4):
        sheet.append([f"Ana {number}" if row % 2 == 0 else None, 100 * number + row + 1000, "10/21/2025", 1.5])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")
    book.save(f"books/jobs-{number:02}.xlsx")
PY
    convert -o all books
    : >one.csv
    for file in books/*.xlsx; do
        convert -o one "$file"
        tail -n +2 one/import.csv >>one.csv
    done
    [ "$(wc -l <one.csv)" -eq 48 ]
    diff one.csv <(tail -n +2 all/import.csv)
}
