# group_helper.bash: a group of companies, each with its feeds, and what a night of them gives.

FEEDS=(calls campaigns customer-memberships customers estimate-items estimates gross-pay-items invoice-items invoices
    job-assignments job-splits job-timesheets jobs materials membership-types payroll-adjustments reviews services)

# group COMPANIES FEEDS: in group/NN each a configuration and exports, no two companies with the same rows.
group() {
    local company feed list
    for company in $(seq -w "$1"); do
        mkdir -p "group/$company/exports"
        list=
        for feed in "${FEEDS[@]:0:$2}"; do
            # the company's number is in names of people: mostly "Ana Lopez" is one
            sed "s/Ana Lopez/Ana Lopez $company/" "$ROOT/samples/$feed/good.csv" >"group/$company/exports/$feed.csv"
            list+="${list:+, }{\"name\": \"$feed\", \"files\": [\"exports/$feed.csv\"], \"schema\": \"$feed\"}"
        done
        printf '{"tz": "America/Phoenix", "default-employee": "Company %s", "on-error": "reject", "fail-on": "never", "settle": "0s", "feeds": [%s]}\n' \
            "$company" "$list" >"group/$company/st2plecto.json"
    done
}

# tasks: a command a feed, of all companies.
tasks() {
    local company
    for company in group/*/; do "$ST2PLECTO" run --config "${company}st2plecto.json" --list; done
}

# expect: what one run of each company makes, kept in expected/.
expect() {
    local company
    for company in group/*/; do "$ST2PLECTO" run --config "${company}st2plecto.json" >/dev/null; done
    mkdir expected
    for company in group/*/; do
        company=${company%/}
        mv "$company/plecto" "expected/${company##*/}"
        rm "expected/${company##*/}"/overview.*
    done
}

# as_expected: every published folder is, byte by byte, and one overview has them all.
as_expected() {
    local company
    for company in group/*/; do
        company=${company%/}
        diff -r "expected/${company##*/}" "$company/plecto"
    done
    "$ST2PLECTO" run --collect -o overview group/*/plecto >collected.txt
    [ "$(jq '.sources | length' overview/overview.json)" -eq "$(wc -l <tasks.txt)" ]
    [ "$(jq .totals.registrations overview/overview.json)" -eq "$(cat expected/*/*/registrations.jsonl | wc -l)" ]
    [ "$(jq '[.sources[].folder] | unique | length' overview/overview.json)" -eq "$(wc -l <tasks.txt)" ]
}
