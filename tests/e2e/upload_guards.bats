#!/usr/bin/env bats
# upload_guards.bats: what an upload does not believe of a folder: that rows are gone because an export lacks them, and that
# times without a zone are UTC. Nothing of it needs TLS.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup() {
    upload_setup
    start_server '{}' plain
}
teardown() { upload_teardown; }

# few ROWS [FROM]: an export of so many jobs, three a day from 10/13 on.
few() {
    awk -v rows="$1" -v from="${2:-1001}" 'BEGIN {
        print "Job #,Completion Date,Primary Technician,Jobs Total"
        for (i = 0; i < rows; i++)
            printf "%d,10/%d/2025,%s,$%d.50\n", from + i, 13 + int(i / 3), i % 2 ? "Ana Lopez" : "Ben Ortiz", 10 + i
    }'
}

# sent ROWS: so many are in Plecto.
sent() {
    few "$1" >all.csv
    convert all.csv all
    know_source all
    exits 0 upload all || return 1
    control POST /reset >/dev/null
}

# sum: of all amounts in Plecto.
sum() { control GET /state | jq '[.data_sources[].registrations[].body["Jobs Total"]] | add'; }

# delta LINE…: the folder next of an export that holds these lines only.
delta() {
    { head -1 all.csv && printf '%s\n' "$@"; } >"${NAMED:-next.csv}"
    convert "${NAMED:-next.csv}" next
}

@test "an export of what changed zeroes and deletes nothing, however small the company is" {
    local rows before action
    for rows in 1 2 3 4 7 18; do
        SOURCE=$(printf %032x "$rows")
        sent "$rows"
        before=$(sum)
        # one new, one changed, over all days
        delta '9001,10/13/2025,Ana Lopez,$90.00' "$((1000 + rows)),10/$((13 + (rows - 1) / 3))/2025,Ben Ortiz,\$11.25"
        for action in zero delete; do
            [ "$rows$action" != 1zero ] || continue # one row, and that one is there
            [ "$rows" -gt 1 ] || continue
            exits 2 upload next --vanished $action --max-vanished 1000
            has "$err" 'does not say which period it covers'
            has "$err" 'registrations sent for 2025-10-13 to' || has "$err" '1 of the 2 registrations'
            has "$err" "(Jobs Total \$"
            has "$err" 'st2plecto convert --force -o next --tz America/Chicago --period 2025-10-13..2025-10-'
            equals requests "$(total requests)" 0
            equals sum "$(sum)" "$before"
        done
    done
}

@test "in a stated period more than a fifth needs --max-vanished: of --period, the name, a title or the sheet Filters" {
    sent 10
    local lines
    mapfile -t lines < <(sed -n '2,8p' all.csv) # three are gone
    CONVERT=(--period 2025-10-13..2025-10-31)
    delta "${lines[@]}"
    exits 6 upload next --vanished zero
    has "$err" '3 of the 10 registrations known from 2025-10-13 to 2025-10-31 are gone from ServiceTitan (Jobs Total $55.50)'
    has "$err" '--max-vanished 3'
    CONVERT=()
    NAMED='Jobs 10_13_25 - 10_31_25.csv' delta "${lines[@]}"
    exits 6 upload next --vanished zero
    { echo 'Jobs Report,,,' && echo 'From: 10/13/2025 To: 10/31/2025,,,' && cat "Jobs 10_13_25 - 10_31_25.csv"; } >titled.csv
    convert titled.csv next
    exits 6 upload next --vanished zero
    equals requests "$(total requests)" 0
    exits 0 upload next --vanished zero --max-vanished 3
    has "$out" '3 registrations that are gone from ServiceTitan (Jobs Total $55.50) become 0 in Plecto.'
    equals sum "$(sum)" 94.5
    # Behind the period that the export states nothing is gone, whatever --period says.
    sent 10
    CONVERT=(--period 2025-10-01..2025-12-31)
    NAMED='Jobs 10_13_25 - 10_13_25.csv' delta "${lines[@]:0:2}"
    exits 0 upload next --vanished zero
    has "$out" '1 vanished'
}

@test "a few of many vanish without a word, and dollars are named before they are deleted" {
    CONVERT=(--period 2025-10-13..2025-10-31)
    sent 10
    local lines
    mapfile -t lines < <(sed -n '2,9p' all.csv)
    delta "${lines[@]}"
    exits 0 upload next --vanished delete
    has "$out" '2 registrations that are gone from ServiceTitan (Jobs Total $38.00) are deleted in Plecto.'
    equals stored "$(total stored)" 8
}

@test "a folder whose dates have no time zone is not sent, and the command that is proposed makes one that is" {
    few 5 >all.csv
    "$ST2PLECTO" convert -q -o all all.csv >/dev/null
    know_source all
    exits 2 upload all
    has "$err" '5 dates in all have no time zone'
    has "$err" 'st2plecto convert --force -o all --tz America/Phoenix all.csv'
    equals requests "$(total requests)" 0
    exits 0 upload all --dates-are-utc
    equals stored "$(total stored)" 5
    "$ST2PLECTO" convert -q --force -o all --tz America/Phoenix all.csv >/dev/null
    exits 0 upload all
}

# answer FILTER: jobs of the API as jobs.json, one a day from 10/1 on, with what FILTER puts around them.
answer() {
    jq -n "{page: 1, pageSize: 500, hasMore: false, totalCount: null, data: [range(1; 31) | {id: (7000 + .), jobNumber: \"\(7000 + .)\",
        jobStatus: \"Completed\", soldById: 11, active: true, total: (100 + .), completedOn: \"2025-10-\(100 + . | tostring | .[1:])T15:00:00Z\",
        createdOn: \"2025-09-20T15:00:00Z\", modifiedOn: \"2025-11-02T15:00:00Z\"}]} | $1" >"${2:-jobs.json}"
}

@test "an API answer states its period by the bounds that were saved with it or are in its name, and by no other" {
    local name way
    CONVERT=(--date completedOn --default-employee Office)
    answer . all.json
    convert all.json all
    know_source all
    exits 0 upload all
    gone() { # gone EXPECTED [NAME]: what plan and upload say of ten jobs that the answer lacks, of 10/11 to 10/20
        rm -rf next
        convert "${2:-jobs.json}" next
        run_split upload next --vanished zero --max-vanished 100
        [ "$status" -eq "$1" ] || { echo "exit $status: $out$err" >&2 && return 1; }
    }
    less='.data |= map(select(.id < 7011 or .id > 7020))'
    answer "$less"
    gone 2
    has "$err" 'does not say which period it covers'
    # bounds of another date, one bound only, what changed
    answer "$less | . + {createdOnOrAfter: \"2025-10-01\", createdBefore: \"2025-11-01\"}"
    gone 2
    answer "$less | . + {completedOnOrAfter: \"2025-10-01\"}"
    gone 2
    answer "$less | . + {query: {completedOnOrAfter: \"2025-10-01\", completedBefore: \"2025-11-01\", modifiedOnOrAfter: \"2025-10-30\"}}"
    gone 2
    answer "$less" 'jobs modified 2025-10-01 - 2025-10-31.json'
    gone 2 'jobs modified 2025-10-01 - 2025-10-31.json'
    # pages are missing, whatever --period says
    answer "$less | .hasMore = true"
    CONVERT+=(--allow-cut --period 2025-10-01..2025-10-31)
    gone 2
    has "$err" 'The export lacks pages (W121)'
    CONVERT=(--date completedOn --default-employee Office)
    # what --max-age of convert leaves out is at the source
    answer .
    CONVERT+=(--max-age 10d --period 2025-10-01..2025-10-31)
    gone 0
    has "$out" 'NOTHING TO SEND'
    CONVERT=(--date completedOn --default-employee Office)
    # bounds that were saved, no secret of the request beside them; the days around them are not theirs
    answer "$less | . + {request: {url: \"https://x/jobs?completedOnOrAfter=2025-10-11T05:00:00Z&completedBefore=2025-10-16T05:00:00Z&key=s3cret\"}}"
    convert jobs.json next
    if grep -rq s3cret next; then false; fi
    exits 0 "$ST2PLECTO" plan next --data-source "$SOURCE" -q
    has "$out" '5 vanished'
    # a day that the bounds hold in part is none
    answer "$less" 'jobs?completedOnOrAfter=2025-10-11T06:00:00Z&completedBefore=2025-10-16T00:00:00Z.json'
    convert 'jobs?completedOnOrAfter=2025-10-11T06:00:00Z&completedBefore=2025-10-16T00:00:00Z.json' next
    exits 0 "$ST2PLECTO" plan next --data-source "$SOURCE" -q
    has "$out" '3 vanished'
    answer "$less | . + {query: {completedOnOrAfter: \"2025-10-01T05:00:00Z\", completedBefore: \"2025-11-01T05:00:00Z\"}}"
    gone 0
    has "$out" '10 registrations that are gone from ServiceTitan'
}

@test "a period that something else restricts is not believed: filters of a request, a page alone, other dates" {
    local bounds='completedOnOrAfter=2025-10-01T05:00:00Z&completedBefore=2025-11-01T05:00:00Z' filter name
    local query='completedOnOrAfter: "2025-10-01T05:00:00Z", completedBefore: "2025-11-01T05:00:00Z"'
    CONVERT=(--date completedOn --default-employee Office)
    answer . all.json
    convert all.json all
    know_source all
    exits 0 upload all
    kept() { # kept REASON FILE: nothing is zeroed or deleted, and why is said
        convert "$2" next
        for name in zero delete; do
            exits 2 upload next --vanished $name --max-vanished 100
            has "$err" "$1"
            has "$err" 'so they may still be in ServiceTitan. Nothing was sent'
        done
        exits 0 "$ST2PLECTO" plan next --data-source "$SOURCE"
        has "$out" "$1"
    }
    # 2 of 30: too few for any other guard of zero
    less='.data |= map(select(.id < 7011 or .id > 7012))'
    for filter in businessUnitId=4 jobStatus=Completed active=True ids=7,8 secretFilter=s3cret; do
        answer "$less | . + {request: {url: \"https://x/jobs?$bounds&page=1&pageSize=500&sort=+id&includeTotal=true&$filter\"}}"
        kept "another filter (${filter%%=*})" jobs.json
    done
    if grep -rq s3cret next; then false; fi
    answer "$less | . + {query: {$query, jobStatus: \"Completed\"}}"
    kept 'another filter (jobStatus)' jobs.json
    answer "$less | . + {parameters: [{name: \"From\", value: \"2025-10-01\"}, {name: \"To\", value: \"2025-10-31\"}, {name: \"BusinessUnitIds\", value: [4]}]}"
    kept 'another filter (BusinessUnitIds)' jobs.json
    answer "$less | . + {query: {$query, scheduledOnOrAfter: \"2025-10-01\"}}"
    kept 'another filter (scheduledOnOrAfter)' jobs.json
    answer "$less | .page = 2 | . + {request: {url: \"https://x/jobs?$bounds&page=2\"}}"
    kept 'a page behind the first without those before it' jobs.json
    for name in 'jobs created 2025-10-01 to 2025-10-31.json' 'jobs createdOnOrAfter=2025-10-01 to 2025-10-31.json' \
        'jobs scheduled 2025-10-01 - 2025-10-31.json' 'jobs HVAC 2025-10.json'; do
        answer "$less" "$name"
        kept 'in the name of' "$name"
    done
    # what restricts nothing: paging, sort, a key, parameters without a value, the word of the date itself
    answer "$less | . + {request: {method: \"GET\", headers: {\"ST-App-Key\": \"x\"}, url: \"https://x/jobs?$bounds&page=1&pageSize=500&sort=+id&includeTotal=true&active=Any&jobStatus=\"}}"
    convert jobs.json next
    exits 0 upload next --vanished zero
    has "$out" '2 registrations that are gone from ServiceTitan'
    answer "$less" 'Jobs completed 2025-10-01 to 2025-10-31.json'
    convert 'Jobs completed 2025-10-01 to 2025-10-31.json' next
    exits 0 upload next --vanished delete
}

@test "a line above the header or a name that may be a filter makes a period none; --period is the user's word" {
    sent 30
    local lines title name
    mapfile -t lines < <(sed -n '2,29p' all.csv)
    for title in 'Business Unit: HVAC' 'Status: Completed' 'Job Type: Estimate' 'Created: 10/13/2025 - 10/31/2025' 'Plumbing'; do
        { printf '%s,,,\n' 'Jobs 10/13/2025 - 10/31/2025' "$title" && head -1 all.csv && printf '%s\n' "${lines[@]}"; } >titled.csv
        convert titled.csv next
        exits 2 upload next --vanished delete
        has "$err" 'may be a filter ('
    done
    NAMED='Jobs HVAC 10_13_25 - 10_31_25.csv' delta "${lines[@]}"
    exits 2 upload next --vanished delete
    has "$err" 'The word "HVAC" in the name of'
    CONVERT=(--period 2025-10-13..2025-10-31)
    NAMED='Jobs HVAC 10_13_25 - 10_31_25.csv' delta "${lines[@]}"
    exits 0 "$ST2PLECTO" plan next --data-source "$SOURCE" -q
    has "$out" '2 vanished'
    CONVERT=()
    { printf '%s,,,\n' 'Jobs Report' 'Completion Date: 10/13/2025 - 10/31/2025' 'Business Unit: All' && head -1 all.csv && printf '%s\n' "${lines[@]}"; } >titled.csv
    convert titled.csv next
    exits 0 upload next --vanished delete
    has "$out" '2 registrations that are gone from ServiceTitan'
}
