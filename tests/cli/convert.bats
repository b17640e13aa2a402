#!/usr/bin/env bats
# convert: what goes out for what comes in, each option, each exit code.
# By day a part, all where the change touches: src/convert src/output src/input src/cli

load helper

setup() {
    common_setup
    cat > jobs.csv <<'CSV'
Job #,Customer Name,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,Status,Active
100230,"Smith, John",Ana Lopez,HVAC Service,10/20/2025 2:05 PM,"$1,234.56",Completed,True
100231,Lee Park,Bo Chen,Plumbing Service,10/20/2025 11:30 PM,$310.00,Completed,True
100232,Lee Park,Ana Lopez,HVAC Service,10/21/2025 8:00 AM,($45.00),Completed,False
100233,Garcia Family,Bo Chen,Plumbing Service,11/3/2025 9:15 AM,$99.99,Completed,True
CSV
}

# The registration with this ID meets the condition: one FOLDER ID CONDITION.
one() { jq -se --arg id "$2" 'map(select(.external_id == $id)) | length == 1 and (.[0] | ('"$3"'))' "$1/registrations.jsonl"; }

convert() { run "$ST2PLECTO" convert --schema jobs "$@"; }

@test "a good file: four registrations, a balanced ledger, exit 0" {
    convert -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 4 ]
    [ "$(head -n 1 out/import.csv | tr -d '\r')" = "ID,Employee,Created date,Status,Active,Business Unit,Jobs Subtotal" ]
    jq -e '.external_id == "100230" and .member_api_id == "Ana Lopez" and .member_name == "Ana Lopez"
           and .member_api_provider == "ServiceTitan" and ."Jobs Subtotal" == 1234.56
           and .date == "2025-10-20T14:05:00" and .Active == true and (has("Customer Name") | not)' \
        <(head -n 1 out/registrations.jsonl)
    jq -e '.format == "st2plecto-result/1"' out/result.json
    for file in registrations.jsonl import.csv datasource.json rejected.csv result.json receipt.json; do
        [ -f "out/$file" ]
    done
    [ "$(ls out | wc -l)" -eq 6 ]
}

@test "keys of a registration come in the documented order" {
    convert -o out --data-source 0123456789abcdef0123456789abcdef jobs.csv
    [ "$status" -eq 0 ]
    run jq -r 'keys_unsorted[0:6] | join(",")' <(head -n 1 out/registrations.jsonl)
    [[ "$output" == *external_id*date,member_api_provider,member_api_id,member_name* ]]
    jq -e '.data_source == "0123456789abcdef0123456789abcdef"' <(head -n 1 out/registrations.jsonl)
}

@test "--tz gives local times their offset of that day" {
    convert -o out --tz America/Chicago jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .date out/registrations.jsonl | head -n 1)" = "2025-10-20T14:05:00-05:00" ]
    [ "$(jq -r .date out/registrations.jsonl | tail -n 1)" = "2025-11-03T09:15:00-06:00" ]
}

@test "--by day adds up exactly, one registration per day and employee" {
    convert -o out --by day --tz America/Chicago jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 4 ]
    one out "jobs:2025-10-20:Ana Lopez" '.Count == 1 and ."Jobs Subtotal" == 1234.56 and .date == "2025-10-20T12:00:00-05:00"'
}

@test "--by month, --by week: periods begin on their first day" {
    convert -o month --by month jobs.csv
    [ "$status" -eq 0 ]
    one month "jobs:2025-10:Ana Lopez" '."Jobs Subtotal" == 1189.56 and .Count == 2 and .date == "2025-10-01T12:00:00"'
    convert -o week --by week jobs.csv
    [ "$status" -eq 0 ]
    one week "jobs:2025-W45:Bo Chen" '.date == "2025-11-03T12:00:00"'
}

@test "--per employee,FIELD groups further; an unknown field is named with the nearest" {
    convert -o out --by month --per "employee,Business Unit" jobs.csv
    [ "$status" -eq 0 ]
    one out "jobs:2025-10:Ana Lopez:HVAC Service" '."Business Unit" == "HVAC Service"'
    convert -o other --by month --per "employee,Busines Unit" jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *"Business Unit"* ]]
    [ ! -e other ]
}

@test "--layout metric: one registration per metric" {
    convert -o out --by month --layout metric jobs.csv
    [ "$status" -eq 0 ]
    one out "jobs:2025-10:Ana Lopez:Jobs Subtotal" '.Metric == "Jobs Subtotal" and .Value == 1189.56'
    one out "jobs:2025-10:Ana Lopez:Count" '.Value == 2'
}

@test "--period filters by day, counts what it leaves out" {
    convert -o out --period 2025-10-20..2025-10-21 jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 3 ]
    jq -e '.ledger.rows.outside_period == 1 and .ledger.columns[0].outside_period == "99.99"' out/result.json
}

@test "--active-only leaves inactive rows out; without it the difference is told" {
    convert -o all jobs.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"Active"* ]]
    [[ "$output" == *"1,644.55"* ]]  # the sum without the inactive -45.00
    convert -o active --active-only jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < active/registrations.jsonl)" -eq 3 ]
}

@test "--to csv writes no registrations.jsonl, --to jsonl no import.csv" {
    convert -o a --to csv jobs.csv
    [ "$status" -eq 0 ]
    [ -f a/import.csv ]
    [ ! -e a/registrations.jsonl ]
    convert -o b --to jsonl jobs.csv
    [ "$status" -eq 0 ]
    [ ! -e b/import.csv ]
    [ -f b/registrations.jsonl ]
}

@test "--field sends private fields when named, and retitles; --drop leaves out; --title names the data source" {
    convert -o out --field "Customer Name" --field "Jobs Subtotal=Revenue" --drop Status --title "Our jobs" jobs.csv
    [ "$status" -eq 0 ]
    jq -e '."Customer Name" == "Smith, John" and .Revenue == 1234.56 and (has("Status") | not)' \
        <(head -n 1 out/registrations.jsonl)
    jq -e '.title == "Our jobs"' out/datasource.json
}

@test "missing employee, ID and date: placed, explained, and stop publishes only the reports" {
    cat > bad.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal
1001,Ana Lopez,10/20/2025,$10.00
1002,,10/20/2025,$310.00
,Bo Chen,10/21/2025,$20.00
1004,Bo Chen,N/A,$30.00
1005,Bo Chen,2/30/2025,$40.00
1006,Bo Chen,10/22/2025,"$12,34.5"
CSV
    convert -o out bad.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"bad.csv:3:6: error E201 missing-employee: Primary Technician is empty"* ]]
    [[ "$output" == *"bad.csv:4:1: error E202 missing-id"* ]]
    [[ "$output" == *"bad.csv:5:14: error E203 missing-date"* ]]
    [[ "$output" == *"bad.csv:6:14: error E305 no-such-day"* ]]
    [[ "$output" == *"bad.csv:7:25: error E301 not-a-number"* ]]
    [[ "$output" == *"fix:"* ]]
    [ ! -e out/registrations.jsonl ]
    [ ! -e out/import.csv ]
    [ -f out/result.json ]
    [ -f out/rejected.csv ]
}

@test "--on-error reject: good rows go out, bad rows are set aside unchanged" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\r\n1001,Ana Lopez,10/20/2025,$10.00\r\n1002,,10/20/2025,"$1,310.00"\r\n' > bad.csv
    convert -o out --on-error reject bad.csv
    [ "$status" -eq 8 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 1 ]
    [ "$(tr -d '\r' < out/rejected.csv | tail -n 1)" = 'bad.csv,3,3,E201,Primary Technician is empty,1002,Primary Technician,1002,,10/20/2025,"$1,310.00"' ]
    convert -o out2 --on-error reject --fail-on never bad.csv
    [ "$status" -eq 0 ]
}

@test "--fail-on warning turns a warning into exit 8" {
    printf 'Job #,Primary Technician,Completion Date,Status\n1,Ana Lopez,10/20/2025,Vanished\n' > warn.csv
    convert -o out warn.csv
    [ "$status" -eq 0 ]
    convert -o out2 --fail-on warning warn.csv
    [ "$status" -eq 8 ]
}

@test "the same ID twice: what Plecto would do and what it costs; the exact repeat is a warning" {
    cat > twice.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal
1,Ana Lopez,10/20/2025,$100.00
2,Bo Chen,10/21/2025,$50.00
1,Bo Chen,10/22/2025,$70.00
2,Bo Chen,10/21/2025,$50.00
CSV
    convert -o out --on-error reject twice.csv
    [ "$status" -eq 8 ]
    [[ "$output" == *"E401 duplicate-id"* ]]
    [[ "$output" == *"row 2"* ]]
    [[ "$output" == *'$100.00'* ]]
    [[ "$output" == *"W421"* ]]
    [ "$(wc -l < out/registrations.jsonl)" -eq 2 ]
}

@test "an ID twice over two files is found too" {
    printf 'Job #,Primary Technician,Completion Date\n7,Ana Lopez,10/20/2025\n' > a.csv
    printf 'Job #,Primary Technician,Completion Date\n7,Bo Chen,10/21/2025\n' > b.csv
    convert --repeats error -o out a.csv b.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"b.csv:2:1: error E401 duplicate-id"* ]]
    [[ "$output" == *"a.csv row 2"* ]]
}

@test "a date column that proves nothing is ambiguous; --date-order, the column or the period prove it" {
    printf 'Job #,Primary Technician,Completion Date\n1,Ana Lopez,3/4/2025\n2,Ana Lopez,3/5/2025\n' > dates.csv
    convert -o out dates.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E306 ambiguous-date"* ]]
    convert -o mdy --date-order mdy dates.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .date mdy/registrations.jsonl | head -n 1)" = "2025-03-04T12:00:00" ]
    convert -o dmy --date-order dmy dates.csv
    [ "$(jq -r .date dmy/registrations.jsonl | head -n 1)" = "2025-04-03T12:00:00" ]
    convert -o period --period 2025-03-01..2025-03-31 dates.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .date period/registrations.jsonl | tail -n 1)" = "2025-03-05T12:00:00" ]
    printf '3,Ana Lopez,25/5/2025\n' >> dates.csv
    convert -o proved dates.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .date proved/registrations.jsonl | head -n 1)" = "2025-04-03T12:00:00" ]
    # standard input is read again for the second pass
    run "$ST2PLECTO" convert --schema jobs -o stdin - < dates.csv
    [ "$status" -eq 0 ]
    cmp proved/registrations.jsonl stdin/registrations.jsonl
}

@test "cells: rows with more or fewer cells, and a quote that swallows lines, are one issue each" {
    printf 'Job #,Primary Technician,Completion Date,Job Type\n1,Ana Lopez,10/20/2025\n2,Ana Lopez,10/20/2025,a,b\n3,Ana Lopez,10/20/2025,"open\n4,Bo,10/20/2025,x\n5,Bo,10/20/2025,y\n' > cells.csv
    convert -o out cells.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"cells.csv:2:1: error E101"* ]]
    [[ "$output" == *"cells.csv:3:1: error E102"* ]]
    [[ "$output" == *"cells.csv:4:24: error E103 unclosed-quote"* ]]
    [[ "$output" == *"Lines 4 to 6"* ]]
    [[ "$output" != *E201* ]]
}

@test "group rows, subtotals and the grand total are kept out, checked and told" {
    cat > grouped.csv <<'CSV'
,Job #,Primary Technician,Completion Date,Job Type,Jobs Subtotal
Business Unit: HVAC,,,,,
,1,Ana Lopez,10/20/2025,No Cool,$100.00
,2,Ana Lopez,10/21/2025,No Cool,$50.00
,,,,2,$150.00
Business Unit: Plumbing,,,,,
,3,Bo Chen,10/22/2025,Leak,$10.00
,,,,1,$10.00
,,,,3,$160.00
CSV
    convert -o out grouped.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 3 ]
    [ "$(jq -r '."Business Unit"' out/registrations.jsonl | paste -sd,)" = "HVAC,HVAC,Plumbing" ]
    sed -i 's/\$160.00/$161.00/' grouped.csv
    convert -o out2 grouped.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E701"* ]]
    [[ "$output" == *'$161.00'* && "$output" == *'$160.00'* ]]
    sed -i -e 's/\$161.00/$160.00/' -e 's/^,,,,3,/,,,,4,/' grouped.csv
    convert -o out3 grouped.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E702"*"the grand total states 4 rows, there are 3"* ]]
}

@test "--date takes another of the schema's dates; open rows without it are not yet; other names are told" {
    run_split "$ST2PLECTO" convert -q --schema estimates --tz America/Chicago --date 'Sold On' --on-error reject \
        -o sold "$ROOT/samples/estimates/good.csv"
    [ "$status" -eq 0 ] # the others are open, or dismissed
    [ "$(jq '.ledger.rows | .rejected == 0 and .not_yet > 0' sold/result.json)" = true ]
    head -1 sold/import.csv | grep -q '^ID,Employee,Created date,Estimate Created On,' # the other date is a field now
    grep -q '^880100,Ana Lopez,2025-10-03 08:00:00,2025-10-01 08:00:00,' sold/import.csv
    wrong_use "--date Nonsense: schema estimates has no field of that name; known are Creation Date, Sold On" \
        'Dates in this file: "Creation Date", "Sold On"' \
        "$ST2PLECTO" convert -q --schema estimates --date Nonsense -o none "$ROOT/samples/estimates/good.csv"
    [ ! -e none ]
}

@test "a missing column is one message, not one per row" {
    printf 'Job #,Completion Date,Jobs Subtotal\n1,10/20/2025,5\n2,10/21/2025,6\n' > nobody.csv
    convert -o out nobody.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E106 missing-column"* ]]
    [ "$(grep -c 'error E' <<< "$output")" -eq 1 ]
    convert -o out2 --default-employee "Office" nobody.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name out2/registrations.jsonl | sort -u)" = "Office" ]
}

@test "a cut export is exit 3, and --allow-cut goes on" {
    printf '{"hasMore":true,"data":[{"id":1,"invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":5,"name":"Ana Lopez"},"total":"10.00","referenceNumber":"1","salesTaxCode":null}]}' > cut.json
    run "$ST2PLECTO" convert --schema invoices -o out cut.json
    [ "$status" -eq 3 ]
    [[ "$output" == *"hasMore"* ]]
    [ ! -e out ]
    run "$ST2PLECTO" convert --schema invoices --allow-cut -o out cut.json
    [ "$status" -eq 0 ]
    [[ "$output" == *"W121"* ]]
}

@test "an error answer saved as data shows its title" {
    printf '{"type":"x","title":"Invalid app key","status":401,"traceId":"abc"}' > error.json
    run "$ST2PLECTO" convert --schema invoices -o out error.json
    [ "$status" -eq 3 ]
    [[ "$output" == *"Invalid app key"* ]]
}

@test "nothing is overwritten without --force, and foreign files are never removed" {
    convert -o out jobs.csv
    [ "$status" -eq 0 ]
    convert -o out jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *"--force"* ]]
    convert -o out --force jobs.csv
    [ "$status" -eq 0 ]
    touch out/mine.txt
    convert -o out --force jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *"mine.txt"* ]]
    [ -f out/mine.txt ]
    [ -f out/import.csv ]
}

@test "--dry-run writes nothing" {
    convert -n -o out jobs.csv
    [ "$status" -eq 0 ]
    [ ! -e out ]
}

@test "an output that cannot be written is exit 4, a missing input exit 3, a wrong option exit 2" {
    convert -o /proc/nowhere/out jobs.csv
    [ "$status" -eq 4 ] || [ "$status" -eq 2 ]
    convert -o out missing.csv
    [ "$status" -eq 3 ]
    [[ "$output" == *"missing.csv"* ]]
    convert -o out --periood 2025 jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *"--period"* ]]
}

@test "--max-issues bounds examples, never counts" {
    { echo 'Job #,Primary Technician,Completion Date'; for i in $(seq 1 30); do echo "$i,,10/20/2025"; done; } > many.csv
    convert -o out --max-issues 2 many.csv
    [ "$(grep -c 'error E201' <<< "$output")" -eq 2 ]
    [[ "$output" == *"shown 2 of 30"* ]]
}

@test "--show-row shows the row, and nothing else does" {
    printf 'Job #,Customer Name,Primary Technician,Completion Date\n1,Secret Person,,10/20/2025\n' > private.csv
    convert -o a private.csv
    [[ "$output" != *"Secret Person"* ]]
    convert -o b --show-row private.csv
    [[ "$output" == *"Secret Person"* ]]
}

@test "--format json prints result.json" {
    run bash -c "'$ST2PLECTO' convert --schema jobs -o out --format json jobs.csv 2>/dev/null | jq -e .format"
    [ "$status" -eq 0 ]
    [ "$output" = '"st2plecto-result/1"' ]
}

@test "-q says less, -v more" {
    convert -o a -q jobs.csv
    quiet=${#output}
    convert -o b jobs.csv
    normal=${#output}
    convert -o c -v jobs.csv
    verbose=${#output}
    [ "$quiet" -lt "$normal" ]
    [ "$normal" -le "$verbose" ]
}

@test "encodings, delimiters and line ends: the same registrations" {
    convert -o plain jobs.csv
    printf '\xef\xbb\xbf' | cat - jobs.csv > bom.csv
    iconv -f utf-8 -t utf-16 jobs.csv > utf16.csv
    sed 's/$/\r/' jobs.csv > crlf.csv
    tr '\n' '\r' < jobs.csv > cr.csv
    gzip -k jobs.csv
    head -n 3 jobs.csv | gzip > members.csv.gz
    tail -n +4 jobs.csv | gzip >> members.csv.gz
    for file in bom.csv utf16.csv crlf.csv cr.csv jobs.csv.gz members.csv.gz; do
        convert -o "out-$file" "$file"
        [ "$status" -eq 0 ]
        cmp plain/registrations.jsonl "out-$file/registrations.jsonl"
    done
    printf 'Job #;Primary Technician;Completion Date;Campaign\n1;Ana Lopez;10/20/2025;Caf\xe9\n' > latin.csv
    convert -o latin --encoding windows-1252 latin.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '[.[]] | map(select(. == "Café")) | length' latin/registrations.jsonl)" = 1 ]
}

@test "validate reads and checks all, and writes only reports" {
    run "$ST2PLECTO" validate --schema jobs jobs.csv
    [ "$status" -eq 0 ]
    run "$ST2PLECTO" validate --schema jobs -o reports jobs.csv
    [ "$status" -eq 0 ]
    [ -f reports/result.json ]
    [ ! -e reports/import.csv ]
    [ ! -e reports/registrations.jsonl ]
}

@test "a roster turns IDs into names; an unknown ID and one of two people are issues" {
    printf '{"data":[{"id":1,"jobNumber":"1","jobStatus":"Completed","completedOn":"2025-10-20T15:00:00Z","soldById":77,"firstAppointmentId":3,"total":10.5},{"id":2,"jobNumber":"2","jobStatus":"Completed","completedOn":"2025-10-21T15:00:00Z","soldById":78,"firstAppointmentId":4,"total":1}],"hasMore":false,"page":1,"pageSize":50,"totalCount":2}' > api.json
    printf 'id,name\n77,Ana Lopez\n78,Bo Chen\n' > people.csv
    convert -o out --roster people.csv api.json
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name out/registrations.jsonl | paste -sd,)" = "Ana Lopez,Bo Chen" ]
    [ "$(jq -r .member_api_id out/registrations.jsonl | paste -sd,)" = "77,78" ]
    printf 'id,name\n77,Ana Lopez\n' > people.csv
    convert -o out2 --roster people.csv api.json
    [ "$status" -eq 1 ]
    [[ "$output" == *"E501"* ]]
    convert -o out3 api.json
    [ "$status" -eq 0 ]
    [[ "$output" == *"W521"* ]]
}

@test "--schema auto: finds the schema; files of two kinds get a folder each" {
    run "$ST2PLECTO" convert -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .schema.name out/result.json)" = "jobs" ]
    printf '{"hasMore":false,"data":[{"id":1,"invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":5,"name":"Ana Lopez"},"total":"10.00","referenceNumber":"1","salesTaxCode":null}]}' > invoice.json
    run "$ST2PLECTO" convert -o other jobs.csv invoice.json
    [ "$status" -eq 0 ]
    [ "$(jq -r .schema.name other/invoices/result.json)" = "invoices" ]
}

@test "a dry run says what would happen: nothing, where an error stops the run" {
    printf 'Job #,Primary Technician,Completion Date\n1,Ana Lopez,10/20/2025\n2,,10/20/2025\n' > bad.csv
    convert -n bad.csv
    [ "$status" -eq 1 ]
    [[ "${lines[0]}" == "Not ready: convert would write no import file" ]]
    convert -n --on-error reject --fail-on never bad.csv
    [ "$status" -eq 0 ]
    [[ "${lines[0]}" == "Ready, 1 row set aside: 1 registration would be written" ]]
}

@test "killed at any moment: the folder is the old one or the new one, and the next run goes" {
    generate=$(dirname "$ST2PLECTO")/tools/generate
    [ -x "$generate" ] || generate=$BATS_TEST_DIRNAME/../../build/tools/generate
    "$generate" 20000 csv > big.csv
    convert -q -o out jobs.csv
    cp -r out old
    for wait in 0.01 0.03 0.06 0.1 0.15; do
        "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject -q --force -o out big.csv > /dev/null 2>&1 &
        sleep $wait
        kill -9 $! 2> /dev/null || true
        wait $! 2> /dev/null || true
        [ "$(wc -l < out/registrations.jsonl)" -ge 19000 ] || diff -r old out
    done
    convert -q --force -o out jobs.csv
    [ "$status" -eq 0 ]
    diff -r old out
    [ "$(ls -A | grep -c st2plecto)" -eq 0 ]
}

@test "SIGTERM and SIGINT remove what was begun" {
    mkfifo pipe
    for signal in TERM:143 INT:130; do
        { cat jobs.csv; exec sleep 600; } > pipe & feeder=$!
        code=0
        timeout --preserve-status -s "${signal%:*}" 0.4 "$ST2PLECTO" convert --schema jobs -q -o out - < pipe > /dev/null 2>&1 || code=$?
        [ "$code" -eq "${signal#*:}" ]
        [ ! -e out ]
        [ "$(ls -A | grep -c st2plecto)" -eq 0 ]
        kill "$feeder" 2> /dev/null || true
        wait "$feeder" 2> /dev/null || true
    done
}

@test "results do not depend on the locale or on TZ" {
    convert -q -o plain jobs.csv
    for locale in C de_DE.UTF-8 tr_TR.UTF-8; do
        LC_ALL=$locale TZ=Asia/Tokyo convert -q --force -o other jobs.csv
        cmp plain/registrations.jsonl other/registrations.jsonl
        cmp plain/import.csv other/import.csv
    done
}

@test "a schema drafted by schema init converts the file it was drafted from" {
    "$ST2PLECTO" schema init jobs.csv > mine.json
    "$ST2PLECTO" schema lint mine.json
    run "$ST2PLECTO" convert --schema ./mine.json -o out jobs.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 4 ]
    jq -e '."Jobs Subtotal" == 1234.56' <(head -n 1 out/registrations.jsonl)
}

@test "an id template joins columns; a missing part is a missing ID" {
    cat > items.json <<'JSON'
{"name": "items", "fields": [
  {"name": "Invoice #", "type": "string"}, {"name": "Item code", "type": "string"},
  {"name": "Sold by", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Invoice date", "type": "date", "format": "%m/%d/%Y", "plecto": {"role": "date"}}],
 "plecto": {"title": "Items", "id": "{Invoice #}:{Item code}"}}
JSON
    printf 'Invoice #,Item code,Sold by,Invoice date\n1,A,Ana,3/4/2025\n1,B,Ana,3/4/2025\n1,,Ana,3/4/2025\n' > items.csv
    run "$ST2PLECTO" convert --schema ./items.json --on-error reject -o out items.csv
    [ "$status" -eq 8 ]
    [[ "$output" == *"items.csv:4:3: error E202 missing-id: Item code is empty"* ]]
    [ "$(jq -r .external_id out/registrations.jsonl | paste -sd,)" = "1:A,1:B" ]
}

@test "a delimiter at the end of every row is no extra cell; a cell behind the header is" {
    printf 'Job #,Primary Technician,Completion Date\n1,Ana Lopez,10/20/2025,\n2,Ana Lopez,10/21/2025,\n' > trailing.csv
    convert -o out trailing.csv
    [ "$status" -eq 0 ]
    [ "$(wc -l < out/registrations.jsonl)" -eq 2 ]
    printf '3,Ana Lopez,10/21/2025,x\n' >> trailing.csv
    convert -o other trailing.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"trailing.csv:4:1: error E102 cells-extra"* ]]
}

@test "a missing column is placed at the header, below title lines too" {
    printf 'Jobs Report\n10/1/2025 - 10/31/2025\n\nJob #,Completion Date,Jobs Subtotal\n1,10/20/2025,5\n2,10/21/2025,6\n' > titled.csv
    convert -o out titled.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"titled.csv:4:1: error E106 missing-column"* ]]
    [[ "$output" == *"2 title lines"* ]]
}

@test "semicolon, tab and pipe are found from the header; --delimiter says what cannot be found" {
    printf 'Job #,Primary Technician,Completion Date,Job Type\n1,Ana Lopez,10/20/2025,No Cool\n2,Bo Chen,10/21/2025,Leak\n' > comma.csv
    convert -q -o comma comma.csv
    for sign in ';' '\t' '|'; do
        tr ',' "$sign" < comma.csv > other.csv
        convert -q --force -o other other.csv
        [ "$status" -eq 0 ]
        cmp comma/registrations.jsonl other/registrations.jsonl
    done
    tr ',' '~' < comma.csv > tilde.csv
    convert -q --force -o other tilde.csv
    [ "$status" -eq 3 ]
    [[ "$output" == *"--delimiter"* ]]
    convert -q --force -o other --delimiter '~' tilde.csv
    [ "$status" -eq 0 ]
    cmp comma/registrations.jsonl other/registrations.jsonl
}

@test "--sheet and --delimiter for files of another kind are told" {
    jobs_csv
    run_split "$ST2PLECTO" convert --sheet Jobs -o out jobs.csv
    has "$out" '--sheet Jobs has no effect, because none of the files is a workbook.'
    run_split "$ST2PLECTO" convert --delimiter ';' --tz America/Chicago -o out --force "$ROOT/samples/invoices/good.json"
    has "$out" '--delimiter has no effect, because none of the files is CSV.'
    run_split "$ST2PLECTO" convert --delimiter , -o out --force jobs.csv
    hasnt "$out" 'has no effect'
}

@test "1.234,56 is read only where the schema declares it" {
    cat > europe.json <<'JSON'
{"name": "europe", "fields": [
  {"name": "Id", "type": "string", "plecto": {"role": "id"}},
  {"name": "Who", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "When", "type": "date", "format": "%d/%m/%Y", "plecto": {"role": "date"}},
  {"name": "Total", "type": "number", "decimalChar": ",", "groupChar": ".", "plecto": {"money": true, "aggregate": "sum"}},
  {"name": "Serial", "type": "date", "format": "excel"}],
 "plecto": {"title": "Europe"}}
JSON
    printf 'Id;Who;When;Total;Serial\n1;Ana;3/4/2025;1.234,56;45950\n' > europe.csv
    run "$ST2PLECTO" convert --schema ./europe.json -o out europe.csv
    [ "$status" -eq 0 ]
    jq -e '.Total == 1234.56 and .date == "2025-04-03T12:00:00" and .Serial == "2025-10-20T12:00:00"' out/registrations.jsonl
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal\n1,Ana,10/20/2025,"1.234,56"\n' > usual.csv
    convert -o usual usual.csv
    [ "$status" -eq 1 ]
    [[ "$output" == *"E301"* ]]
}

@test "numbers beyond a double keep their digits, or are an issue" {
    printf '{"data":[{"id":123456789012345678901,"invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":9007199254740993,"name":"Ana"},"subTotal":"9007199254740.9935","total":"1.0000000000000000000","referenceNumber":"007","salesTaxCode":null}],"hasMore":false}' > exact.json
    run "$ST2PLECTO" convert --schema invoices -o out exact.json
    [ "$status" -eq 0 ]
    grep -q '"external_id":"123456789012345678901"' out/registrations.jsonl
    grep -q '"member_api_id":"9007199254740993"' out/registrations.jsonl
    grep -q ':9007199254740.9935[,}]' out/registrations.jsonl
    grep -q '"Total":1.00[,}]' out/registrations.jsonl
    grep -q '"007"' out/registrations.jsonl
}

@test "calls: the key is the call's own ID in both shapes, never the booked job's" {
    printf '{"data":[{"id":0,"jobNumber":null,"leadCall":{"id":11,"receivedOn":"2025-10-20T15:00:00Z","duration":"00:01:06","agent":{"id":5,"name":"Marsh, Ida"},"active":true}},{"id":0,"jobNumber":null,"leadCall":{"id":12,"receivedOn":"2025-10-20T16:00:00Z","duration":"00:00:10","agent":{"id":5,"name":"Marsh, Ida"},"active":true}}],"hasMore":false}' > wrapped.json
    run "$ST2PLECTO" convert --schema calls -o wrapped wrapped.json
    [ "$status" -eq 0 ]
    [ "$(jq -r .external_id wrapped/registrations.jsonl | paste -sd,)" = "11,12" ]
    [ "$(jq -r .member_name wrapped/registrations.jsonl | sort -u)" = "Marsh, Ida" ]
    [ "$(jq -r .Duration wrapped/registrations.jsonl | paste -sd,)" = "66,10" ]
}

@test "two fields of one title are refused, an ID column called ID is fine" {
    convert -n --field "Jobs Subtotal=Status" jobs.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *'have the title "Status"'* && "$output" == *"--field NAME=TITLE"* ]]
    convert -n --field "Jobs Subtotal=external_id" jobs.csv
    [ "$status" -eq 2 ]
}
