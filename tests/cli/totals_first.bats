#!/usr/bin/env bats
# Total rows that come before their rows, rows of averages, and names that may stand for all rows.
# By day a part, all where the change touches: src/convert src/input

load helper

setup() {
    common_setup
    cat >own.schema.json <<'EOF'
{"name": "campaign-report", "plecto": {"title": "Campaigns", "id": "{period}:{Campaign Name}", "date": "period", "employee": "Office"},
 "fields": [{"name": "Campaign Name", "type": "string"}, {"name": "Campaign Category", "type": "string"},
            {"name": "Inbound Calls", "type": "integer", "plecto": {"aggregate": "sum"}},
            {"name": "Completed Revenue", "type": "number", "plecto": {"money": true, "aggregate": "sum"}}]}
EOF
}

# campaigns ROW...: converts a report of these rows.
campaigns() {
    rm -rf out # of the call before
    printf '%s\n' 'Campaign Name,Campaign Category,Inbound Calls,Completed Revenue' "$@" >c.csv
    run_split "$ST2PLECTO" convert --schema own.schema.json --period 2025-10-01..2025-10-31 --force -o out c.csv
}

# jobs ROW...: the same of a jobs report, whose rows name people.
jobs() {
    rm -rf out
    printf '%s\n' 'Job #,Completion Date,Primary Technician,Jobs Total' "$@" >jobs.csv
    run_split "$ST2PLECTO" convert --schema jobs --force -o out jobs.csv
}

# sent TITLE: the sum of a field over the registrations, and how many there are.
sent() {
    jq -s -r --arg title "$1" '"\(map(.[$title] // 0) | add) \(length)"' out/registrations.jsonl
}

kinds() {
    jq -r '[.totals[] | select(.agrees) | .kind] | join(", ")' out/result.json
}

@test "a total row that comes first is proved by the rows after it" {
    local total
    for total in 'Total,,30,$300.50' 'Grand Total:,,30,$300.50' ',,30,$300.50' ',,,$300.50' '**Total**,,30,$300.50' 'All,,30,$300.50' \
        'All Campaigns,,30,$300.50' 'Company,,30,$300.50' 'Total: 2 campaigns,,30,$300.50'; do
        campaigns "$total" 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25'
        [ "$status" -eq 0 ] || { echo "$total: $out" >&2 && false; }
        [ "$(sent 'Completed Revenue')" = "300.5 2" ] || { echo "$total" >&2 && false; }
        [ "$(kinds)" = "grand total" ]
    done
}

@test "totals of groups, regions and the file that come before their rows" {
    campaigns 'Web Total,,30,$300.50' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25' 'Print Total,,5,$2.00' 'Mailer,Print,5,$2.00'
    [ "$(sent 'Completed Revenue')" = "302.5 3" ]
    [ "$(kinds)" = "subtotal, subtotal" ]
    campaigns 'Grand Total,,36,$303.50' 'East Total,,35,$302.50' 'Web Total,,30,$300.50' 'Google,Web,10,$100.25' \
        'Yelp,Web,20,$200.25' 'Print Total,,5,$2.00' 'Mailer,Print,5,$2.00' 'West Total,,1,$1.00' 'Radio,Air,1,$1.00'
    [ "$(sent 'Completed Revenue')" = "303.5 4" ]
    [ "$(kinds)" = "grand total, subtotal, subtotal, subtotal, subtotal" ]
}

@test "a grand total that comes first, over subtotals that come after their rows" {
    campaigns 'Total,,35,$302.50' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25' ',,30,$300.50' 'Mailer,Print,5,$2.00' ',,5,$2.00'
    [ "$(sent 'Completed Revenue')" = "302.5 3" ]
    [ "$(kinds)" = "grand total, subtotal, subtotal" ]
}

@test "a grand total that comes first, over many groups" {
    local i lines=()
    for i in $(seq 1 80); do lines+=("Group $i Total,,$i,\$$i.50" "Campaign $i,x,$i,\$$i.50"); done
    campaigns 'Total,,3240,$3280.00' "${lines[@]}"
    [ "$(sent 'Completed Revenue')" = "3280 80" ]
    jq -e '.totals[0].agrees and (.totals | length) == 81' out/result.json
}

@test "a grand total above and below the rows" {
    campaigns 'Total,,30,$300.50' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25' 'Total,,30,$300.50'
    [ "$(sent 'Completed Revenue')" = "300.5 2" ]
    [ "$(kinds)" = "grand total, grand total" ]
}

@test "a row that comes first and only looks like a total is a row" {
    # the only row; numbers that are no sum; one column that equals that of the one row after it
    campaigns 'Total,,30,$300.50'
    [ "$(sent 'Completed Revenue')" = "300.5 1" ]
    campaigns 'All Pro,,3,$7.00' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25'
    [ "$(sent 'Completed Revenue')" = "307.5 3" ]
    campaigns 'Total Comfort,,,$5.00' 'Google,Web,,$5.00'
    [ "$(sent 'Completed Revenue')" = "10 2" ]
    campaigns 'Google,Web,10,$100.25' 'Company,Web,3,$7.00'
    [ "$(sent 'Completed Revenue')" = "107.25 2" ]
    # no name and no sum: the row has no ID
    campaigns ',,3,$7.00' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25'
    has "$out" E202
}

@test "a row called Total that comes first and is no sum is reported, never sent" {
    campaigns 'Total,,31,$300.50' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25'
    [ "$status" -eq 1 ]
    has "$out" 'the grand total of Inbound Calls is 31 in the file; its rows add up to 30'
    [ ! -e out/import.csv ]
}

@test "first totals of rows that name people" {
    jobs 'Total,,,$305.50' ',,,$300.50' '1001,10/20/2025,Ana Lopez,$100.00' '1002,10/21/2025,Ben Ortiz,$200.50' ',,,$5.00' \
        '1003,10/21/2025,Ben Ortiz,$5.00'
    [ "$status" -eq 0 ]
    [ "$(sent 'Jobs Total')" = "305.5 3" ]
    [ "$(kinds)" = "grand total, subtotal, subtotal" ]
}

@test "heads of groups that have the sums of their rows" {
    jobs 'Business Unit: HVAC,,,$300.50' '1001,10/20/2025,Ana Lopez,$100.00' '1002,10/21/2025,Ben Ortiz,$200.50' \
        'Business Unit: Plumbing,,,$5.00' '1003,10/21/2025,Ben Ortiz,$5.00'
    [ "$status" -eq 0 ]
    [ "$(sent 'Jobs Total')" = "305.5 3" ]
    [ "$(kinds)" = "subtotal, subtotal" ]
    jobs 'HVAC,,,$300.50' '1001,10/20/2025,Ana Lopez,$100.00' '1002,10/21/2025,Ben Ortiz,$200.50'
    [ "$(sent 'Jobs Total')" = "300.5 2" ]
    # a row that lost its employee and day stays one, also if it equals the one after it
    jobs 'Gate,,,$5.00' '1003,10/21/2025,Ben Ortiz,$5.00'
    has "$out" E201
    jobs 'HVAC,,,$300.50' '1001,10/20/2025,Ana Lopez,$100.00' '1002,10/21/2025,Ben Ortiz,$200.50' 'Gate,,,$7.00' \
        '1003,10/21/2025,Ben Ortiz,$5.00'
    has "$out" E201
    # what has a digit is an ID, not the name of a group
    jobs 'Job 7,,,$300.50' '1001,10/20/2025,Ana Lopez,$100.00' '1002,10/21/2025,Ben Ortiz,$200.50'
    has "$out" E201
    # one that equals its only row is proved by the others only if all of them fit
    jobs 'HVAC,,,$300.50' '1001,10/20/2025,Ana Lopez,$100.00' '1002,10/21/2025,Ben Ortiz,$200.50' 'Gate,,,$7.00' \
        '1003,10/21/2025,Ben Ortiz,$5.00' 'Door,,,$9.00' '1004,10/21/2025,Ben Ortiz,$9.00'
    has "$out" 'ID Gate'
    has "$out" 'ID Door'
}

@test "a total row that has the day of the report" {
    local rows=('5201,10/20/2025,$100.00,$0.00' '5202,10/21/2025,$200.50,$50.00') total='Total,10/31/2025,$300.50,$50.00'
    for order in first last; do
        if [ "$order" = first ]; then set -- "$total" "${rows[@]}"; else set -- "${rows[@]}" "$total"; fi
        printf '%s\n' 'Invoice #,Invoice Date,Invoice Total,Balance' "$@" >invoices.csv
        "$ST2PLECTO" convert -q --default-employee Office --force -o out invoices.csv
        [ "$(sent Total)" = "300.5 2" ] || { echo "$order" >&2 && false; }
    done
}

@test "a row of averages is kept out of the rows and makes no column an average" {
    campaigns 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25' 'Average,,15,$150.25'
    [ "$status" -eq 0 ]
    [ "$(sent 'Completed Revenue')" = "300.5 2" ]
    [ "$(kinds)" = average ]
    hasnt "$out" W822
    campaigns 'Avg.,,15,$150.25' 'Google,Web,10,$100.25' 'Yelp,Web,20,$200.25'
    [ "$(sent 'Completed Revenue')" = "300.5 2" ]
    # the only row
    campaigns 'Average,,15,$150.25'
    [ "$(sent 'Completed Revenue')" = "150.25 1" ]
}

@test "a person called Company or All Technicians is a total where the numbers say so" {
    printf '%s\n' 'Name,Completed Jobs,Completed Revenue' 'Ana,2,$100.00' 'Ben,3,$200.50' 'All Technicians,5,$300.50' >board.csv
    "$ST2PLECTO" convert -q --draft --period 2025-10-01..2025-10-31 -o out board.csv
    [ "$(sent 'Completed Revenue')" = "300.5 2" ]
    printf '%s\n' 'Name,Completed Jobs,Completed Revenue' 'Ana,2,$100.00' 'Ben,3,$200.50' 'Company,1,$1.50' >board.csv
    "$ST2PLECTO" convert -q --draft --period 2025-10-01..2025-10-31 --force -o out board.csv
    [ "$(sent 'Completed Revenue')" = "302 3" ]
    # one sum of one row is no proof
    jobs '1001,10/20/2025,Ana Lopez,$5.00' ',,Company,$5.00'
    has "$out" E203
}

@test "first totals do not depend on the threads or on the blocks" {
    {
        echo 'Campaign Name,Campaign Category,Inbound Calls,Completed Revenue'
        echo 'Total,,180000,$90000.00'
        awk 'BEGIN { for (i = 1; i <= 60000; i++) printf "Campaign %d,a category with a long name,%d,$%s\n", i, i % 2 ? 2 : 4, i % 2 ? "1.00" : "2.00" }'
    } >c.csv
    "$ST2PLECTO" convert -q -j 3 --schema own.schema.json --period 2025-10-01..2025-10-31 -o out3 c.csv
    "$ST2PLECTO" convert -q -j 1 --schema own.schema.json --period 2025-10-01..2025-10-31 -o out1 c.csv
    jq -e '.ledger.rows | .total_rows == 1 and .in == 60001' out3/result.json
    jq -e '.totals[0] | .agrees and .kind == "grand total"' out1/result.json
    cmp out1/import.csv out3/import.csv
}

@test "a total row states nothing of a column that the file does not have" {
    # Estimate Total is computed in rows that have both parts; the total row has the sums of each
    printf '%s\n' 'Estimate ID,Sold By,Creation Date,Estimates Subtotal,Tax' '389001,Ana,10/20/2025,$10.00,$1.00' \
        '389002,Ana,10/21/2025,$20.00,' '389003,Bo,10/21/2025,$30.00,$3.00' 'Total,,,$60.00,$4.00' >e.csv
    "$ST2PLECTO" convert -q --schema estimates -o out e.csv
    [ "$(sent 'Estimate Total')" = "44 3" ]
    [ "$(kinds)" = "grand total" ]
}
