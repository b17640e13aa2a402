#!/usr/bin/env bats
# schema: list, show, lint, init.
# By day a part, all where the change touches: src/schema src/cli

load helper

setup() { common_setup; }

@test "list: the built-in schemas and those of a folder" {
    run_split "$ST2PLECTO" schema list
    [ "$status" -eq 0 ]
    for name in calls estimates invoices jobs report-job-costing; do has "$out" "$name "; done
    mkdir mine
    "$ST2PLECTO" schema show jobs | sed 's/"name": "jobs"/"name": "mine"/' > mine/mine.json
    run_split "$ST2PLECTO" schema list --schema-dir mine
    has "$out" "mine "
    has "$out" "[mine/mine.json]"
}

@test "show: the bytes of the file in schemas/" {
    for name in calls estimates invoices jobs report-job-costing; do
        "$ST2PLECTO" schema show $name | cmp - "$ROOT/schemas/$name.json"
    done
}

@test "show: an unknown name offers the nearest" {
    wrong_use 'no schema has the name "jbs"; did you mean "jobs"?' "st2plecto schema list" "$ST2PLECTO" schema show jbs
}

@test "lint: the built-in ones are fine; errors have lines, and exit 2" {
    for name in calls estimates invoices jobs report-job-costing; do
        run_split "$ST2PLECTO" schema lint "$ROOT/schemas/$name.json"
        [ "$status" -eq 0 ]
    done
    printf '{\n"name": "x",\n"feilds": []\n}\n' > bad.json
    run_split "$ST2PLECTO" schema lint bad.json
    [ "$status" -eq 2 ]
    has "$out" "bad.json:3: error:"
    has "$out" "fields"
    run_split "$ST2PLECTO" schema lint nosuch.json
    [ "$status" -eq 2 ]
    has "$err" "nosuch.json"
}

@test "init: a draft that lints, and converts the file it was made from" {
    cat > timesheets.csv <<'CSV'
Employee Name,Entry,Date,Regular Hours,OT Hours,Hourly Bonus,Customer Phone,Team
Ana Lopez,T-1,10/20/2025,8.00,0.5,$3.00,555-1234,North
Bo Chen,T-2,10/20/2025,7.50,,$0.00,555-1235,North
Ana Lopez,T-3,10/21/2025,8.00,1,$4.50,,South
CSV
    run_split "$ST2PLECTO" schema init timesheets.csv
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    printf '%s\n' "$out" > draft.json
    run_split "$ST2PLECTO" schema lint draft.json
    [ "$status" -eq 0 ]
    sed 's,^ *//.*,,' draft.json > plain.json
    jq -e '.name == "timesheets"
        and (.fields[0] | .name == "Entry" and .type == "string" and .plecto.role == "id")
        and (.fields[1] | .name == "Employee Name" and .plecto.role == "employee-name")
        and (.fields[2] | .name == "Date" and .type == "date" and .format == "%m/%d/%Y" and .plecto.role == "date" and .plecto.as == "ServiceTitan Date")
        and any(.fields[]; .name == "Regular Hours" and .type == "number" and .plecto.aggregate == "sum")
        and any(.fields[]; .name == "Hourly Bonus" and .plecto.money)
        and any(.fields[]; .name == "Customer Phone" and .plecto.private)
        and any(.fields[]; .name == "Team" and .plecto.as == "ServiceTitan Team" and .plecto.aggregate == "group")' plain.json
    has "$(cat draft.json)" "// guess: the employee, because of its label"
    has "$(cat draft.json)" "// guess: the unique ID, because it looks like one: all 3 values differ"
    run "$ST2PLECTO" convert --schema ./draft.json -o out timesheets.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 3 ]
}

@test "init: a draft of API records converts them by their paths" {
    cat > visits.json <<'JSON'
{"hasMore": false, "data": [
 {"id": 11, "createdOn": "2025-10-20T15:00:00Z", "technician": {"id": 5, "name": "Ana Lopez"}, "fee": 12.5, "tags": [1], "odd": [[1]]},
 {"id": 12, "createdOn": "2025-10-21T15:00:00Z", "technician": {"id": 6, "name": "Bo Chen"}, "fee": 7, "tags": []}]}
JSON
    run_split "$ST2PLECTO" schema init -o visits.schema.json visits.json
    [ "$status" -eq 0 ]
    has "$out" "Next: st2plecto schema lint visits.schema.json"
    run_split "$ST2PLECTO" schema lint visits.schema.json
    [ "$status" -eq 0 ]
    has "$(cat visits.schema.json)" "// left out: column"
    run "$ST2PLECTO" convert --schema ./visits.schema.json -o out visits.json
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name out/registrations.jsonl | sort | tr '\n' ,)" = "Ana Lopez,Bo Chen," ]
    [ "$(jq -r .fee out/registrations.jsonl | tr '\n' ,)" = "12.5,7," ]
}

@test "init: equal labels, labels of blanks, and no values of the file in the comments" {
    printf 'Job #,Job Number,,Primary Technician,Completion Date,Customer Name\n1,2,x,Ana,10/20/2025,Smith\n2,3,y,Bo,10/21/2025,Jones\n' > odd.csv
    run_split "$ST2PLECTO" schema init odd.csv
    [ "$status" -eq 0 ]
    has "$out" "its label is the same as one before it"
    has "$out" "a column without a label cannot be named"
    hasnt "$out" Smith
}

@test "init: an ID that repeats becomes a template with what tells its rows apart" {
    printf 'Invoice #,Item Code,Sold By,Invoice Date,Item Total\n1,A,Ana,10/20/2025,$1.00\n1,B,Ana,10/20/2025,$2.00\n2,A,Bo,10/21/2025,$3.00\n' > items.csv
    run_split "$ST2PLECTO" schema init items.csv
    [ "$status" -eq 0 ]
    has "$out" "these together differ in every row"
    has "$out" '{Invoice #}:{Item Code}'
}

@test "init: a report without ID and date takes both from its period" {
    printf 'Name,Completed Jobs,Completed Revenue\nAna,3,$10.00\nBo,4,$20.00\n' > "Technicians_Dated 10_01_25 - 10_31_25.csv"
    run_split "$ST2PLECTO" schema init -o t.json Technicians_Dated*.csv
    [ "$status" -eq 0 ]
    has "$(cat t.json)" '"name": "technicians"'
    has "$(cat t.json)" '"date": "period"'
    has "$(cat t.json)" '"id": "{period}:{employee}"'
    run "$ST2PLECTO" convert --schema ./t.json -o out Technicians_Dated*.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.external_id) \(.date)"' out/registrations.jsonl | tr '\n' ,)" \
        = "2025-10-01..2025-10-31:Ana 2025-10-01T12:00:00,2025-10-01..2025-10-31:Bo 2025-10-01T12:00:00," ]
    # without the name's help: --period, or an issue
    cp Technicians_Dated*.csv t.csv
    run "$ST2PLECTO" validate --schema ./t.json t.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E601 no-period"* ]]
    run "$ST2PLECTO" validate --schema ./t.json --period 2025-09-01..2025-09-30 t.csv
    [ "$status" -eq 0 ]
    # --period goes before the file's own, and says so
    run "$ST2PLECTO" convert --schema ./t.json --period 2025-09-01..2025-09-30 -o other Technicians_Dated*.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"says that its period is 2025-10-01..2025-10-31. --period is used"* ]]
    [ "$(jq -r .date other/registrations.jsonl | head -n 1)" = "2025-09-01T12:00:00" ]
    # title lines tell it too
    { printf 'Technician Dashboard,,\n"Date Range: Oct 1, 2025 - Oct 31, 2025",,\n'; cat t.csv; } > titled.csv
    run "$ST2PLECTO" convert --schema ./t.json -o titled titled.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id titled/registrations.jsonl | head -n 1)" = "2025-10-01..2025-10-31:Ana" ]
}

@test "init: never a built-in name; an existing file only with --force" {
    jobs_csv
    run_split "$ST2PLECTO" schema init -o mine.json jobs.csv
    [ "$status" -eq 0 ]
    has "$(cat mine.json)" '"name": "my-jobs"'
    wrong_use "mine.json exists already" "name another file, or replace it" "$ST2PLECTO" schema init -o mine.json jobs.csv
    run_split "$ST2PLECTO" schema init --force -o mine.json jobs.csv
    [ "$status" -eq 0 ]
    run_split "$ST2PLECTO" schema init -o nosuch/mine.json jobs.csv
    [ "$status" -eq 4 ]
}

@test "init: percentages, numbers, no person, no ID: what is a guess is said, and the draft converts" {
    printf 'Week Margin Pct,Who Did It,On Date,Ratio\n12.5%%,Ana Lopez,10/20/2025,1.5\n13.5%%,Bo Chen,10/21/2025,2.5\n11%%,Ana Lopez,10/22/2025,1.25\n' >odd.csv
    "$ST2PLECTO" schema init -o odd.json odd.csv
    grep -q '"name": "Week Margin Pct", "type": "number", "plecto": {"percent": true, "places": 2, "aggregate": "none"}' odd.json
    grep -q 'no column looks like a person: rows are assigned to this name' odd.json
    grep -q '"id": "{On Date}"' odd.json
    run_split "$ST2PLECTO" convert --schema ./odd.json -o out odd.csv
    [ "$status" -eq 0 ]
    jq -es 'map(.external_id) == ["2025-10-20", "2025-10-21", "2025-10-22"]' out/registrations.jsonl >/dev/null
    tr ',' '~' <odd.csv >tilde.csv
    "$ST2PLECTO" schema init --delimiter '~' --encoding utf-8 tilde.csv | sed 's/tilde/odd/' >tilde.json
    diff <(grep -v '"signature"' odd.json) <(grep -v '"signature"' tilde.json)
}

@test "--schema auto finds a schema of one's own whose ID is made of columns" {
    mkdir own
    cat >own/lines.json <<'JSON'
{"name": "lines", "fields": [
  {"name": "Invoice Ref", "type": "string"}, {"name": "Item Ref", "type": "string"},
  {"name": "Worker", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Work Day", "type": "date", "format": "%m/%d/%Y", "plecto": {"role": "date"}},
  {"name": "Amt", "type": "number", "plecto": {"money": true, "aggregate": "sum"}}],
 "plecto": {"title": "Lines", "id": "{Invoice Ref}:{Item Ref}", "signature": ["Item Ref"]}}
JSON
    printf 'Invoice Ref,Item Ref,Worker,Work Day,Amt\n1,a,Ana,10/20/2025,5\n1,b,Bo,10/21/2025,6\n' >lines.csv
    run_split "$ST2PLECTO" convert --schema-dir own -o out lines.csv
    [ "$status" -eq 0 ]
    has "$out" 'schema lines from own/lines.json'
    jq -es 'map(.external_id) == ["1:a", "1:b"]' out/registrations.jsonl >/dev/null
    printf 'Invoice Ref,Worker,Work Day,Amt\n1,Ana,10/20/2025,5\n' >few.csv # half of the ID is not there
    run_split "$ST2PLECTO" convert --schema-dir own -o none few.csv
    [ "$status" -eq 1 ]
    has "$out" 'E106 missing-column: schema lines needs "Item Ref"'
}

@test "wrong use" {
    wrong_use "schema needs to know what to do" "write schema list" "$ST2PLECTO" schema
    wrong_use 'schema has no "lst"; did you mean schema list?' "" "$ST2PLECTO" schema lst
    wrong_use "schema show needs an argument" "Write st2plecto schema show NAME" "$ST2PLECTO" schema show
    wrong_use "schema init got too many arguments" "" "$ST2PLECTO" schema init a b
    run_split "$ST2PLECTO" schema init nosuch.csv
    [ "$status" -eq 3 ]
}
