#!/usr/bin/env bats
# Reports of technicians, business units and the like: which schema, whose rows, and totals over several of them.
# By day a part, all where the change touches: src/schema src/cli

load helper

setup() { common_setup; }

@test "two halves of a month make true ratios, never means of ratios" {
    printf '%s\n' 'Technician Performance' 'Date Range: 10/1/2025 - 10/15/2025' '' \
        'Name,Completed Revenue,Completed Jobs,Total Job Average,Closed Opportunities,Sales Opportunity,Close Rate,Opportunity Job Average' \
        'Ana Lopez,$100.00,1,$100.00,1,4,25.00%,$25.00' > first.csv
    printf '%s\n' 'Technician Performance' 'Date Range: 10/16/2025 - 10/31/2025' '' \
        'Name,Completed Revenue,Completed Jobs,Total Job Average,Closed Opportunities,Sales Opportunity,Close Rate,Opportunity Job Average' \
        'Ana Lopez,$900.00,3,$300.00,5,6,83.33%,$150.00' > second.csv
    run "$ST2PLECTO" convert --no-config --by month -o out first.csv second.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .schema.name out/result.json)" = report-technician-performance ]
    # 6 of 10, $1,000 over 4 jobs; an average whose parts are not known is in no total
    [ "$(jq '."Close Rate" == 60 and ."Total Job Average" == 250 and ."Completed Revenue" == 1000
        and (has("Opportunity Job Average") | not)' out/registrations.jsonl)" = true ]
}

@test "columns that technicians and business units share are neither's without a title" {
    printf '%s\n' 'Name,Completed Revenue,Completed Jobs,Close Rate' 'North,$1.00,2,50.00%' 'South,$2.00,3,40.00%' > 'Board_Dated 10_01_25 - 10_31_25.csv'
    run "$ST2PLECTO" validate --no-config 'Board_Dated 10_01_25 - 10_31_25.csv'
    [ "$status" -eq 2 ]
    [[ "$output" == *'fit the columns equally well: report-business-unit-performance'*'report-technician-performance'* ]]
    cp Board* 'Technician KPIs_Dated 10_01_25 - 10_31_25.csv'
    "$ST2PLECTO" convert --no-config -q -o people Technician*.csv
    [ "$(jq -r .member_name people/registrations.jsonl | tr '\n' ,)" = North,South, ]
    cp Board* 'business-unit-report_Dated 10_01_25 - 10_31_25.csv'
    "$ST2PLECTO" convert --no-config -q -o units business*.csv
    [ "$(jq -r .member_name units/registrations.jsonl | sort -u)" = ServiceTitan ]
    [ "$(jq -r '."Business Unit"' units/registrations.jsonl | tr '\n' ,)" = North,South, ]
}

@test "a report of people with columns of a record is no board; one mark alone is none" {
    printf '%s\n' 'Technician,Spiff' 'Ana Lopez,$1.00' > 'Technician Spiffs_Dated 10_01_25 - 10_31_25.csv'
    run "$ST2PLECTO" validate --no-config Technician*.csv
    [ "$status" -eq 2 ]
    [[ "$output" == *'no schema fits'* ]]
    printf '%s\n' 'Job #,Name,Completed Revenue,Completed Jobs' '1,Ana Lopez,$1.00,1' > 'Technician_Dated 10_01_25 - 10_31_25.csv'
    run "$ST2PLECTO" inspect --format json Technician_Dated*.csv
    [ "$(jq '[.schemas[] | select(.name == "report-technician-performance")][0].score | . != null and . < 500' <<<"$output")" = true ]
}

@test "inspect knows the period of a board, and drafts where its schema would leave numbers out" {
    printf '%s\n' 'Technician Performance' 'Date Range: 10/1/2025 - 10/31/2025' '' 'Name,Completed Revenue,Completed Jobs' 'Ana Lopez,$1.00,1' > t.csv
    run "$ST2PLECTO" inspect t.csv
    [[ "$output" == *"first day of the report's period"* ]]
    [[ "$output" == *'{period}:{employee}'* ]]
    [[ "$output" == *'Next: st2plecto convert --schema report-technician-performance -o plecto t.csv'* ]]
    sed -i '4s/$/,Ride Alongs/; 5s/$/,3/' t.csv
    run "$ST2PLECTO" inspect t.csv
    [[ "$output" == *'Next: st2plecto convert --draft -o plecto t.csv'* ]]
    run "$ST2PLECTO" convert --no-config --draft -o plecto t.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r '."Ride Alongs"' plecto/registrations.jsonl)" = 3 ]
}
