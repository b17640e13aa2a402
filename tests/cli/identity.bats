#!/usr/bin/env bats
# identity.bats: a record has the same ID whatever the number of its people, the order of a companion, the format of the file.
# By day a part, all where the change touches: src/convert src/schema

load helper

setup() {
    common_setup
    cat > jobs.json <<'JSON'
{"page":1,"pageSize":50,"hasMore":false,"totalCount":1,"data":[{"id":100,"jobNumber":"100","jobStatus":"Completed","completedOn":"2025-11-04T19:41:00Z","createdOn":"2025-11-04T14:41:00Z","jobTypeId":201,"businessUnitId":101,"firstAppointmentId":1,"total":1000}]}
JSON
}

# share ID TECHNICIAN PERCENT CREATED
share() {
    printf '{"id":%s,"jobId":100,"technicianId":%s,"split":%s,"active":true,"createdOn":"%s","modifiedOn":"2025-11-05T00:00:00Z"}' "$@"
}

ids() { # ids SHARE…: the IDs and amounts of the job divided so
    printf '[%s]' "$(IFS=,; echo "$*")" > splits.json
    "$ST2PLECTO" convert -q --no-config --tz America/Chicago --with splits.json --force -o out jobs.json >/dev/null || return 1
    jq -r '"\(.external_id)=\(.member_api_id) \(.["Jobs Total"])"' out/registrations.jsonl | tr '\n' ,
}

@test "one person more changes no ID: the first keeps the record's own" {
    one=$(share 1 4101 100 2025-11-04T15:00:00Z)
    [ "$(ids "$one")" = "100=4101 1000," ]
    first=$(share 1 4101 60 2025-11-04T15:00:00Z)
    second=$(share 2 4102 40 2025-11-04T15:00:00Z)
    [ "$(ids "$first" "$second")" = "100=4101 600,100:4102=4102 400," ]
}

@test "who is first is the earliest record, then the smallest record ID, never the order of the file" {
    late=$(share 1 4101 60 2025-11-04T16:00:00Z)
    early=$(share 2 4102 40 2025-11-04T15:00:00Z)
    [ "$(ids "$late" "$early")" = "100=4102 400,100:4101=4101 600," ]
    [ "$(ids "$early" "$late")" = "100=4102 400,100:4101=4101 600," ]
    ten=$(share 10 4101 60 2025-11-04T15:00:00Z)
    nine=$(share 9 4102 40 2025-11-04T15:00:00Z)
    [ "$(ids "$ten" "$nine")" = "100=4102 400,100:4101=4101 600," ]
    [ "$(ids "$nine" "$ten")" = "100=4102 400,100:4101=4101 600," ]
}

@test "a cell of several names: the first named has the plain ID" {
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1,10/20/2025,"Ana Lopez, Bo Chen",$10.00\n2,10/20/2025,Bo Chen,$5.00\n' > jobs.csv
    "$ST2PLECTO" convert -q --no-config --several split -o cell jobs.csv >/dev/null
    [ "$(jq -r .external_id cell/registrations.jsonl | tr '\n' ,)" = "1,1:Bo Chen,2," ]
}

people() { # people FOLDER: ID and name of its registrations' people
    jq -r '"\(.member_api_id) \(.member_name)"' "$1/registrations.jsonl" | tr '\n' ,
}

call() { # call ID AGENT: a call of this agent ({"id": …})
    printf '{"id":%s,"leadCall":{"id":6600%s,"receivedOn":"2025-03-20T15:00:00Z","duration":"00:01:06","direction":"Inbound","callType":"Booked","createdOn":"2025-03-20T15:00:00Z","modifiedOn":"2025-03-21T00:00:00Z","active":true,"agent":%s}}\n' "$1" "$1" "$2"
}

@test "a roster gives one person one ID and one name, whichever export names the person" {
    printf '[{"id":4101,"userId":9101,"name":"Ana Lopez","aliases":["Anita"]},{"id":4102,"userId":9102,"name":"Bo Chen"}]' > technicians.json
    common=(--no-config --tz America/Chicago --roster technicians.json)
    { call 1 '{"id":9101,"name":"Lopez, Ana"}'; call 2 '{"id":9102,"name":null}'; } > calls.json
    "$ST2PLECTO" convert -q "${common[@]}" -o calls calls.json >/dev/null
    [ "$(people calls)" = "4101 Ana Lopez,4102 Bo Chen," ]
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1,10/20/2025,Ana Lopez,$10.00\n2,10/20/2025,Anita,$5.00\n' > web.csv
    "$ST2PLECTO" convert -q "${common[@]}" -o web web.csv >/dev/null
    [ "$(people web)" = "4101 Ana Lopez,4101 Ana Lopez," ]
    jq '.data[0].soldById = 4102' jobs.json > sold.json
    "$ST2PLECTO" convert -q "${common[@]}" -o sold sold.json >/dev/null
    [ "$(people sold)" = "4102 Bo Chen," ]
    # in totals they are one line
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1,10/20/2025,Ana Lopez,$10.00\n2,10/20/2025,Anita,$5.00\n' > web.csv
    "$ST2PLECTO" convert -q "${common[@]}" --by day -o day web.csv >/dev/null
    [ "$(jq -r '"\(.member_api_id) \(.["Jobs Total"])"' day/registrations.jsonl)" = "4101 15" ]
}

@test "two people with one number in two lists are an error that names both, and --provider parts them" {
    printf '[{"id":4101,"userId":9101,"name":"Ana Lopez"}]' > technicians.json
    printf 'id,name,space\n4101,Bo Chen,user\n' > users.csv
    call 1 '{"id":4101,"name":null}' > calls.json
    common=(--no-config --tz America/Chicago --roster technicians.json --roster users.csv)
    run "$ST2PLECTO" convert "${common[@]}" -o out calls.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"E502 two-people"*'"4101": in the roster, Bo Chen and Ana Lopez both have the ID 4101'* ]]
    run "$ST2PLECTO" convert "${common[@]}" --provider "ServiceTitan users" -o parted calls.json
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.member_api_provider) \(.member_api_id) \(.member_name)"' parted/registrations.jsonl)" = "ServiceTitan users 4101 Bo Chen" ]
    # the technician keeps the number
    jq '.data[0].soldById = 4101' jobs.json > sold.json
    run "$ST2PLECTO" convert "${common[@]}" -o sold sold.json
    [ "$status" -eq 0 ]
    [ "$(people sold)" = "4101 Ana Lopez," ]
}

@test "a name of two people in the roster is an error with both IDs" {
    printf 'id,name\n7,Ana Lopez\n8,Ana Lopez\n' > technicians.csv
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1,10/20/2025,Ana Lopez,$10.00\n' > web.csv
    run "$ST2PLECTO" convert --no-config --roster technicians.csv -o out web.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'E502 two-people: Primary Technician "Ana Lopez" is the name of two people in the roster, with the IDs 7 and 8 '* ]]
}

@test "dates and numbers in IDs have one form, whatever the export's" {
    cat > hours.schema.json <<'JSON'
{"name": "hours", "plecto": {"title": "Hours", "id": "{Date}:{Employee Name}:{No}"}, "fields": [
  {"name": "Employee Name", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Date", "type": "datetime", "plecto": {"role": "date"}},
  {"name": "No", "type": "integer"},
  {"name": "Hours", "type": "number", "plecto": {"aggregate": "sum"}}]}
JSON
    printf 'Employee Name,Date,No,Hours\nAna Lopez,13/10/2025,"1,200",8\nBen Ortiz,04/10/2025 2:05 PM,7,7.5\n' > a.csv
    printf '[{"Employee Name":"Ana Lopez","Date":"2025-10-13T00:00:00-05:00","No":1200,"Hours":8},{"Employee Name":"Ben Ortiz","Date":"2025-10-04T19:05:00Z","No":7.0,"Hours":7.5}]' > b.json
    for file in a.csv b.json; do
        "$ST2PLECTO" convert -q --no-config --tz America/Chicago --schema ./hours.schema.json --force -o out $file >/dev/null
        [ "$(jq -r .external_id out/registrations.jsonl | tr '\n' ,)" = "2025-10-13:Ana Lopez:1200,2025-10-04T14:05:00:Ben Ortiz:7," ]
    done
}

@test "the name in totals is the latest known one, in all periods, in any order" {
    { call 1 '{"id":9104,"name":"Dana Smith"}'; call 2 '{"id":9104,"name":"Dana O'"'"'Neil"}'; call 3 '{"id":9104,"name":null}'; } |
        sed -e '1s/2025-03-20T15/2025-03-20T16/g' -e '2s/2025-03-20T15/2025-03-21T15/g' -e '3s/2025-03-20T15/2025-03-25T15/g' > calls.json
    tac calls.json > back.json
    for file in calls.json back.json; do
        "$ST2PLECTO" convert -q --no-config --tz America/Chicago --by day --force -o out $file >/dev/null
        [ "$(jq -r .member_name out/registrations.jsonl | sort | uniq -c | sed 's/^ *//')" = "3 Dana O'Neil" ]
    done
}

@test "a report without an ID: the columns that make its rows unique are proposed" {
    printf 'Invoice #,Invoice Date,Item Code,Item Quantity,Item Total,Sold By\n9001,10/20/2025,A1,1,$10.00,Ana Lopez\n9001,10/20/2025,B1,2,$20.00,Ana Lopez\n9002,10/21/2025,A1,1,$10.00,Ben Ortiz\n' > lines.csv
    run "$ST2PLECTO" validate --schema invoice-items --no-config --tz America/Chicago lines.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'E106 missing-column'*'"id": "{Invoice #}:{Item Code}" makes all rows of this file unique'* ]]
    # what makes none unique is not proposed
    printf '9002,10/21/2025,A1,1,$10.50,Ben Ortiz\n' >> lines.csv
    run "$ST2PLECTO" validate --schema invoice-items --no-config --tz America/Chicago lines.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *'E106 missing-column'* ]]
    [[ "$output" != *"makes all rows of this file unique"* ]]
}

@test "an ID in an otherwise empty last row is a row, not a total" {
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n1001,10/13/2025,Ana Lopez,$10.50\n1002,10/13/2025,Ben Ortiz,$11.50\n' > rows.csv
    for last in '1003,,,' '1003,,,$5.00'; do
        { cat rows.csv; echo "$last"; } > jobs.csv
        run "$ST2PLECTO" validate --no-config --tz America/Chicago jobs.csv
        [ "$status" -eq 1 ]
        [[ "$output" == *"E201"* ]]
        [[ "$output" != *"E702"* ]]
    done
    for last in '2,,,$22.00' ',,,$22.00' '2,,,' 'Total,,,$22.00'; do
        { cat rows.csv; echo "$last"; } > jobs.csv
        run "$ST2PLECTO" validate --no-config --tz America/Chicago --format json jobs.csv
        [ "$status" -eq 0 ]
    done
    { cat rows.csv; echo '7,,,$22.00'; } > jobs.csv
    run "$ST2PLECTO" validate --no-config --tz America/Chicago jobs.csv
    [[ "$output" == *"E702 count-differs: the grand total states 7 rows, there are 2"* ]]
}

@test "an ID is no second name: no look-alike, and the people of the result have the name" {
    { call 1 '{"id":9104,"name":null}'; call 2 '{"id":9104,"name":"Dana"}'; } > calls.json
    run "$ST2PLECTO" convert --no-config --tz America/Chicago -o out calls.json
    [ "$status" -eq 0 ]
    [[ "$output" != *"W523"* ]]
    [ "$(jq -r '.people[].name' out/result.json)" = "Dana" ]
}

@test "names that stand for nobody, however they are bracketed" {
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n' > jobs.csv
    number=0
    for name in '(Unassigned)' '[Not Assigned]' 'No Technician' '**Unassigned Crew' '- Unassigned -'; do
        number=$((number + 1))
        printf '%s,10/20/2025,%s,$1.00\n' "$number" "$name" >> jobs.csv
    done
    printf '%s,10/20/2025,%s,$1.00\n' 8 'Ana Lopez' 9 'Una Norris' >> jobs.csv
    run "$ST2PLECTO" convert --no-config --on-error reject -o out jobs.csv
    [ "$(jq -r '.external_id' out/registrations.jsonl | tr '\n' ,)" = "8,9," ]
    [ "$(jq -r '.ledger.rows.rejected' out/result.json)" = 5 ]
}
