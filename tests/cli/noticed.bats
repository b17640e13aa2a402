#!/usr/bin/env bats
# Damages that were planted in src/ and that no test saw: what each would have changed (scripts/mutants finds more).
# By day a part, all where the change touches: src/report src/convert src/cli

load helper

setup() { common_setup; }

jobs() {
    echo 'Job #,Primary Technician,Completion Date,Jobs Subtotal'
    printf '%s\n' "$@"
}

@test "states of a record: instants are compared, not the texts of times with offsets" {
    record() { printf '{"data":[{"id":5,"jobNumber":"5","completedOn":"2025-10-20T15:00:00Z","modifiedOn":"%s","total":%s,"soldById":7}],"hasMore":false}' "$@"; }
    record 2025-10-20T12:00:00-05:00 10 >a.json # 17:00 UTC
    record 2025-10-20T16:30:00Z 20 >b.json
    for order in "a.json b.json" "b.json a.json"; do
        # shellcheck disable=SC2086
        "$ST2PLECTO" convert -q --schema jobs --tz UTC --force -o out $order >/dev/null
        [ "$(jq '."Jobs Total"' out/registrations.jsonl)" = 10 ]
    done
}

@test "workbooks: _xHHHH_ stands for a character, and an escaped one for itself" {
    python_with openpyxl
    "$PYTHON" - <<'PY'
import openpyxl
book = openpyxl.Workbook()
for row in (["Job #", "Primary Technician", "Completion Date", "Jobs Subtotal"], ["A_x005F_1", "Ana", "10/20/2025", 5],
            ["B_x0041_", "Ana", "10/20/2025", 6], ["C_x00zz_", "Ana", "10/20/2025", 7], ["D_x0041", "Ana", "10/20/2025", 8]):
    book.active.append(row)
book.save("jobs.xlsx")
PY
    "$ST2PLECTO" convert -q --schema jobs --tz UTC -o out jobs.xlsx >/dev/null
    [ "$(jq -r .external_id out/registrations.jsonl | tr '\n' ' ')" = "A_1 BA C_x00zz_ D_x0041 " ]
}

@test "a zone that is cut off is no local time" {
    jobs '1,Ana,2025-10-20T10:00:00+07:,5' '2,Ana,2025-10-20T10:00:00+,5' '3,Ana,2025-10-20T10:00:00+07:00,5' >jobs.csv
    run_split "$ST2PLECTO" convert --schema jobs --tz UTC --on-error reject -o out jobs.csv
    [ "$status" -eq 8 ]
    has "$out" 'E304 not-a-date: Completion Date "2025-10-20T10:00:00+07:" is not a date'
    has "$out" 'Completion Date "2025-10-20T10:00:00+" is not a date'
    [ "$(tail -n +2 out/import.csv | cut -d, -f1,3)" = "3,2025-10-20 03:00:00" ]
}

@test "one of a thing is one: columns, rows, values" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,\n1,Ana,10/20/2025,5,x\n' >one.csv
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,,\n1,Ana,10/20/2025,5,x,y\n2,Ana,10/20/2025,5,x,y\n' >two.csv
    run_split "$ST2PLECTO" validate --schema jobs one.csv
    has "$out" "1 column has no label in the header (the first is number 5), and what is in it is not read."
    has "$out" "CSV, UTF-8, 1 row"
    has "$out" "Ready: 1 row"
    has "$out" "1 row has a technician's name but no ID"
    run_split "$ST2PLECTO" validate --schema jobs two.csv
    has "$out" "2 columns have no label in the header (the first is number 5), and what is in them is not read."
    has "$out" "2 rows have a technician's name but no ID"
}

@test "result.json: each file has the columns of its own roles" {
    jobs '1,Ana,10/20/2025,5' >jobs.csv
    "$ST2PLECTO" convert -q --schema jobs --tz UTC -o out jobs.csv >/dev/null
    [ "$(jq -c '.files[0] | [.id, .employee, .date]' out/result.json)" = '["Job #","Primary Technician","Completion Date"]' ]
    "$ST2PLECTO" convert -q --tz UTC -o json "$ROOT/samples/invoices/good.json" >/dev/null
    [ "$(jq -c '.files[0] | [.id, .date]' json/result.json)" = '["Invoice ID","Invoice Date"]' ]
}

@test "result.json: rows of each day and person are those of its lines" {
    jobs '1,Ana,10/20/2025,5' '2,Ana,10/21/2025,6' '3,Bo,10/21/2025,7' >jobs.csv
    "$ST2PLECTO" convert -q --schema jobs --tz UTC -o out jobs.csv >/dev/null
    [ "$(jq -c '[.days[] | [.date, .rows]]' out/result.json)" = '[["2025-10-20",1],["2025-10-21",2]]' ]
    [ "$(jq -c '[.people[] | [.name, .rows]] | sort' out/result.json)" = '[["Ana",2],["Bo",1]]' ]
}

@test "schema lint: errors have their lines behind a byte order mark, too; two fields of one path are warned of" {
    printf '\xef\xbb\xbf{\n "name": "x",\n "fields": [\n  {"name": "A", "typ": "string"}\n ]\n}\n' >mark.json
    run_split "$ST2PLECTO" schema lint mark.json
    has "$out$err" 'mark.json:4: error: unknown key "typ" in field "A"; did you mean "type"?'
    printf '{\n "name": "x",\n "plecto": {"title": "X"},\n "fields": [\n  {"name": "A", "type": "string", "plecto": {"role": "id", "path": "a.b"}},\n  {"name": "B", "type": "string", "plecto": {"path": "a.b"}}\n ]\n}\n' >paths.json
    run_split "$ST2PLECTO" schema lint paths.json
    has "$out$err" 'paths.json:6: warning: the fields "A" and "B" have the same path "a.b"'
}

@test "a cut gzip of a JSON list with megabytes of blanks behind it ends, with a message" {
    { printf '[{"id": 1, "jobNumber": "1", "completedOn": "2025-10-20T15:00:00Z", "total": 5, "soldById": 7}]'; head -c 8000000 /dev/zero | tr '\0' ' '; } | gzip >whole.json.gz
    head -c "$(($(stat -c %s whole.json.gz) - 20))" whole.json.gz >cut.json.gz
    timeout 60 "$ST2PLECTO" validate -q --schema jobs --tz UTC whole.json.gz >/dev/null
    run_split timeout 60 "$ST2PLECTO" validate --schema jobs --tz UTC cut.json.gz
    [ "$status" -eq 3 ]
    has "$err" "cut.json.gz"
}

@test "reconcile: an ID that comes again is one cause, with one ID or a list of them, against a side and against a number" {
    jobs '1,Ana Lopez,10/20/2025,10.00' '2,Bo Chen,10/20/2025,20.50' '2,Bo Chen,10/20/2025,20.50' '3,Ana Lopez,10/21/2025,30.00' >twice.csv
    sed 4d twice.csv >once.csv
    jobs '3,Ana Lopez,10/21/2025,30.00' | cat twice.csv <(tail -n 1 <(jobs '3,Ana Lopez,10/21/2025,30.00')) >more.csv
    cause() { "$ST2PLECTO" reconcile --tz UTC --schema jobs --format json "$@" | jq -c '.explanations[0] | [.cause, .value, .rows]'; }
    [ "$(cause twice.csv once.csv)" = '["repeated","2",1]' ]
    [ "$(cause more.csv once.csv)" = '["repeated",["2","3"],2]' ]
    [ "$(cause twice.csv --expect 'Jobs Subtotal=60.50')" = '["repeated","2",1]' ]
}

@test "reconcile: a sign that a few of many rows have turned; rows that Plecto alone has are stale from two on" {
    # shellcheck disable=SC2046 # words
    jobs $(for i in {1..14}; do echo "$i,Ana,10/2$((i % 8))/2025,$((i * 7)).25"; done) >left.csv
    sed '5s/,28/,-28/' left.csv >right.csv
    cause() { "$ST2PLECTO" reconcile --tz UTC --schema jobs --format json "$@" | jq -c '[.explanations[] | [.cause, .rows]]'; }
    [ "$(cause left.csv right.csv)" = '[["sign",1]]' ]
    plecto() { printf '{"external_id":"%s","date":"2025-10-20T00:00:00Z","member_name":"Ana","Jobs Subtotal":%s}' "$@" | sed 's/}{/},{/g; s/.*/[&]/'; }
    jobs 1,Ana,10/20/2025,5 2,Ana,10/20/2025,6 3,Ana,10/20/2025,7 >jobs.csv
    plecto 1 5 2 6 3 7 9 2.25 >one.json
    plecto 1 5 2 6 3 7 8 1.50 9 2.25 >two.json
    [ "$(cause one.json jobs.csv)" = '[["row",1]]' ]
    has "$(cause two.json jobs.csv)" '["stale",2]'
    has "$("$ST2PLECTO" reconcile --tz UTC --schema jobs two.json jobs.csv)" 'see what an upload would delete: plan --vanished delete.'
}

@test "--expect: a number of nothing is refused" {
    jobs 1,Ana,10/20/2025,5 >jobs.csv
    wrong_use '--expect " =28" lacks a name and its number' 'write for example --expect "Jobs Total=232891.98"' "$ST2PLECTO" reconcile jobs.csv --expect ' =28'
}

@test "rejected.csv: files of the same columns share them, a label that comes twice keeps two" {
    jobs '1,,10/20/2025,5' '2,Ana,10/20/2025,6' >a.csv
    printf 'Job #,Primary Technician,Completion Date,Note,Jobs Subtotal,Note\n3,,10/21/2025,x,7,y\n4,Ana,10/21/2025,x,8,y\n' >b.csv
    exits 8 "$ST2PLECTO" convert -q --schema jobs --tz UTC --on-error reject -o out a.csv b.csv >/dev/null
    [ "$(cut -d, -f1,6,8- out/rejected.csv | tr -d '\r')" = "file,id,Job #,Primary Technician,Completion Date,Jobs Subtotal,Note,Note (2)
a.csv,1,1,,10/20/2025,5,,
b.csv,3,3,,10/21/2025,7,x,y" ]
}
