#!/usr/bin/env bats
# upload.bats: an upload that goes well: what is sent, what is not sent again, what is asked and refused before anything
# is sent. Each test has its own stand-in Plecto (plecto_server.py), journal and home.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

sqlite_of_others() { # another program's database
    "$PY" -c 'import sqlite3, sys
base = sqlite3.connect(sys.argv[1])
base.execute("create table songs (title)")
base.commit()' "$1"
}

# posts: the log's lines about lists of registrations.
posts() { control GET /log | grep ' POST /api/v2/registrations/ ' || true; }

@test "lists of at most 100 over one connection, as published, and nothing else" {
    start_server
    sales_folder sales 250
    know_source sales
    exits 0 upload sales
    arrived sales
    equals requests "$(total requests)" 3
    equals connections "$(total connections)" 1
    equals lists "$(posts | sed 's/.* count=\([0-9]*\) .*/\1/' | paste -sd,)" 100,100,50
    equals others "$(control GET /log | grep -vc ' authorization=right .* fault=none status=201')" 0
    control GET /state | jq -e '[.log[].headers] | all(
        (.["Content-Type"] | startswith("application/json")) and .["Content-Encoding"] == null
        and ((.["Accept-Encoding"] // "identity") | test("gzip") | not)
        and (.["User-Agent"] | startswith("st2plecto/")) and .["X-Integration"] != null)' >/dev/null
    has "$out$err" 250
}

@test "--compress sends gzip" {
    start_server
    sales_folder sales 150
    know_source sales
    exits 0 upload sales --compress
    arrived sales
    control GET /state | jq -e '[.log[].headers["Content-Encoding"]] | all(. == "gzip")' >/dev/null
}

@test "a second upload of the same folder sends nothing, and needs neither server nor credentials" {
    start_server
    sales_folder sales 250
    know_source sales
    exits 0 upload sales
    exits 0 upload sales
    equals requests "$(total requests)" 3
    exits 0 upload sales --continue
    equals requests "$(total requests)" 3
    stop_server
    exits 0 "$ST2PLECTO" upload sales --data-source "$SOURCE" --no-input --yes
    # The same export converted anew has the same registrations.
    convert sales.csv again
    exits 0 "$ST2PLECTO" upload again --data-source "$SOURCE" --no-input --yes
}

@test "only the new and the changed are sent" {
    start_server
    sales_folder sales 250
    know_source sales
    exits 0 upload sales
    sed 's/^100007,\(.*\)Completed,True/100007,\1Completed,False/; s/^100200,\(.*\)HVAC/100200,\1Plumbing/' sales.csv >new.csv
    sales 3 200001 | tail -n +2 >>new.csv
    convert new.csv new
    exits 0 upload new
    arrived new
    equals requests "$(total requests)" 4
    equals registrations "$(control GET /state | jq -c '.log[-1].registrations | sort')" \
        '["100007","100200","200001","200002","200003"]'
    exits 0 upload new
    equals requests "$(total requests)" 4
}

@test "the folder is only read" {
    start_server
    sales_folder sales 120
    know_source sales
    chmod -R a-w sales
    before=$(cd sales && find . -type f -exec sha256sum {} + | sort)
    exits 0 upload sales
    equals folder "$(cd sales
    find . -type f -exec sha256sum {} + | sort)" "$before"
    equals journal "$(stat -c '%a' .st2plecto) $(stat -c '%a' .st2plecto/journal.db)" '700 600'
    chmod -R u+w sales
}

@test "the journal belongs to the folder, not to the working directory" {
    start_server
    mkdir -p here/deep elsewhere
    sales_folder here/deep/sales 20
    know_source here/deep/sales
    exits 0 upload here/deep/sales
    [ -s here/deep/.st2plecto/journal.db ]
    cd elsewhere
    exits 0 upload ../here/deep/sales
    equals requests "$(total requests)" 1
    [ ! -e .st2plecto ]
    exits 0 upload ../here/deep/sales --journal own.db # another journal knows of nothing
    equals requests "$(total requests)" 2
    [ -s own.db ]
}

@test "a folder that is not as it was published is not sent" {
    start_server
    sales_folder sales 20
    know_source sales
    cp -r sales tampered
    sed -i '7s/"HVAC"/"Hvac"/' tampered/registrations.jsonl
    exits 2 upload tampered
    has "$err" registrations.jsonl
    cp -r sales longer
    tail -n 1 sales/registrations.jsonl | sed 's/"external_id":"[0-9]*"/"external_id":"1"/' >>longer/registrations.jsonl
    exits 2 upload longer
    cp -r sales other-fields
    sed -i 's/"number"/"text"/' other-fields/datasource.json
    exits 2 upload other-fields
    cp -r sales unsigned
    rm unsigned/receipt.json
    exits 2 upload unsigned
    has "$err" receipt.json
    cp -r sales older
    sed -i '1s|st2plecto-receipt/2|st2plecto-receipt/1|' older/receipt.json
    exits 2 upload older
    has "$err" "its receipt.json is from another version of st2plecto"
    mkdir empty
    exits 2 upload empty
    exits 3 upload nowhere
    for folder in tampered longer other-fields unsigned older empty; do
        exits 2 "$ST2PLECTO" plan $folder --data-source "$SOURCE"
        exits 2 "$ST2PLECTO" verify $folder --data-source "$SOURCE" "${connection[@]}"
    done
    equals requests "$(total requests)" 0
}

@test "two uploads at once: the second says so and sends nothing" {
    start_server '{"hold": "any"}'
    sales_folder sales 650
    know_source sales
    upload sales >first.out 2>&1 3>&- &
    HOLDING=$!
    wait_for requests 1
    exits 5 upload sales
    has "$err" 'another upload'
    behave '{"hold": null}'
    wait "$HOLDING"
    HOLDING=
    arrived sales
    equals requests "$(total requests)" 7
    # To another data source both may run.
    behave '{"delay_seconds": 0.2}'
    SOURCE=11111111111111111111111111111111
    know_source sales
    upload sales >first.out 2>&1 3>&- &
    HOLDING=$!
    wait_for requests 8
    SOURCE=22222222222222222222222222222222
    know_source sales
    exits 0 upload sales
    wait "$HOLDING"
    HOLDING=
    arrived sales
    SOURCE=11111111111111111111111111111111
    arrived sales
}

@test "the first upload to a data source asks; a script says --title or --yes" {
    start_server
    sales_folder sales 20
    know_source sales
    exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --no-input "${connection[@]}"
    has "$err" --yes
    exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" "${connection[@]}" </dev/null
    equals requests "$(total requests)" 0
    exits 0 "$ST2PLECTO" upload sales --data-source "$SOURCE" --no-input --title 'Our jobs' "${connection[@]}"
    arrived sales
    # Known now: nothing is asked any more.
    sales_folder more 21
    exits 0 "$ST2PLECTO" upload more --data-source "$SOURCE" --no-input "${connection[@]}"
    equals requests "$(total requests)" 2
}

@test "another schema for a known data source is an error, before anything is sent" {
    start_server
    sales_folder sales 20
    know_source sales
    exits 0 upload sales
    "$ST2PLECTO" convert --tz America/Chicago -q -o invoices "$ROOT/samples/invoices/good.csv" >/dev/null
    exits 2 upload invoices
    has "$err" invoices
    exits 2 "$ST2PLECTO" plan invoices --data-source "$SOURCE"
    equals requests "$(total requests)" 1
    # The same schema's totals are other registrations too.
    "$ST2PLECTO" convert --tz America/Chicago -q --by day -o daily sales.csv >/dev/null
    exits 2 upload daily
    equals requests "$(total requests)" 1
}

@test "a data source that Plecto does not know: exit 6, tried once" {
    start_server
    sales_folder sales 20
    exits 6 upload sales
    equals requests "$(total requests)" 1
    has "$err" 404
    know_source sales
    exits 0 upload sales --continue
    arrived sales
}

@test "Ctrl-C finishes the running request, saves, and says how to continue" {
    start_server '{"delay_seconds": 0.3}'
    sales_folder sales 1000
    know_source sales
    env --default-signal=INT "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input "${connection[@]}" \
        >out 2>err 3>&- &
    local program=$! code=0
    HOLDING=$program
    wait_for requests 3
    kill -INT "$program"
    wait "$program" || code=$?
    HOLDING=
    equals exit $code 5
    has "$(cat out err)" --continue
    behave '{"delay_seconds": 0}'
    local sent
    sent=$(total stored)
    [ "$sent" -ge 200 ]
    [ "$sent" -lt 1000 ]
    exits 0 upload sales --continue
    arrived sales --again 100 # on a slow machine the running request may be given up
    [ "$(total requests)" -le 11 ]
}

@test "SIGTERM does the same, also while the server stalls; a second signal gives the running request up at once" {
    start_server '{"delay_seconds": 0.3}'
    sales_folder sales 600
    know_source sales
    env --default-signal=INT "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input "${connection[@]}" \
        >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests 2
    kill -TERM "$HOLDING"
    local code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 5
    local stored
    stored=$(total stored)
    behave '{"delay_seconds": 600}' # far longer than this test may take: no answer comes
    env --default-signal=INT "$ST2PLECTO" upload sales --continue --data-source "$SOURCE" --yes --no-input "${connection[@]}" \
        >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests $(($(total requests) + 1))
    kill -TERM "$HOLDING"
    code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 5
    has "$(cat err)" --continue
    env --default-signal=INT "$ST2PLECTO" upload sales --continue --data-source "$SOURCE" --yes --no-input "${connection[@]}" \
        >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests $(($(total requests) + 1))
    kill -INT "$HOLDING"
    kill -TERM "$HOLDING" # two of one kind could become one
    code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 5
    equals stored "$(total stored)" "$stored"
    behave '{"delay_seconds": 0}'
    exits 0 upload sales --continue
    arrived sales --again 100
}

@test "a signal while datasource create asks Plecto: 130 or 143, none is made; while it makes one: it is made, and told" {
    local pair sources
    for pair in INT:130 TERM:143; do
        start_server '{"hold": "any"}'
        sales_folder sales 20
        env --default-signal="${pair%:*}" "$ST2PLECTO" datasource create sales --yes --no-input "${connection[@]}" >out 2>err 3>&- &
        HOLDING=$!
        wait_for requests 1 # the look-up of its title
        kill -s "${pair%:*}" "$HOLDING"
        local code=0
        wait "$HOLDING" || code=$?
        HOLDING=
        equals "exit of ${pair%:*}" $code "${pair#*:}"
        has "$(cat err)" "stopped as requested"
        sources=$(control GET /state | jq '.data_sources | length')
        equals "data sources" "$sources" 0
        stop_server
    done
    start_server '{"hold": "POST"}'
    env --default-signal=INT "$ST2PLECTO" datasource create sales --yes --no-input "${connection[@]}" >out 2>err 3>&- &
    HOLDING=$!
    wait_for requests 2
    kill -INT "$HOLDING"
    behave '{"hold": null}'
    code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 0
    has "$(cat out)" "MADE: data source"
    exits 2 "$ST2PLECTO" datasource create sales --yes --no-input "${connection[@]}"
    has "$err" "the journal knows a data source"
}

@test "a journal that is no journal, or cannot be written: nothing is sent, and nothing of it is changed" {
    start_server
    sales_folder sales 20
    know_source sales
    printf 'not a database, and somebody may need it\n' >own.db
    exits 3 upload sales --journal own.db
    has "$err" own.db
    equals file "$(cat own.db)" 'not a database, and somebody may need it'
    sqlite_of_others other.db
    local before
    before=$(sha256sum other.db)
    exits 2 upload sales --journal other.db
    equals file "$(sha256sum other.db)" "$before"
    exits 4 upload sales --journal nowhere/at/all.db
    mkdir folder.db
    exits 4 upload sales --journal folder.db
    exits 4 upload sales --journal /dev/full
    equals requests "$(total requests)" 0
}

@test "--continue goes on with the same folder only" {
    start_server '{"next": ["none", "none"], "always": "503"}'
    sales_folder sales 500
    know_source sales
    exits 5 upload sales --retry-max-time 1
    local requests
    requests=$(total requests)
    sales_folder other 400 300001
    exits 2 upload other --continue
    equals requests "$(total requests)" "$requests"
    behave '{"always": null}'
    exits 0 upload sales --continue
    arrived sales
    equals again "$(total again)" 0
}

@test "--rate spaces the requests, and the least time is told before the start" {
    start_server
    sales_folder sales 1000
    know_source sales
    exits 0 upload sales --rate 14400 # one every 0.25 s
    has "$out$err" '10 requests'
    # 2.25 s between the first and the last; the first may arrive late on a busy machine
    control GET /state | jq -e '[.log[].at] | .[-1] - .[0] >= 1.9 and length == 10' >/dev/null
}

@test "100,000 registrations: told how many requests and how long they take, without sending" {
    sales 100000 >sales.csv
    convert sales.csv sales
    run_split "$ST2PLECTO" plan sales --data-source "$SOURCE"
    [ "$status" -eq 0 ]
    has "$out" 1,000
    has "$out" 100,000
}
