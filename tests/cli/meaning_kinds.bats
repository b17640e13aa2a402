#!/usr/bin/env bats
# Kinds that the model of meaning found (tests/property/meaning.py): heads of groups over any column, values by what they are,
# brackets in the singular, columns renamed by label only, averages weighted by whatever.
# By day a part, all where the change touches: src/convert src/input src/values

load helper

setup() { common_setup; }

@test "a bare name in the first cell heads a group, whatever the column holds in other rows" {
    local first
    for first in 'Completion Date,Job #,Primary Technician,Jobs Total|10/20/2025,1001,Ana Lopez,$100.00|10/21/2025,1002,Bo Chen,$50.00' \
        'Primary Technician,Job #,Completion Date,Jobs Total|Ana Lopez,1001,10/20/2025,$100.00|Bo Chen,1002,10/21/2025,$50.00' \
        'Jobs Total,Job #,Completion Date,Primary Technician|$100.00,1001,10/20/2025,Ana Lopez|$50.00,1002,10/21/2025,Bo Chen' \
        'Active,Job #,Completion Date,Primary Technician,Jobs Total|Yes,1001,10/20/2025,Ana Lopez,$100.00|No,1002,10/21/2025,Bo Chen,$50.00'; do
        IFS='|' read -r header one two <<<"$first"
        commas=${header//[^,]/}
        printf '%s\n' "$header" "HVAC - Service$commas" "$one" "Plumbing$commas" "$two" >g.csv
        run "$ST2PLECTO" convert --no-config --force -o out g.csv
        [ "$status" -eq 0 ]
        [ "$(jq -c '.ledger.rows | [.in, .written, .group_rows, .rejected]' out/result.json)" = "[4,2,2,0]" ]
    done
    # a spreadsheet's error is an amount that is lost, no name
    local lost
    for lost in '#REF!' '#WERT!' '=SUM(Jobs)' 'Loading...'; do
        printf '%s\n' 'Jobs Total,Job #,Completion Date,Primary Technician' "$lost,,," '$100.00,1001,10/20/2025,Ana Lopez' >g.csv
        run "$ST2PLECTO" convert --no-config --force -o out g.csv
        [ "$status" -eq 1 ]
        [[ "$output" == *E310* ]]
    done
    # an amount beside it, or a digit in it, is more than a name
    printf '%s\n' 'Completion Date,Job #,Primary Technician,Jobs Total' 'HVAC - Service,,,$5.00' '10/20/2025,1001,Ana Lopez,$100.00' >g.csv
    run "$ST2PLECTO" convert --no-config --force -o out g.csv
    [ "$status" -eq 1 ]
    printf '%s\n' 'Completion Date,Job #,Primary Technician,Jobs Total' '10/2O/2025,,,' '10/20/2025,1001,Ana Lopez,$100.00' >g.csv
    run "$ST2PLECTO" convert --no-config --force -o out g.csv
    [ "$status" -eq 1 ]
}

@test "an open record is known by the value, however the number or the answer is spelled" {
    local value
    for value in 0 0.0 0.00; do
        printf '%s\n' 'Job #,Total Estimates,Opportunity Date,Lead Type,Sold By,Estimate Subtotal' "1,$value,10/20/2025,Web,,\$5.00" \
            '2,1,10/21/2025,Web,Ana Lopez,$7.00' >o.csv
        run "$ST2PLECTO" convert --no-config --schema report-sales-opportunities --force -o out o.csv
        [ "$status" -eq 0 ]
        [ "$(jq -c '.ledger.rows | [.written, .not_yet]' out/result.json)" = "[1,1]" ]
    done
    for value in No false F 0; do
        printf '%s\n' 'Job #,Closed,Opportunity Date,Lead Type,Sold By,Estimate Subtotal' "1,$value,10/20/2025,Web,,\$5.00" \
            '2,Yes,10/21/2025,Web,Ana Lopez,$7.00' >o.csv
        run "$ST2PLECTO" convert --no-config --schema report-sales-opportunities --force -o out o.csv
        [ "$status" -eq 0 ]
        [ "$(jq -c '.ledger.rows | [.written, .not_yet]' out/result.json)" = "[1,1]" ]
    done
}

@test "a bracket names the parent in the singular and the plural" {
    local parent
    for parent in 'Invoice Amount (Invoice)' 'Invoice Amount (Invoices)' 'Invoice Amount (invoice)'; do
        printf '%s\n' "Invoice #,Item Code,Invoice Date,Sold By,Item Total,$parent" '9001,A1,10/20/2025,Ana,$100.00,$150.00' \
            '9001,A2,10/20/2025,Ana,$50.00,$150.00' '9002,A1,10/21/2025,Bo,$30.00,$30.00' >lines.csv
        cat >lines.json <<'JSON'
{"name": "lines", "plecto": {"title": "Lines", "id": "{Invoice #}:{Item Code}"}, "fields": [
 {"name": "Invoice #", "type": "string"}, {"name": "Item Code", "type": "string"},
 {"name": "Invoice Date", "type": "date", "plecto": {"role": "date"}}, {"name": "Sold By", "type": "string", "plecto": {"role": "employee-name"}},
 {"name": "Item Total", "type": "number", "plecto": {"money": true, "aggregate": "sum"}},
 {"name": "Invoice Amount", "type": "number", "plecto": {"money": true, "aggregate": "sum"}}]}
JSON
        run "$ST2PLECTO" convert --no-config --schema lines.json --by month --force -o out lines.csv
        [ "$status" -eq 0 ]
        [[ "$output" == *W823* ]]
        jq -es 'map(."Item Total") == [150, 30] and all(has("Invoice Amount") | not)' out/registrations.jsonl
    done
}

@test "a column is called renamed only if its values fit the field" {
    try() { # try LABEL VALUE: with the label in place of a field that the file lacks
        printf '%s\n' "Job #,Primary Technician,Created Date,Jobs Subtotal,$1" "1,Ana,10/20/2025,\$1.00,$2" "2,Bo,10/21/2025,\$2.00,$2" >r.csv
        run "$ST2PLECTO" convert --no-config --schema jobs --force -o out r.csv
        [ "$status" -eq 0 ]
    }
    try 'Completn Dt' 10/20/2025 # a third of the letters may differ
    [[ "$output" == *'W123'*'"Completn Dt"'* ]]
    try 'Completion Dte' blue
    [[ "$output" != *W123* ]]
    try 'Sold Hurs' 2.5
    [[ "$output" == *'W123'*'"Sold Hurs"'* ]]
    try 'Sold Hurs' roof
    [[ "$output" != *W123* ]]
    try 'Dispatchd By' 'Cy Ortiz'
    [[ "$output" == *'W123'*'"Dispatchd By"'* ]]
    try 'Dispatchd By' 10/20/2025
    [[ "$output" != *W123* ]]
}

# board TOTAL: three technicians, and what their total row says
board() {
    cat >board.json <<'JSON'
{"name": "board", "plecto": {"title": "Board", "id": "{Day}:{Name}"}, "fields": [
  {"name": "Name", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "Day", "type": "date", "plecto": {"role": "date"}},
  {"name": "Jobs", "type": "integer", "plecto": {"aggregate": "sum"}},
  {"name": "Revenue", "type": "number", "plecto": {"money": true, "aggregate": "sum"}},
  {"name": "Odd", "type": "number", "plecto": {"aggregate": "sum"}}]}
JSON
    printf '%s\n' 'Name,Day,Jobs,Revenue,Odd' 'Ana,2025-10-20,10,$1000.00,100' 'Bo,2025-10-21,5,$1500.00,' 'Cy,2025-10-22,1,$500.00,30' "$1" >board.csv
    run "$ST2PLECTO" convert --no-config --schema board.json --by month --force -o out board.csv
}

@test "an average weighted by whatever, or over the filled cells, does not stop a conversion and is never summed" {
    local odd
    for odd in 65 46.67 93.64 33.1; do # of the filled cells, by Revenue, by Jobs, by what is not in the file
        board "Total,,16,\$3000.00,$odd"
        [ "$status" -eq 0 ]
        [[ "$output" == *W822* ]]
        jq -es 'map(.Revenue) == [1000, 1500, 500] and all(.Odd == null)' out/registrations.jsonl
    done
    board 'Total,,16,$3000.00,130'
    [ "$status" -eq 0 ]
    jq -es 'map(.Odd) == [100, null, 30]' out/registrations.jsonl
    # more than any of its values, or beside another sum that is wrong: the total is wrong
    board 'Total,,16,$3000.00,129'
    [ "$status" -eq 1 ]
    [[ "$output" == *E701* ]]
    board 'Total,,15,$3000.00,65'
    [ "$status" -eq 1 ]
    [[ "$output" == *E701*Odd* ]]
    # money by its label is summed: 1200 is a wrong total of it, whatever the other columns say
    board 'Total,,16,$1200.00,130'
    [ "$status" -eq 1 ]
    [[ "$output" == *E701*Revenue* ]]
}

@test "a person's ID that pandas writes as 4101.0 is 4101, in the export, the roster and a companion" {
    printf '%s\n' 'id,jobNumber,jobStatus,completedOn,createdOn,soldById,total,firstAppointmentId' \
        '1001,1001,Completed,2025-10-20T15:00:00Z,2025-10-19T15:00:00Z,4101.0,100.5,7' \
        '1002,1002,Completed,2025-10-20T15:00:00Z,2025-10-19T15:00:00Z,,80.25,7' >jobs.csv
    common=(--no-config --tz UTC --default-employee Office --force)
    people() { jq -c '[.external_id, .member_api_id, .member_name, ."Jobs Total"]' out/registrations.jsonl | tr -d '\n'; }
    run "$ST2PLECTO" convert "${common[@]}" -o out jobs.csv
    [ "$status" -eq 0 ]
    [[ "$output" == *"1 row has the employee's ID as a number with .0, such as 4101.0. The .0 is not sent"* ]]
    [ "$(people)" = '["1001","4101","4101",100.5]["1002","Office","Office",80.25]' ]
    printf 'id,name,userId\n4101.0,Ana Lopez,9101.0\n4102.0,Bo Chen,\n' >people.csv
    "$ST2PLECTO" convert "${common[@]}" -q --roster people.csv -o out jobs.csv
    [ "$(people)" = '["1001","4101","Ana Lopez",100.5]["1002","Office","Office",80.25]' ]
    printf '%s\n' 'id,jobId,technicianId,split,active,createdOn' '1,1001.0,4101.0,60,True,2025-10-20T15:00:00Z' \
        '2,1001.0,4102.0,40,True,2025-10-20T15:00:01Z' >splits.csv
    "$ST2PLECTO" convert "${common[@]}" -q --with splits.csv -o out jobs.csv
    [ "$(people)" = '["1001","4101","4101",60.3]["1001:4102","4102","4102",40.2]["1002","Office","Office",80.25]' ]
    # a version number or a price is no such ID
    sed -i 's/4101\.0/4101.5/' jobs.csv
    "$ST2PLECTO" convert "${common[@]}" -q -o out jobs.csv
    [ "$(people)" = '["1001","4101.5","4101.5",100.5]["1002","Office","Office",80.25]' ]
}

@test "money that an answer or a workbook writes without its last zeros is money" {
    answer() { # answer VALUE VALUE: of Dispatch Surcharge
        jq -n --argjson one "$1" --argjson two "$2" '{fields: [["JobNumber", "Job #"], ["PrimaryTechnician", "Primary Technician"],
            ["CompletionDate", "Completion Date"], ["Total", "Jobs Total"], ["Surcharge", "Dispatch Surcharge"]] | map({name: .[0], label: .[1]}),
            data: [["1", "Ana", "2025-10-20T00:00:00", 5, $one], ["2", "Ana", "2025-10-21T00:00:00", 6.25, $two]], hasMore: false}' >answer.json
        run "$ST2PLECTO" convert --no-config -q --force -o out answer.json
        [ "$status" -eq 0 ]
    }
    answer 45.5 30
    [[ "$output" == *'W127'*'"Dispatch Surcharge" holds money ($75.50 in 2 rows)'* ]]
    answer 45 30 # nothing shows that these are no counts
    [[ "$output" != *W127* ]]
    answer 45.125 30.5 # no cents
    [[ "$output" != *W127* ]]
    # shares and other measures are none, and where no money is sent they stop nothing
    local own
    for own in 'Commission Rate' 'Commission %' 'Total Miles' 'Sales Score'; do
        jq -n --arg own "$own" '{fields: [["JobNumber", "Job #"], ["PrimaryTechnician", "Primary Technician"],
            ["CompletionDate", "Completion Date"], ["Status", "Status"], ["Own", $own]] | map({name: .[0], label: .[1]}),
            data: [["1", "Ana", "2025-10-20T00:00:00", "Completed", 12.5], ["2", "Ana", "2025-10-21T00:00:00", "Completed", 10]],
            hasMore: false}' >answer.json
        run "$ST2PLECTO" convert --no-config -q --force -o out answer.json
        [ "$status" -eq 0 ]
        [[ "$output" != *W127* ]]
    done
}
