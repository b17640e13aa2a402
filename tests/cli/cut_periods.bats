#!/usr/bin/env bats
# cut_periods.bats: weeks and months of which a filter or the export holds only a part are never sent as the whole.
# By day a part, all where the change touches: src/convert src/values

load helper

setup() {
    common_setup
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal' '1,Ana,9/28/2025,$1.00' '2,Ana,10/1/2025,$2.00' \
        '3,Ana,10/15/2025,$4.00' '4,Ana,10/31/2025,$8.00' '5,Ana,11/3/2025,$16.00' >jobs.csv
}

# totals OPTION…: converts by month (or as the options say) without a word.
totals() {
    run_split "$ST2PLECTO" convert --schema jobs --by month -o out --force "$@" jobs.csv
}

# amounts: what goes out, in order.
amounts() {
    jq -s -c 'map(."Jobs Subtotal")' out/registrations.jsonl
}

@test "a month that --period begins in is refused, with the command that works" {
    totals --period 2025-10-05..2025-11-30
    [ "$status" -eq 2 ]
    [ ! -e out ]
    has "$err" 'the month 2025-10-01 to 2025-10-31 is cut: --period begins on 2025-10-05. 2 rows with Jobs Subtotal of $12.00'
    has "$err" 'convert --schema jobs --by month -o out --force --period 2025-10-05..2025-11-30 jobs.csv --cut-periods drop'
    totals --period 2025-10-05..2025-11-30 --cut-periods drop
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[16]' ]
    jq -e '.ledger | .balanced and .rows.cut_period == 2 and .columns[0].cut_period == "12.00"' out/result.json
    totals --period 2025-10-05..2025-11-30 --cut-periods allow
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[12,16]' ]
    has "$out" 'its total is sent, and replaces that of the whole month in Plecto'
}

@test "a month that --period ends in is cut only if the file has later rows of it" {
    totals --period 2025-10-01..2025-10-20
    [ "$status" -eq 2 ]
    has "$err" '--period ends on 2025-10-20 and the file has later rows of it'
    totals --period 2025-10-01..2025-10-20 --cut-periods drop
    [ "$status" -eq 0 ]
    [ "$(wc -l <out/registrations.jsonl)" -eq 0 ]
    totals --period 2025-11-01..2025-11-05
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[16]' ]
    has "$out" 'the month 2025-11-01 to 2025-11-30 is not over: its total is to date, up to 2025-11-05'
}

@test "whole months, days and rows are never cut; a cut month without rows says nothing" {
    totals --period 2025-10-01..2025-10-31
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[14]' ]
    hasnt "$out" 'is not over'
    totals --by day --period 2025-10-05..2025-11-30
    [ "$status" -eq 0 ]
    totals --by row --period 2025-10-05..2025-11-30
    [ "$status" -eq 0 ]
    totals --period 2025-09-29..2025-10-31 # no row of September in it
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[14]' ]
}

@test "weeks are cut by the year's end" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal' '1,Ana,12/23/2025,$5.00' '2,Ana,12/29/2025,$2.00' \
        '3,Ana,1/1/2026,$8.00' >jobs.csv
    totals --by week --period 2025-12-01..2025-12-31
    [ "$status" -eq 2 ]
    has "$err" 'the week 2025-12-29 to 2026-01-04 is cut'
}

@test "--last and --max-age leave the cut month out and say so" {
    totals --last 10d # from 2025-10-11 to 2025-10-20
    [ "$status" -eq 0 ]
    has "$out" 'the month 2025-10-01 to 2025-10-31 is cut: --last begins on 2025-10-11; its rows are not sent'
    [ "$(wc -l <out/registrations.jsonl)" -eq 0 ]
    jq -e '.ledger.rows | .cut_period == 1 and .outside_period == 4' out/result.json
    totals --max-age 10d
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[16]' ]
    has "$out" '--max-age begins on 2025-10-11; its rows are not sent'
    totals --max-age 10d --cut-periods refuse
    [ "$status" -eq 2 ]
}

@test "the period that the export states cuts as well; reports one after the other do not" {
    { echo 'Date Range: 10/6/2025 - 10/31/2025' && echo && sed '2,3d' jobs.csv; } >part.csv
    run_split "$ST2PLECTO" convert --schema jobs --by month -o out part.csv
    [ "$status" -eq 2 ]
    has "$err" 'the export begins on 2025-10-06'
    { echo 'Date Range: 10/1/2025 - 10/5/2025' && echo && sed -n '1p;3p' jobs.csv; } >first.csv
    run_split "$ST2PLECTO" convert --schema jobs --by month -o out first.csv part.csv
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[14,16]' ]
    { echo 'Date Range: 10/1/2025 - 10/4/2025' && echo && sed -n '1p;3p' jobs.csv; } >first.csv # the 5th is in neither
    run_split "$ST2PLECTO" convert --schema jobs --by month -o out --force first.csv part.csv
    [ "$status" -eq 2 ]
}

@test "--cut-periods in the configuration" {
    echo '{"cut-periods": "drop"}' >st2plecto.json
    totals --period 2025-10-05..2025-11-30
    [ "$status" -eq 0 ]
    [ "$(amounts)" = '[16]' ]
    jq -e '.options["cut-periods"] == "drop"' out/receipt.json
}
