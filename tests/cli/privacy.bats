#!/usr/bin/env bats
# Personal data of customers stays out of everything but rejected.csv (and the sheet of the review workbook in which
# rejected rows are mended), whatever is wrong with a row. Each personal cell carries a mark that nothing else has.

load helper

setup() {
    common_setup
    cat >jobs.csv <<'CSV'
Job #,Customer Name,Customer Phone,Customer Email,Location Address,Location Zip,Summary,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,Status,Active
100230,Zqxmark Anna,Zqxmark 555-0100,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,"Zqxmark gate code, 4711",Ana Lopez,HVAC Service,10/20/2025 2:05 PM,"$1,234.56",Completed,True
100231,Zqxmark Bert,Zqxmark 555-0101,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,=Zqxmark(),,Plumbing Service,10/20/2025 11:30 PM,$310.00,Completed,True
,Zqxmark Cora,Zqxmark 555-0102,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,"<b>Zqxmark</b>",Ana Lopez,HVAC Service,10/21/2025 8:00 AM,$45.00,Completed,False
100233,Zqxmark Dora,Zqxmark 555-0103,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,Zqxmark,Bo Chen,HVAC Service,10/41/2025,$45.00,Completed,True
100234,Zqxmark Emil,Zqxmark 555-0104,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,Zqxmark,Bo Chen,HVAC Service,10/21/2025,$45.0.0,Completed,True
100230,Zqxmark Fred,Zqxmark 555-0105,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,Zqxmark,Bo Chen,HVAC Service,10/21/2025,$5.00,Completed,maybe
100235,Zqxmark Gert,Zqxmark
100236,"Zqxmark "Hans",Zqxmark 555-0107,zqxmark@example.com,"12 Zqxmark Lane",Zqxmark60601,Zqxmark,Bo Chen,HVAC Service,10/21/2025,$5.00,Completed,True
CSV
}

marked() { # marked FILE…: which of them hold the mark, unpacked where they are workbooks
    local file
    for file; do
        case $file in
        *.xlsx) unzip -p "$file" | grep -qiF zqxmark && echo "$file" ;;
        *) grep -qiF zqxmark "$file" && echo "$file" ;;
        esac
    done
    return 0
}

@test "convert, bad rows and all: only rejected.csv and the workbook's sheet of rejected rows hold personal data" {
    for reject in reject stop; do
        run_split "$ST2PLECTO" convert --schema jobs -v --on-error $reject --to csv,jsonl,xlsx -o "$reject" --format text \
            --format html=$reject.html --format json=$reject.json --format jsonl=$reject.jsonl --format junit=$reject.xml \
            --format github=$reject.gh --format markdown=$reject.md jobs.csv
        [ "$status" -eq "$([ $reject = reject ] && echo 8 || echo 1)" ]
        printf '%s\n%s\n' "$out" "$err" >"said-$reject"
        [ "$(marked said-$reject $reject.* $reject/*)" = "$reject/rejected.csv" ]
    done
    [ "$(grep -ci zqxmark reject/rejected.csv)" -ge 5 ] # that the marks are there to be found
    exits 8 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to review -o review jobs.csv >/dev/null
    mkdir sheets && unzip -q review/review.xlsx -d sheets
    # inline or shared, the only sheet that refers to such a text is Rejected
    python_with openpyxl
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.load_workbook("review/review.xlsx")
found = {sheet.title for sheet in book for row in sheet.iter_rows() for cell in row
         if "zqxmark" in str(cell.value).lower() or cell.comment and "zqxmark" in cell.comment.text.lower()}
assert found == {"Rejected"}, found
PY
}

@test "an ID of {period} or {employee} that comes twice is told of the employee's column, and nothing personal with it" {
    printf 'Customer Name,Revenue,Technician\nZqxmark Anna,1.00,Ana Lopez\nZqxmark Bert,2.00,Ana Lopez\n' >month.csv
    local id column
    for id in '{period}:{employee}' '{employee}:{period}' '{employee}' '{period}'; do
        cat >month.json <<JSON
{"\$schema": "report.schema.json", "name": "month", "description": "One row is one technician.",
 "plecto": {"title": "ServiceTitan month", "date": "period", "id": "$id", "signature": ["Revenue"]},
 "fields": [{"name": "Customer Name", "type": "string", "plecto": {"private": true}},
            {"name": "Revenue", "type": "number"},
            {"name": "Technician", "type": "string", "plecto": {"role": "employee-name"}}]}
JSON
        rm -rf out a.*
        run_split "$ST2PLECTO" convert --schema month.json -v --period 2025-10-01..2025-10-31 --on-error reject --to csv,jsonl,xlsx -o out \
            --format text --format html=a.html --format json=a.json --format jsonl=a.jsonl --format junit=a.xml \
            --format github=a.gh --format markdown=a.md month.csv
        [ "$status" -eq 8 ]
        printf '%s\n%s\n' "$out" "$err" >said
        [ "$(marked said a.* out/*)" = out/rejected.csv ]
        column="Technician 19 Ana Lopez"
        [ "$id" != '{period}' ] || column=' 1 ' # of the whole row
        [ "$(jq -r '.issues.causes[] | select(.code == "E401") | [.field, .examples[0].column, .examples[0].value]
            | join(" ")' out/result.json)" = "$column" ]
        [ "$(wc -l <out/registrations.jsonl)" -eq 1 ]
    done
}

@test "validate, report and apply tell no personal data" {
    "$ST2PLECTO" validate --schema jobs -v --max-issues 100 -o checked jobs.csv >said 2>&1 || [ $? -eq 1 ]
    "$ST2PLECTO" report --format html=a.html --format text=a.txt --format markdown=a.md --max-issues 100 checked >>said 2>&1
    exits 8 "$ST2PLECTO" convert -q --schema jobs --on-error reject --to csv,review -o out jobs.csv >/dev/null 2>&1
    exits 0 "$ST2PLECTO" apply out/review.xlsx jobs.csv >>said 2>&1
    [ -z "$(marked said a.*)" ]
}

@test "a whole-file failure quotes nothing personal: cut-off JSON, wrong column count, unclosed quote" {
    printf '[{"id": 1, "customer": {"name": "Zqxmark Anna"}, "number": "1", "summary": "Zqxma' >cut.json
    { head -n 2 jobs.csv; printf '100299,"Zqxmark never closed,%s' "$(seq -s ' ' 3000)"; } >open.csv
    { head -n 1 jobs.csv | cut -d, -f1-5; tail -n +2 jobs.csv; } >columns.csv
    for file in cut.json open.csv columns.csv; do
        "$ST2PLECTO" validate --schema jobs -v "$file" >"said-$file" 2>&1 && false
        [ -z "$(marked "said-$file")" ] || { cat "said-$file" >&2 && false; }
    done
    grep -q 'E102 cells-extra: the row has 13 cells, the header has 5' said-columns.csv
    # an export without its header: the first row is no list of labels to quote
    tail -n +2 jobs.csv >headless.csv
    for command in "validate --schema jobs" validate; do
        # shellcheck disable=SC2086 # words
        "$ST2PLECTO" $command -v headless.csv >said-headless 2>&1 && false
        [ -z "$(marked said-headless)" ] || { cat said-headless >&2 && false; }
    done
}

@test "what shows personal data does so because it was asked to" {
    exits 1 "$ST2PLECTO" validate --schema jobs --show-row jobs.csv >row 2>&1
    [ -n "$(marked row)" ]
    exits 8 "$ST2PLECTO" convert -q --schema jobs --on-error reject --field "Customer Name" -o out jobs.csv >/dev/null 2>&1
    [ -n "$(marked out/import.csv)" ]
}

@test "a schema that is drafted from an export holds no values of personal columns" {
    exits 1 "$ST2PLECTO" schema init -o own.json jobs.csv >said 2>&1
    [ -z "$(marked own.json said)" ]
}
