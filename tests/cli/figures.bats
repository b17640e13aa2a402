#!/usr/bin/env bats
# figures.bats: what the numbers of a report mean: total rows, averages, shares, scales, amounts that are not sent.

load helper

setup() {
    common_setup
    cat >own.schema.json <<'JSON'
{"name": "campaign-report", "plecto": {"title": "Campaigns", "id": "{period}:{Campaign Name}", "date": "period", "employee": "Office"},
 "fields": [
  {"name": "Campaign Name", "type": "string", "plecto": {"aggregate": "group"}},
  {"name": "Inbound Calls", "type": "integer", "plecto": {"aggregate": "sum"}},
  {"name": "Completed Revenue", "type": "number", "plecto": {"money": true, "aggregate": "sum"}}]}
JSON
}

# campaigns LINE…: converts a campaign report of these rows.
campaigns() {
    { echo 'Campaign Name,Inbound Calls,Completed Revenue,Close Rate' && printf '%s\n' "$@"; } >c.csv
    run_split "$ST2PLECTO" convert --schema own.schema.json --period 2025-10-01..2025-10-31 --force -o out c.csv
}

# sent TITLE: the sum of a field over the registrations, and how many there are.
sent() {
    jq -s -r --arg title "$1" '"\(map(.[$title] // 0) | add) \(length)"' out/registrations.jsonl
}

@test "a total row of a report without people is proved by its numbers" {
    local total
    for total in 'Total,150,$15800.50,40%' 'Grand Total:,150,$15800.50,' ',150,$15800.50,40%' ',,$15800.50,' \
        'Total Campaigns,150,$15800.50,'; do
        campaigns 'Google,100,$15000.50,50%' 'Yelp,50,$800.00,20%' "$total"
        [ "$status" -eq 0 ] || { echo "$total: $out" >&2 && false; }
        [ "$(sent 'Completed Revenue')" = "15800.5 2" ] || { echo "$total" >&2 && false; }
        jq -e '.ledger.rows | .total_rows == 1 and .rejected == 0' out/result.json
        jq -e '.totals == [.totals[] | select(.agrees and .compared > 0)] and (.totals | length) == 1' out/result.json
    done
}

@test "a subtotal and a grand total are both found" {
    campaigns 'Google,100,$15000.50,' 'Yelp,50,$800.00,' ',150,$15800.50,' 'Mailer,7,$10.00,' ',7,$10.00,' 'Total,157,$15810.50,'
    [ "$status" -eq 0 ]
    [ "$(sent 'Completed Revenue')" = "15810.5 3" ]
    [ "$(jq -r '[.totals[].kind] | join(" ")' out/result.json)" = "grand total subtotal grand total" ]
}

@test "a row that only looks like a total is a row" {
    # a campaign whose name has the word in it, with numbers that are no sum
    campaigns 'Google,100,$15000.50,' 'Yelp,50,$800.00,' 'Total Comfort,3,$7.00,'
    [ "$status" -eq 0 ]
    [ "$(sent 'Completed Revenue')" = "15807.5 3" ]
    # the only row
    campaigns 'Total,150,$15800.50,'
    [ "$(sent 'Completed Revenue')" = "15800.5 1" ]
    # one column that agrees, and rows after it
    campaigns 'Google,,$5.00,' 'Total Comfort,,$5.00,' 'Yelp,,$1.00,'
    [ "$(sent 'Completed Revenue')" = "11 3" ]
    # no name and no sum: the row has no ID
    campaigns 'Google,100,$15000.50,' ',50,$800.00,'
    [ "$status" -ne 0 ]
    has "$out" E202
}

@test "a row called Total whose numbers are no sum is told, never sent" {
    campaigns 'Google,100,$15000.50,' 'Yelp,50,$800.00,' 'Total,150,$1.00,'
    [ "$status" -ne 0 ]
    has "$out" E701
    [ ! -e out/import.csv ]
}

@test "rows that look like totals and are none change nothing, whatever the threads" {
    local i lines=()
    for i in $(seq 1 300); do lines+=("Total $i,$i,\$$i.50,"); done
    campaigns "${lines[@]}" 'Total,45150,$45300.00,'
    [ "$status" -eq 0 ]
    [ "$(sent 'Completed Revenue')" = "45300 300" ]
    "$ST2PLECTO" convert -q -j 3 --schema own.schema.json --period 2025-10-01..2025-10-31 -o out3 c.csv
    cmp out/import.csv out3/import.csv
}

@test "a total row of a file whose rows go to one name" {
    printf '%s\n' 'Invoice #,Invoice Date,Invoice Total,Balance' '5201,10/20/2025,$100.00,$0.00' '5202,10/21/2025,$200.00,$50.00' \
        'Total,,$300.00,$50.00' >invoices.csv
    "$ST2PLECTO" convert --default-employee Office -o out invoices.csv
    jq -e '.ledger.rows | .written == 2 and .total_rows == 1 and .rejected == 0' out/result.json
}

@test "0 sums compared is no agreement" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Odd' '1,Ana,10/20/2025,5' 'Total,,,9' >odd.csv
    run_split "$ST2PLECTO" convert --schema jobs -o out odd.csv
    hasnt "$out" '1 of 1 agree'
    has "$out" '1 could not be compared'
    jq -e '.totals[0].compared == 0' out/result.json
    "$ST2PLECTO" report --format html=out.html out/result.json
    grep -q 'not compared' out.html
    "$ST2PLECTO" report --format json out/result.json | jq -e '.totals[0].compared == 0'
}

@test "a total over a cell that cannot be read is no fault of its own" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Sold Hours' '1,Ana,10/20/2025,$1O.00,1' \
        '2,Ana,10/20/2025,$5.00,2' 'Total,,,$15.00,4' >slip.csv
    run_split "$ST2PLECTO" convert --schema jobs --on-error reject -o out slip.csv
    has "$out" E301
    has "$out" 'the grand total of Sold Hours is 4' # the other column is compared still
    hasnt "$out" 'total of Jobs Subtotal'
    has "$out" 'Jobs Subtotal is not compared'
}

@test "a column whose total row states its average is never summed" {
    cat >board.json <<'JSON'
{"name": "board", "plecto": {"title": "Board", "id": "{Day}:{Name}"}, "fields": [
  {"name": "Name", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Day", "type": "date", "plecto": {"role": "date"}},
  {"name": "Jobs", "type": "integer", "plecto": {"aggregate": "sum"}},
  {"name": "Revenue", "type": "number", "plecto": {"money": true, "aggregate": "sum"}},
  {"name": "Ticket", "type": "number", "plecto": {"money": true, "aggregate": "sum"}}]}
JSON
    printf '%s\n' 'Name,Day,Jobs,Revenue,Ticket' 'Ana,10/20/2025,10,$1000.00,$100.00' 'Bo,10/21/2025,5,$1500.00,$300.00' \
        'Total,,15,$2500.00,$166.67' >board.csv
    "$ST2PLECTO" convert --schema board.json -o rows board.csv
    [ "$(jq -s 'map(.Ticket) | add' rows/registrations.jsonl)" = 400 ]
    run_split "$ST2PLECTO" convert --schema board.json --by month -o out board.csv
    [ "$status" -eq 0 ]
    has "$out" W822
    jq -es 'map(.Revenue) == [1000, 1500] and all(.Ticket == null)' out/registrations.jsonl
    # without it nothing is left out
    sed -i '/^Total/d' board.csv
    "$ST2PLECTO" convert -q --schema board.json --by month -o plain board.csv
    jq -es 'map(.Ticket) == [100, 300]' plain/registrations.jsonl
}
