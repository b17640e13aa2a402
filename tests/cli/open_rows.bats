#!/usr/bin/env bats
# Open records: what is not done yet lacks its date, and that is no fault.
# By day a part, all where the change touches: src/convert

load helper

setup() {
    common_setup
    printf '%s\n' 'Job #,Status,Completion Date,Primary Technician,Jobs Total' \
        '1001,Completed,10/20/2025,Ana Lopez,$10.00' '1002,Scheduled,,,$20.00' '1003,In Progress,N/A,Ana Lopez,$30.00' \
        '1004,Canceled,,Ben Ortiz,$40.00' > jobs.csv
}

rows() { # rows FOLDER: the ledger's rows as "in written rejected not_yet"
    jq -r '.ledger.rows | "\(.in) \(.written) \(.rejected) \(.not_yet)"' "$1/result.json"
}

@test "open jobs are counted as not yet, with their money, in one line" {
    run "$ST2PLECTO" convert --no-config -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(rows out)" = "4 1 0 3" ]
    [ "$(jq -r '.ledger.columns[0].not_yet' out/result.json)" = 90.00 ]
    [ "$(jq -c '.issues.errors' out/result.json)" = 0 ]
    [[ "$output" =~ "not yet"\ +3\ +\$90.00 ]]
    [[ "$output" == *'3 rows ($90.00) are not yet done and not sent'* ]]
    # an older result, which does not have the side, is still read
    jq 'del(.ledger.rows.not_yet) | del(.ledger.columns[].not_yet)' out/result.json > old.json
    run "$ST2PLECTO" report old.json
    [ "$status" -eq 0 ]
}

@test "anything else that is wrong with an open row is an error as ever" {
    printf '1005,Hold,,Ana Lopez,"$12,34.5"\n' >> jobs.csv
    run "$ST2PLECTO" convert --no-config --on-error reject -o out jobs.csv
    [ "$(rows out)" = "5 1 1 3" ]
    [[ "$output" == *E301* ]]
    printf '1006,Completed,,Ana Lopez,$1.00\n' >> jobs.csv
    run "$ST2PLECTO" convert --no-config --on-error reject --open-rows -o out --force jobs.csv
    [ "$(rows out)" = "6 1 2 3" ]
    [[ "$output" == *'E203 missing-date: Completion Date is empty (ID 1006'* ]]
}

@test "without the status column the message names it, and --open-rows takes such rows" {
    cut -d, -f1,3- jobs.csv > bare.csv
    run "$ST2PLECTO" validate --no-config bare.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'Completion Date is empty. The file lacks the column that says whether the record is still open. Add it to the report: Status'* ]]
    sed -i '3d' bare.csv # which names nobody
    run "$ST2PLECTO" convert --no-config --open-rows -o out bare.csv
    [ "$status" -eq 0 ]
    [ "$(rows out)" = "3 1 0 2" ]
    printf '{"open-rows": true}' > st2plecto.json
    run "$ST2PLECTO" convert -o out --force bare.csv
    [ "$status" -eq 0 ]
    [ "$(rows out)" = "3 1 0 2" ]
}

@test "an older state of a record that is open again is not sent" {
    printf '%s\n' '{"id": 1, "jobStatus": "Completed", "completedOn": "2025-10-20T15:00:00Z", "soldById": 7, "total": 5, "modifiedOn": "2025-10-20T16:00:00Z"}' \
        '{"id": 1, "jobStatus": "Scheduled", "completedOn": null, "soldById": 7, "total": 5, "modifiedOn": "2025-10-21T16:00:00Z"}' > jobs.jsonl
    run "$ST2PLECTO" convert --no-config --schema jobs --tz UTC -o out jobs.jsonl
    [ "$status" -eq 0 ]
    [ "$(jq -c '.ledger.rows | [.in, .written, .superseded, .not_yet]' out/result.json)" = "[2,0,1,1]" ]
}

@test "a schema declares which records are open" {
    sed 's|// *open||' > mine.json <<'JSON'
{"name": "visits", "description": "x", "plecto": {"title": "V", "open": [{"field": "Stage", "values": ["To Do"]}], "signature": ["Visit"]},
 "fields": [{"name": "Visit", "type": "string", "plecto": {"role": "id"}}, {"name": "Who", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Day", "type": "date", "plecto": {"role": "date"}}, {"name": "Stage", "type": "string", "constraints": {"enum": ["todo", "done"]}}]}
JSON
    run "$ST2PLECTO" schema lint mine.json
    [ "$status" -eq 0 ]
    printf 'Visit,Who,Day,Stage\n1,Ana,2025-10-20,done\n2,Ana,,TODO\n' > v.csv
    run "$ST2PLECTO" convert --no-config --schema ./mine.json -o out v.csv
    [ "$status" -eq 0 ]
    [ "$(rows out)" = "2 1 0 1" ]
    sed 's/"Stage", "values": \["To Do"\]/"Stge", "values": ["To Do"]/' mine.json > wrong.json
    run "$ST2PLECTO" schema lint wrong.json
    [ "$status" -ne 0 ]
    [[ "$output" == *'"open" names "Stge", which is not a field; did you mean "Stage"?'* ]]
    sed 's/"To Do"/"Later"/' mine.json > doubtful.json
    run "$ST2PLECTO" schema lint doubtful.json
    [[ "$output" == *'"open" has the value "Later", which is not in constraints.enum of "Stage"'* ]]
}
