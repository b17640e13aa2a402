#!/usr/bin/env bats
# identity.bats: a record has the same ID whatever the number of its people, the order of a companion, the format of the file.

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
    [[ "$output" == *"E502 two-people"*"4101 is Bo Chen. The ID 4101 is also that of Ana Lopez"* ]]
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
    [[ "$output" == *'E502 two-people: Primary Technician "Ana Lopez" is the name of two people in the roster, with the IDs'* ]]
    [[ "$output" == *7* ]]
    [[ "$output" == *8* ]]
}
