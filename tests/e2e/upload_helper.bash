# upload_helper.bash: what the tests of the upload share: certificates, the stand-in Plecto (plecto_server.py), folders
# to send, and checks of what arrived.

# shellcheck disable=SC1091
. "$(dirname "${BASH_SOURCE[0]}")/../cli/helper.bash"

export PYTHONDONTWRITEBYTECODE=1 # no __pycache__ in the checkout
E2E=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
PY=/usr/bin/python3
[ -x "$PY" ] || PY=python3
EMAIL=robot.upload@example.test
# shellcheck disable=SC2034 # what may be seen nowhere: a colon, a letter of two bytes
SECRET='Tr0ub4dor&3:pälz'
SOURCE=0a1b2c3d4e5f60718293a4b5c6d7e8f9 # the UUID of the data source that most tests send to

# make_certificates: once a file, in $TLS: authority.pem, and good, other-host, expired, untrusted (.pem and .key).
make_certificates() {
    export TLS=$BATS_FILE_TMPDIR/tls
    mkdir -p "$TLS"
    cd "$TLS" || return 1
    command -v openssl >/dev/null || { echo "openssl is not installed (scripts/test installs it)" >&2 && return 1; }
    local name
    {
        for name in authority stranger; do
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout $name.key \
                -out $name.pem -subj "/CN=st2plecto test $name" -addext keyUsage=critical,keyCertSign
        done
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout good.key -out request.csr \
            -subj /CN=plecto.test
        certificate good authority 2 DNS:localhost,IP:127.0.0.1
        certificate other-host authority 2 DNS:app.example.test
        certificate expired authority -1 DNS:localhost,IP:127.0.0.1
        certificate untrusted stranger 2 DNS:localhost,IP:127.0.0.1
    } >openssl.log 2>&1 || { cat openssl.log >&2 && return 1; }
}

certificate() { # certificate NAME AUTHORITY DAYS ALTERNATIVE-NAMES
    openssl x509 -req -in request.csr -CA "$2.pem" -CAkey "$2.key" -days "$3" -out "$1.pem" \
        -extfile <(printf 'subjectAltName=%s\n' "$4") || return 1
    [ "$1" = good ] || cp good.key "$1.key"
}

# upload_setup: in setup(). A new folder, a home of its own, credentials of mode 0600, no variable of the caller's.
upload_setup() {
    common_setup
    unset PLECTO_EMAIL PLECTO_PASSWORD NETRC CURL_CA_BUNDLE SSL_CERT_FILE SSL_CERT_DIR XDG_CONFIG_HOME XDG_STATE_HOME
    unset http_proxy https_proxy HTTPS_PROXY ALL_PROXY all_proxy
    export HOME=$WORK/home
    mkdir -p "$HOME"
    write_credentials credentials.json
    SERVER="" HOLDING=""
}

write_credentials() { # write_credentials FILE [PASSWORD]
    (umask 077 && printf '{"email": "%s", "password": "%s"}\n' "$EMAIL" "${2-$SECRET}" >"$1")
}

# start_server [BEHAVIOUR] [CERTIFICATE|plain]: a stand-in in the background; $URL, and control() speaks to it.
start_server() {
    local tls=() kind=${2:-good} waited=0 scheme=https
    if [ "$kind" = plain ]; then scheme=http; else tls=(--tls "$TLS/$kind.pem" "$TLS/$kind.key"); fi
    rm -f "$WORK/ready"
    "$PY" "$E2E/plecto_server.py" --ready "$WORK/ready" --credentials "$WORK/credentials.json" --state "$WORK/state.json" \
        --behaviour "${1:-{\}}" ${tls[@]+"${tls[@]}"} 2>"$WORK/server.err" 3>&- &
    SERVER=$!
    until [ -e "$WORK/ready" ]; do
        waited=$((waited + 1))
        if [ $waited -gt 12000 ] || ! kill -0 "$SERVER" 2>/dev/null; then
            echo "the stand-in server did not start:" >&2
            cat "$WORK/server.err" >&2
            return 1
        fi
        sleep 0.05
    done
    local name value
    while IFS='=' read -r name value; do
        case $name in api) API=$value ;; elsewhere) ELSEWHERE=$value ;; control) CONTROL=$value ;; esac
    done <"$WORK/ready"
    export ELSEWHERE
    URL=$scheme://localhost:$API/api/v2/
    connection=(--url "$URL" --credentials "$WORK/credentials.json" --rate 36000000)
    if [ "$kind" = plain ]; then connection+=(--insecure-test); else connection+=(--ca-file "$TLS/authority.pem"); fi
}

# stop_server: ends it; what it held is in state.json, and nothing may have gone wrong inside it.
stop_server() {
    [ -n "${SERVER-}" ] || return 0
    kill "$SERVER" 2>/dev/null
    wait "$SERVER" 2>/dev/null
    SERVER=""
    [ ! -s "$WORK/server.err" ] || { cat "$WORK/server.err" >&2 && return 1; }
}

upload_teardown() {
    [ -z "${HOLDING-}" ] || kill "$HOLDING" 2>/dev/null || true
    stop_server
}

# control GET|POST PATH [JSON]: asks the stand-in, prints what it says; false if it refuses.
control() {
    local line status
    exec 8<>"/dev/tcp/127.0.0.1/$CONTROL" || return 1
    printf '%s %s HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s' "$1" "$2" "$(printf %s "${3-}" | wc -c)" "${3-}" >&8
    read -r line status <&8
    while read -r line && [ "$line" != $'\r' ]; do :; done <&8
    cat <&8
    exec 8<&-
    case $status in 200*) ;; *) echo "control $1 $2: $status" >&2 && return 1 ;; esac
}

behave() { control POST /behaviour "$1" >/dev/null; }
# total NAME: a number of the stand-in's totals. One that is a name alone needs no jq: tests ask for it until it comes.
total() {
    local all
    all=$(control GET /totals) || return 1
    if [[ $1 =~ ^[a-z_]+$ ]] && [[ $all =~ \"$1\":\ ?([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else jq -r ".$1" <<<"$all"; fi
}

# wait_for NAME NUMBER: until that total of the stand-in is reached; ten minutes are for a machine that hangs.
wait_for() {
    local end=$((SECONDS + 600)) now
    while now=$(total "$1"); do
        [ "$now" -lt "$2" ] || return 0
        [ $SECONDS -lt $end ] || { echo "$1 is $now after 10 minutes, not $2" >&2 && return 1; }
        sleep 0.1
    done
    return 1
}

# equals WHAT VALUE EXPECTED
equals() { [ "$2" = "$3" ] || { printf '%s: %s, expected %s\n' "$1" "$2" "$3" >&2 && return 1; }; }

# exits CODE COMMAND…: run_split, and says what came instead.
exits() {
    local code=$1
    shift
    run_split "$@"
    [ "$status" -eq "$code" ] || { printf 'exit %s, not %s\nout: %s\nerr: %s\n' "$status" "$code" "$out" "$err" >&2 && return 1; }
}

# sales ROWS [FROM]: an export of so many jobs with IDs from FROM (100001), two employees, over 28 days.
sales() {
    awk -v rows="$1" -v from="${2:-100001}" 'BEGIN {
        print "Job #,Customer Name,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,Status,Active"
        for (i = 0; i < rows; i++) {
            id = from + i
            printf "%d,\"Smith, John\",%s,HVAC,10/%02d/2025 2:05 PM,\"$%d.%02d\",Completed,True\n", id,
                id % 2 ? "Ana Lopez" : "Bo Chen", id % 28 + 1, id % 900 + 1, id % 100
        }
    }'
}

# convert FILE FOLDER: what convert publishes of it, with the options in CONVERT; an old folder is replaced.
convert() {
    "$ST2PLECTO" convert ${CONVERT[@]+"${CONVERT[@]}"} --tz America/Chicago --force -q -o "$2" "$1" >"$WORK/convert.log" 2>&1 ||
        { cat "$WORK/convert.log" >&2 && return 1; }
}

# sales_folder FOLDER ROWS [FROM]
sales_folder() {
    sales "$2" "${3:-100001}" >"$1.csv" && convert "$1.csv" "$1"
}

# know_source: the stand-in has the data source $SOURCE with the fields of FOLDER's datasource.json.
know_source() {
    control POST /data-sources "$(jq -c --arg uuid "$SOURCE" '. + {uuid: $uuid}' "$1/datasource.json")" >/dev/null
}

# upload FOLDER [OPTION…]: to $SOURCE, as a script would.
upload() {
    local folder=$1
    shift
    "$ST2PLECTO" upload "$folder" --data-source "$SOURCE" --yes --no-input "${connection[@]}" "$@"
}

# arrived FOLDER [OPTION…]: every registration of the folder is stored once, as it was published, and no other.
arrived() { control GET /state >"$WORK/now.json" && "$PY" "$E2E/check_upload.py" "$WORK/now.json" "$SOURCE" "$@"; }

# program_of PROCESS: the process ID of its child st2plecto (a shell function in the background is the program's parent).
# The name and the parent can be seen even of a process that hides the rest.
program_of() {
    local program fields
    for program in /proc/[0-9]*; do
        read -r fields 2>/dev/null <"$program/stat" || continue
        case $fields in *"(st2plecto)"*" $1 "*) ;; *) continue ;; esac
        # shellcheck disable=SC2086 # words
        set -- "$1" ${fields##*) }
        [ "$3" != "$1" ] || { echo "${program#/proc/}" && return 0; }
        set -- "$1"
    done
    echo "process $1 has no st2plecto" >&2
    return 1
}
