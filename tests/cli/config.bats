#!/usr/bin/env bats
# st2plecto.json: options of a company in a file.

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

@test "keep, several and aggregation of one schema" {
    printf '{"schemas": {"jobs": {"keep": "1d", "by": "day"}}}' > st2plecto.json
    run "$ST2PLECTO" validate --format json jobs.csv # today is 2025-10-20
    [ "$status" -eq 0 ]
    [ "$(jq -c '[.ledger.rows.too_old // 0, .options]' <<< "$output" | grep -c .)" -eq 1 ]
    [[ "$output" == *'by=day'* || "$(jq -r '.options.by' <<< "$output")" = day ]]
}
