#!/usr/bin/env bats
# upload_network.bats: what stands between the upload and Plecto, and what is in its way: the limit of requests, proxies, a
# wrong address, a file that is none. Nothing is tried again that no second try changes, and nothing hangs.
# By day a part, all where the change touches: src/upload tests/e2e

load upload_helper

setup_file() { make_certificates; }
setup() {
    upload_setup
}
teardown() {
    [ -z "${PROXY-}" ] || kill "$PROXY" 2>/dev/null || true
    upload_teardown
}

@test "429: waited for with a budget of its own, and the line says until when" {
    start_server '{"next": ["none", "429-seconds"], "retry_after": 1}' plain
    sales_folder sales 150
    know_source sales
    exits 0 upload sales --retry-max-time 0 -v
    [[ "$err" =~ waits\ until\ [0-9][0-9]:[0-9][0-9]:[0-9][0-9],\ because\ Plecto\'s\ limit\ of\ requests\ is\ reached ]]
    equals requests "$(total requests)" 3
    arrived sales
    behave '{"always": "429-seconds", "retry_after": 3600}'
    sales_folder more 20 300001
    exits 5 upload more --rate-wait 3599
    has "$err" 'longer than --rate-wait allows (3599 s in all)'
    has "$err" --continue
    equals requests "$(total requests)" 4
    # An hour is waited for: it is told, and the test does not stay.
    "$ST2PLECTO" upload more --data-source "$SOURCE" --yes --no-input "${connection[@]}" >out 2>waits 3>&- &
    HOLDING=$!
    until grep -q 'waits until' waits; do kill -0 "$HOLDING" && sleep 0.05; done
    kill -TERM "$HOLDING"
    local code=0
    wait "$HOLDING" || code=$?
    HOLDING=
    equals exit $code 5
}

@test "501, unknown hosts, bad ports, unknown proxies and 407 are tried once; the fix names the proxy" {
    start_server '{"always": "501"}' plain
    sales_folder sales 20
    know_source sales
    exits 6 upload sales
    equals requests "$(total requests)" 1
    has "$err" '(501)'
    local there=(--data-source "$SOURCE" --yes --no-input --credentials credentials.json)
    exits 5 "$ST2PLECTO" upload sales "${there[@]}" --url https://nowhere.invalid/
    hasnt "$err" 'tries'
    has "$err" 'Check --url and the network'
    local port
    for port in 0 99999 80x; do
        exits 2 "$ST2PLECTO" upload sales "${there[@]}" --url "https://localhost:$port/"
        has "$err" 'no usable port'
    done
    exits 5 env https_proxy=foo://me:secret@proxy.invalid:1 "$ST2PLECTO" upload sales "${there[@]}" --url https://plecto.invalid/
    has "$err" 'the proxy foo://proxy.invalid:1 (https_proxy)'
    hasnt "$err" secret
    exits 5 env HTTPS_PROXY=http://proxy.invalid:3128 "$ST2PLECTO" upload sales "${there[@]}" --url https://plecto.invalid/
    has "$err" 'the proxy http://proxy.invalid:3128 (HTTPS_PROXY)'
    "$PY" -c 'import socket
listener = socket.create_server(("127.0.0.1", 0))
open("port.new", "w").write(str(listener.getsockname()[1]))
import os; os.rename("port.new", "port")
while True:
    with listener.accept()[0] as one:
        one.recv(4096)
        one.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n")' 3>&- &
    PROXY=$!
    until [ -e port ]; do kill -0 "$PROXY" && sleep 0.05; done
    exits 5 env https_proxy="http://127.0.0.1:$(cat port)" "$ST2PLECTO" upload sales "${there[@]}" --url https://plecto.invalid/
    has "$err" "The proxy http://127.0.0.1:$(cat port) (https_proxy) wants a user and password"
    hasnt "$err" 'tries'
}

@test "a bad --ca-file is wrong use, before anything is asked" {
    start_server
    sales_folder sales 20
    know_source sales
    : >empty.pem
    printf -- '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n' >broken.pem
    mkfifo pipe.pem
    local file
    for file in nowhere.pem empty.pem broken.pem pipe.pem .; do
        exits 2 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --credentials credentials.json --url "$URL" \
            --ca-file $file
        has "$err" "--ca-file $file"
    done
    equals requests "$(total requests)" 0
}

@test "an answer in gzip is read, though nobody asked for it" {
    start_server '{"packs": true}' plain
    sales_folder sales 150
    know_source sales
    exits 0 upload sales
    equals requests "$(total requests)" 2
    arrived sales
}

@test "a pipe in the folder, or a --credentials-command that never ends, does not hang it" {
    start_server '{}' plain
    sales_folder sales 20
    know_source sales
    local file
    for file in receipt.json result.json datasource.json registrations.jsonl import.csv rejected.csv; do
        rm -rf piped
        cp -r sales piped
        rm piped/$file
        mkfifo piped/$file
        exits 2 upload piped
        has "$err" "piped/$file is not a file"
    done
    exits 3 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --url "$URL" --insecure-test --timeout 1 \
        --credentials-command 'exec sleep 600'
    has "$err" 'did not end within 1 s'
    equals requests "$(total requests)" 0
}

@test "a refused.csv that is not ours is neither replaced nor deleted; ours says what it is for" {
    start_server '{"refuse": ["100003"]}' plain
    sales_folder sales 5
    know_source sales
    mkdir .st2plecto
    echo 'mine,not,yours' >.st2plecto/refused.csv
    exits 6 upload sales
    has "$err" 'refused.csv itself is never sent'
    has "$err" journal.db-refused.csv
    behave '{"refuse": []}'
    exits 0 upload sales
    equals mine "$(cat .st2plecto/refused.csv)" mine,not,yours
    [ ! -e .st2plecto/journal.db-refused.csv ]
}

@test "HTTP/2, through a real server of that protocol" {
    local nghttpx=/usr/sbin/nghttpx port
    [ -x $nghttpx ] || skip "nghttpx is not installed (scripts/test installs nghttp2-proxy)"
    start_server '{}' plain
    sales_folder sales 250
    know_source sales
    port=$("$PY" -c 'import socket
one = socket.create_server(("127.0.0.1", 0))
print(one.getsockname()[1])')
    $nghttpx --conf=/dev/null --no-ocsp --workers=1 --frontend="127.0.0.1,$port" --backend="127.0.0.1,$API" \
        --accesslog-file="$WORK/access.log" --accesslog-format='$request $status' --errorlog-file="$WORK/nghttpx.log" \
        "$TLS/good.key" "$TLS/good.pem" 3>&- &
    PROXY=$!
    until (exec 9<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do kill -0 "$PROXY" && sleep 0.05; done
    behave '{"next": ["none", "500-after", "429-seconds"], "retry_after": 1}'
    exits 0 "$ST2PLECTO" upload sales --data-source "$SOURCE" --yes --no-input --credentials credentials.json \
        --url "https://localhost:$port/api/v2/" --ca-file "$TLS/authority.pem" --rate 36000000 || { cat nghttpx.log >&2 && false; }
    arrived sales
    exits 0 "$ST2PLECTO" verify sales --data-source "$SOURCE" --credentials credentials.json \
        --url "https://localhost:$port/api/v2/" --ca-file "$TLS/authority.pem" --rate 36000000
    has "$out" '250 same'
    equals protocols "$(grep -o 'HTTP/[0-9.]*' access.log | sort -u)" HTTP/2
    [ "$(grep -c 'POST /api/v2/registrations/ HTTP/2 201' access.log)" -ge 3 ]
}

@test "a folder that was edited says so, wherever: a line added, cut, broken, or of another registration" {
    sales_folder sales 5
    local way
    for way in '$s/$/ /' '$d' '1s/"external_id"/"external"/' '2s/^.*$//' '3s/^{/[/' '$a {}' '1p' 's/Ana/Ann/' cut; do
        rm -rf edited
        cp -r sales edited
        if [ "$way" = cut ]; then truncate -s -5 edited/registrations.jsonl; else sed -i "$way" edited/registrations.jsonl; fi
        exits 2 "$ST2PLECTO" plan edited
        has "$err" 'edited/registrations.jsonl was changed after convert wrote it' || { echo "$way: $err" && false; }
    done
}

@test "the results that a killed run left aside go back to their place; a folder of another user does not" {
    [ "$(id -u)" -eq 0 ] || skip "only root can give a folder to another user"
    sales_folder sales 3
    mv sales .sales.st2plecto-1-old
    exits 2 "$ST2PLECTO" convert -q --tz America/Chicago -o sales sales.csv
    [ -s sales/receipt.json ]
    echo planted >sales/import.csv
    mv sales .sales.st2plecto-1-old
    chown 65534 .sales.st2plecto-1-old
    exits 0 "$ST2PLECTO" convert -q --tz America/Chicago -o sales sales.csv
    hasnt "$(cat sales/import.csv)" planted
}
