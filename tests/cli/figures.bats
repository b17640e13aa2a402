#!/usr/bin/env bats
# figures.bats: what the numbers of a report mean: total rows, averages, shares, scales, amounts that are not sent.
# By day a part, all where the change touches: src/convert src/ledger src/report schemas

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

@test "money and hours that no field takes are named with a code, also with -q; counts and texts are not" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Dispatch Surcharge,Site Fee,Extra Hours,Crew Size,Gate Note' \
        '1,Ana,10/20/2025,$5.00,$45.00,1.50,2.25,2,blue' '2,Ana,10/20/2025,$5.00,$30.50,2.75,1,3,' >fees.csv
    run_split "$ST2PLECTO" convert -q --schema jobs -o out fees.csv
    [ "$status" -eq 0 ]
    has "$out$err" 'W127'
    has "$out$err" '"Dispatch Surcharge" holds money ($75.50 in 2 rows) and is not sent'
    has "$out$err" '"Site Fee" holds money ($4.25 in 2 rows)'
    has "$out$err" '"Extra Hours" holds hours and is not sent'
    hasnt "$out$err" 'Crew Size'
    hasnt "$out$err" 'Gate Note'
    run_split "$ST2PLECTO" convert -q --schema jobs --fail-on warning -o out --force fees.csv
    [ "$status" -ne 0 ]
}

@test "--drop says that money may be left out, --field sends it as money" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Dispatch Surcharge' \
        '1,Ana,10/20/2025,$5.00,$45.00' '2,Ana,10/20/2025,$5.00,$30.50' >fees.csv
    run_split "$ST2PLECTO" convert --schema jobs --drop 'dispatch surcharge' -o out fees.csv
    [ "$status" -eq 0 ]
    hasnt "$out" W127
    "$ST2PLECTO" convert -q --schema jobs --field 'Dispatch Surcharge=Surcharge' --by day -o day fees.csv
    [ "$(jq -s -c 'map(.Surcharge)' day/registrations.jsonl)" = '[75.5]' ]
    jq -e '[.ledger.columns[] | select(.title == "Surcharge" and .money and .written == "75.50")] | length == 1' day/result.json
    wrong_use '--drop Surcharges' 'did you mean' "$ST2PLECTO" convert --schema jobs --drop Surcharges -o no fees.csv
}

@test "a file whose money is not sent at all is not converted" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Odd Amount' '1,Ana,10/20/2025,$45.00' >odd.csv
    run_split "$ST2PLECTO" convert --schema jobs -o out odd.csv
    [ "$status" -ne 0 ]
    has "$out" 'E108'
    [ ! -e out/import.csv ]
    "$ST2PLECTO" convert -q --schema jobs --field 'Odd Amount' -o sent odd.csv
    "$ST2PLECTO" convert -q --schema jobs --drop 'Odd Amount' -o dropped odd.csv
}

@test "--date takes any column whose values are dates" {
    printf '%s\n' 'Job #,First Dispatch,Gate Note,Booked By,Jobs Subtotal' '1,10/20/2025 8:15 AM,blue,Hugo,$1.00' \
        '2,10/21/2025 9:30 AM,red,Hugo,$2.00' >first.csv
    "$ST2PLECTO" convert -q --schema jobs --employee 'Booked By' --date 'First Dispatch' -o out first.csv
    [ "$(jq -r '.date[:10]' out/registrations.jsonl | tr '\n' ' ')" = '2025-10-20 2025-10-21 ' ]
    run_split "$ST2PLECTO" convert --schema jobs --date 'Gate Note' -o no first.csv
    [ "$status" -eq 2 ]
}

@test "a draft sums amounts and counts, never averages and rates" {
    printf '%s\n' 'Technician Name,Completed Jobs,Completed Revenue,Average Ticket,Total Job Average,Close Rate,Hourly Rate,Recalls,Opportunity,Tech Lead Sales,Odd' \
        'Ana,10,"$1,000.00",$90.00,$100.00,50.00%,$32.00,1,7,$5.00,3' 'Bo,5,"$1,500.00",$10.00,$300.00,25.00%,$30.00,2,3,$6.00,4' >'T_Dated 10_01_25 - 10_31_25.csv'
    "$ST2PLECTO" schema init -o draft.json T_*.csv
    "$ST2PLECTO" schema lint draft.json
    aggregate() { sed 's|^ *//.*||' draft.json | jq -r --arg name "$1" '.fields[] | select(.name == $name) | .plecto.aggregate | tostring'; }
    [ "$(aggregate 'Completed Jobs')" = sum ]
    [ "$(aggregate 'Completed Revenue')" = sum ]
    [ "$(aggregate 'Recalls')" = sum ]
    [ "$(aggregate 'Opportunity')" = sum ]
    [ "$(aggregate 'Tech Lead Sales')" = sum ]
    [ "$(aggregate 'Average Ticket')" = none ]
    [ "$(aggregate 'Close Rate')" = none ]
    [ "$(aggregate 'Hourly Rate')" = none ]
    [ "$(aggregate 'Odd')" = null ]
    [ "$(aggregate 'Total Job Average')" = '{"ratio":["Completed Revenue","Completed Jobs"]}' ]
    grep -B1 '"name": "Odd"' draft.json | grep -q 'may it be summed'
    grep '"name": "Hourly Rate"' draft.json >rate
    hasnt "$(cat rate)" percent
    # a known ratio whose values do not agree is none
    sed -i 's/\$100.00,50/$101.00,50/' T_*.csv
    "$ST2PLECTO" schema init T_*.csv >draft.json
    [ "$(aggregate 'Total Job Average')" = none ]
}

@test "the total row of a report proves to its draft what is summed" {
    printf '%s\n' 'Name,Jobs,Odd,Strange' 'Ana,10,7,4' 'Bo,5,9,8' 'Total,15,16,5.5' >'T_Dated 10_01_25 - 10_31_25.csv'
    "$ST2PLECTO" schema init -o draft.json T_*.csv
    grep -B1 '"name": "Odd"' draft.json | grep -q "total row is its sum"
    grep '"name": "Odd"' draft.json | grep -q '"aggregate": "sum"'
    grep '"name": "Strange"' draft.json | grep -q '"aggregate": "none"'
    "$ST2PLECTO" convert -q --schema draft.json -o out T_*.csv
    [ "$(wc -l <out/registrations.jsonl)" -eq 2 ]
}

# margins LINE…: job costing rows of these margins.
margins() {
    { echo 'Scheduled Date,Primary Technician,Job #,Jobs Subtotal,Labor Pay,Jobs Total Costs,Jobs Gross Margin %,Status'
        local number=1000
        for margin; do echo "10/20/2025,Ana,$((number++)),\$100.00,\$10.00,\$53.00,$margin,Completed"; done; } >m.csv
}

@test "percentages are sent as 0 to 100: signs, numbers above 1, fractions of the API, --percent" {
    local sent='map(."Jobs Gross Margin %")'
    margins 47.00% -41.20% 0.5%
    "$ST2PLECTO" convert -q --schema report-job-costing -o signs m.csv
    [ "$(jq -s -c "$sent" signs/registrations.jsonl)" = '[47,-41.2,0.5]' ]
    margins 47 0.5 0
    "$ST2PLECTO" convert -q --schema report-job-costing -o large m.csv
    [ "$(jq -s -c "$sent" large/registrations.jsonl)" = '[47,0.5,0]' ]
    margins 0.47 -0.412 0
    run_split "$ST2PLECTO" convert --schema report-job-costing -o out m.csv
    [ "$status" -ne 0 ]
    has "$out" 'E311'
    has "$out" 'Jobs Gross Margin % has 2 values between -1 and 1 and no others'
    "$ST2PLECTO" convert -q --schema report-job-costing --percent 1 -o part m.csv
    [ "$(jq -s -c "$sent" part/registrations.jsonl)" = '[47,-41.2,0]' ]
    "$ST2PLECTO" convert -q --schema report-job-costing --percent 100 -o whole m.csv
    [ "$(jq -s -c "$sent" whole/registrations.jsonl)" = '[0.47,-0.412,0]' ]
    jq -e '.options.percent == "100"' whole/receipt.json
    margins 47.00% 0.47 47
    run_split "$ST2PLECTO" convert --schema report-job-costing -o mixed m.csv
    has "$out" 'Jobs Gross Margin % has 1 value with a percent sign, and 1 between -1 and 1 without one'
}

@test "fractions of report answers keep four decimals of the percentage" {
    cat >answer.json <<'JSON'
{"fields": [{"name": "ScheduledDate", "label": "Scheduled Date"}, {"name": "PrimaryTechnician", "label": "Primary Technician"},
 {"name": "JobNumber", "label": "Job #"}, {"name": "Subtotal", "label": "Jobs Subtotal"}, {"name": "LaborPay", "label": "Labor Pay"},
 {"name": "TotalCosts", "label": "Jobs Total Costs"}, {"name": "GrossMarginPercentage", "label": "Jobs Gross Margin %"}],
 "page": 1, "pageSize": 10, "hasMore": false, "totalCount": null,
 "data": [["2025-10-20T00:00:00-05:00", "Ana", "1001", 100, 10, 53, -0.6879633178465594], ["2025-10-20T00:00:00-05:00", "Ana", "1002", 100, 10, 53, 1.5E-1],
 ["2025-10-20T00:00:00-05:00", "Ana", "1003", 100, 10, 53, null], ["2025-10-20T00:00:00-05:00", "Ana", "1004", 100, 10, 53, "1"]]}
JSON
    "$ST2PLECTO" convert -q --schema report-job-costing -o out answer.json
    [ "$(jq -s -c 'map(."Jobs Gross Margin %")' out/registrations.jsonl)" = '[-68.7963,15,null,100]' ]
}

@test "a schema's scale is 1 or 100, and of percentages only; lint says what 0.1.0 did otherwise" {
    schema() {
        printf '{"name": "s", "description": "d", "plecto": {"title": "S", "signature": ["x"]}, "fields": [\n{"name": "I", "type": "string", "plecto": {"role": "id"}},\n{"name": "E", "type": "string", "plecto": {"role": "employee-name"}},\n{"name": "D", "type": "date", "plecto": {"role": "date"}},\n%s]}' "$1" >s.json
        run_split "$ST2PLECTO" schema lint s.json
    }
    schema '{"name": "P", "type": "number", "plecto": {"percent": true, "scale": 10}}'
    has "$out" '"scale" in field "P" must be 1'
    schema '{"name": "P", "type": "number", "plecto": {"scale": 100}}'
    has "$out" '"scale" in field "P" asks for "percent": true'
    schema '{"name": "P", "type": "number", "plecto": {"percent": true}}'
    has "$out" 'field "P" is a percentage without "scale"'
    schema '{"name": "Average Ticket", "type": "number", "plecto": {"money": true}}'
    has "$out" 'field "Average Ticket" is left out of totals'
    schema '{"name": "Avg. Sale", "type": "number", "plecto": {"money": true, "aggregate": "sum"}}'
    has "$out" 'field "Avg. Sale" is summed, though its label says'
    schema '{"name": "Per Diem", "type": "number", "plecto": {"money": true}}'
    hasnt "$out" 'left out of totals'
}

@test "nothing is not zero: keys that no record has, null, lists that are null" {
    cat >jobs.json <<'JSON'
{"page": 1, "pageSize": 50, "hasMore": false, "totalCount": 2, "data": [
 {"id": 1, "jobNumber": "1", "jobStatus": "Completed", "completedOn": "2025-11-04T19:41:00Z", "createdOn": "2025-11-04T14:41:00Z", "modifiedOn": "2025-11-05T00:00:00Z", "jobTypeId": 201, "businessUnitId": 101, "firstAppointmentId": 1, "soldById": 4100},
 {"id": 2, "jobNumber": "2", "jobStatus": "Completed", "completedOn": "2025-11-04T19:41:00Z", "createdOn": "2025-11-04T14:41:00Z", "modifiedOn": "2025-11-05T00:00:00Z", "jobTypeId": 201, "businessUnitId": 101, "firstAppointmentId": 1, "soldById": 4100}]}
JSON
    "$ST2PLECTO" convert -q --tz America/Chicago --by day -o out jobs.json
    jq -es 'length == 1 and .[0].Count == 2 and .[0]["Jobs Total"] == null and ([.[0] | .. | numbers | select(. == 0)] | length == 0)' out/registrations.jsonl
    # a zero that is there stays one, and no yes among answers is none
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Recall' '1,Ana,10/20/2025,$0.00,No' '2,Bo,10/20/2025,,' >zero.csv
    "$ST2PLECTO" convert -q --schema jobs --by day -o zero zero.csv
    [ "$(jq -s -c 'map([."Jobs Subtotal", .Recall])' zero/registrations.jsonl)" = '[[0,0],[null,null]]' ]
}

@test "averages have four decimals and the number of values behind them" {
    cat >visits.json <<'JSON'
{"name": "visits", "plecto": {"title": "Visits"}, "fields": [
  {"name": "Visit", "type": "string", "plecto": {"role": "id"}}, {"name": "Who", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "When", "type": "date", "plecto": {"role": "date"}}, {"name": "Rating", "type": "number", "plecto": {"aggregate": "avg"}}]}
JSON
    printf '%s\n' Visit,Who,When,Rating 1,Ana,2025-10-20,0.0375 2,Bo,2025-10-20,1 3,Bo,2025-10-20,2 4,Bo,2025-10-20,2 5,Bo,2025-10-20, >v.csv
    run_split "$ST2PLECTO" convert --schema visits.json --by day -o out v.csv
    [ "$(jq -s -c 'map([.Rating, .["Rating (count)"], .Count])' out/registrations.jsonl)" = '[[0.0375,1,1],[1.6667,3,4]]' ]
    has "$out" 'Rating (count) is the number of values behind the average Rating.'
    jq -e '[.fields[].title] | contains(["Rating (count)"])' out/datasource.json
    "$ST2PLECTO" convert -q --schema visits.json --by day --layout metric -o metric v.csv
    jq -es '[.[] | select(.Metric == "Rating (count)") | .Value] == [1, 3]' metric/registrations.jsonl
}

@test "--per without the employee is refused with the command that works" {
    jobs_csv
    wrong_use '--per Business Unit leaves out the employee' \
        "st2plecto convert --schema jobs --by day --per 'employee,Business Unit' -o out jobs.csv" \
        "$ST2PLECTO" convert --schema jobs --by day --per 'Business Unit' -o out jobs.csv
    wrong_use '--per Status leaves out the employee' "st2plecto convert --by day --per employee,Status -o out jobs.csv" "$ST2PLECTO" convert --by day --per=Status -o out jobs.csv
    "$ST2PLECTO" convert -q --schema jobs --by day --per 'employee,Business Unit' -o out jobs.csv
}

@test "a cell that names one person twice is one person; several people count once each, and that is said" {
    printf '%s\n' 'Job #,Completion Date,Assigned Technicians,Jobs Total' '1,10/20/2025,"Ana Lopez, Ana Lopez",$5.00' \
        '2,10/20/2025,"Ana Lopez, Ben Ortiz",$3.00' >several.csv
    run_split "$ST2PLECTO" convert --schema jobs --several split --by day -o out several.csv
    [ "$status" -eq 0 ]
    [ "$(jq -s -c 'map([.member_name, .Count, ."Jobs Total"])' out/registrations.jsonl)" = '[["Ana Lopez",2,6.5],["Ben Ortiz",1,1.5]]' ]
    has "$out" 'count once for each person: 3 for 2 rows'
    run_split "$ST2PLECTO" convert --schema jobs --several split -o rows several.csv
    has "$out" 'written as 3 registrations'
}

@test "a file that states two periods is told" {
    { echo 'Date Range: 10/1/2025 - 10/31/2025' && echo && printf '%s\n' 'Campaign Name,Inbound Calls,Completed Revenue' 'Google,100,$5.00'; } >'C_Dated 11_01_25 - 11_30_25.csv'
    run_split "$ST2PLECTO" convert --schema own.schema.json -o out C_*.csv
    has "$out" W623
    has "$out" 'a line above its header says 2025-10-01..2025-10-31, its name says 2025-11-01..2025-11-30; the period of a line above its header is used'
    mv C_*.csv 'C_Dated 10_01_25 - 10_31_25.csv'
    run_split "$ST2PLECTO" convert --schema own.schema.json -o same C_*.csv
    hasnt "$out" W623
}

@test "--layout metric says what kind each metric is" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Sold Hours,Recall' '1,Ana,10/20/2025,$5.00,2.5,Yes' >kinds.csv
    "$ST2PLECTO" convert -q --schema jobs --by day --layout metric -o out kinds.csv
    [ "$(jq -s -c 'map([.Metric, .["Metric Kind"], .Value])' out/registrations.jsonl)" = \
        '[["Count","count",1],["Jobs Subtotal","money",5],["Sold Hours","hours",2.5],["Recall","count",1]]' ]
}

# lines SCHEMA-KEYS: two invoices, one with two lines, and a schema for them.
lines() {
    printf '%s\n' 'Invoice #,Item Code,Invoice Date,Sold By,Item Total (Invoice Items),Invoice Item Totals (Invoices)' \
        '9001,A1,10/20/2025,Ana,$100.00,$150.00' '9001,A2,10/20/2025,Ana,$50.00,$150.00' '9002,A1,10/21/2025,Bo,$30.00,$30.00' >lines.csv
    cat >lines.json <<JSON
{"name": "lines", "plecto": {"title": "Lines", "id": "{Invoice #}:{Item Code}"}, "fields": [
 {"name": "Invoice #", "type": "string"}, {"name": "Item Code", "type": "string"},
 {"name": "Invoice Date", "type": "date", "plecto": {"role": "date"}}, {"name": "Sold By", "type": "string", "plecto": {"role": "employee-name"}},
 {"name": "Item Total", "type": "number", "plecto": {"money": true, "aggregate": "sum"}},
 {"name": "Invoice Item Totals", "type": "number", "plecto": {"money": true, "aggregate": "sum"$1}}]}
JSON
}

@test "a column of the parent is not summed once a line; plecto.per counts it once" {
    lines ''
    run_split "$ST2PLECTO" convert --schema lines.json --by month -o out lines.csv
    [ "$status" -eq 0 ]
    has "$out" W823
    has "$out" '"Invoice Item Totals (Invoices)" repeats on each line of the same Invoice # and is not summed'
    jq -es 'map(."Item Total") == [150, 30] and all(has("Invoice Item Totals") | not)' out/registrations.jsonl
    lines ', "per": "Invoice #"'
    "$ST2PLECTO" schema lint lines.json
    run_split "$ST2PLECTO" convert --schema lines.json --by month -o once lines.csv
    hasnt "$out" W823
    jq -es 'map([."Item Total", ."Invoice Item Totals"]) == [[150, 150], [30, 30]]' once/registrations.jsonl
    "$ST2PLECTO" convert -q --schema lines.json -j 3 -o rows lines.csv
    jq -es 'map(."Invoice Item Totals") == [150, null, 30]' rows/registrations.jsonl
    # amounts that differ from line to line are the lines' own, whatever the bracket says; so are those of single lines
    lines ''
    sed -i '3s/\$150.00$/$70.00/' lines.csv
    run_split "$ST2PLECTO" convert --schema lines.json --by month -o own lines.csv
    hasnt "$out" W823
    lines ', "per": "Invoice"'
    run_split "$ST2PLECTO" schema lint lines.json
    has "$out" '"per": "Invoice" in field "Invoice Item Totals" names no field'
}

# splits SHARE…: splits of a job of $1,000.00.
splits() {
    local number=0 list=
    for share; do
        number=$((number + 1))
        list="$list${list:+,}{\"id\": $number, \"jobId\": 100, \"technicianId\": 410$number, \"split\": $share, \"active\": true, \"createdOn\": \"2025-11-04T15:00:00Z\", \"modifiedOn\": \"2025-11-05T00:00:00Z\"}"
    done
    echo "{\"page\": 1, \"pageSize\": 50, \"hasMore\": false, \"totalCount\": $number, \"data\": [$list]}" >splits.json
    echo '{"page": 1, "pageSize": 50, "hasMore": false, "totalCount": 1, "data": [{"id": 100, "jobNumber": "100", "jobStatus": "Completed", "completedOn": "2025-11-04T19:41:00Z", "createdOn": "2025-11-04T14:41:00Z", "modifiedOn": "2025-11-05T00:00:00Z", "jobTypeId": 201, "businessUnitId": 101, "firstAppointmentId": 1, "total": 1000}]}' >jobs.json
}

@test "shares that are no whole are an issue in both directions; parts add up to the cent" {
    splits 60 60
    run_split "$ST2PLECTO" convert --tz America/Chicago --with jobs.json -o out splits.json
    [ "$status" -ne 0 ]
    has "$out" 'E504'
    has "$out" 'the shares of jobId 100 add up to 120, not to 100 or 1'
    splits 45 45
    run_split "$ST2PLECTO" convert --tz America/Chicago --with jobs.json -o out --force splits.json
    has "$out" 'add up to 90'
    splits 33.33 33.33 33.33
    "$ST2PLECTO" convert -q --tz America/Chicago --with jobs.json -o thirds splits.json
    jq -es 'map(."Split Revenue") == [333.33, 333.34, 333.33]' thirds/registrations.jsonl
    splits 60 40
    "$ST2PLECTO" convert -q --tz America/Chicago --with jobs.json -o whole splits.json
    jq -es 'map(."Split Revenue") == [600, 400]' whole/registrations.jsonl
}

@test "words for nothing are one missing group" {
    printf '%s\n' 'Job #,Completion Date,Primary Technician,Customer Type,Jobs Total' '1,10/20/2025,Ana,,$1.00' '2,10/20/2025,Ana,-,$2.00' \
        '3,10/20/2025,Ana,N/A,$4.00' '4,10/20/2025,Ana,nan,$8.00' '5,10/20/2025,Ana,Residential,$16.00' >groups.csv
    "$ST2PLECTO" convert -q --schema jobs --by month --per 'employee,Customer Type' -o out groups.csv
    [ "$(jq -s -c 'map(."Jobs Total")' out/registrations.jsonl)" = '[15,16]' ]
}
