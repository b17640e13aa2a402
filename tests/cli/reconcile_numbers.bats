# reconcile: expected numbers as dashboards write them, averages, and the hour of summer time.
load helper

setup() {
    common_setup
    {
        echo 'Job #,Primary Technician,Status,Scheduled Date,Jobs Subtotal,Jobs Gross Margin %'
        echo '1,Ana Lopez,Completed,10/1/2025,$100.00,10.00%'
        echo '2,Ana Lopez,Hold,10/2/2025,$200.00,20.00%'
        echo '3,Ana Lopez,Completed,10/3/2025,$300.00,60.00%'
        echo '4,Bo Chen,Completed,10/3/2025,$900.50,90.00%'
    } > costs.csv
    options=(--no-config --schema report-job-costing --format json)
}

# A value of the JSON on standard input, by a Python expression of its document d.
said() {
    python3 -c "import json,sys; d=json.load(sys.stdin); print($1)"
}

@test "a decimal comma is read where one number proves it for the table, and sep= names the sign" {
    printf 'sep=;\r\nemployee;metric;number\r\nAna Lopez;Jobs Subtotal;600,00\r\nBo Chen;Jobs Subtotal;900,5\r\n;Jobs Subtotal;1.500,5\r\n' > board.csv
    "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect-file board.csv
    "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect "Jobs Subtotal=1.500,50"
    printf 'metric,number\nJobs Subtotal,"1,500.50"\nJobs Subtotal,"600,00"\n' > board.csv
    run "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect-file board.csv
    [ "$status" -eq 2 ]
    [[ $output == *'decimal comma'* ]]
    printf 'metric;number\nJobs Subtotal;1.500\n' > board.csv
    run "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect-file board.csv
    [ "$status" -eq 2 ]
    [[ $output == *'nothing says whether "1.500"'* ]]
}

# Of the rows 45 %; of the two employees' averages 60 %; weighed by Jobs Subtotal 69.34 %.
@test "an average agrees to the places it is written with; else it is said how it was made" {
    "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect "Jobs Gross Margin %=45"
    run "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect "Jobs Gross Margin %=60.00"
    [ "$status" -eq 1 ]
    [ "$(said "[(e['cause'], e['value']) for e in d['explanations']][0]" <<< "$output")" = "('average', 'employee')" ]
    run "$ST2PLECTO" reconcile costs.csv "${options[@]}" --expect "Jobs Gross Margin %=69.3"
    [ "$status" -eq 1 ]
    [ "$(said "[(e['cause'], e['value']) for e in d['explanations']][0]" <<< "$output")" = "('average', 'Jobs Subtotal')" ]
}

@test "a clock without summer time, or with it twice, is told from one that is an hour off" {
    row() { echo "$1,Ana Lopez,Completed,$2,\$10.0$1"; }
    for side in left less more; do
        case $side in
        left) hours=('11:30 PM' '12:10 AM') days=(1 2) ;;
        less) hours=('10:30 PM' '11:10 PM') days=(1 1) ;;
        more) hours=('12:30 AM' '1:10 AM') days=(2 2) ;;
        esac
        {
            echo 'Job #,Primary Technician,Status,Completion Date,Jobs Total Revenue'
            for i in 1 2 3; do
                row "$i" "10/$((i * 3 + days[0]))/2025 ${hours[0]}"
                row "$((i + 3))" "10/$((i * 3 + days[1]))/2025 ${hours[1]}"
                row "$((i + 6))" "11/$((i + 9))/2025 11:30 PM"
            done
        } > "$side.csv"
    done
    for side in less more; do
        run "$ST2PLECTO" reconcile left.csv "$side.csv" --schema jobs --no-config --tz America/Denver --format json
        [ "$status" -eq 1 ]
        [ "$(said "[(e['cause'], e['value'], e['explains']) for e in d['explanations']]" <<< "$output")" = "[('days', 'summer time', 'all')]" ]
    done
}

@test "a registration whose fields are a list of titles and values is one registration" {
    {
        echo 'Job #,Primary Technician,Status,Completion Date,Jobs Total Revenue'
        echo '1,Ana Lopez,Completed,10/1/2025 9:00 AM,$10.00'
        echo '2,Ana Lopez,Hold,10/2/2025 9:00 AM,$24.50'
    } > jobs.csv
    echo '[{"external_id":"1","date":"2025-10-01T16:00:00Z","member":{"name":"Ana Lopez"},"data":[{"title":"Jobs Total Revenue","value":10}]}]' > answer.json
    run "$ST2PLECTO" reconcile jobs.csv answer.json --schema jobs --no-config --tz America/Phoenix --format json
    [ "$status" -eq 1 ]
    [ "$(said "(d['sides']['right']['rows'], d['metrics'][0]['gap'])" <<< "$output")" = "(1, '-24.50')" ]
}
