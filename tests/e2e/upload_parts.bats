#!/usr/bin/env bats
# upload_parts.bats: a record that is no longer shared by so many people does not count twice in Plecto.

load upload_helper

setup_file() { make_certificates; }
setup() { upload_setup; }
teardown() { upload_teardown; }

# folder TECHNICIANS [OPTION…]: what convert publishes of two jobs, the first done by these.
folder() {
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n100,10/20/2025,"%s",$1000.00\n200,10/21/2025,Cy Ortiz,$5.00\n' "$1" >jobs.csv
    "$ST2PLECTO" convert --no-config --tz America/Chicago --several split --force -q -o folder jobs.csv >"$WORK/convert.log" 2>&1
}

held() { # what Plecto holds: ID and amount
    control GET /state | jq -r --arg source "$SOURCE" \
        '[.data_sources[$source].registrations[] | "\(.external_id)=\(.body["Jobs Total"])"] | sort | join(" ")'
}

@test "the part of a person whom the record no longer names becomes 0 in the same upload" {
    start_server
    folder "Ana Lopez, Bo Chen"
    know_source folder
    exits 0 upload folder
    equals held "$(held)" "100:Bo Chen=500 100=500 200=5"
    folder "Ana Lopez"
    exits 0 "$ST2PLECTO" plan folder --data-source "$SOURCE"
    has "$out" '1 no longer shared'
    has "$out" '100:Bo Chen  2025-10-20  Bo Chen: no longer shared, Jobs Total $500.00'
    exits 0 upload folder
    equals held "$(held)" "100:Bo Chen=0 100=1000 200=5"
    exits 0 upload folder
    has "$out$err" 'NOTHING TO SEND'
    folder "Bo Chen, Ana Lopez" # and back, the other way round
    exits 0 upload folder
    equals held "$(held)" "100:Ana Lopez=500 100:Bo Chen=0 100=500 200=5"
    stop_server
}

@test "--vanished delete deletes it, and a job that is not in the folder keeps its parts" {
    start_server
    folder "Ana Lopez, Bo Chen"
    know_source folder
    exits 0 upload folder
    printf 'Job #,Completion Date,Primary Technician,Jobs Total\n200,10/21/2025,Cy Ortiz,$6.00\n' >jobs.csv
    "$ST2PLECTO" convert --no-config --tz America/Chicago --force -q -o folder jobs.csv >/dev/null
    exits 0 upload folder
    equals held "$(held)" "100:Bo Chen=500 100=500 200=6"
    folder "Ana Lopez"
    exits 0 upload folder --vanished delete
    equals held "$(held)" "100=1000 200=5"
    stop_server
}
