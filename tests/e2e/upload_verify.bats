#!/usr/bin/env bats
# upload_verify.bats: verify reads the registrations back and compares them with what was published.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

# sent_once [ROWS]: the folder sales is in Plecto.
sent_once() {
    start_server
    sales_folder sales "${1:-250}"
    know_source sales
    exits 0 upload sales || return 1
    control POST /reset >/dev/null
}

verify() { # verify FOLDER [OPTION…]
    local folder=$1
    shift
    "$ST2PLECTO" verify "$folder" --data-source "$SOURCE" "${connection[@]}" "$@"
}

# put JSON: a registration changed or added in Plecto by somebody else.
put() {
    control POST /registrations "$(jq -c --arg source "$SOURCE" '[. + {data_source: $source}]' <<<"$1")" >/dev/null
}

registration() { # registration ID FILTER: of sales, changed
    jq -c "select(.external_id == \"$1\") | $2" sales/registrations.jsonl
}

@test "the same: exit 0, page by page, by data source and period" {
    sent_once
    exits 0 verify sales
    has "$out" '250 same'
    control GET /state | jq -e '[.log[]] | all(.method == "GET" and .authorization == "right"
        and (.path | test("data_source=") and test("start_date=2025-") and test("end_date=2025-")))' >/dev/null
    equals requests "$(total requests)" 3
}

@test "pages of any size, without an envelope, under other keys, other forms of dates and numbers: the same" {
    sent_once 120
    local way
    for way in '{"page_size": 7}' '{"page_size": 120}' '{"page_size": 100, "envelope": false}' '{"page_size": 60, "envelope": false}' \
        '{"page_size": 1000, "envelope": true, "id_key": "reference"}' '{"id_key": "external_id", "dates": "utc"}' \
        '{"numbers": "float"}' '{"numbers": "text"}'; do
        behave "$way"
        run_split verify sales
        [ "$status" -eq 0 ] || { echo "$way: $out $err" >&2 && false; }
        has "$out" '120 same'
    done
}

@test "different, missing, foreign: each is counted and named, exit 1" {
    sent_once
    put "$(registration 100007 '."Jobs Subtotal" = 5.00')"
    put "$(registration 100008 '.member_name = "Cy Ortiz" | .member_api_id = "Cy Ortiz"')"
    put "$(registration 100009 '.date = "2025-10-12T09:00:00Z"')"
    put "$(registration 100010 'del(."Business Unit")')"
    put "$(registration 100011 '.external_id = "strange-1"')"
    local uuid
    uuid=$(control GET /state | jq -r --arg source "$SOURCE" \
        '.data_sources[$source].registrations[] | select(.external_id == "100100").uuid')
    control POST /delete "{\"data_source\": \"$SOURCE\", \"uuid\": \"$uuid\"}" >/dev/null
    exits 1 verify sales
    has "$out" '245 same'
    has "$out" '4 different'
    has "$out" '1 missing'
    has "$out" '1 foreign'
    has "$out" 'error E902 different-registration'
    has "$out" 'error E903 missing-registration'
    has "$out" 'error E904 foreign-registration'
    local part
    for part in 100007 100008 100009 100010 100100 strange-1 'Jobs Subtotal' 'Business Unit'; do has "$out" "$part"; done
    hasnt "$out" 100012
}

@test "one that is asked for alone: what else is shown is counted once" {
    start_server
    sales_folder sales 120
    know_source sales
    put "$(registration 100011 '.external_id = "strange-1"')" # the first of all
    exits 0 upload sales
    local uuid id
    for id in 100100 100101; do
        uuid=$(control GET /state | jq -r --arg source "$SOURCE" --arg id "$id" \
            '.data_sources[$source].registrations[] | select(.external_id == $id).uuid')
        control POST /delete "{\"data_source\": \"$SOURCE\", \"uuid\": \"$uuid\"}" >/dev/null
    done
    behave '{"page_size": 100, "filters": false, "by_hand": "strange"}'
    exits 1 verify sales
    has "$out" '118 same'
    has "$out" '2 missing'
    has "$out" '1 foreign'
    behave '{"page_size": 1000, "filters": false, "by_hand": "strange"}'
    exits 1 verify sales
    has "$out" '1 foreign'
}

@test "verify --format json: the same facts for a program, to standard output or a file" {
    sent_once
    put "$(registration 100007 '."Jobs Subtotal" = 5.00')"
    put "$(registration 100008 '."Jobs Subtotal" = 6.00 | ."Business Unit" = "Else"')"
    put "$(registration 100011 '.external_id = "strange-1"')"
    exits 1 verify sales --format json
    jq -e '.format == "st2plecto-verify/1" and .is_same == false
        and .counts.same == 248 and .counts.different == 2 and .counts.foreign == 1 and .counts.missing == 0
        and (.details | length) == 3' <<<"$out" >/dev/null
    jq -e --arg published "$(registration 100007 '."Jobs Subtotal"')" '.details[] | select(.id == "100007").fields
        | length == 1 and .[0].title == "Jobs Subtotal" and .[0].plecto == "5" and (.[0].published | tonumber) == ($published | tonumber)' <<<"$out" >/dev/null
    jq -e '[.details[] | select(.id == "100008").fields[].title] | sort == ["Business Unit", "Jobs Subtotal"]' <<<"$out" >/dev/null
    jq -e '.details[] | select(.id == "strange-1") | .kind == "foreign" and .employee != "" and .day != ""' <<<"$out" >/dev/null
    local told=$out
    exits 1 verify sales --format json=verify.json
    [ "$(cat verify.json)" = "$told" ]
    has "$out" 'DIFFERS: 248 same, 2 different'
    exits 1 verify sales --format json=verify.json # ours is replaced
    echo mine >other.json
    exits 2 verify sales --format json=other.json
    has "$err" 'exists already'
    exits 1 verify sales --format json=verify.json --force --max-details 1
    jq -e '(.details | length) == 2 and .counts.different == 2' verify.json >/dev/null # one of each kind
    exits 1 verify sales --max-details 1
    has "$out" 'shown 1 of 2 (--max-details N)'
    exits 1 verify sales --quiet
    [ "$(wc -l <<<"$out")" -eq 1 ]
    exits 2 verify sales --format html=page.html
    has "$err" 'verify has no --format html'
}

@test "totals of weeks and months, dated before the first of their rows, are found and compared" {
    start_server
    sales 100 | grep -v ',10/01/' >sales.csv # no row of the first of the month
    local by
    for by in week month; do
        SOURCE=$(printf %032x $((RANDOM + 1)))
        "$ST2PLECTO" convert --tz America/Chicago --by $by --period 2025-10-15..2025-10-31 --cut-periods allow --force -q -o $by sales.csv
        know_source $by
        exits 0 upload $by
        exits 0 "$ST2PLECTO" verify $by --data-source "$SOURCE" "${connection[@]}"
        has "$out" ' 0 missing'
        # without --period: an employee's total that vanished is seen, though it is dated before the first row
        "$ST2PLECTO" convert --tz America/Chicago --by $by --force -q -o $by sales.csv
        exits 0 upload $by
        grep -v ',Bo Chen,' sales.csv >fewer.csv
        "$ST2PLECTO" convert --tz America/Chicago --by $by --force -q -o fewer fewer.csv
        run_split "$ST2PLECTO" plan fewer --data-source "$SOURCE"
        has "$out" "$(grep -c 'Bo Chen' $by/registrations.jsonl) vanished"
    done
}

@test "one cent is different" {
    sent_once 20
    put "$(registration 100007 '."Jobs Subtotal" += 0.01')"
    exits 1 verify sales
    has "$out" '19 same'
    has "$out" 100007
}

@test "what is dated outside the period is not foreign" {
    sent_once 20
    put "$(registration 100011 '.external_id = "november" | .date = "2025-11-20T12:00:00Z"')"
    put "$(registration 100011 '.external_id = "september" | .date = "2025-09-01T12:00:00Z"')"
    exits 0 verify sales
}

@test "what vanished at the source is foreign, told apart from strangers'; sent as 0 it is in order" {
    sent_once 50
    sed -i '/^10001[01],/d' sales.csv
    convert sales.csv sales
    put "$(registration 100012 '.external_id = "strange-1"')"
    exits 1 verify sales
    has "$out" '48 same'
    has "$out" '3 foreign'
    has "$out" '2 foreign registrations were'
    exits 0 upload sales --vanished zero
    exits 1 verify sales
    has "$out" '1 foreign'
    hasnt "$out" 100010
    # Somebody gave one of them an amount again.
    put "$(registration 100012 '.external_id = "100010"')"
    exits 1 verify sales
    has "$out" 100010
    has "$out" '1 different'
    has "$out" '1 foreign'
}

@test "nothing sent yet: everything is missing" {
    start_server
    sales_folder sales 20
    know_source sales
    exits 1 verify sales
    has "$out" '20 missing'
}

@test "failures that may pass are tried again; those that cannot are told" {
    sent_once
    behave '{"slow_seconds": 600, "retry_after": 0, "next": ["none", "500", "truncate", "malformed", "close-before", "stall",
        "429-seconds"]}'
    exits 0 verify sales --timeout 4
    has "$out" '250 same'
    behave '{"always": "401"}'
    exits 6 verify sales
    behave '{"always": "503"}'
    exits 5 verify sales --retry-max-time 1
    hasnt "$out" missing
    behave '{"always": "redirect"}'
    exits 6 verify sales
    equals elsewhere "$(total elsewhere)" 0
}

@test "a next page that leads to another host, or round in circles, is not followed" {
    sent_once
    local to
    for to in 'https://127.0.0.1:{elsewhere}' 'http://localhost:{elsewhere}' circle; do
        behave "$(jq -nc --arg to "$to" '{next_page: $to}')"
        run_split verify sales --retry-max-time 1
        equals elsewhere "$(total elsewhere)" 0
        [ "$(total requests)" -le 30 ]
    done
}

@test "verify changes nothing and sends nothing" {
    sent_once 20
    local before
    before=$(control GET /state | jq -cS .data_sources)
    rm -r .st2plecto
    exits 0 verify sales
    equals stored "$(control GET /state | jq -cS .data_sources)" "$before"
    equals methods "$(control GET /state | jq -r '[.log[].method] | unique | join(",")')" GET
}

@test "all dates differ by the same time: that is one difference, of a zone, and money that differs is still seen" {
    sent_once 20
    put "$(registration 100007 '."Jobs Subtotal" = 5.00')"
    behave '{"dates": "five-later"}'
    exits 1 verify sales
    has "$out" 'All dates in Plecto are 5:00 hours later than published, so the time zones differ'
    has "$out" '19 same, 1 different, 0 missing'
    has "$out" 'Jobs Subtotal'
    hasnt "$out" '  date: published'
    exits 1 verify sales --format json
    jq -e '.is_same == false and .zone_seconds == 18000 and (.details | length == 1)' <<<"$out" >/dev/null
    behave '{"dates": "utc-unsaid"}' # in UTC, without saying so
    put "$(registration 100007 '.')"
    exits 0 verify sales
}

retain() { control POST /retention "{\"data_source\": \"$SOURCE\", \"before\": \"$1\"}" >/dev/null; }

@test "what Plecto's own retention removed is no difference, and what is missing besides is" {
    local later=2026-03-01T06:00:00Z
    sent_once 280
    retain 2025-10-10
    exits 0 verify sales --now $later
    has "$out" 'SAME: 190 same, 0 different, 0 missing, 0 foreign'
    has "$out" '90 registrations before 2025-10-10 were taken by Plecto and are no longer there'
    exits 0 verify sales --now $later --format json
    jq -e '.is_same and .retired == 90 and .retired_before == "2025-10-10" and .total.published == .total.plecto' <<<"$out" >/dev/null
    # One of a day that is there is missing, as ever.
    control POST /delete "{\"data_source\": \"$SOURCE\", \"uuid\": \"$(control GET /state |
        jq -r ".data_sources[\"$SOURCE\"].registrations[] | select(.external_id == \"100011\") | .uuid")\"}" >/dev/null
    exits 1 verify sales --now $later
    has "$out" '189 same, 0 different, 1 missing'
    has "$out" '90 registrations before 2025-10-10'
    # It is too young for that; or something older is there; or nobody knows that Plecto took them.
    exits 1 verify sales --now 2025-10-20T06:00:00Z
    has "$out" '91 missing'
    put '{"external_id": "old", "date": "2025-08-01T10:00:00-05:00", "member_api_provider": "ServiceTitan", "member_api_id": "x", "member_name": "x"}'
    exits 1 verify sales --now $later
    has "$out" '91 missing'
    retain 2025-10-10
    mv .st2plecto other
    exits 1 verify sales --now $later
    has "$out" '91 missing'
    mv other .st2plecto
    # All of the folder is gone: retention only where Plecto has something newer.
    retain 2026-01-01
    local before pages
    before=$(total requests)
    exits 1 verify sales --now $later
    has "$out" '280 missing'
    # What it has instead is not answered: nobody knows whether anything is missing.
    pages=$(($(total requests) - before - 1))
    behave "{\"next\": [$(printf '"none",%.0s' $(seq $pages) | sed 's/,$//')], \"always\": \"503\"}"
    exits 5 verify sales --now $later --retry-max-time 1
    hasnt "$out" missing
    behave '{"always": null}'
    put '{"external_id": "new", "date": "2026-02-01T10:00:00-06:00", "member_api_provider": "ServiceTitan", "member_api_id": "x", "member_name": "x"}'
    exits 0 verify sales --now $later
    has "$out" '280 registrations before 2025-10-29 were taken'
}

@test "money first, then employees and days where they differ, the largest first; all of it for a program" {
    sent_once 60
    put "$(registration 100008 '."Jobs Subtotal" = 1.07')"
    put "$(registration 100011 '."Jobs Subtotal" = 12.10 | .member_name = "Ana Lopez" | .member_api_id = "Ana Lopez"')"
    put "$(registration 100012 '.external_id = "strange" | .member_name = "Cy Ortiz" | .member_api_id = "77" | ."Jobs Subtotal" = 400')"
    exits 1 verify sales
    # 100008: $109.08 to $1.07; 100011: $112.11 to $12.10 and another employee; strange: +$400
    local money=${out%%error E902*} people days
    has "$money" '+$191.98'
    people=${money#*By employee}
    days=${people#*By day}
    people=${people%%By day*}
    has "$(head -2 <<<"$people" | tail -1)" 'Cy Ortiz'
    equals days "$(grep -o '^  2025-10-[0-9]*' <<<"${days%%error E902*}" | tr -d '\n')" '  2025-10-25  2025-10-21  2025-10-24'
    has "$out" '      Jobs Subtotal: published 109.08, in Plecto 1.07'
    exits 1 verify sales --max-details 1
    has "$out" 'more (--max-details N)'
    exits 1 verify sales --format json
    jq -e 'def cents: tonumber * 100 | round; .money_field == "Jobs Subtotal"
        and (.employees | map(.published | cents) | add) == (.total.published | cents)
        and (.days | map(.plecto | cents) | add) == (.total.plecto | cents)
        and (.total.plecto | cents) - (.total.published | cents) == 19198
        and (.employees | map(.plecto_registrations) | add) == 61' <<<"$out" >/dev/null
}
