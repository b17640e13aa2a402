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
    # 10, 20, 60 and an empty cell: 30 % of three, 22.5 % of four
    sed '$s/,90.00%/,/' costs.csv > empty.csv
    "$ST2PLECTO" reconcile empty.csv "${options[@]}" --expect "Jobs Gross Margin %=30"
    run "$ST2PLECTO" reconcile empty.csv --no-config --schema report-job-costing --expect "Jobs Gross Margin %=22.50"
    [ "$status" -eq 1 ]
    has "$output" "1. an average with empty cells as 0"
}

# causes SIDE… [OPTION…]: what explains the gap of exports of jobs, as JSON.
causes() {
    "$ST2PLECTO" reconcile --no-config --schema jobs --tz UTC --date-order mdy --format json "$@" |
        jq -c '[.explanations[] | [.cause, .field, .value, .rows] + (.causes // [] | map([.cause, .value]))]'
}

@test "a number without some rows: the rows, whichever they are; a value that one row alone has is that row" {
    {
        echo 'Job #,Primary Technician,Status,Business Unit,Completion Date,Jobs Subtotal,Jobs Total Revenue'
        printf '%s\n' 1,Ana,Completed,North,10/01/2025,10.03,11.20 2,Bo,Completed,North,10/02/2025,200.11,215.77 \
            3,Cy,Hold,North,10/03/2025,3000.57,3100.23 4,Dee,Hold,South,10/04/2025,45000.29,46000.02 \
            5,Ana,Completed,South,10/05/2025,601.13,633.44 6,Ana,Completed,South,10/05/2025,77.19,80.30 \
            7,Bo,Completed,West,10/06/2025,888.31,901.05
    } > jobs.csv # $49,777.63 and $50,942.01
    [ "$(causes jobs.csv --expect "Jobs Subtotal=46767.03")" = '[["rows",null,["1","3"],2]]' ]
    [ "$(causes jobs.csv --expect "Jobs Subtotal=3889.03")" = '[["rows",null,["4","7"],2]]' ]
    [ "$(causes jobs.csv --expect "Jobs Subtotal=888.46")" = '[["combination",null,null,3,["attribute","Hold"],["row","7"]]]' ]
    [ "$(causes jobs.csv --expect "Jobs Subtotal=50942.01")" = '[["column","Jobs Subtotal","Jobs Total Revenue",7]]' ]
}

@test "dollars in hundredths are a scale, rounded to the cent as well, whichever side has them" {
    {
        echo 'Job #,Primary Technician,Completion Date,Jobs Subtotal'
        printf '%s\n' 1,Ana,10/01/2025,1347.61 2,Ana,10/02/2025,3207.14 3,Ana,10/03/2025,2953.32 4,Ana,10/04/2025,-456.78
    } > dollars.csv
    sed 's/1347.61/13.48/; s/3207.14/32.07/; s/2953.32/29.53/; s/456.78/4.57/' dollars.csv > hundredths.csv
    [ "$(causes dollars.csv hundredths.csv)" = '[["scale","Jobs Subtotal","0.01",4]]' ]
    [ "$(causes hundredths.csv dollars.csv)" = '[["scale","Jobs Subtotal","100",4]]' ]
    sed 's/32.07/32.08/; s/29.53/29.54/; s/13.48/13.49/; s/4.57/4.58/' hundredths.csv > other.csv # a cent more is none
    hasnt "$(causes dollars.csv other.csv)" scale
}

@test "a side that ends a day sooner is told, be its missing row the first of the file" {
    printf '%s\n' 'Job #,Primary Technician,Completion Date,Jobs Subtotal' 9,Ana,10/05/2025,10.03 1,Ana,10/01/2025,20.03 \
        2,Bo,10/02/2025,200.11 3,Cy,10/03/2025,3000.57 > whole.csv
    sed 2d whole.csv > sooner.csv
    has "$(causes whole.csv sooner.csv --period 2025-10-01..2025-10-05)" '["days",null,"end exclusive",1]'
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
    # an hour more in winter, too, would give the same days: but not the same clock
    sed -i '/^[789],/s/11:30 PM/8:10 PM/' left.csv more.csv
    run "$ST2PLECTO" reconcile left.csv more.csv --schema jobs --no-config --tz America/Denver --format json
    [ "$(said "[(e['cause'], e['value'], e['explains']) for e in d['explanations']]" <<< "$output")" = "[('days', 'summer time', 'all')]" ]
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
