#!/usr/bin/env bats
# upload_faults.bats: a server that breaks, stalls, refuses or is not the one it should be. Nothing is lost, nothing is
# sent again once it was confirmed, and what cannot get better is tried once.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() { upload_teardown; }

# gaps: seconds between the log's requests, one a line.
gaps() { control GET /state | jq -r '[.log[].at] | [.[1:], .[:-1]] | transpose | .[] | .[0] - .[1]'; }

@test "thousands of registrations through a server that fails one request in five" {
    start_server '{"seed": 42, "slow_seconds": 0.6, "retry_after": 0, "shares": {"close-early": 0.02, "close-before": 0.02,
        "close-after": 0.03, "reset-after": 0.02, "truncate": 0.03, "malformed": 0.02, "slow": 0.01, "stall": 0.01,
        "500": 0.01, "500-after": 0.01, "502": 0.005, "503": 0.005, "429-seconds": 0.005, "429-date": 0.005}}'
    local rows least
    rows=$(by_night 10000 4000) least=$(by_night 6 3)
    sales_folder sales "$rows"
    know_source sales
    run_split upload sales --timeout 20
    [ "$status" -eq 0 ] || { cat .out .err >&2 && false; }
    run arrived sales
    printf '# %s; requests: %s, failed: %s %s\n' "$output" "$(total requests)" "$(total 'faults | add')" \
        "$(total 'faults | tojson')" >&3
    [ "$status" -eq 0 ]
    has "$output" "registrations sent: $rows, lost: 0, twice: 0, different: 0, foreign: 0, sent again after their confirmation: 0"
    [ "$(total 'faults | add')" -ge "$least" ]
    [ "$(total 'faults | length')" -ge "$least" ]
    equals 'requests that were not failed' "$(($(total requests) - $(total 'faults | add') + $(total 'faults.slow // 0') \
        + $(total 'faults.stall // 0')))" $((rows / 100))
}

@test "the checks see a server that loses, doubles or merges registrations" {
    night_only
    start_server '{"wrong": ["lose"]}'
    sales_folder sales 250
    know_source sales
    exits 0 upload sales
    run arrived sales
    [ "$status" -eq 1 ]
    has "$output" 'lost: 2,'
    behave '{"wrong": ["double"], "next": ["close-after"]}'
    SOURCE=11111111111111111111111111111111
    know_source sales
    exits 0 upload sales
    run arrived sales
    [ "$status" -eq 1 ]
    has "$output" 'twice: 100,'
    behave '{"wrong": ["merge"]}'
    SOURCE=22222222222222222222222222222222
    know_source sales
    exits 0 upload sales
    sed 's/,Status//; s/,Completed,/,/' sales.csv >narrow.csv
    convert narrow.csv narrow
    exits 0 upload narrow
    run arrived narrow
    [ "$status" -eq 1 ]
    has "$output" 'different: 250,'
}

@test "each failure that may pass is tried again, and nothing confirmed is sent twice" {
    start_server '{"slow_seconds": 600, "retry_after": 1}'
    sales_folder sales 250
    local fault number=0 before timeout
    for fault in close-early close-before close-after reset-after truncate malformed stall 500-after 408 425 429 \
        429-seconds 429-date 500 502 503 504; do
        number=$((number + 1))
        SOURCE=$(printf %032x $number)
        know_source sales
        before=$(total requests)
        behave "{\"next\": [\"none\", \"$fault\"]}"
        timeout=120
        [ "$fault" != stall ] || timeout=4
        exits 0 upload sales --timeout $timeout || { echo "after $fault" >&2 && false; }
        run arrived sales
        [ "$status" -eq 0 ] || { echo "$fault: $output" >&2 && false; }
        equals "requests with $fault" $(($(total requests) - before)) 4
    done
}

@test "answers that say nothing count when what was sent is seen" {
    start_server
    sales_folder sales 150
    local form number=0
    for form in status nothing; do
        number=$((number + 1))
        SOURCE=$(printf %032x $number)
        know_source sales
        behave "{\"success\": \"$form\"}"
        exits 0 upload sales
        arrived sales
    done
    equals requests "$(total requests)" 16 # of each list three are read back
}

@test "an HTML page with status 200 is no confirmation" {
    start_server '{"always": "page"}'
    sales_folder sales 20
    know_source sales
    exits 5 upload sales --retry-max-time 1
    behave '{"always": null}'
    exits 0 upload sales --continue
    arrived sales
}

@test "an answer without end is cut off, and takes no memory" {
    start_server '{"next": ["endless"]}'
    sales_folder sales 20
    know_source sales
    ulimit -v 600000 # KiB of addresses: 256 MiB more would not fit
    exits 0 upload sales
    arrived sales
    equals requests "$(total requests)" 2
}

@test "Retry-After is waited for, in seconds and as a date" {
    start_server '{"retry_after": 2, "next": ["429-seconds"]}'
    sales_folder sales 20
    know_source sales
    exits 0 upload sales
    arrived sales
    gaps | awk '{ if ($1 < 1.99 || $1 > 4) exit 1 } END { if (NR != 1) exit 1 }'
    control POST /reset >/dev/null
    SOURCE=11111111111111111111111111111111
    know_source sales
    behave '{"retry_after": 3, "next": ["429-date"]}'
    exits 0 upload sales
    arrived sales
    gaps | awk '{ if ($1 < 1.9 || $1 > 5) exit 1 } END { if (NR != 1) exit 1 }' # a date has whole seconds
}

@test "the rate limit of the organisation" {
    start_server '{"limit": [4, 3], "retry_after": 1}'
    sales_folder sales 700
    know_source sales
    exits 0 upload sales
    arrived sales
    equals taken "$(control GET /log | grep -c status=201)" 7
    [ "$(control GET /log | grep -c status=429)" -ge 1 ]
}

@test "400, 401, 403 and 404 are not tried again: exit 6, with the server's words" {
    start_server
    sales_folder sales 1
    know_source sales
    local code number=0
    for code in 400 401 403 404; do
        number=$((number + 1))
        behave "{\"always\": \"$code\"}"
        run_split upload sales --journal "$code.db" --retry-max-time 3
        equals "exit after $code" "$status" 6
        equals "requests after $code" "$(total requests)" $number
        has "$out$err" $code
    done
    has "$err" 'Not found.'
    # Wrong credentials are the server's own 401.
    behave '{"always": null}'
    write_credentials wrong.json other
    exits 6 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$URL" --ca-file "$TLS/authority.pem" \
        --credentials wrong.json
    equals requests "$(total requests)" 5
    has "$err" 'Invalid username/password.'
    equals stored "$(total stored)" 0
}

@test "--retry-max-time ends the waiting: exit 5, and --continue goes on" {
    start_server '{"next": ["none"], "always": "503"}'
    sales_folder sales 250
    know_source sales
    exits 5 upload sales --retry-max-time 1
    [ "$(total requests)" -le 10 ] # waits that double: no more than five fit into a second
    has "$err" --continue
    has "$err" 503
    equals stored "$(total stored)" 100
    # A wait longer than what is left is not begun.
    behave '{"always": "429-seconds", "retry_after": 3000}'
    local before
    before=$(total requests)
    exits 5 upload sales --continue --rate-wait 5
    equals requests "$(total requests)" $((before + 1))
    behave '{"always": null}'
    exits 0 upload sales --continue
    arrived sales
    equals again "$(total again)" 0
}

@test "a --resend that stopped goes on behind what it sent again" {
    start_server
    sales_folder sales 300
    know_source sales
    exits 0 upload sales
    control POST /reset >/dev/null
    behave '{"next": ["none", "500"]}'
    exits 5 upload sales --resend --retry-max-time 0
    behave '{"next": ["none", "500"]}'
    exits 5 upload sales --continue --retry-max-time 0
    exits 2 upload sales --continue --vanished zero
    exits 0 upload sales --continue
    equals requests "$(total requests)" 5 # each list once, and the two that failed
    equals 'sent again' "$(total again)" 300
    exits 0 upload sales
    equals requests "$(total requests)" 5
}

@test "--ca-file alone is trusted, not the system's authorities besides" {
    unshare -rm mount --bind / /mnt 2>/dev/null || skip "no namespaces here (the test needs a folder /etc/ssl/certs of its own)"
    sales_folder sales 20
    start_server '{}' untrusted
    know_source sales
    mkdir certs
    cp "$TLS/stranger.pem" "certs/$(openssl x509 -hash -noout -in "$TLS/stranger.pem").0"
    exits 5 unshare -rm sh -c 'mount --bind certs /etc/ssl/certs && exec "$@"' sh "$ST2PLECTO" upload sales \
        --data-source "$SOURCE" --yes --no-input "${connection[@]}" --retry-max-time 1
    has "$err" certificate
    equals requests "$(total requests)" 0
}

@test "a server that is not there: exit 5" {
    start_server
    sales_folder sales 20
    know_source sales
    stop_server
    exits 5 upload sales --retry-max-time 1
    has "$err" localhost
    start_server
    know_source sales
    exits 0 upload sales --continue
    arrived sales
}

@test "no room for the journal: exit 4, what is confirmed stays so, and --continue goes on" {
    start_server
    sales_folder sales 2000
    know_source sales
    full() ( # files end at 600 KiB, and whoever writes on gets an error
        trap '' XFSZ
        ulimit -f 600
        upload sales
    )
    run_split full
    equals exit "$status" 4
    has "$err" journal.db
    local sent
    sent=$(total stored)
    [ "$sent" -gt 0 ]
    [ "$sent" -lt 2000 ]
    exits 0 upload sales --continue
    arrived sales --again 100 # the list whose answer could not be written down
}

@test "a certificate of another host, expired, or of a stranger: nothing is sent" {
    sales_folder sales 20
    local kind
    for kind in other-host expired untrusted; do
        start_server '{}' $kind
        know_source sales
        run_split upload sales --retry-max-time 1 --journal $kind.db
        equals "exit for $kind" "$status" 5
        has "$err" certificate
        equals requests "$(total requests)" 0
        stop_server
    done
    start_server # and without --ca-file our authority is a stranger
    exits 5 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$URL" --credentials credentials.json \
        --retry-max-time 1
    equals requests "$(total requests)" 0
}

@test "http:// only with --insecure-test, and then only to this machine" {
    start_server '{}' plain
    sales_folder sales 20
    know_source sales
    exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$URL" --credentials credentials.json
    has "$err" https
    equals requests "$(total requests)" 0
    exits 0 upload sales
    arrived sales
    sales_folder sales 21
    local host
    for host in 192.0.2.1 app.plecto.com localhost.example.test 127.0.0.1.example.test 0.0.0.0 127.0.0.1@192.0.2.1; do
        exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "http://$host:$API/api/v2/" \
            --credentials credentials.json --insecure-test
    done
    for host in ftp://localhost file:///etc/passwd localhost gopher://localhost; do
        exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$host" \
            --credentials credentials.json --insecure-test
    done
}

@test "a redirect to another host is not followed: neither credentials nor registrations go there" {
    start_server
    sales_folder sales 120
    know_source sales
    local to
    for to in 'https://127.0.0.1:{elsewhere}{path}' 'http://127.0.0.1:{control}{path}' 'https://localhost:{elsewhere}{path}' \
        '//127.0.0.1:{elsewhere}{path}'; do
        behave "$(jq -nc --arg to "$to" '{redirect: $to, next: ["redirect"]}')"
        exits 6 upload sales --journal "$(printf %s "$to" | cksum | cut -d' ' -f1).db"
        has "$err" 307
    done
    equals elsewhere "$(total elsewhere)" 0
    equals requests "$(total requests)" 4
    equals stored "$(total stored)" 0
    # The other host would have been heard: the same server answers there.
    exec 9<>"/dev/tcp/127.0.0.1/$ELSEWHERE" && exec 9<&-
}
