#!/usr/bin/env bats
# codes.bats: each code of `st2plecto explain` is raised by some test; those that no other file raises are raised here.
# By day a part, all where the change touches: src/report src/convert src/cli

load helper

setup() {
    common_setup
}

# raised FILE CODE WORDS OPTION…: convert by the schema "jobs" tells CODE and WORDS.
raised() {
    local file=$1 code=$2 words=$3
    shift 3
    run_split "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --to csv,jsonl -o out --force "$@" "$file"
    has "$out$err" "$code" && has "$out$err" "$words"
}

header='Job #,Primary Technician,Completion Date,Jobs Subtotal,Sold Hours,Active'

@test "every code is named by a test" {
    local code codes missing=()
    mapfile -t codes < <("$ST2PLECTO" explain | grep -o '^[EWN][0-9]\{3\}')
    [ ${#codes[@]} -gt 50 ]
    for code in "${codes[@]}"; do
        grep -rqw "$code" "$ROOT"/tests/cli/*.bats "$ROOT"/tests/e2e/*.bats "$ROOT"/tests/unit/*.c "$ROOT"/tests/cli/golden ||
            missing+=("$code")
    done
    [ ${#missing[@]} = 0 ] || { echo "no test raises: ${missing[*]}" >&2 && false; }
}

@test "W122: a label comes twice; the first is used, the second can be named" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Jobs Subtotal\n1,Ana,10/20/2025,5,7\n' >twice.csv
    raised twice.csv W122 'the label "Jobs Subtotal" is twice in the header. The first column is used'
    jq -e '."Jobs Subtotal" == 5' out/registrations.jsonl >/dev/null
}

@test "W322: a number with more decimals than totals keep goes out whole, and is told" {
    printf '%s\n1,Ana,10/20/2025,5,1.33333333,True\n' "$header" >hours.csv
    raised hours.csv W322 1.33333333
    grep -q '1.33333333' out/registrations.jsonl
}

@test "W323: a date far from now goes out as it is" {
    printf '%s\n1,Ana,1/1/2116,5,1,True\n2,Ana,10/20/2025,5,1,True\n' "$header" >far.csv
    raised far.csv W323 'is before 1990 or after 2100'
    grep -q '"date":"2116-01-01' out/registrations.jsonl
}

@test "W324: a time that the clock change skips, or repeats" {
    printf '%s\n1,Ana,3/9/2025 2:30 AM,5,1,True\n2,Ana,11/2/2025 1:30 AM,5,1,True\n' "$header" >night.csv
    raised night.csv W324 'does not exist on that day, because the clock moved forward' --tz America/Chicago
    has "$out$err" 'comes twice on that day, because the clock moved back. The first is used'
    [ "$(wc -l <out/registrations.jsonl)" -eq 2 ]
    raised night.csv Converted '2 registrations written' --tz America/Phoenix # no such change there
    hasnt "$out$err" W324
}

@test "W325: a placeholder where something else belongs is empty" {
    printf '%s\n1,Ana,10/20/2025,N/A,-,n/a\n' "$header" >nothing.csv
    raised nothing.csv W325 'counts as empty'
    jq -e '."Jobs Subtotal" == null' out/registrations.jsonl >/dev/null
}

@test "E204: a field that the schema requires is empty" {
    cat >own.json <<'JSON'
{"name": "own", "fields": [
  {"name": "Id", "type": "string", "plecto": {"role": "id"}},
  {"name": "Who", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Day", "type": "date", "format": "%m/%d/%Y", "plecto": {"role": "date"}},
  {"name": "Unit", "type": "string", "constraints": {"required": true}}],
 "plecto": {"title": "Own"}}
JSON
    printf 'Id,Who,Day,Unit\n1,Ana,10/20/2025,HVAC\n2,Ana,10/21/2025,\n' >own.csv
    run_split "$ST2PLECTO" convert --schema ./own.json --on-error reject -o out own.csv
    [ "$status" -eq 8 ]
    has "$out" 'own.csv:3:18: error E204 missing-required: Unit is empty'
    [ "$(wc -l <out/registrations.jsonl)" -eq 1 ]
}

@test "E504: splits of a job that are no whole" {
    cp "$ROOT/samples/jobs/good.json" jobs.json
    jq '(.data[0].split) = 60.5' "$ROOT/samples/job-splits/good.json" >splits.json
    run_split "$ST2PLECTO" convert --tz America/Phoenix --roster "$ROOT/samples/roster/technicians.json" --with splits.json \
        --several split --on-error reject -o out jobs.json
    [ "$status" -eq 8 ]
    has "$out" 'E504 shares-differ'
}

@test "E501: a companion names somebody whom the roster does not know" {
    jq '.data |= map(select(.id != 4102))' "$ROOT/samples/roster/technicians.json" >few.json
    [ "$(jq '.data | length' few.json)" -lt "$(jq '.data | length' "$ROOT/samples/roster/technicians.json")" ]
    run_split "$ST2PLECTO" convert --tz America/Phoenix --roster few.json --with "$ROOT/samples/job-splits/good.json" \
        --several split --on-error reject -o out "$ROOT/samples/jobs/good.json"
    [ "$status" -eq 8 ]
    has "$out" 'E501 unknown-person: 4102 is not in the roster'
}

@test "W621: totals of UTC times without a time zone" {
    run_split "$ST2PLECTO" convert --by day --on-error reject --roster "$ROOT/samples/roster/technicians.json" \
        --with "$ROOT/samples/job-splits/good.json" --several split -o out "$ROOT/samples/jobs/good.json"
    has "$out" 'W621 no-time-zone'
    has "$out" '--tz'
}
