#!/usr/bin/env bats
# The samples: every file gives exactly the golden output; the same records as CSV and as JSON give the same registrations.

load helper

setup_file() {
    . "$BATS_TEST_DIRNAME/golden.sh"
    golden_unfold "$BATS_TEST_DIRNAME/golden" "$BATS_TEST_DIRNAME/golden-same" "$BATS_FILE_TMPDIR/golden"
}

setup() {
    common_setup
    repository=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    golden=$BATS_FILE_TMPDIR/golden
    ln -s "$repository/samples" samples
}

@test "every sample converts to its golden files" {
    . "$repository/tests/cli/golden.sh"
    count=0
    mkdir got
    while read -r name arguments; do
        # shellcheck disable=SC2086
        golden_convert "got/$name" $arguments || { echo "$name failed"; return 1; }
        count=$((count + 1))
    done < <(golden_cases)
    golden_finish got
    diff -r "$golden" got
    [ "$count" -ge 30 ]
    [ "$count" -eq "$(ls "$golden" | wc -l)" ]
}

# What CSV and JSON of the same records share: ID, moment, employee's name, and a field or two.
same() {
    # every field named is there, else null would equal null
    jq -se "map({${3:-}}) as \$all | \$all[0] | keys | all(. as \$key | \$all | any(.[\$key] != null))" \
        "$golden/$1/registrations.jsonl" > /dev/null
    cmp <(jq -c "{external_id, date: .date[0:16], member_name, ${3:-}}" "$golden/$1/registrations.jsonl") \
        <(jq -c "{external_id, date: .date[0:16], member_name, ${3:-}}" "$golden/$2/registrations.jsonl")
}

@test "CSV and JSON of the same records give the same registrations" {
    same invoices-good-csv invoices-good-json 'Subtotal, Total, Balance, Active, "Invoice #"'
    same calls-good-csv calls-good-json 'Duration, "Call Type"'
    same calls-good-json calls-good-export-json 'Duration, "Call Type"'
    same report-job-costing-good-csv report-job-costing-good-json '"Jobs Subtotal", "Jobs Total Costs", "Labor Pay", Returns, "Sold By"'
    same estimates-good-csv estimates-good-json '"Estimates Subtotal", "Estimate Status", "Sold On", Active'
    same jobs-good-csv jobs-good-json 'Status'
    same campaigns-good-csv campaigns-good-json '"Campaign Name", "Campaign Category", Active'
    same campaign-costs-good-csv campaign-costs-good-json '"Daily Cost", "Month Cost", "Campaign ID"'
    same customer-memberships-good-csv customer-memberships-good-json '"Initial Deferred Revenue", "Membership Status", To, From'
    same customers-good-csv customers-good-json 'Balance, "Customer Type", Active'
    same membership-types-good-csv membership-types-good-json '"Sale Price", "Billing Options", "Discount Mode", Duration'
    same reviews-good-csv reviews-good-json 'Rating, Platform, Matched'
    same estimate-items-good-csv estimate-items-good-json '"Item Total", "Total Cost", Margin, "Item Quantity"'
    same invoice-items-good-csv invoice-items-good-json '"Item Total", "Total Cost", Margin, "Item Quantity"'
    same job-assignments-good-csv job-assignments-good-json '"Assignment Status", "Job ID"'
    same job-splits-good-csv job-splits-good-json '"Split", "Job ID"'
    same job-timesheets-good-csv job-timesheets-good-json '"Drive Time", "Work Time", "Job Time"'
    same materials-good-csv materials-good-json 'Price, Cost, Code'
    same services-good-csv services-good-json 'Price, Hours, Code'
}

# The totals of both, per day and per month: people are IDs in one and names in the other, so names are compared.
@test "CSV and JSON of the same records give the same totals" {
    count=0
    for folder in $(FILE_STEP=$(by_night 1 3) some "$golden"/*-good-csv-day "$golden"/*-good-csv-month); do
        name=$(basename "$folder")
        json=${folder/-good-csv-/-good-json-}
        [ -e "$json" ] || { echo "no $json"; return 1; }
        # metrics that both have
        totals() {
            jq -cs --slurpfile other "$2/registrations.jsonl" '($other | map(keys) | add | unique) as $known |
                map(del(.external_id, .member_api_id) | with_entries(select(.key as $key | $known | index($key)))) |
                sort_by(.date[:10], .member_name, .Metric // "") | map(.date |= .[:10])' "$1/registrations.jsonl"
        }
        case $name in
        # the web report has other columns than the record: only what is counted is the same
        jobs-* | calls-* | estimates-*) continue ;;
        *-month) metrics='map(select(.Metric as $m | $shared | index($m)))' ;;
        esac
        if [[ $name == *-month ]]; then
            shared=$(jq -cn --slurpfile a "$folder/registrations.jsonl" --slurpfile b "$json/registrations.jsonl" \
                '($a | map(.Metric) | unique) as $x | ($b | map(.Metric) | unique) as $y | $x - ($x - $y)')
            left=$(totals "$folder" "$json" | jq -c --argjson shared "$shared" "$metrics")
            right=$(totals "$json" "$folder" | jq -c --argjson shared "$shared" "$metrics")
        else
            left=$(totals "$folder" "$json")
            right=$(totals "$json" "$folder")
        fi
        [ "$left" = "$right" ] || { diff <(jq . <<< "$left") <(jq . <<< "$right") | head -20; echo "$name"; return 1; }
        count=$((count + 1))
    done
    [ "$count" -ge "$(by_night 25 8)" ]
}

@test "good samples have no error, and grouped totals agree" {
    for file in samples/*/good*.csv samples/*/grouped.csv samples/calls/good*.json samples/invoices/good.json \
        samples/report-job-costing/good.json; do
        run "$ST2PLECTO" validate --tz America/Chicago "$file"
        [ "$status" -eq 0 ] || { echo "$file: $output"; return 1; }
    done
    run "$ST2PLECTO" validate samples/report-job-costing/grouped.csv
    [[ "$output" == *"4 of 4 agree"* ]]
}

# By half of their columns too: tests/unit/test_auto.c.
@test "inspect and --schema auto pick the right schema for every sample" {
    for file in $(some samples/*/*.csv samples/*/*.json); do
        case $file in samples/roster/*) continue ;; esac
        type=$(basename "$(dirname "$file")")
        # items nested in their parents are an export of the parents; --schema makes the items of it
        case $file in
        */estimate-items/*.json) type=estimates ;;
        */invoice-items/good-export.json) ;;
        */invoice-items/*.json) type=invoices ;;
        esac
        case $file in
        */bad.*) ;;
        *)
            run "$ST2PLECTO" inspect --format json "$file"
            [ "$status" -eq 0 ]
            [[ "$output" == *"$type"* ]] || { echo "$file: $output"; return 1; }
            ;;
        esac
        run "$ST2PLECTO" convert -n --date-order mdy --period 2025-10-01..2025-11-30 --on-error reject --fail-on never --format json "$file"
        [ "$status" -eq 0 ] || { echo "$file: $output"; return 1; }
        found=${output#*'"schema":{"name":"'}
        [ "${found%%'"'*}" = "$type" ] || { echo "$file: ${found%%'"'*}"; return 1; }
    done
}
