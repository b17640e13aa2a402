#!/usr/bin/env bats
# upload_plan.bats: what would change in Plecto (plan), and what is done about registrations that vanished at the source or
# are older than they are kept (upload --vanished, --max-age).
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
    CONVERT=(--period 2025-10-01..2025-10-31) # without a stated period nothing can be gone from it
}
teardown() { upload_teardown; }

plan() { # plan FOLDER [OPTION…]
    local folder=$1
    shift
    "$ST2PLECTO" plan "$folder" --data-source "$SOURCE" "$@"
}

# sent_once [ROWS]: the folder sales is in Plecto.
sent_once() {
    start_server
    sales_folder sales "${1:-100}"
    know_source sales
    exits 0 upload sales || return 1
    control POST /reset >/dev/null
}

# changed_export: sales with one changed amount, one changed employee, one emptied field, one new, two vanished.
changed_export() {
    sed -e '/^100010,/d' -e '/^100011,/d' -e 's/^\(100020,.*\),"\$[0-9.]*",/\1,"$1000.00",/' \
        -e 's/^\(100021,"Smith, John"\),[^,]*,/\1,Cy Ortiz,/' -e 's/^\(100022,.*\),HVAC,/\1,,/' sales.csv >new.csv
    printf '%s\n' '200001,"Smith, John",Bo Chen,HVAC,10/05/2025 2:05 PM,"$70.25",Completed,True' >>new.csv
    convert new.csv new
}

# stored ID [FIELD]: a field of a stored registration, or nothing.
stored() {
    control GET /state | jq -r --arg source "$SOURCE" --arg id "$1" --arg field "${2:-external_id}" \
        '.data_sources[$source].registrations[] | select(.external_id == $id) | .body[$field]'
}

@test "plan before the first upload: everything is new, with its money and its employees" {
    sales_folder sales 100
    run_split plan sales
    equals exit "$status" 0
    has "$out" '100 new'
    has "$out" 'Ana Lopez'
    has "$out" 'Bo Chen'
    # 2.01 … 101.00: the sum of the amounts as convert counted it
    has "$out" "$(jq -s 'map(."Jobs Subtotal") | add * 100 | round / 100' sales/registrations.jsonl | sed 's/^\([0-9]*\)\([0-9]\{3\}\)/\1,\2/')"
    run_split plan sales -q
    equals "the verdict alone" "$out" 'PLAN: 100 new, 0 changed, 0 unchanged (sales)'
    [ ! -e .st2plecto ] # it only looks
}

@test "plan after a change: new, changed field by field, unchanged, vanished, with money before and after" {
    sent_once
    changed_export
    run_split plan new
    equals exit "$status" 0
    has "$out" '1 new'
    has "$out" '3 changed'
    has "$out" '95 unchanged'
    has "$out" '2 vanished'
    has "$out" 'W921 gone from ServiceTitan'
    has "$out" 'warning W922 new-employee: Plecto would create'
    has "$out" 'Jobs Subtotal'
    has "$out" '$121.20' # 100020 before
    has "$out" '$1,000.00'
    has "$out" 'Cy Ortiz'
    has "$out" 'Business Unit'
    has "$out" 100010
    equals requests "$(total requests)" 0
    # Once sent, nothing of it is left to do but the vanished.
    exits 0 upload new
    run_split plan new
    hasnt "$out" '1 new'
    hasnt "$out" '3 changed'
    has "$out" '99 unchanged'
}

@test "plan says which fields would be emptied, because a registration is replaced whole" {
    sent_once
    sed 's/,Status//; s/,Completed,/,/' sales.csv >narrow.csv
    convert narrow.csv narrow
    run_split plan narrow
    equals exit "$status" 0
    has "$out" '100 changed'
    has "$out" 'W923 emptied'
    has "$out" Status
    exits 0 upload narrow
    arrived narrow
}

@test "plan --format json has the same facts, and html needs no server and no script" {
    sent_once
    changed_export
    exits 0 plan new --format json
    jq -e . <<<"$out" >/dev/null
    has "$(jq -c '[.. | numbers]' <<<"$out")" 95
    has "$out" '"Cy Ortiz"'
    exits 0 plan new --format json=plan.json
    jq -e . plan.json >/dev/null
    exits 0 plan new --format html=plan.html
    has "$(cat plan.html)" '<!DOCTYPE html>'
    has "$(cat plan.html)" 'Content-Security-Policy'
    hasnt "$(cat plan.html)" '<script'
    has "$(cat plan.html)" 'Cy Ortiz'
    exits 2 plan new --format nonsense
    equals requests "$(total requests)" 0
}

@test "the page of a plan: axe-core finds nothing, it fits a phone, and nothing is requested" {
    night_only # page.bats looks at a plan by day
    local tool
    for tool in node chromium; do
        command -v $tool >/dev/null || skip "$tool is not installed (scripts/test installs it)"
    done
    [ -d "$ROOT/build/e2e/node_modules/axe-core" ] || skip "build/e2e has no modules (scripts/test runs npm ci)"
    sent_once
    changed_export
    exits 0 plan new --format html=plan.html
    node "$ROOT/tests/e2e/page.mjs" axe light 1200 plan.html
    node "$ROOT/tests/e2e/page.mjs" axe dark 360 plan.html
    node "$ROOT/tests/e2e/page.mjs" narrow 360 plan.html
    node "$ROOT/tests/e2e/page.mjs" quiet plan.html
}

@test "vanished registrations are only reported, unless asked otherwise" {
    sent_once
    changed_export
    exits 0 upload new
    has "$out$err" '2 vanished'
    equals stored "$(total stored)" 101
    equals vanished "$(stored 100010)" 100010
    equals requests "$(total requests)" 1
    exits 0 upload new --vanished report
    equals requests "$(total requests)" 1
}

@test "--vanished zero sends them again with their numbers 0, once" {
    sent_once
    changed_export
    run_split plan new --vanished zero
    has "$out" 'becomes 0'
    exits 0 upload new --vanished zero
    equals amount "$(stored 100010 'Jobs Subtotal')" 0
    equals amount "$(stored 100011 'Jobs Subtotal')" 0
    equals employee "$(stored 100011 member_name)" 'Ana Lopez'
    equals unit "$(stored 100011 'Business Unit')" HVAC
    equals stored "$(total stored)" 101
    local requests
    requests=$(total requests)
    exits 0 upload new --vanished zero
    equals requests "$(total requests)" "$requests"
    # One that comes back is sent as it is.
    exits 0 upload sales
    equals amount "$(stored 100010 'Jobs Subtotal')" "$(jq 'select(.external_id == "100010") | ."Jobs Subtotal"' sales/registrations.jsonl)"
}

@test "--vanished delete looks up Plecto's own UUID and deletes one at a time, only after --yes" {
    sent_once
    changed_export
    exits 2 "$ST2PLECTO" upload new --data-source "$SOURCE" --no-input "${connection[@]}" --vanished delete
    has "$err" --yes
    equals requests "$(total requests)" 0
    # A foreign registration of the same data source is not ours to delete.
    control POST /registrations "[{\"data_source\":\"$SOURCE\",\"external_id\":\"foreign\",\"date\":\"2025-10-12T12:00:00Z\",
        \"member_api_provider\":\"x\",\"member_api_id\":\"1\",\"member_name\":\"X\"}]" >/dev/null
    behave '{"next": ["none", "500", "none", "close-before", "close-after"]}'
    exits 0 upload new --vanished delete
    equals gone "$(stored 100010)$(stored 100011)" ''
    equals kept "$(stored foreign)" foreign
    equals deleted "$(total deleted)" 2
    equals stored "$(total stored)" 100
    equals 'deleted by reference' "$(control GET /log | grep -c 'GET .*reference=1000')" "$(control GET /log | grep -c ' GET ')"
    equals 'lists of deletions' "$(control GET /log | grep -c ' DELETE /api/v2/registrations/0a1b.*/[0-9a-f-]*/ ')" \
        "$(control GET /log | grep -c ' DELETE ')"
    local requests
    requests=$(total requests)
    exits 0 upload new --vanished delete
    equals requests "$(total requests)" "$requests"
    run_split plan new
    hasnt "$out" '2 vanished'
}

@test "a registration that is deleted in Plecto already counts as deleted" {
    sent_once
    changed_export
    local uuid
    uuid=$(control GET /state | jq -r --arg source "$SOURCE" \
        '.data_sources[$source].registrations[] | select(.external_id == "100010").uuid')
    control POST /delete "{\"data_source\": \"$SOURCE\", \"uuid\": \"$uuid\"}" >/dev/null
    equals gone "$(stored 100010)" ''
    exits 0 upload new --vanished delete
    equals gone "$(stored 100011)" ''
    exits 0 upload new --vanished delete
}

@test "many vanished at once are a fault of the export: nothing is sent" {
    sent_once 400
    # Half of the jobs are missing, the first and the last day are there.
    awk 'NR == 1 || NR <= 30 || NR > 230' sales.csv >half.csv
    convert half.csv half
    exits 6 upload half --vanished delete
    has "$err" --max-vanished
    exits 6 upload half --vanished zero
    equals requests "$(total requests)" 0
    equals stored "$(total stored)" 400
    exits 0 upload half --vanished zero --max-vanished 300
    equals stored "$(total stored)" 400
}

@test "an export without a single row deletes nothing" {
    sent_once 20
    head -n 1 sales.csv >none.csv
    "$ST2PLECTO" convert --tz America/Chicago --force -q --period 2025-10-01..2025-10-31 -o none none.csv
    exits 6 upload none --vanished delete
    has "$err" '--max-vanished 20'
    equals requests "$(total requests)" 0
    exits 0 upload none --vanished delete --max-vanished 20
    equals stored "$(total stored)" 0
}

@test "rejected rows of totals: which total lacks them is not known, so none is deleted" {
    start_server
    sales 50 >sales.csv
    sed '/,Bo Chen,/s/"\$[0-9.]*"/abc/' sales.csv >worse.csv # all rows of an employee become bad
    local options=(--tz America/Chicago --by day --period 2025-10-01..2025-10-31 --force -q)
    "$ST2PLECTO" convert "${options[@]}" -o days sales.csv
    "$ST2PLECTO" convert "${options[@]}" --on-error reject -o worse worse.csv || [ $? -eq 8 ]
    know_source days
    exits 0 upload days
    local stored
    stored=$(total stored)
    run_split plan worse --vanished delete
    has "$out" "no registration's ID"
    exits 0 upload worse --vanished delete
    has "$err" "no registration's ID"
    equals stored "$(total stored)" "$stored"
    equals deleted "$(total deleted)" 0
}

@test "registrations of another period are not vanished" {
    sent_once
    sed 's#,10/\([0-9]*\)/2025#,11/\1/2025#; s/^100/400/' sales.csv >november.csv
    CONVERT=()
    convert november.csv november
    exits 0 upload november --vanished delete
    equals stored "$(total stored)" 200
    equals deleted "$(total deleted)" 0
}

@test "--max-age deletes what is older, only what this journal sent, only after --yes" {
    sent_once
    control POST /registrations "[{\"data_source\":\"$SOURCE\",\"external_id\":\"foreign\",\"date\":\"2020-01-01T12:00:00Z\",
        \"member_api_provider\":\"x\",\"member_api_id\":\"1\",\"member_name\":\"X\"}]" >/dev/null
    # 20 days with the day of --now: from 10-15 on, as convert --max-age counts
    run_split plan sales --max-age 20d --now 2025-11-03T12:00:00Z
    equals exit "$status" 0
    local old
    old=$(jq -r 'select(.date < "2025-10-15") | .external_id' sales/registrations.jsonl | wc -l)
    [ "$old" -ge 30 ]
    has "$out" "$old"
    exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --no-input "${connection[@]}" --max-age 20d --now 2025-11-03T12:00:00Z --max-vanished 50
    has "$err" --yes
    equals requests "$(total requests)" 0
    exits 6 upload sales --max-age 20d --now 2025-11-03T12:00:00Z
    has "$err" "$old of the 100 registrations that were sent are older than --max-age (before 2025-10-15)"
    has "$err" "--max-vanished $old"
    equals requests "$(total requests)" 0
    # A clock that is wrong makes everything old, whatever is allowed.
    exits 2 upload sales --max-age 20d --now 2026-11-03T12:00:00Z --max-vanished 1000
    has "$err" 'the newest registration is of 2025-10-28'
    equals requests "$(total requests)" 0
    exits 0 upload sales --max-age 20d --now 2025-11-03T12:00:00Z --max-vanished "$old"
    has "$out" "$old registrations older than --max-age (Jobs Subtotal "
    equals deleted "$(total deleted)" "$old"
    equals stored "$(total stored)" $((101 - old))
    equals foreign "$(stored foreign)" foreign
    # What is too old is not sent again by the next run.
    local requests
    requests=$(total requests)
    exits 0 upload sales --max-age 20d --now 2025-11-03T12:00:00Z
    equals requests "$(total requests)" "$requests"
    exits 2 upload sales --max-age nonsense
    exits 2 upload sales --max-age -5d
}

@test "deletions stay within the rate" {
    sent_once
    changed_export
    exits 0 upload new
    control POST /reset >/dev/null
    exits 0 upload new --vanished delete --rate 14400
    control GET /state | jq -e '[.log[].at] | .[-1] - .[0] >= 0.9 and length == 6' >/dev/null # two look-ups, two deletions, two looks whether they are gone
}

@test "W924: what was sent without an answer is told, and sent again" {
    start_server '{"delay_seconds": 600}' # that request is never obeyed
    sales_folder sales 20
    know_source sales
    upload sales >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests 1
    kill -KILL "$(program_of "$HOLDING")"
    wait "$HOLDING" || true
    HOLDING=
    behave '{"delay_seconds": 0}'
    exits 0 "$ST2PLECTO" plan sales --data-source "$SOURCE"
    has "$out" '20 registrations were sent earlier without an answer (W924). They are sent again, which does not create a second one'
    exits 0 upload sales --continue
    arrived sales
}

@test "killed while it deletes, --continue deletes the rest" {
    sent_once
    changed_export
    exits 0 upload new
    behave '{"delay_seconds": 1}'
    upload new --vanished delete >out 2>err 3>&- &
    HOLDING=$!
    wait_for deleted 1
    kill -KILL "$(program_of "$HOLDING")"
    wait "$HOLDING" || true
    HOLDING=
    behave '{"delay_seconds": 0}'
    exits 0 upload new --vanished delete --continue
    equals deleted "$(total deleted)" 2
    equals gone "$(stored 100010)$(stored 100011)" ''
    arrived new
}

@test "a folder of other rules than those of the journal is refused, with what would change" {
    sent_once 20
    journal=$(find . -name journal.db)
    sqlite=$(command -v sqlite3 || true)
    query() { if [ -n "$sqlite" ]; then "$sqlite" "$journal" "$1"; else python3 -c 'import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(*[r[0] for r in c.execute(sys.argv[2])]); c.commit()' "$journal" "$1"; fi; }
    [[ "$(query 'SELECT options FROM upload')" == *"rules=1"* ]]
    exits 0 upload sales
    query "UPDATE upload SET options=replace(options, 'rules=1', 'rules=7')"
    exits 2 upload sales
    has "$err" "made by rules 1 for IDs, people and scales, and this data source has registrations of rules 7"
    has "$err" "would add 0 registrations, change 0 and leave 0"
    has "$err" "st2plecto datasource create sales --another --credentials plecto.json"
}
