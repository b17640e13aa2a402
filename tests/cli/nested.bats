#!/usr/bin/env bats
# Nested API data flattened by the schema, companion exports, computed fields, populations.
# By day a part, all where the change touches: src/convert/row src/input/json src/schema

load helper

setup() {
    common_setup
}

ids() {
    jq -r .external_id "$1/registrations.jsonl" | tr '\n' ,
}

@test "items of estimates and invoices become rows, with fields of their parent; empty lists are counted" {
    for type in estimate-items invoice-items; do
        run "$ST2PLECTO" convert --schema "$type" --tz America/Phoenix -o "$type" --format json "$ROOT/samples/$type/good.json"
        [ "$status" -eq 0 ]
        [ "$(jq '.ledger.rows | .in == .written + .empty_lists and .empty_lists == 2 and .written == 10' <<< "$output")" = true ]
        [[ "$output" == *"2 records have an empty list of items"* ]]
    done
    # the parent's field beside the item's own, and a computed one
    jq -es 'all(.[]; .["Estimate ID"] != null and .Margin != null)' estimate-items/registrations.jsonl
}

@test "the items of one record keep their place in messages, and a bad one is refused alone" {
    cat > e.json <<'JSON'
{"page":1,"hasMore":false,"data":[
{"id":1,"soldBy":7,"createdOn":"2025-10-01T15:00:00Z","active":true,"status":{"value":1,"name":"Sold"},"isRecommended":true,"items":[
  {"id":11,"sku":{"name":"A"},"qty":1,"unitRate":10,"total":10.00,"totalCost":4,"createdOn":"2025-10-01T15:00:00Z"},
  {"id":12,"sku":{"name":"B"},"qty":1,"unitRate":10,"total":"ten","totalCost":4,"createdOn":"2025-10-01T15:00:00Z"},
  5]}]}
JSON
    run "$ST2PLECTO" convert --schema estimate-items --on-error reject --fail-on never --tz UTC -o out e.json
    [ "$status" -eq 0 ]
    [[ "$output" == *'e.json:4:61: error E301'* ]]
    [[ "$output" == *'e.json:5:3: error E105'* ]]
    [ "$(ids out)" = 11, ]
    [ "$(jq '[.ledger.rows.in, .ledger.rows.written, .ledger.rows.rejected] == [3, 1, 2]' out/result.json)" = true ]
}

@test "a list in a cell is joined, a custom field can be sent by its name" {
    cat > j.json <<'JSON'
[{"id":1,"jobNumber":"1","jobStatus":"Completed","soldById":7,"completedOn":"2025-10-01T15:00:00Z","firstAppointmentId":3,
  "tagTypeIds":[4,5],"customFields":[{"name":"Region","value":"North"},{"name":"Crew","value":null}],"total":10}]
JSON
    run "$ST2PLECTO" convert --schema jobs --field 'customFields[Region]=Region' --tz UTC -o out j.json
    [ "$status" -eq 0 ]
    jq -e '.["Tag IDs"] == "4, 5" and .Region == "North"' out/registrations.jsonl
    # personal by default: custom fields stay out unless named
    run "$ST2PLECTO" convert --schema jobs --field 'Custom Fields' --tz UTC -o out2 j.json
    jq -e '.["Custom Fields"] == "Region: North"' out2/registrations.jsonl
    fails grep -q North <(jq 'del(.Region)' out/registrations.jsonl)
}

@test "jobs take their people from assignments or splits; shares add up to the cent" {
    samples=$ROOT/samples
    run "$ST2PLECTO" convert --tz America/Phoenix --with "$samples/job-splits/good.json" --roster "$samples/roster/technicians.json" \
        -o split --format json "$samples/jobs/good.json"
    [ "$status" -eq 0 ]
    [ "$(jq '.ledger.balanced' <<< "$output")" = true ]
    [ "$(grep -c . split/registrations.jsonl)" -eq 62 ]
    # 60 and 40 percent of 1336.41
    [ "$(jq -r 'select(.external_id | startswith("100232")) | "\(.external_id) \(.["Jobs Total"])"' split/registrations.jsonl | tr '\n' ,)" \
        = "100232 801.85,100232:4104 534.56," ]
    whole=$(jq -s 'map(.["Jobs Total"] * 100 | round) | add' split/registrations.jsonl)
    [ "$whole" -eq 3667361 ]
    # rows without a partner are told, with their count
    [ "$(jq '[.issues.causes[] | select(.code == "W522")] | length' <<< "$output")" -eq 1 ]
    run "$ST2PLECTO" convert --tz America/Phoenix --with "$samples/job-assignments/good.json" -o first "$samples/jobs/good.json"
    [ "$status" -eq 0 ]
    [ "$(grep -c . first/registrations.jsonl)" -eq 60 ]
    # --several decides against the schema
    run "$ST2PLECTO" validate --tz America/Phoenix --several error --with "$samples/job-splits/good.json" "$samples/jobs/good.json"
    [ "$status" -eq 1 ]
    [[ "$output" == *"E503 several-people"* ]]
}

@test "shares that are no whole are an issue; fractions and percent are both understood" {
    printf '[{"id":1,"jobNumber":"1","jobStatus":"Completed","completedOn":"2025-10-01T15:00:00Z","firstAppointmentId":3,"total":100.01}]' > j.json
    split() {
        printf '[{"id":1,"jobId":1,"technicianId":7,"split":%s,"createdOn":"2025-10-01T00:00:00Z"},{"id":2,"jobId":1,"technicianId":8,"split":%s,"createdOn":"2025-10-01T00:00:00Z"}]' "$1" "$2" > s.json
    }
    split 60 30
    run "$ST2PLECTO" validate --schema jobs --tz UTC --with s.json j.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"the shares of Job ID 1 in job-splits add up to 90, not to 100% or 1"* ]]
    split 0.5 0.5
    run "$ST2PLECTO" convert --schema jobs --tz UTC --with s.json -o out j.json
    [ "$status" -eq 0 ]
    [ "$(jq '.["Jobs Total"]' out/registrations.jsonl | tr '\n' ,)" = "50,50.01," ]
    # the splits themselves: the scale is proved over the column
    run "$ST2PLECTO" convert --schema job-splits --tz UTC --with j.json -o parts s.json
    [ "$(jq '.["Split Revenue"]' parts/registrations.jsonl | tr '\n' ,)" = "50,50.01," ]
    split 50 50
    run "$ST2PLECTO" convert --schema job-splits --tz UTC --with j.json -o percent s.json
    [ "$(jq '.["Split Revenue"]' percent/registrations.jsonl | tr '\n' ,)" = "50,50.01," ]
}

@test "a companion that fits nothing, or is cut, stops the run" {
    run "$ST2PLECTO" validate --with "$ROOT/samples/invoices/good.json" "$ROOT/samples/jobs/good.json"
    [ "$status" -eq 2 ]
    [[ "$output" == *"can use exports of these types only: job-splits, job-assignments"* ]]
    run "$ST2PLECTO" validate --with "$ROOT/samples/jobs/good.json" "$ROOT/samples/invoices/good.json"
    [ "$status" -eq 2 ]
    [[ "$output" == *"the schema of these files uses no second export"* ]]
    jq '.hasMore = true' "$ROOT/samples/job-splits/good.json" > cut.json
    run "$ST2PLECTO" validate --with cut.json "$ROOT/samples/jobs/good.json"
    [ "$status" -eq 3 ]
}

@test "types without a person go to a default employee, months to their first day" {
    run "$ST2PLECTO" convert --tz America/Phoenix -o costs "$ROOT/samples/campaign-costs/good.json"
    [ "$status" -eq 0 ]
    [[ "$output" == *'name no employee and are assigned to "ServiceTitan"'* ]]
    jq -es 'all(.[]; .member_name == "ServiceTitan" and (.date | test("-01T12:00:00")))' costs/registrations.jsonl
    # daily cost times the days of its month, exactly
    printf 'Campaign ID,Year,Month,Daily Cost,ID\n7,2024,2,$10.10,1\n7,2025,2,$10.10,2\n7,2025,12,$0.03,3\n' > c.csv
    run "$ST2PLECTO" convert --schema campaign-costs --default-employee Marketing -o out c.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.date[:10]) \(.["Month Cost"]) \(.member_name)"' out/registrations.jsonl | tr '\n' ,)" \
        = "2024-02-01 292.9 Marketing,2025-02-01 282.8 Marketing,2025-12-01 0.93 Marketing," ]
}

@test "of records repeated in an export feed the latest modifiedOn is taken, the others are counted" {
    record() {
        printf '{"id":%s,"jobNumber":"%s","jobStatus":"Completed","soldById":7,"completedOn":"2025-10-01T15:00:00Z","firstAppointmentId":3,"active":true,"total":%s,"modifiedOn":"%s"}' "$1" "$1" "$2" "$3"
    }
    printf '{"hasMore":false,"continueFrom":"x","data":[%s,%s,%s,%s]}' "$(record 1 10.00 2025-10-02T10:00:00.5Z)" \
        "$(record 2 5.00 2025-10-02T10:00:00Z)" "$(record 1 30.00 2025-10-02T10:00:00.75Z)" \
        "$(record 1 20.00 2025-10-02T10:00:00.123Z)" > feed.json
    for jobs in 1 2; do
        run "$ST2PLECTO" convert --schema jobs --tz UTC -j $jobs -o out --force feed.json
        [ "$status" -eq 0 ]
        [ "$(jq -r '"\(.external_id) \(.["Jobs Total"])"' out/registrations.jsonl | tr '\n' ,)" = "2 5,1 30," ]
        [ "$(jq '[.ledger.rows.in, .ledger.rows.written, .ledger.rows.superseded] == [4, 2, 2]' out/result.json)" = true ]
        [[ "$output" == *"1 record came again with other values. The newest state was taken, and 2 others were left out"* ]]
        [[ "$output" == *"feed.json is an export feed"* ]]
    done
    # the same date, other content: nobody can tell which is right
    printf '{"hasMore":false,"continueFrom":"x","data":[%s,%s]}' "$(record 1 10.00 2025-10-02T10:00:00Z)" \
        "$(record 1 30.00 2025-10-02T10:00:00Z)" > tie.json
    run "$ST2PLECTO" validate --schema jobs --tz UTC tie.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"E401 duplicate-id"* ]]
}

@test "how a file was fetched is told with what it means" {
    run "$ST2PLECTO" validate --tz UTC "$ROOT/samples/jobs/good.json"
    [[ "$output" == *"came from a list request, which returns active records only"* ]]
    [[ "$output" == *"has no Active column, so it does not show which records are inactive"* ]]
    run "$ST2PLECTO" validate --tz UTC "$ROOT/samples/calls/good-export.json"
    [[ "$output" == *"is an export feed. It has active, inactive and deleted records"* ]]
    run "$ST2PLECTO" validate --tz UTC "$ROOT/samples/invoices/good.json"
    [[ "$output" == *"inactive records"* ]]
}

@test "the day boundary: what would fall on another day in UTC, and days on which clocks change" {
    printf '[%s,%s]' \
        '{"id":1,"jobNumber":"1","jobStatus":"Completed","soldById":7,"completedOn":"2025-11-02T03:30:00Z","firstAppointmentId":3,"total":100.50}' \
        '{"id":2,"jobNumber":"2","jobStatus":"Completed","soldById":7,"completedOn":"2025-11-03T18:30:00Z","firstAppointmentId":3,"total":1}' > j.json
    run "$ST2PLECTO" validate --schema jobs --tz America/New_York j.json
    [[ "$output" == *'Day boundary: 1 row with Jobs Total of $100.50 would fall on another day in UTC than in America/New_York.'* ]]
    [[ "$output" == *'The clocks of America/New_York change on 2025-11-02'* ]]
}

@test "a decimal comma of the schema is for texts: JSON numbers have their point" {
    jq -n '{name: "euro", description: "x", plecto: {employee: "Office"}, fields: [
        {name: "id", type: "string", plecto: {path: "id", role: "id"}},
        {name: "on", type: "date", plecto: {path: "on", role: "date"}},
        {name: "total", type: "number", decimalChar: ",", plecto: {path: "total", money: true}},
        {name: "twice", type: "number", decimalChar: ",", plecto: {derive: {"add": ["total", "total"]}, "money": true}}]}' > euro.json
    printf '[{"id":1,"on":"2025-10-01","total":1.234},{"id":2,"on":"2025-10-01","total":"1.234,50"}]' > e.json
    run "$ST2PLECTO" convert --schema ./euro.json -o out e.json
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.total) \(.twice)"' out/registrations.jsonl | tr '\n' ,)" = "1.234 2.468,1234.5 2469," ]
}

@test "--schema auto: parents with items are an export of the parents, bare items are items" {
    for type in estimate invoice; do
        run "$ST2PLECTO" validate --tz UTC --format json "$ROOT/samples/$type-items/good.json"
        [ "$(jq -r .schema.name <<< "$output")" = "${type}s" ]
    done
    jq -c '{page: 1, hasMore: false, data: [.data[].items // [] | .[]]}' "$ROOT/samples/estimate-items/good.json" > bare.json
    run "$ST2PLECTO" validate --tz UTC --default-employee Office --format json bare.json
    [ "$(jq -r .schema.name <<< "$output")" = estimate-items ]
    [ "$(jq .ledger.rows.written <<< "$output")" -eq 10 ]
}

@test "a web export without Job ID is joined by its Job #, and one without a key is refused" {
    printf 'Job #,Completion Date,Jobs Total,Status\n1,10/20/2025,$10.00,Completed\n2,10/20/2025,$5.00,Completed\n' > j.csv
    printf 'Split ID,Job ID,Technician Name,Split,Created On\n1,1,Ana Lopez,100,10/20/2025\n2,2,Bo Chen,50,10/20/2025\n3,2,Ana Lopez,50,10/20/2025\n' > s.csv
    run "$ST2PLECTO" convert --schema jobs --with s.csv -o out j.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '"\(.external_id) \(.["Jobs Total"])"' out/registrations.jsonl | tr '\n' ,)" \
        = "1 10,2 2.5,2:Ana Lopez 2.5," ]
    printf 'ID,Year,Month,Daily Cost\n1,2025,10,$1.00\n' > c.csv
    wrong_use "c.csv has no column for Campaign ID, which --with campaigns needs" "add the column" \
        "$ST2PLECTO" validate --schema campaign-costs --with "$ROOT/samples/campaigns/good.csv" c.csv
}

@test "an export feed with repeats comes through a pipe too" {
    record() {
        printf '{"id":%s,"jobNumber":"1","jobStatus":"Completed","soldById":7,"completedOn":"2025-10-01T15:00:00Z","firstAppointmentId":3,"total":%s,"modifiedOn":"%s"}' "$1" "$2" "$3"
    }
    printf '{"hasMore":false,"continueFrom":"x","data":[%s,%s]}' "$(record 1 10.00 2025-10-02T10:00:00Z)" "$(record 1 20.00 2025-10-03T10:00:00Z)" |
        "$ST2PLECTO" convert --schema jobs --tz UTC -o out - > /dev/null
    [ "$(jq '.["Jobs Total"]' out/registrations.jsonl)" = 20 ]
}

@test "the first assigned: by date, in the order of day and month that the companion proves" {
    printf 'Job #,Completion Date,Jobs Total,Status\n1,10/20/2025,$10.00,Completed\n' > j.csv
    header='Assignment ID,Job ID,Technician Name,Assigned On,Assignment Status'
    # 4 March is before 3 April
    printf '%s\n1,1,Late,3/4/2025,Done\n4,1,Early,20/4/2025,Done\n2,1,Early,4/3/2025,Done\n3,2,X,25/4/2025,Done\n' "$header" > a.csv
    run "$ST2PLECTO" convert --schema jobs --with a.csv -o day-first j.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name day-first/registrations.jsonl)" = Early ]
    printf '%s\n1,1,Late,4/3/2025,Done\n2,1,Early,3/4/2025,Done\n3,2,X,4/25/2025,Done\n' "$header" > a.csv
    run "$ST2PLECTO" convert --schema jobs --with a.csv -o month-first j.csv
    [ "$(jq -r .member_name month-first/registrations.jsonl)" = Early ]
    printf '%s\n1,1,Late,4/3/2025,Done\n2,1,Early,3/4/2025,Done\n' "$header" > a.csv
    run "$ST2PLECTO" convert --schema jobs --with a.csv -o neither j.csv
    [[ "$output" == *"Its Assigned On can be read month first or day first. Month first is assumed"* ]]
}

@test "the latest state of a record counts before it is asked whether it is wanted; a tie decides nothing" {
    record() { # record ID TOTAL COMPLETED MODIFIED ACTIVE
        printf '{"id":%s,"jobNumber":"%s","jobStatus":"Completed","soldById":7,"completedOn":"%s","firstAppointmentId":3,"total":%s,"modifiedOn":"%s","active":%s}' "$1" "$1" "$3" "$2" "$4" "$5"
    }
    feed() { printf '{"hasMore":false,"continueFrom":"x","data":[%s,%s]}' "$1" "$2" > feed.json; }
    # deleted later: --active-only must not bring the older, active state
    feed "$(record 1 10.00 2025-10-01T10:00:00Z 2025-10-02T00:00:00Z true)" "$(record 1 10.00 2025-10-01T10:00:00Z 2025-10-03T00:00:00Z false)"
    run "$ST2PLECTO" convert --schema jobs --tz UTC --active-only -o active feed.json
    [ "$status" -eq 0 ]
    [ ! -s active/registrations.jsonl ]
    # moved to another month later
    feed "$(record 1 10.00 2025-10-01T10:00:00Z 2025-10-02T00:00:00Z true)" "$(record 1 10.00 2025-11-01T10:00:00Z 2025-11-03T00:00:00Z true)"
    run "$ST2PLECTO" convert --schema jobs --tz UTC --period 2025-10-01..2025-10-31 -o october feed.json
    [ ! -s october/registrations.jsonl ]
    [ "$(jq -c '[.ledger.rows | .in, .superseded, .outside_period]' october/result.json)" = "[2,1,1]" ]
}

@test "a companion that is damaged, or holds several states of a record, is refused" {
    printf 'Job #,Completion Date,Jobs Total,Status\n1,10/20/2025,$10.00,Completed\n' > j.csv
    printf 'Assignment ID,Job ID,Technician Name,Assigned On,Assignment Status\n%s\n%s\n%s\n' '1,1,Ana Lopez,10/1/2025,Done,x,y' \
        '2,2,Ana Lopez,10/1/2025,Done' '3,3,Ana Lopez,10/1/2025,Done' > a.csv
    run "$ST2PLECTO" validate --schema jobs --with a.csv j.csv
    [ "$status" -eq 3 ]
    [[ "$output" == *"a.csv:2: 1 record of this file, which --with names, cannot be read"* ]]
    printf 'Assignment ID,Job ID,Technician Name,Assigned On,Assignment Status,Active\n1,1,Ana Lopez,10/1/2025,Done,True\n1,1,Ana Lopez,10/1/2025,Done,False\n' > a.csv
    run "$ST2PLECTO" validate --schema jobs --with a.csv j.csv
    [ "$status" -eq 3 ]
    [[ "$output" == *"are repeated with different content"* ]]
}
