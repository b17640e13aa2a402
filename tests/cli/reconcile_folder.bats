# reconcile: bare numbers against a published folder whose run set rows aside, and words between two exports.
# By day a part, all where the change touches: src/reconcile
load helper

setup() {
    common_setup
    cat > jobs.csv << 'END'
Job #,Primary Technician,Business Unit,Status,Completion Date,Jobs Subtotal,Jobs Total Revenue
5100241,Ana Lopez,Phoenix,Completed,8/18/2025 9:00 AM,$100.00,$110.00
5100242,Bo Chen,Phoenix,Completed,8/18/2025 1:15 PM,$200.50,$220.10
5100243,,Phoenix,Completed,8/19/2025 10:00 AM,$300.00,$331.40
5100244,Ana Lopez,Tucson,Completed,8/20/2025 11:00 AM,$150.00,$165.00
5100245,Bo Chen,Tucson,Completed,99/99/2025,$89.50,$98.45
5100246,Cy Ortiz,Phoenix,Hold,8/21/2025 8:00 AM,$75.25,$80.33
5100247,Cy Ortiz,Phoenix,Completed,8/22/2025 8:00 AM,$61.10,$66.00
END
}

# A value of the JSON in $output, by a Python expression of its document d.
said() {
    python3 -c "import json,sys; d=json.load(sys.stdin); print($1)" <<< "$output"
}

publish() {
    run "$ST2PLECTO" convert jobs.csv -o out --on-error reject --no-config --tz America/Phoenix --date-order mdy
    [ "$status" -eq 8 ]
}

# $641.43 were published.
@test "rows of a folder's rejected.csv are why a number is larger" {
    publish
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=1071.28" --format json
    [ "$status" -eq 1 ]
    [ "$(said "d['sides']['left']['rows'], d['metrics'][0]['left'], d['metrics'][0]['gap']")" = "5 641.43 429.85" ]
    [ "$(said "[(e['cause'], e['amount'], e['rows'], e['explains']) for e in d['explanations']]")" = "[('rejected', '429.85', 2, 'all')]" ]
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=1071.28"
    has "$output" '2 rows that the last run set aside (rejected.csv): 5100243 (E201: the employee is missing), 5100245 (E305: '
    has "$output" 'Correct the rows in out/rejected.csv and convert that file.'
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=641.43"
    [ "$status" -eq 0 ]
    # a total of those rows alone would replace the day's
    "$ST2PLECTO" convert jobs.csv -o days --by day --on-error reject --no-config --tz America/Phoenix --date-order mdy -q || [ $? -eq 8 ]
    run "$ST2PLECTO" reconcile days --no-config --expect "Jobs Total Revenue=1071.28"
    [ "$status" -eq 1 ]
    has "$output" 'Correct the rows of days/rejected.csv in ServiceTitan, and convert the whole export again.'
    hasnt "$output" 'convert that file'
}

@test "a rejected row counts only where it meets the conditions of the number" {
    publish
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=807.83; Business Unit=Phoenix" --format json
    [ "$(said "(d['explanations'][0]['cause'], d['explanations'][0]['rows'], d['metrics'][0]['left'])")" = "('rejected', 1, '476.43')" ]
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=906.28; Business Unit=Phoenix" --format json
    [ "$(said "d['explanations'][0]['explains'] if d['explanations'] else 'none'")" != all ]
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=972.83; 2025-08-18..2025-08-22" --format json
    [ "$(said "(d['explanations'][0]['cause'], d['explanations'][0]['rows'])")" = "('rejected', 1)" ]
}

@test "rejected rows and a value left out are named together" {
    publish
    run "$ST2PLECTO" reconcile out --no-config --expect "Jobs Total Revenue=990.95" --format json
    [ "$(said "[(c['cause'], c.get('value'), c['amount']) for c in d['explanations'][0]['causes']]")" = "[('rejected', None, '429.85'), ('attribute', 'Hold', '-80.33')]" ]
}

@test "between two exports no reason speaks of Plecto" {
    sed -n '1,4p' jobs.csv > first.csv
    sed -n '1p;2p;4p;5p;7p;8p' jobs.csv > second.csv
    tail -1 jobs.csv >> second.csv
    for sides in "first.csv second.csv" "second.csv first.csv"; do
        # shellcheck disable=SC2086
        run "$ST2PLECTO" reconcile $sides --no-config --date-order mdy
        [ "$status" -eq 1 ]
        has "$output" 'an ID came more than once, and the last row counts: 5100247'
        hasnt "${output//to Plecto/}" Plecto
    done
    run "$ST2PLECTO" reconcile first.csv second.csv --no-config --date-order mdy
    has "$output" 'rows in the second export that the first export does not have'
}

@test "the page says what cannot be sent, line by line, and what its command is for" {
    "$ST2PLECTO" reconcile jobs.csv jobs.csv --no-config --date-order mdy --format html=same.html
    has "$(cat same.html)" 'the employee is missing), 5100245 (E305: the day or time does not exist)</p>'
    sed '/5100244/d;/5100247/d' jobs.csv > second.csv
    run "$ST2PLECTO" reconcile jobs.csv second.csv --no-config --date-order mdy --format html=gap.html
    [ "$status" -eq 1 ]
    page=$(cat gap.html)
    has "$page" '>Only in the</text>'
    has "$page" '>first export</text>'
    hasnt "$page" '\x0a'
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect "Jobs Total Revenue=1" --format html=number.html
    [ "$status" -eq 1 ]
    has "$(cat number.html)" '<p>Download the data source from Plecto as plecto.csv, and compare its records:</p><pre>st2plecto reconcile'
}

@test "a table copied from a dashboard may call its columns otherwise, and have tabs or semicolons" {
    printf 'Technician\tStart date\tEnd date\tKPI\tValue\nAna Lopez\t8/18/2025\t8/24/2025\tJobs Total Revenue\t$275.00\n' > tabs.txt
    printf 'Business Unit;From;To;Metric;Total\nTucson;2025-08-18;2025-08-24;Jobs Subtotal;239.50\n' > semicolons.csv
    for table in tabs.txt semicolons.csv; do
        run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect-file "$table"
        [ "$status" -eq 0 ]
    done
    printf 'from,to,metric,number\n8/18/2025,8/99/2025,Jobs Subtotal,1\n' > no-day.csv
    printf 'from,to,metric,number\n,8/24/2025,Jobs Subtotal,1\n' > no-beginning.csv
    for table in no-day.csv no-beginning.csv; do
        run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect-file "$table"
        [ "$status" -eq 2 ]
        has "$output" 'are not the days of a period'
    done
}

@test "an employee that one side lacks is no other name" {
    sed 's/^5100243,,/5100243,Bo Chen,/' jobs.csv > second.csv
    run "$ST2PLECTO" reconcile jobs.csv second.csv --no-config --date-order mdy
    has "$output" 'the employee is missing in the first export: Bo Chen'
    has "$output" 'Set the employee in ServiceTitan and export again.'
    hasnt "$output" 'List both names'
    sed 's/^5100242,Bo Chen/5100242,Cy Ortiz/' jobs.csv > second.csv
    run "$ST2PLECTO" reconcile jobs.csv second.csv --no-config --date-order mdy
    has "$output" 'the employee differs: Bo Chen, Cy Ortiz'
    has "$output" 'List both names'
}

@test "a table may have its days in one column" {
    printf 'Technician,Period,Metric,Value\nAna Lopez,8/18/2025 - 8/19/2025,Jobs Total Revenue,110\n' > period.csv
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect-file period.csv
    [ "$status" -eq 0 ]
    printf 'Month,Metric,Value\nlately,Jobs Total Revenue,110\n' > month.csv
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect-file month.csv
    [ "$status" -eq 2 ]
    has "$output" '"lately" is not a period'
}

@test "a table without numbers agrees with nothing" {
    : > empty.csv
    printf 'metric,number\n' > header.csv
    printf 'metric,number\n,\n' > blank.csv
    for table in empty.csv header.csv blank.csv; do
        run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect-file "$table"
        [ "$status" -eq 2 ]
        has "$output" "$table has no number to compare"
    done
    printf 'metric,number\nJobs Subtotal,1\n,2\n' > unnamed.csv
    run "$ST2PLECTO" reconcile jobs.csv --no-config --date-order mdy --expect-file unnamed.csv
    [ "$status" -eq 2 ]
    has "$output" 'the number "2" has no metric in its row'
}
