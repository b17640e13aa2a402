#!/usr/bin/env bats
# upload_plain.bats: what Plecto says, and what is sent to it, steers no terminal (tests/cli/plain.bats has the other commands).

load upload_helper

setup_file() { make_certificates; }
setup() { upload_setup; }
teardown() { upload_teardown; }

# plain_exits CODE COMMAND…: and all that is printed is plain.
plain_exits() { exits "$@" && is_plain "$WORK/.out" "$WORK/.err"; }

@test "datasource, upload, plan and verify: titles, names, words and values with hidden characters" {
    local hidden connected
    hidden=$(hidden_text)
    start_server "$(jq -cn --arg hidden "$hidden" '{words: ("no " + $hidden)}')"
    sales 20 | sed "s/Ana Lopez/Ana $hidden/; s/HVAC/HVAC $hidden/; 5s/100004/100004$hidden/" >sales.csv
    convert sales.csv "sales $hidden"
    connected=(--no-input "${connection[@]}" -v)
    plain_exits 0 "$ST2PLECTO" datasource create "sales $hidden" --title "Jobs $hidden" --yes "${connected[@]}"
    has "$out" 'Jobs a\x1b[31m\u009b31m\u202eb'
    SOURCE=$(control GET /state | jq -r '.data_sources | keys[0]')
    behave "$(jq -cn --arg hidden "$hidden" '{refuse: ["100007", ("100004" + $hidden)]}')"
    plain_exits 6 "$ST2PLECTO" upload "sales $hidden" --yes "${connected[@]}"
    has "$err" 'E901'
    behave '{"refuse": []}'
    plain_exits 0 "$ST2PLECTO" plan "sales $hidden" -v
    has "$out" '100004a\x1b[31m'
    plain_exits 0 "$ST2PLECTO" plan "sales $hidden" --format json
    control POST /registrations "$(jq -c --arg hidden "$hidden" --arg source "$SOURCE" \
        'select(.external_id == "100009") | [. + {data_source: $source, "Business Unit": ("other " + $hidden), member_name: $hidden}]' \
        "sales $hidden/registrations.jsonl")" >/dev/null
    control POST /registrations "$(jq -c --arg hidden "$hidden" --arg source "$SOURCE" \
        'select(.external_id == "100010") | [. + {data_source: $source, external_id: ("strange" + $hidden)}]' \
        "sales $hidden/registrations.jsonl")" >/dev/null
    plain_exits 1 "$ST2PLECTO" verify "sales $hidden" "${connection[@]}"
    has "$out" 'in Plecto other a\x1b[31m\u009b31m\u202eb'
    has "$out" 'strangea\x1b[31m'
    plain_exits 1 "$ST2PLECTO" verify "sales $hidden" "${connection[@]}" --format json
    # stopped, and told how to go on
    behave '{"always": "500"}'
    sales 5 200001 | sed "s/Ana Lopez/Ana $hidden/" >more.csv
    convert more.csv "sales $hidden"
    run_split "$ST2PLECTO" upload "sales $hidden" --yes "${connected[@]}" --retry-max-time 2
    equals exit "$status" 5
    is_plain "$WORK/.out" "$WORK/.err"
}
