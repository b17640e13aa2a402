#!/usr/bin/env bats
# What scripts/bench asks before it measures: do our outputs and a peer's say the same? Each comparison must be able to
# say no.

load helper

setup() {
    common_setup
    needs python3
    peers=$BATS_TEST_DIRNAME/../../scripts/bench-peers
}

two_jobs() {
    printf 'Job #,Primary Technician,Completion Date,Business Unit,Job Type,Jobs Subtotal,Jobs Total Revenue,Status,Active\n'
    printf '1,Ana Lopez,3/4/2025 1:05 PM,HVAC,No Cool,"$1,000.10","$1,100.20",Completed,True\n'
    printf '2,Bo Chen,3/5/2025 8:00 AM,HVAC,No Cool,-$5.00,-$5.50,Completed,True\n'
}

agree() { # agree FUNCTION OURS THEIRS PEER
    PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$peers python3 -c 'import sys, agree
try:
    print(getattr(agree, sys.argv[1])(*sys.argv[2:]))
except agree.Disagreement as difference:
    sys.exit(f"no: {difference}")' "$@"
}

@test "bench: registrations are compared one by one" {
    two_jobs > two.csv
    "$ST2PLECTO" convert --schema "$peers/jobs.json" --date-order mdy -q -o out two.csv > /dev/null
    printf 'external_id,member_name,date,subtotal,total\n1,Ana Lopez,2025-03-04T13:05:00.000,1000.1,1100.2\n' > peer.csv
    printf '2,Bo Chen,2025-03-05T08:00:00,-5,-5.5000000001\n' >> peer.csv
    run agree t1 out/import.csv peer.csv polars
    [ "$status" -eq 0 ]
    [ "$output" = "2 registrations, same ID, employee, time, subtotal, total" ]
    sed 's/1100.2$/1100.21/' peer.csv > cent.csv
    sed 's/13:05/13:06/' peer.csv > minute.csv
    head -n 2 peer.csv > short.csv
    for other in cent minute short; do
        run agree t1 out/import.csv $other.csv polars
        [ "$status" -eq 1 ]
        [[ $output == "no: polars: record "* ]]
    done
}

@test "bench: groups and JSON lines are compared" {
    two_jobs > two.csv
    "$ST2PLECTO" convert --schema "$peers/jobs.json" --date-order mdy --by day -q -o day two.csv > /dev/null
    python3 - << 'PY'
import csv
with open("peer.csv", "w") as file:
    file.write("member,day,jobs,subtotal,total\n")
    for row in list(csv.DictReader(open("day/import.csv", newline="")))[::-1]:
        file.write(",".join((row["Employee"], row["Created date"][:10], row["Count"], row["Jobs Subtotal"] + "000001", row["Jobs Total Revenue"])) + "\n")
PY
    run agree t2 day/import.csv peer.csv duckdb
    [ "$status" -eq 0 ]
    [[ $output == *" groups, same count, subtotal, total" ]]
    sed '$d' peer.csv > short.csv
    sed '2s/^[^,]*/X/' peer.csv > member.csv
    for file in short member; do
        run agree t2 day/import.csv $file.csv duckdb
        [ "$status" -eq 1 ]
    done
    printf '{"external_id":"7","member_api_id":"5","member_name":"A","date":"2025-01-02T12:00:00","Subtotal":1.10,"Total":2.20}\n' > ours
    printf '{"external_id":7,"member_api_id":5,"member_name":"A","date":"2025-01-02 00:00:00","subtotal":1.1,"total":2.2}\n' > theirs
    run agree t3 ours theirs jq
    [ "$status" -eq 0 ]
    [[ $output == "1 registrations"* ]]
    sed 's/2.2}/2.3}/' theirs > other
    run agree t3 ours other jq
    [ "$status" -eq 1 ]
}

@test "bench: cells of a workbook are compared one by one" {
    extras=$(seq -s, -f 'Extra %g' 0 11)
    values=$(seq -s, 0 11)
    printf 'ID,Employee,Created date,Jobs Subtotal,%s\n1,Ana,2025-10-01 12:00:00,79.19,%s\n' "$extras" "$values" >ours.csv
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,%s\n1,Ana,45931,79.19,%s\n' "$extras" "$values" >peer.csv
    run agree xlsx ours.csv peer.csv xlsx2csv
    [ "$output" = "1 registrations, same ID, employee, day, subtotal and 12 further cells" ]
    sed 's/,11$/,12/' peer.csv >cell.csv
    sed 's/45931/10-02-25/' peer.csv >day.csv
    for other in cell day; do
        run agree xlsx ours.csv $other.csv xlsx2csv
        [ "$status" -eq 1 ]
        [[ $output == "no: xlsx2csv: record "* ]]
    done
}

@test "bench: the folders of six types are compared, type by type" {
    for type in jobs:'Jobs Total Revenue':'Jobs Total Revenue' invoices:Total:Total estimates:'Estimates Subtotal':'Estimate Subtotal' calls:: \
        customers:Balance:Balance customer-memberships:'Initial Deferred Revenue':'Initial Deferred Revenue'; do
        IFS=: read -r name ours theirs <<<"$type"
        mkdir -p "out/$name" peer
        printf 'ID,Employee,Created date,%s\n1,Ana,2025-10-01 12:00:00,5.00\n2,Bo,2025-10-02 09:30:00,\n' "$ours" >"out/$name/import.csv"
        printf 'external_id,member_name,date,%s\n1,Ana,2025-10-01T00:00:00,5\n2,Bo,2025-10-02T09:30:00,\n' "$theirs" >"peer/$name.csv"
    done
    run agree folder out peer duckdb
    [ "$output" = "12 registrations of 6 types, same ID, employee, time, amount" ]
    sed -i 's/09:30/09:31/' peer/calls.csv
    run agree folder out peer duckdb
    [ "$status" -eq 1 ]
    [[ $output == "no: duckdb, calls: record 2 "* ]]
    sed -i 's/09:31/09:30/' peer/calls.csv
    sed -i 's/,5$/,5.01/' peer/customers.csv
    run agree folder out peer duckdb
    [ "$status" -eq 1 ]
}
