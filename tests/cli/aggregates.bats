#!/usr/bin/env bats
# --by: what becomes of each kind of column. Ratios are rebuilt from their parts, never averaged.

load helper

setup() {
    common_setup
    cat >jobs.csv <<'CSV'
Job #,Primary Technician,Completion Date,Jobs Subtotal,Jobs Gross Margin,Jobs Gross Margin %
1,Ana Lopez,10/20/2025,$100.00,$50.00,50.00%
2,Ana Lopez,10/20/2025,$200.01,$10.00,5.00%
3,Bo Chen,10/20/2025,$0.00,$10.00,0.00%
4,Cy Ortiz,10/20/2025,-$50.00,$10.00,-20.00%
CSV
}

@test "a percentage is that of the sums; where its divisor is nothing it is empty; negative divisors keep their sign" {
    "$ST2PLECTO" convert -q --schema jobs --by day -o out jobs.csv >/dev/null
    [ "$(sed -n 2p out/import.csv | tr -d '\r')" = "jobs:2025-10-20:Ana Lopez,Ana Lopez,2025-10-20 12:00:00,2,300.01,60.00,19.9993" ]
    [ "$(sed -n 3p out/import.csv | tr -d '\r')" = "jobs:2025-10-20:Bo Chen,Bo Chen,2025-10-20 12:00:00,1,0.00,10.00," ]
    [ "$(sed -n 4p out/import.csv | tr -d '\r')" = "jobs:2025-10-20:Cy Ortiz,Cy Ortiz,2025-10-20 12:00:00,1,-50.00,10.00,-20.00" ]
    jq -es 'map(.["Jobs Gross Margin %"]) == [19.9993, null, -20.00]' out/registrations.jsonl
}

@test "a ratio whose part is not in the file is left out, with the reason" {
    cut -d, -f1-4,6 jobs.csv >partless.csv
    run_split "$ST2PLECTO" convert --schema jobs --by day -o out partless.csv
    [ "$status" -eq 0 ]
    hasnt "$(head -n 1 out/import.csv)" "Jobs Gross Margin %"
    has "$out" "Jobs Gross Margin %"
}

@test "count, average, minimum, maximum: of the rows that have a value; a group without one is empty" {
    cat >visits.json <<'JSON'
{"name": "visits", "plecto": {"title": "Visits"}, "fields": [
  {"name": "Visit", "type": "string", "plecto": {"role": "id"}},
  {"name": "Who", "type": "string", "plecto": {"role": "employee-name"}},
  {"name": "When", "type": "date", "plecto": {"role": "date"}},
  {"name": "Mean", "type": "number", "plecto": {"aggregate": "avg", "places": 2}},
  {"name": "Least", "type": "number", "plecto": {"aggregate": "min", "places": 2}},
  {"name": "Most", "type": "number", "plecto": {"aggregate": "max", "places": 2}},
  {"name": "Had", "type": "number", "plecto": {"aggregate": "count"}},
  {"name": "Kind", "type": "string", "plecto": {"aggregate": "none"}}]}
JSON
    cat >visits.csv <<'CSV'
Visit,Who,When,Mean,Least,Most,Had,Kind
1,Ana,2025-10-20,1.00,-3,-3,7,a
2,Ana,2025-10-20,2.00,,-1.5,,b
3,Ana,2025-10-20,2.00,4,,7,c
4,Bo,2025-10-20,,,,,d
CSV
    "$ST2PLECTO" convert -q --schema visits.json --by day -o out visits.csv >/dev/null
    jq -es 'map([.Mean, .["Mean (count)"], .Least, .Most, .Had]) == [[1.6667, 3, -3, -1.5, 2], [null, null, null, null, null]]' out/registrations.jsonl
    jq -es 'all(has("Kind") | not)' out/registrations.jsonl
}

@test "a sum that leaves 64 bits and comes back is exact; one that stays beyond them is not published" {
    {
        echo "Job #,Primary Technician,Completion Date,Jobs Subtotal"
        for amount in 900000000000000.11 900000000000000.11 -900000000000000.09 -899999999999999.99; do
            for day in 10/20/2025 10/21/2025; do
                echo "$((++id)),Ana Lopez,$day,$amount"
            done
        done
    } >large.csv
    "$ST2PLECTO" convert -q --schema jobs --by day -o out large.csv >/dev/null
    cut -d, -f1,4- out/import.csv | tr -d '\r' | tail -n 2 >got
    printf '%s\n' "jobs:2025-10-20:Ana Lopez,4,0.14" "jobs:2025-10-21:Ana Lopez,4,0.14" >expected
    diff expected got
    sed '/,-/d' large.csv >larger.csv
    run_split "$ST2PLECTO" convert --schema jobs --by day -o beyond larger.csv
    has "$err$out" "the ledger does not balance"
    [ ! -e beyond/import.csv ]
}
