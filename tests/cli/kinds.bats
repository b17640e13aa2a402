#!/usr/bin/env bats
# What kind of API records a file holds: none is taken for a type that it is not; CSV flattened from the API is read as they are.
# By day a part, all where the change touches: src/schema src/cli

load helper

setup() {
    common_setup
    python_with json
    cat > make.py <<'PY'
"""make.py NAME [COUNT]: one record of a kind of api/kinds.json, with all its keys or the first COUNT, and what all have."""
import json
import re
import sys

kinds = json.loads(re.sub("^//.*$", "", open(sys.argv[1]).read(), flags=re.M))["kinds"]
number = 0
for kind in kinds:
    if len(kind["keys"]) < 3:
        continue
    number += 1
    record = {"id": 1, "active": True, "createdOn": "2025-10-20T15:00:00Z", "modifiedOn": "2025-10-20T15:00:00Z", "createdById": 7}
    record.update((key, "2025-10-20T15:00:00Z" if key.endswith("On") else 4) for key in kind["keys"])
    with open("kind-%03d.json" % number, "w") as out:
        json.dump({"page": 1, "pageSize": 50, "hasMore": False, "data": [record]}, out)
    with open("kind-%03d.csv" % number, "w") as out:
        out.write(",".join(record) + "\n" + ",".join(str(value) for value in record.values()) + "\n")
PY
}

@test "no record of another kind is taken for one of ours, as JSON or flattened" {
    "$PYTHON" make.py "$ROOT/schemas/api/kinds.json"
    [ "$(ls kind-*.json | wc -l)" -gt 50 ]
    for file in $(FILE_STEP=$(by_night 1 3) some kind-*.json kind-*.csv); do # tests/unit/test_kinds.c: every pair
        run "$ST2PLECTO" validate --no-config --tz UTC "$file"
        [ "$status" -eq 2 ] || { echo "$file: $output" && return 1; }
        [[ "$output" == *"schema init"* ]] || { echo "$file: $output" && return 1; }
    done
}

@test "what it looks like is named" {
    printf '%s\n' '{"id": 1, "status": "Open", "callReasonId": 2, "followUpDate": "2025-10-25T00:00:00Z", "createdOn": "2025-10-20T15:00:00Z", "createdById": 3}' > leads.jsonl
    run "$ST2PLECTO" validate --no-config --tz UTC leads.jsonl
    [ "$status" -eq 2 ]
    [[ "$output" == *"look like leads, which are none of the built-in types"* ]]
    # who knows better says so
    run "$ST2PLECTO" validate --no-config --tz UTC --schema calls leads.jsonl
    [[ "$output" != *"look like leads"* ]]
}

@test "records of our types are known with few keys, and with many that nobody knows" {
    printf '%s\n' '{"id": 1, "jobNumber": "1", "completedOn": "2025-10-20T15:00:00Z", "soldById": 7, "total": 5}' > few.jsonl
    run "$ST2PLECTO" convert --no-config --tz UTC -o few few.jsonl
    [ "$status" -eq 0 ]
    [ "$(jq -r .schema.name few/result.json)" = jobs ]
    "$PYTHON" - > many.jsonl <<'PY'
import json
record = {"id": 1, "jobId": 2, "technicianId": 4, "split": 100, "createdOn": "2025-10-20T15:00:00Z", "active": True}
record.update(("unknown%d" % number, number) for number in range(9))
print(json.dumps(record))
PY
    run "$ST2PLECTO" convert --no-config --tz UTC -o many many.jsonl
    [ "$status" -eq 0 ]
    [ "$(jq -r .schema.name many/result.json)" = job-splits ]
}

@test "a flattened CSV gives what the records give, however its names are joined" {
    cat > calls.jsonl <<'JSON'
{"id": 1, "jobNumber": "9", "leadCall": {"id": 66001, "receivedOn": "2025-03-20T15:00:00Z", "duration": "00:01:06", "direction": "Inbound", "callType": "Booked", "agent": {"id": 4104, "name": "Dana"}}}
JSON
    run "$ST2PLECTO" convert --no-config --tz UTC -o json calls.jsonl
    [ "$status" -eq 0 ]
    values='1,9,66001,2025-03-20T15:00:00Z,00:01:06,Inbound,Booked,4104,Dana'
    number=0
    for header in 'id,jobNumber,leadCall.id,leadCall.receivedOn,leadCall.duration,leadCall.direction,leadCall.callType,leadCall.agent.id,leadCall.agent.name' \
        'id,job_number,lead_call_id,lead_call_received_on,lead_call_duration,lead_call_direction,lead_call_call_type,lead_call_agent_id,lead_call_agent_name' \
        'id,jobnumber,leadcall__id,leadcall__receivedon,leadcall__duration,leadcall__direction,leadcall__calltype,leadcall__agent__id,leadcall__agent__name'; do
        number=$((number + 1))
        printf '%s\n%s\n' "$header" "$values" > calls.csv
        run "$ST2PLECTO" convert --no-config --tz UTC -o csv$number calls.csv
        [ "$status" -eq 0 ] || { echo "$output" && return 1; }
        cmp <(jq -S 'with_entries(select(.value != null))' json/registrations.jsonl) <(jq -S . csv$number/registrations.jsonl)
    done
}
