#!/usr/bin/env bats
# st2plecto.json: options of a company in a file.
# By day a part, all where the change touches: src/cli

load helper

setup() {
    common_setup
    jobs_csv
}

fields() {
    head -n 1 "$1/import.csv" | tr -d '\r'
}

@test "settings of the top and of the schema are used, found in a folder above" {
    cat > st2plecto.json <<'JSON'
{
  // what we always want
  "tz": "America/Phoenix", "to": "csv",
  "schemas": {"jobs": {"title": "Our jobs", "fields": {"Jobs Subtotal": "Revenue", "Customer Name": null}, "drop": ["Status"]}}
}
JSON
    mkdir -p deep/er
    cd deep/er
    run "$ST2PLECTO" convert -o out ../../jobs.csv
    [ "$status" -eq 0 ]
    [ ! -e out/registrations.jsonl ]
    [ "$(fields out)" = "ID,Employee,Created date,Active,Business Unit,Revenue,Customer Name" ]
    [ "$(jq -r .title out/datasource.json)" = "Our jobs" ]
    [[ "$output" == *"days of America/Phoenix"* ]]
}

@test "an option goes before the file, --no-config and --config choose" {
    printf '{"tz": "America/Phoenix", "to": "csv", "schemas": {"jobs": {"title": "Ours", "fields": {"Jobs Subtotal": "Revenue"}}}}' > st2plecto.json
    run "$ST2PLECTO" convert --tz UTC --to jsonl --title Mine --field "Jobs Subtotal=Sales" -o out jobs.csv
    [ "$status" -eq 0 ]
    [ ! -e out/import.csv ]
    [ "$(jq -r .title out/datasource.json)" = Mine ]
    jq -es 'all(.[]; has("Sales") and (has("Revenue") | not))' out/registrations.jsonl
    [[ "$output" == *"days of UTC"* ]]
    run "$ST2PLECTO" convert --no-config -o plain jobs.csv
    [ -e plain/registrations.jsonl ]
    [ "$(jq -r .title plain/datasource.json)" = "ServiceTitan Jobs" ]
    printf '{"to": "jsonl"}' > other.json
    run "$ST2PLECTO" convert --config other.json -o other jobs.csv
    [ ! -e other/import.csv ]
}

@test "paths are relative to the file" {
    mkdir -p company/people work
    printf 'id,name,aliases\n1,Ana Lopez,\n2,Bo Chen,\n' > company/people/roster.csv
    printf '{"roster": ["people/roster.csv"], "output": "made"}' > company/st2plecto.json
    cd work
    run "$ST2PLECTO" convert --config ../company/st2plecto.json ../jobs.csv
    [ "$status" -eq 0 ]
    [ -e ../company/made/import.csv ]
}

@test "a wrong configuration is told with line and nearest word" {
    printf '{\n  "tz": "UTC",\n  "schema": {"jobs": 1}\n}' > st2plecto.json
    wrong_use 'st2plecto.json:3: ' 'correct the configuration' "$ST2PLECTO" validate jobs.csv
    printf '{\n  "schemas": {\n    "jobs": {"feilds": {}}}}' > st2plecto.json
    wrong_use 'st2plecto.json:3: unknown key "feilds" in schemas.jobs; did you mean "fields"?' 'correct' "$ST2PLECTO" validate jobs.csv
    printf '{\n  "tz": "Mars/Base"}' > st2plecto.json
    run "$ST2PLECTO" validate jobs.csv
    [ "$status" -eq 2 ]
    printf '{\n\n  "by": "dayly"}' > st2plecto.json
    wrong_use 'st2plecto.json:3: --by' '' "$ST2PLECTO" validate jobs.csv
    printf '{\n "tz": "UTC",,}' > st2plecto.json
    wrong_use 'st2plecto.json:2: the configuration is not a valid JSON object' 'look for' "$ST2PLECTO" validate jobs.csv
    wrong_use 'cannot read the configuration nowhere.json' 'check' "$ST2PLECTO" validate --config nowhere.json jobs.csv
    printf '{"schemas": {"jobs": {"fields": {"Nothing": "x"}}}}' > st2plecto.json
    run "$ST2PLECTO" validate jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *"Nothing"* ]]
}

@test "the nearest file upward alone counts, and --no-config switches it off" {
    mkdir -p company/branch
    printf '{"to": "csv", "active-only": true}' > company/st2plecto.json
    printf '{"active-only": true}' > company/branch/st2plecto.json
    cd company/branch
    run "$ST2PLECTO" convert -o out ../../jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 2 ]
    run "$ST2PLECTO" convert --no-config -o plain ../../jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < plain/registrations.jsonl)" -eq 3 ]
}

@test "max-age and aggregation of one schema go before the top's" {
    cat > st2plecto.json <<'JSON'
{
  "by": "month", "max-age": "1y",
  "schemas": {
    "jobs": {"by": "day", "max-age": "1d", "per": ["employee", "Business Unit"]},
    "calls": {"by": "week"}
  }
}
JSON
    sed -i 's|10/20/2025 11:30 PM|10/19/2025 11:30 PM|' jobs.csv
    run "$ST2PLECTO" convert -o out jobs.csv # today is 2025-10-20
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id out/registrations.jsonl)" = "$(printf '%s\n' \
        'jobs:2025-10-20:Ana Lopez:HVAC Service' 'jobs:2025-10-21:Ana Lopez:HVAC Service')" ]
    run "$ST2PLECTO" convert --by week --max-age 1y -o week jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id week/registrations.jsonl | sort)" = "$(printf '%s\n' \
        'jobs:2025-W42:Bo Chen:Plumbing Service' 'jobs:2025-W43:Ana Lopez:HVAC Service')" ]
}

@test "per and layout at the top, by in the data type" {
    printf '{"per": "employee,Business Unit", "schemas": {"jobs": {"by": "day"}}}' > st2plecto.json
    run "$ST2PLECTO" convert -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id out/registrations.jsonl | head -n 1)" = 'jobs:2025-10-20:Ana Lopez:HVAC Service' ]
}

@test "--by row goes before totals of the file" {
    printf '{"by": "day", "per": "employee,Business Unit", "layout": "metric"}' > st2plecto.json
    run "$ST2PLECTO" convert --by row -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 3 ]
}

@test "--field sends what the file drops, --drop leaves out what the file sends" {
    printf '{"schemas": {"jobs": {"drop": ["Status", "Active"], "fields": {"Customer Name": "Client", "Jobs Subtotal": "Revenue"}}}}' > st2plecto.json
    run "$ST2PLECTO" convert --field Status -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(fields out)" = "ID,Employee,Created date,Status,Business Unit,Revenue,Client" ]
    run "$ST2PLECTO" convert --drop "Customer Name" -o drop jobs.csv
    [ "$status" -eq 0 ]
    [ "$(fields drop)" = "ID,Employee,Created date,Business Unit,Revenue" ]
}

@test "rows without an employee, rejected rows, several people: as the file says" {
    cat > jobs.csv <<'CSV'
Job #,Customer Name,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,Status,Active
100230,"Smith, John",,HVAC Service,10/20/2025 2:05 PM,"$1,234.56",Completed,True
100231,Lee Park,Bo Chen,Plumbing Service,10/20/2025 11:30 PM,no money,Completed,True
CSV
    printf '{"default-employee": "House", "on-error": "reject", "fail-on": "never", "max-issues": 1, "threads": 2, "schemas": {"jobs": {"default-employee": "Office"}}}' > st2plecto.json
    run "$ST2PLECTO" convert -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name out/registrations.jsonl)" = Office ]
    grep -q '^100231\|,100231,' out/rejected.csv
    run "$ST2PLECTO" convert --default-employee Me -o me jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name me/registrations.jsonl)" = Me ]
}

@test "a roster of the file is not read when --roster names another" {
    printf '{"roster": "nowhere.csv"}' > st2plecto.json
    printf 'id,name,aliases\n1,Ana Lopez,\n2,Bo Chen,\n' > roster.csv
    run "$ST2PLECTO" validate jobs.csv
    [ "$status" -ne 0 ]
    [[ "$output" == *"nowhere.csv"* ]]
    run "$ST2PLECTO" validate --roster roster.csv jobs.csv
    [ "$status" -eq 0 ]
}

@test "a misspelt data type is told, one of another run is not" {
    printf '{\n  "schemas": {\n    "job": {"by": "day"}}}' > st2plecto.json
    wrong_use 'st2plecto.json:3: unknown schema "job" in schemas; did you mean "jobs"?' 'correct the name' \
        "$ST2PLECTO" validate jobs.csv
    printf '{"schemas": {"our-visits": {"by": "day"}, "calls": {"by": "day"}}}' > st2plecto.json
    run "$ST2PLECTO" validate jobs.csv
    [ "$status" -eq 0 ]
}

@test "wrong types are told" {
    printf '{\n"threads": 2.5}' > st2plecto.json
    wrong_use 'st2plecto.json:2: "threads" in the configuration must be a whole number' 'correct' "$ST2PLECTO" validate jobs.csv
    printf '{"threads": 1000}' > st2plecto.json
    wrong_use 'st2plecto.json:1: -j "1000" is not a whole number from 1 to 256' '' "$ST2PLECTO" validate jobs.csv
    printf '{"schemas": {"calls": {\n"drop": [3]}}}' > st2plecto.json
    wrong_use 'st2plecto.json:2: "drop" in schemas.calls must hold texts' 'correct' "$ST2PLECTO" validate jobs.csv
    printf '{"active-only": "yes"}' > st2plecto.json
    wrong_use 'st2plecto.json:1: "active-only" in the configuration must be true or false' 'correct' "$ST2PLECTO" validate jobs.csv
    mkdir folder
    wrong_use 'cannot read the configuration folder: Is a directory' 'check' "$ST2PLECTO" validate --config folder jobs.csv
}

@test "a schema file and a folder of schemas beside the configuration" {
    mkdir -p company/own work
    "$ST2PLECTO" schema show jobs | sed 's/"name": "jobs"/"name": "visits"/' > company/own/visits.json
    printf '{"schema": "own/visits.json", "output": "made", "schemas": {"visits": {"title": "Visits"}}}' > company/st2plecto.json
    cd work
    run "$ST2PLECTO" convert --config ../company/st2plecto.json ../jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .title ../company/made/datasource.json)" = Visits ]
    printf '{"schema": "visits", "schema-dir": "own"}' > ../company/st2plecto.json
    run "$ST2PLECTO" validate --format json --config ../company/st2plecto.json ../jobs.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *visits* ]]
}

@test "a field of the file that an export lacks is no error: one configuration serves web and API exports" {
    printf '{"schemas": {"jobs": {"fields": {"Labor Pay": "Labour", "Jobs Subtotal": "Revenue"}}}}' > st2plecto.json
    run "$ST2PLECTO" convert -o out jobs.csv
    [ "$status" -eq 0 ]
    head -n 1 out/import.csv | grep -q Revenue
    wrong_use '--field Labor Pay: the file has no such column' 'st2plecto inspect' "$ST2PLECTO" validate --no-config --field "Labor Pay" jobs.csv
}
