#!/usr/bin/env bats
# Input that means harm or is only broken: each kind has its message, its code and its exit code, and takes neither the
# memory nor the time that it asks for. Nothing is published that was not read whole.
# By day a part, all where the change touches: src/input src/port

load helper

HEADER='Job #,Primary Technician,Completion Date,Jobs Subtotal'

setup() {
    common_setup
    measure=${MEASURE:-$(dirname "$ST2PLECTO")/tools/measure}
}

# bounded MEBIBYTES COMMAND…: run_split, and the peak of resident memory is below.
bounded() {
    local limit=$1
    shift
    if ! plain_build || { [ ! -x "$measure" ] && [ -z "${TOOLS_INSTALLED:-}" ]; }; then # make tools
        run_split "$@"
        return
    fi
    run_split "$measure" "$WORK/.peak" "$@"
    local peak
    peak=$(cut -d' ' -f2 "$WORK/.peak")
    [ "$peak" -lt $((limit * 1024)) ] || { echo "peak $peak KiB, more than $limit MiB" >&2 && return 1; }
}

# bytes COUNT CHARACTER
bytes() { head -c "$1" /dev/zero | tr '\0' "$2"; }

# refused EXIT MESSAGE COMMAND…: that exit code, the message on standard error, and no output folder.
refused() {
    local code=$1 message=$2
    shift 2
    rm -rf out
    run_split "$@"
    [ "$status" -eq "$code" ] || { echo "exit $status, not $code: $out$err" >&2 && return 1; }
    has "$err" "$message" || return 1
    has "$err" "    fix: " || return 1
    [ ! -e out ]
}

# rejects CODE… in FILE: exit 1; the other rows are written and the ledger balances.
jobs_convert() { run_split "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --force -o out "$@"; }
codes() { jq -r '[.issues.causes[].code] | sort | join(",")' out/result.json; }

@test "a record over --max-cell is an issue: it is not held, the rows around it are read" {
    { echo "$HEADER,Summary" && echo '1,Ana,10/20/2025,5,x' && printf '2,Bo,10/20/2025,6,"' && bytes 40000000 a &&
        printf '""\n' && bytes 30000000 b && printf '"\n3,Cy,10/20/2025,7,y\n'; } >large.csv
    bounded 64 "$ST2PLECTO" convert --schema jobs --on-error reject -o out large.csv
    [ "$status" -eq 8 ]
    has "$out" "large.csv:3:19: error E107 too-large: the record has 70000023 bytes. --max-cell allows 16777216. (ID 2, \$6.00)"
    [ "$(jq -c '.ledger.rows | [.in, .written, .rejected]' out/result.json)" = "[3,2,1]" ]
    [ "$(jq -r .ledger.balanced out/result.json)" = true ]
    [ "$(jq -r '.issues.causes[0].examples[0] | "\(.line) \(.last_line)"' out/result.json)" = "3 4" ]
    [ "$(wc -c <out/rejected.csv)" -lt 1000 ]
    grep -q '^large.csv,3,3,E107,.*,2,-,2,Bo,10/20/2025,6,' out/rejected.csv
    [ "$(jq -r .external_id out/registrations.jsonl | tr '\n' ,)" = 1,3, ]
}

@test "--max-cell takes sizes; the same record is told whatever stands around it" {
    { echo "$HEADER" && echo '1,Ana,10/20/2025,5' && printf '2,%s,10/20/2025,6\n' "$(bytes 3000 B)" && echo '3,Cy,10/20/2025,7'; } >large.csv
    jobs_convert --max-cell 2K large.csv
    [ "$status" -eq 8 ]
    has "$out" "large.csv:3:1: error E107 too-large: the record has 3015 bytes. --max-cell allows 2048."
    jobs_convert --max-cell 3015 large.csv
    [ "$status" -eq 0 ]
    printf '{"max-cell": "2k"}' >st2plecto.json
    jobs_convert large.csv
    [ "$status" -eq 8 ]
    [ "$(codes)" = E107 ]
    for size in 1 0 -1 16X 5T 1.5M 2G 99999999999999 ''; do
        wrong_use "--max-cell \"$size\" is not a size from 1024 to 1073741824 bytes" "Write for example --max-cell 512K" \
            "$ST2PLECTO" convert -n --max-cell "$size" large.csv
    done
}

@test "JSON records over --max-cell: in a list, one a line, and as the last" {
    good='{"id":1,"invoiceDate":"2025-10-20T00:00:00Z","total":"5","employeeInfo":{"id":4,"name":"Ana"}}'
    large() { printf '{"id":2,"summary":"' && bytes 30000000 x && printf '","items":[{"a":"}]"}]}'; }
    { printf '{"hasMore":false,"data":[%s,' "$good" && large && printf ',%s]}' "${good/1/3}"; } >list.json
    { printf '%s\n' "$good" && large && printf '\r\n%s\n' "${good/1/3}"; } >lines.json
    { printf '[%s,' "$good" && large && printf ']'; } >last.json
    for file in list lines last; do
        bounded 64 "$ST2PLECTO" convert --schema invoices --on-error reject --force -o out $file.json
        [ "$status" -eq 8 ]
        has "$out" "error E107 too-large: the record has 30000042 bytes"
        [ "$(jq -r .ledger.rows.rejected out/result.json)" = 1 ]
    done
    # cut off inside: that is no issue but no whole file
    head -c 20000000 list.json >cut.json
    refused 3 "cut.json:1:" "$ST2PLECTO" convert --schema invoices -o out cut.json
    has "$err" "the file ends in the middle of a record"
}

@test "a JSON record over --max-cell that is the first" {
    good='{"id":1,"invoiceDate":"2025-10-20T00:00:00Z","total":"5","employeeInfo":{"id":4,"name":"Ana"}}'
    large() { printf '{"id":2,"summary":"' && bytes 30000000 x && printf '","items":[{"a":"}"}]}'; }
    { large && printf '\n%s\n%s\n' "$good" "${good/1/3}"; } >lines.json
    { large && printf '\n'; } >alone.json
    bounded 96 "$ST2PLECTO" convert --schema invoices --on-error reject --force -o out lines.json
    [ "$status" -eq 8 ]
    has "$out" "lines.json:1:1: error E107 too-large: the record has 30000041 bytes"
    [ "$(jq -c '.ledger.rows | [.in, .written, .rejected]' out/result.json)" = "[3,2,1]" ]
    [ "$(jq -r .ledger.balanced out/result.json)" = true ]
    { printf '{"hasMore":false,"data":[' && large && printf ',%s]}' "$good"; } >list.json
    run_split "$ST2PLECTO" convert --schema invoices --on-error reject --force -o out list.json
    [ "$status" -eq 8 ]
    [ "$(jq -c '.ledger.rows | [.in, .written, .rejected]' out/result.json)" = "[2,1,1]" ]
    # it need not be one for who allows more
    run_split "$ST2PLECTO" validate --schema invoices --max-cell 40M --format json lines.json
    [ "$(jq -r '[.issues.causes[].code] | index("E107")' <<<"$out")" = null ]
    # cut off inside: no whole file
    head -c 20000000 lines.json >cut.json
    refused 3 "cut.json:1:" "$ST2PLECTO" convert --schema invoices -o out2 cut.json
    run_split "$ST2PLECTO" validate --schema invoices alone.json
    [ "$status" -eq 1 ]
    has "$out" "error E107 too-large"
}

@test "JSON nested 100,000 deep" {
    { printf '{"hasMore":false,"data":[{"id":1,"a":' && bytes 100000 '[' && bytes 100000 ']' && printf '},{"id":2}]}'; } >deep.json
    run_split "$ST2PLECTO" validate --schema invoices deep.json
    [ "$status" -eq 1 ]
    has "$out" "error E104 not-json: not valid JSON: lists and objects are nested more than 1000 deep"
    bytes 100000 '[' >open.json
    refused 3 "open.json:1:" "$ST2PLECTO" convert --schema invoices -o out open.json
    { bytes 100000 '[' && bytes 100000 ']'; } >nested.json
    refused 3 "nested.json:1:" "$ST2PLECTO" convert --schema invoices -o out nested.json
    { printf '{"name":' && bytes 100000 '[' && bytes 100000 ']' && printf '}'; } >deep.schema.json
    run_split "$ST2PLECTO" schema lint deep.schema.json
    [ "$status" -eq 2 ]
}

@test "ten million columns, in the header, in a row, in JSON" {
    { bytes 10000000 , && echo && echo 1; } >header.csv
    refused 3 "header.csv:1:1: no header row, because the row that begins here does not end within 256 KiB" \
        "$ST2PLECTO" convert --schema jobs -o out header.csv
    { printf 'a' && bytes 100000 , | sed 's/,/,a/g' && echo && echo 1; } >same.csv # and all of one name
    refused 3 "same.csv: has 100001 columns, more than the 16384 of a spreadsheet" \
        "$ST2PLECTO" convert --schema jobs -o out same.csv
    { echo "$HEADER" && echo '1,Ana,10/20/2025,5' && bytes 10000000 , && echo && echo '2,Bo,10/20/2025,5'; } >row.csv
    bounded 200 "$ST2PLECTO" convert --schema jobs --date-order mdy --on-error reject --force -o out row.csv
    [ "$status" -eq 8 ]
    has "$out" "row.csv:3:1: error E102 cells-extra: the row has 10000001 cells, the header has 4"
    [ "$(jq -c '.ledger.rows | [.in, .written, .rejected]' out/result.json)" = "[3,2,1]" ]
    { printf '[{"id":1' && seq -f ',"k%.0f":1' 100000 | tr -d '\n' && printf '}]'; } >keys.json
    refused 3 "keys.json: has 100001 columns" "$ST2PLECTO" convert --schema jobs -o out keys.json
}

@test "a line of 4 GiB" {
    night_only
    plain_build || skip "too slow with sanitizers"
    { echo "$HEADER" && echo '1,Ana,10/20/2025,5' && bytes 300000 x; } >line.csv
    truncate -s 4G line.csv # sparse: zero bytes
    bounded 64 "$ST2PLECTO" validate --schema jobs --date-order mdy line.csv
    [ "$status" -eq 1 ]
    has "$out" "line.csv:3:1: error E107 too-large: the record has 4294967"
}

@test "zero bytes, and bytes that are no UTF-8" {
    printf '%s\n1,Ana\0,10/20/2025,5\n' "$HEADER" >zero.csv
    refused 3 "zero.csv: is not text: byte 60 is zero" "$ST2PLECTO" convert --schema jobs -o out zero.csv
    # far behind the head of the file: an issue of that row
    { echo "$HEADER" && seq -f '%.0f,Ana,10/20/2025,5' 20000 && printf '90001,A\0na,10/20/2025,5\n90002,Jos\351,10/20/2025,5\n90003,Jos\303\251,10/20/2025,5\n'; } >late.csv
    jobs_convert late.csv
    [ "$status" -eq 8 ]
    has "$out" "late.csv:20002:7: error E309 not-text: Primary Technician has a zero byte (ID 90001, \$5.00)"
    has "$out" "late.csv:20003:7: error E309 not-text: Primary Technician has bytes that are not UTF-8 (ID 90002, \$5.00)"
    [ "$(jq -r .ledger.rows.rejected out/result.json)" = 2 ]
    [ "$(tail -n 1 out/registrations.jsonl | jq -r .member_name)" = José ]
    printf '%s\n1,Jos\351,10/20/2025,5\n' "$HEADER" >latin.csv
    jobs_convert --encoding windows-1252 latin.csv
    [ "$status" -eq 0 ]
    [ "$(jq -r .member_name out/registrations.jsonl)" = José ]
    # columns that are not sent may hold what they like
    printf '%s,Customer Name\n1,Ana,10/20/2025,5,Jos\351\n' "$HEADER" >private.csv
    jobs_convert private.csv
    [ "$status" -eq 0 ]
}

@test "half surrogates and zero characters of JSON are told" {
    cat >half.json <<'JSON'
{"hasMore":false,"data":[
{"id":1,"referenceNumber":"A\ud800","invoiceDate":"2025-10-20T00:00:00Z","total":"5","employeeInfo":{"id":4,"name":"Ana"}},
{"id":2,"referenceNumber":"A\u0000","invoiceDate":"2025-10-20T00:00:00Z","total":"5","employeeInfo":{"id":4,"name":"Ana"}},
{"id":3,"referenceNumber":"\ud83d\ude00\u00e9","invoiceDate":"2025-10-20T00:00:00Z","total":"5","employeeInfo":{"id":4,"name":"Ana"}}]}
JSON
    run_split "$ST2PLECTO" convert --schema invoices --tz UTC -o out half.json
    [ "$status" -eq 0 ]
    has "$out" 'half.json:2:27: warning W326 lost-character: referenceNumber "'
    has "$out" "has lost a character: � (U+FFFD) is in its place (ID 1, record 1)"
    has "$out" "half.json:3:27: warning W326"
    [ "$(jq -r '.issues.causes[] | select(.code == "W326").count' out/result.json)" = 2 ]
    [ "$(tail -n 1 out/registrations.jsonl | jq -r '."Invoice #"')" = 😀é ]
}

@test "duplicate keys: a record with a key twice is refused, if the key is read" {
    cat >twice.json <<'JSON'
[{"id":1,"total":"5","total":"7","invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":4,"name":"Ana"}},
{"id":2,"nobody":1,"nobody":2,"total":"5","invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":4,"name":"Ana"}}]
JSON
    run_split "$ST2PLECTO" convert --schema invoices --tz UTC --on-error reject --force -o out twice.json
    [ "$status" -eq 8 ]
    has "$out" "twice.json:1:2: error E104 not-json: a key is twice in the record, and nothing says which of its values counts"
    [ "$(jq -r .external_id out/registrations.jsonl)" = 2 ]
}

@test "numbers of 10,000 digits" {
    digits=$(bytes 10000 9)
    { echo "$HEADER" && echo "1,Ana,10/20/2025,$digits" && echo "2,Ana,10/20/2025,0.$digits" && echo "3,Ana,10/20/2025,1e$digits" &&
        echo "4,Ana,10/20/2025,$(bytes 10000 0)5.$(bytes 10000 0)" && echo "$digits,Ana,10/20/2025,5"; } >digits.csv
    jobs_convert digits.csv
    [ "$status" -eq 8 ]
    has "$out" 'digits.csv:2:18: error E302 number-too-large: Jobs Subtotal "99999999999999'
    has "$out" 'digits.csv:3:18: error E303 number-too-precise: Jobs Subtotal "0.999999999999'
    has "$out" 'digits.csv:4:18: error E30'
    [ "$(jq -c '.ledger.rows | [.in, .written, .rejected]' out/result.json)" = "[5,2,3]" ]
    printf '[{"id":1,"total":%s,"invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":4,"name":"Ana"}},{"id":2,"total":1E-%s,"invoiceDate":"2025-10-20T00:00:00Z","employeeInfo":{"id":4,"name":"Ana"}}]' "$digits" "$digits" >digits.json
    run_split "$ST2PLECTO" validate --schema invoices --tz UTC digits.json
    [ "$status" -eq 1 ]
    has "$out" 'error E302 number-too-large'
    has "$out" 'error E303 number-too-precise'
}

@test "gzip: bombs, wrong checksums, cut, with rubbish behind" {
    jobs_csv && gzip -kc jobs.csv >good.gz
    cp good.gz crc.gz && printf '\0\0\0\0' | dd of=crc.gz bs=1 seek=$(($(wc -c <good.gz) - 8)) conv=notrunc 2>/dev/null
    refused 3 "crc.gz: the gzip data is damaged at byte" "$ST2PLECTO" convert -o out crc.gz
    head -c -9 good.gz >cut.gz
    refused 3 "cut.gz: the gzip data is cut off at byte" "$ST2PLECTO" convert -o out cut.gz
    { cat good.gz && printf 'rubbish'; } >tail.gz
    refused 3 "tail.gz: something else follows the gzip data at byte" "$ST2PLECTO" convert -o out tail.gz
    { printf '%s\n1,"' "$HEADER" && bytes 100000000 a && echo '"'; } | gzip -9 >bomb.gz
    refused 3 "more than 400 times as much, which is refused" "$ST2PLECTO" convert --schema jobs -o out bomb.gz
    bounded 64 "$ST2PLECTO" validate --schema jobs bomb.gz
    [ "$status" -eq 3 ]
    bounded 64 "$ST2PLECTO" validate --schema jobs --max-ratio 2000 bomb.gz
    [ "$status" -eq 1 ]
    has "$out" "error E107 too-large"
    wrong_use '--max-ratio "0"' "" "$ST2PLECTO" convert -n --max-ratio 0 bomb.gz
}

@test "UTF-16 of an odd length, or without a mark" {
    jobs_csv && { printf '\377\376' && iconv -f UTF-8 -t UTF-16LE jobs.csv; } >good.csv
    run_split "$ST2PLECTO" validate good.csv
    [ "$status" -eq 0 ]
    head -c -1 good.csv >odd.csv
    refused 3 "odd.csv: the UTF-16 text ends in half a character" "$ST2PLECTO" convert -o out odd.csv
    tail -c +3 good.csv >bare.csv
    refused 3 "bare.csv: is not text: byte 1 is zero" "$ST2PLECTO" convert -o out bare.csv
    has "$err" "--encoding utf-16le"
}

@test "a folder, a pipe, a device" {
    mkdir folder
    refused 3 "folder" "$ST2PLECTO" convert -o out folder
    jobs_csv && mkfifo pipe
    cat jobs.csv >pipe &
    run_split timeout 60 "$ST2PLECTO" validate pipe
    [ "$status" -eq 0 ]
    has "$out" "Ready: 3 rows"
    refused 3 "/dev/zero: is not text: byte 0 is zero" "$ST2PLECTO" convert -o out /dev/zero
    refused 3 "/dev/null: is empty" "$ST2PLECTO" convert -o out /dev/null
}

@test "/dev/full: what cannot be written is exit 4" {
    [ -w /dev/full ] || skip "no /dev/full"
    jobs_csv
    for command in "validate jobs.csv" "validate --format json jobs.csv" "inspect jobs.csv" "schema show jobs" "explain" "--help"; do
        # shellcheck disable=SC2086 # words
        status=0 && "$ST2PLECTO" $command >/dev/full 2>err || status=$?
        [ "$status" -eq 4 ] || { echo "$command: exit $status" >&2 && false; }
        grep -q 'No space left on device' err
    done
}

@test "a file that grows or shrinks while it is read is refused" {
    mkfifo gate
    for change in grow shrink touch; do
        { echo "$HEADER" && seq -f '%.0f,Ana,10/20/2025,5' 150000; } >moving.csv
        # the progress of a conversion goes through the roster's pipe: the run waits there until the file was changed
        printf '%s' "$change" >.change
        "$ST2PLECTO" convert --schema jobs --date-order mdy --with gate -o out moving.csv >.out 2>.err &
        pid=$!
        exec 9>gate # opens when the run opens it: what is read before it is open by then
        case $change in
        grow) echo '999999,Ana,10/20/2025,5' >>moving.csv ;;
        shrink) truncate -s 1000000 moving.csv ;;
        touch) touch moving.csv ;;
        esac
        printf 'Job ID,Technician ID,Technician,Assigned On,Active\n1,7,Ana,10/20/2025,True\n' >&9
        exec 9>&-
        status=0 && wait $pid || status=$?
        [ "$status" -eq 3 ] || { echo "$change: exit $status: $(cat .out .err)" >&2 && false; }
        grep -q 'moving.csv: was changed while it was read' .err
        [ ! -e out ]
    done
}

@test "many small troubles at once keep to their bounds" {
    plain_build || skip "memory is not comparable with sanitizers"
    # every row of 300,000 has an issue of its own: counts are complete, memory is not taken for each
    { echo "$HEADER" && seq -f '%.0f,"Ana","10/20/20x5",5' 300000; } >bad.csv
    bounded 100 "$ST2PLECTO" validate --schema jobs bad.csv
    [ "$status" -eq 1 ]
    has "$out" "300,000"
}

@test "a quote that is neither doubled nor closes its cell is told, and the row is written as it is read" {
    printf 'Job #,Primary Technician,Completion Date,Jobs Subtotal,Summary\n' > "$WORK/stray.csv"
    printf '1,Ana Lopez,10/20/2025,5.00,"a 5" pipe, replaced"\n2,Bo Chen,10/21/2025,6.00,"fine ""so"""\n' >> "$WORK/stray.csv"
    run "$ST2PLECTO" convert "$WORK/stray.csv" --schema jobs --field Summary -o "$WORK/stray" --to csv
    [ "$status" -eq 0 ]
    has "$output" "stray.csv:2:1: warning W125 loose-quotes"
    hasnt "$output" "stray.csv:3:1: warning W125"
    grep -qF '"a 5"" pipe, replaced"' "$WORK/stray/import.csv"
}
