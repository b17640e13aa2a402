#!/usr/bin/env bats
# inspect: what a file is, what its columns prove, what to run next.
# By day a part, all where the change touches: src/cli src/input

load helper

setup() {
    common_setup
}

# type LABEL, evidence LABEL: of inspected file $file.
column() { "$ST2PLECTO" inspect --format json "$file" | jq -r --arg wanted "$1" '.columns[] | select(.label == $wanted) | .'"$2"; }

@test "a good file: format, roles, next command" {
    jobs_csv
    run_split "$ST2PLECTO" inspect jobs.csv
    [ "$status" -eq 0 ]
    [ -z "$err" ]
    has "$out" "jobs.csv: CSV, comma, LF line ends, UTF-8"
    has "$out" "rows        3, header in row 1"
    has "$out" "employee    Primary Technician (name only)"
    has "$out" "ID          Job #"
    has "$out" "date        Completion Date"
    has "$out" "active      Active"
    has "$out" "Next: st2plecto convert --schema jobs -o plecto jobs.csv"
}

@test "the next command runs" {
    jobs_csv "my jobs.csv"
    next=$("$ST2PLECTO" inspect "my jobs.csv" | sed -n 's/^Next: st2plecto //p')
    has "$next" "'my jobs.csv'"
    eval "'$ST2PLECTO' $next"
    [ -s plecto/import.csv ]
}

@test "the narrowest type that all values have" {
    file=types.csv
    cat > $file <<'CSV'
yes,whole,frac,money,pct,day,moment,long,text,zip,almost
Yes,1,1.5,$5.00,12%,2025-10-20,2025-10-20T08:00:00Z,00:01:06,abc,02134,1
No,2,2,($1.00),-3.5%,2025-10-21,2025-10-21T09:30:00Z,00:02:00,def,02135,2
yes,2,-3,7,0%,N/A,2025-10-21T09:30:00Z,10:00:00,abc,02134,3
no,3,4,"$1,000.00",1%,,2025-10-21T09:30:00Z,00:00:01,abc,02134,12O
CSV
    [ "$(column yes type)" = boolean ]
    [ "$(column whole type)" = integer ]
    [ "$(column frac type)" = number ]
    [ "$(column money type)" = money ]
    [ "$(column pct type)" = percent ]
    [ "$(column day type)" = date ]
    [ "$(column day filled)" = 2 ]
    [ "$(column day placeholders)" = 1 ]
    [ "$(column moment type)" = datetime ]
    [ "$(column long type)" = duration ]
    [ "$(column text type)" = text ]
    [ "$(column zip type)" != integer ]
    [ "$(column almost type)" != integer ]
}

@test "one wrong value among many is the evidence" {
    file=wrong.csv
    { echo "Key,Amount"; for i in $(seq 1 20); do echo "k$i,$i.50"; done; echo "k21,12O.50"; } > $file
    [ "$(column Amount type)" = text ]
    has "$(column Amount evidence)" "12O.50 (row 22) is not a number"
}

@test "dates: the value that proves the order, with its row" {
    file=dates.csv
    printf 'A,B,C,D,E\n3/4/2025,3/4/2025,3/4/2025,2/2/2025,2025-01-02T00:00:00Z\n10/20/2025,20/10/2025,5/6/2025,3/3/2025,2025-01-03T00:00:00Z\n' > $file
    [ "$(column A type)-$(column A order)" = date-mdy ]
    has "$(column A evidence)" "10/20/2025 (row 3) proves month first"
    [ "$(column B order)" = dmy ]
    has "$(column B evidence)" "20/10/2025 (row 3) proves day first"
    [ "$(column C order)" = ambiguous ]
    has "$(column C evidence)" "3/4/2025 (row 2) could be two days"
    [ "$(column D order)" = either ]
    [ "$(column E type)" = date ]
    has "$(column E evidence)" "always midnight"
}

@test "an ambiguous date of the role is told with the option that decides it" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Total,Estimate Sales\n1,Ana,3/4/2025,$1.00,\n2,Bo,5/6/2025,$2.00,\n' > jobs.csv
    run_split "$ST2PLECTO" inspect jobs.csv
    has "$out" "add --date-order mdy or --date-order dmy, because Completion Date"
}

@test "IDs: all different, and repeats told" {
    file=ids.csv
    { echo "Key,Other,Twice"; for i in $(seq 1 30); do echo "A-$i,x,B-$((i == 30 ? 1 : i))"; done; } > $file
    [ "$(column Key type)" = id ]
    has "$(column Key evidence)" "all different"
    [ "$(column Twice type)" = id ]
    has "$(column Twice evidence)" "1 repeat"
    [ "$(column Other type)" = text ]
}

@test "personal columns are masked, unless told" {
    jobs_csv
    run_split "$ST2PLECTO" inspect jobs.csv
    hasnt "$out" Smith
    has "$out" "xxxxx, xxxx (row 2)"
    has "$out" "Ana Lopez"
    run_split "$ST2PLECTO" inspect --format json jobs.csv
    hasnt "$out" Smith
    run_split "$ST2PLECTO" inspect --show-values jobs.csv
    has "$out" "Smith, John (row 2)"
}

@test "without a schema labels decide what is personal" {
    printf 'Foo,Cell Phone,E-mail\nbar,(555) 123-4567,ann@example.org\n' > other.csv
    run_split "$ST2PLECTO" inspect other.csv
    [ "$status" -eq 0 ]
    hasnt "$out" 555
    hasnt "$out" ann@
    has "$out" "(999) 999-9999"
    has "$out" "Next: st2plecto schema init -o other.schema.json other.csv"
}

@test "JSON answers and standard input" {
    printf '{"hasMore":true,"data":[{"id":7,"customer":{"name":"Lee"},"tags":[1]},{"id":8,"customer":null,"tags":[]}]}' > answer.json
    run_split "$ST2PLECTO" inspect - < answer.json
    [ "$status" -eq 0 ]
    has "$out" "<stdin>: JSON"
    has "$out" "customer.name"
    has "$out" "the export is cut"
    hasnt "$out" Lee
    file=answer.json
    [ "$(column tags type)" = text ]
}

@test "--format json is JSON with its format" {
    jobs_csv
    "$ST2PLECTO" inspect --format json jobs.csv | jq -e '.format == "st2plecto-inspect/1" and .schema == "jobs"
        and .roles.id == "Job #" and (.schemas[0].score > .schemas[1].score) and (.columns | length == 8)'
}

@test "an ID template is shown as it is written, with what is no column" {
    mkdir mine
    cat >mine/visits.json <<'JSON'
{"$schema": "report.schema.json", "name": "visits", "description": "One row is one day of a technician.",
 "plecto": {"title": "ServiceTitan visits", "id": "{employee}:{Day}", "signature": ["Visits Made"]},
 "fields": [{"name": "Technician", "type": "string", "plecto": {"role": "employee-name"}},
            {"name": "Day", "type": "date", "plecto": {"role": "date"}}, {"name": "Visits Made", "type": "number"}]}
JSON
    printf 'Technician,Day,Visits Made\nAna Lopez,2025-10-01,4\n' >visits.csv
    [ "$("$ST2PLECTO" inspect --schema-dir mine --format json visits.csv | jq -r .roles.id)" = '{employee}:{Day}' ]
}

@test "wrong use, and what cannot be read" {
    wrong_use "inspect needs a file" "" "$ST2PLECTO" inspect
    jobs_csv
    wrong_use "inspect takes one file" "" "$ST2PLECTO" inspect jobs.csv jobs.csv
    run_split "$ST2PLECTO" inspect nosuch.csv
    [ "$status" -eq 3 ]
    mkdir nothing
    run_split "$ST2PLECTO" inspect nothing
    [ "$status" -eq 3 ]
    : > empty.csv
    run_split "$ST2PLECTO" inspect empty.csv
    [ "$status" -eq 3 ]
}

@test "a schema folder is scored too; a broken schema in it is exit 2" {
    jobs_csv
    mkdir mine
    "$ST2PLECTO" schema show jobs | sed 's/"name": "jobs"/"name": "mine"/' > mine/mine.json
    run_split "$ST2PLECTO" inspect --schema-dir mine jobs.csv
    has "$out" "mine "
    echo '{' > mine/broken.json
    run_split "$ST2PLECTO" inspect --schema-dir mine jobs.csv
    [ "$status" -eq 2 ]
    has "$err" "broken.json"
}
