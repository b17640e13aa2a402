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
