# helper.bash: what the command line tests share.
# ST2PLECTO names the program; without it build/st2plecto of this checkout.

# common_setup: to be called in setup(). Finds the program, goes into a new empty folder, and takes away what the
# caller's environment could change.
common_setup() {
    ROOT=${BATS_TEST_DIRNAME%/tests/*}
    : "${ST2PLECTO:=$ROOT/build/st2plecto}"
    case $ST2PLECTO in /*) ;; *) ST2PLECTO=$ROOT/$ST2PLECTO ;; esac
    export ROOT ST2PLECTO
    unset NO_COLOR POSIXLY_CORRECT ST2PLECTO_CONFIG
    [ -n "${TRACE:-}" ] || trace_failures_only
    export LC_ALL=C SOURCE_DATE_EPOCH=1761000000 # 2025-10-20 22:40 UTC, a Monday
    WORK=${BATS_TEST_TMPDIR:-$(mktemp -d)}/work
    mkdir -p "$WORK"
    cd "$WORK" || return 1
}

# trace_failures_only: bats notes the place of each command before it runs, which takes a fifth of a millisecond, most of the
# time of a test that loops. The place of the command that failed is enough: bats' own functions note it when one does. Of
# "COMMAND || return 1" in a test itself they do not know the line: TRACE=1 is the slow way.
trace_failures_only() {
    trap - DEBUG
    trap note_failure ERR
}

note_failure() {
    bats_check_status_from_trap
    bats_capture_stack_trace
    BATS_DEBUG_LAST_STACK_TRACE_IS_VALID=1
}

# run COMMAND…: bats' run as the tests use it: $output with both streams, $lines of it that are not empty, $status. A program
# writes to a file, which takes a process less; a function has a shell of its own, as with bats.
run() {
    local _line _file=$BATS_TEST_TMPDIR/run.out
    status=0
    case $1 in
    */*)
        "$@" >"$_file" 2>&1 || status=$?
        text_of output "$_file"
        ;;
    *) output=$(set +eET && "$@" 2>&1) || status=$? ;;
    esac
    lines=()
    while IFS= read -r _line; do [ -z "$_line" ] || lines+=("$_line"); done <<<"$output"
}

# run_split COMMAND…: like run, but standard output in $out, standard error in $err, and $status.
run_split() {
    status=0
    "$@" >"$WORK/.out" 2>"$WORK/.err" || status=$?
    text_of out "$WORK/.out"
    text_of err "$WORK/.err"
}

# text_of VARIABLE FILE: as VARIABLE=$(cat FILE), without a process: there are ten thousand of these.
text_of() {
    local _text='' _end
    if IFS= read -r -d '' _text <"$2"; then _text=$(tr -d '\0' <"$2"); fi # a NUL: as $(cat) drops it
    _end=${_text##*[!$'\n']}
    printf -v "$1" %s "${_text%"$_end"}"
}

# night_only: ends a test by day. For what takes long and stands beside others that bite sooner; scripts/test --nightly (NIGHTLY=1)
# runs them all, and its count by day leaves them out.
night_only() { [ -n "${NIGHTLY:-}" ] || skip nightly; }

# by_night NIGHT DAY: says the one at night, the other by day.
by_night() { if [ -n "${NIGHTLY:-}" ]; then echo "$1"; else echo "$2"; fi; }

# some FILE…: each sixth of them by day (FILE_STEP=1: all), all at night, one a line; the first is always one of them.
some() { printf '%s\n' "$@" | awk -v step="${FILE_STEP:-$(by_night 1 6)}" 'NR % step == 1 % step'; }

# exits CODE COMMAND…: the command's exit code is CODE; says so if not. For steps before the one that is tested.
exits() {
    local expected=$1 code=0
    shift
    "$@" || code=$?
    [ "$code" -eq "$expected" ] || { echo "exit $code, not $expected: $*" >&2 && return 1; }
}

# fails COMMAND…: the command does not succeed. `! COMMAND` lets a test go on either way, but as its last line.
fails() {
    if "$@"; then echo "succeeded: $*" >&2 && return 1; fi
}

# has TEXT PART: TEXT holds PART; says so if not.
has() {
    case $1 in *"$2"*) return 0 ;; esac
    printf 'expected: %s\nin: %s\n' "$2" "$1" >&2
    return 1
}

# hasnt TEXT PART: the contrary.
hasnt() {
    case $1 in *"$2"*) printf 'not expected: %s\nin: %s\n' "$2" "$1" >&2 && return 1 ;; esac
    return 0
}

# wrong_use WHAT FIX COMMAND…: exit 2, nothing on standard output, "st2plecto: error: WHAT…" and FIX in its
# fix, upper or lower case.
wrong_use() {
    local what=$1 fix=$2
    shift 2
    run_split "$@"
    [ "$status" -eq 2 ] || { echo "exit $status, not 2: $err" >&2 && return 1; }
    [ -z "$out" ] || { echo "printed: $out" >&2 && return 1; }
    has "$err" "st2plecto: error: $what" || return 1
    local shown=${err#*"    fix: "}
    [ "$shown" != "$err" ] || { printf 'no fix in: %s\n' "$err" >&2 && return 1; }
    shown=${shown//$'\n         '/ } # commands are on lines of their own
    has "${shown,,}" "${fix,,}"
}

# jobs_csv [FILE]: a small good export.
jobs_csv() {
    cat >"${1:-jobs.csv}" <<'CSV'
Job #,Customer Name,Primary Technician,Business Unit,Completion Date,Jobs Subtotal,Status,Active
100230,"Smith, John",Ana Lopez,HVAC Service,10/20/2025 2:05 PM,"$1,234.56",Completed,True
100231,Lee Park,Bo Chen,Plumbing Service,10/20/2025 11:30 PM,$310.00,Completed,True
100232,Lee Park,Ana Lopez,HVAC Service,10/21/2025 8:00 AM,($45.00),Completed,False
CSV
}

# without WHAT: ends a test that lacks what scripts/test installs: skipped by hand, failed where that has installed it
# (TOOLS_INSTALLED).
without() {
    [ -n "${TOOLS_INSTALLED:-}" ] || skip "$1 (scripts/test installs it)"
    echo "$1, though scripts/test has installed what the tests need" >&2
    return 1
}

# needs TOOL…: without, unless all of these commands are there.
needs() {
    local tool
    for tool in "$@"; do command -v "$tool" >/dev/null || without "$tool is not installed" || return 1; done
}

# plain_build: no sanitizer is in the program; they need many times the memory and time.
plain_build() { ! grep -qE '__(asan|tsan)_init' "$ST2PLECTO"; }

# python_with MODULE: in $PYTHON a python3 that has it, or the test ends (without).
python_with() {
    local candidate known=$BATS_FILE_TMPDIR/python-with-$1 # asked once a file
    if [ -e "$known" ]; then
        text_of PYTHON "$known"
        return 0
    fi
    while IFS= read -r candidate; do
        if "$candidate" -c "import $1" >/dev/null 2>&1; then
            PYTHON=$candidate
            echo "$candidate" >"$known"
            return 0
        fi
    done < <(type -ap python3 && echo /usr/bin/python3)
    without "no python3 with $1 (Debian: python3-$1)"
}

# hidden_text: an escape sequence of C0 and one of C1, U+202E, U+2066, U+061C, U+200B, a character beyond U+FFFF.
hidden_text() {
    printf 'a\033[31m\302\23331m\342\200\256b\342\201\246\330\234\342\200\213\363\240\200\201z'
}

# is_plain FILE…: nothing hidden is in it.
is_plain() {
    local file found=0
    local hidden='[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8b\x8e\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xf3\xa0[\x80\x81]'
    grep -qaP "$hidden" "$@" || found=$?
    if [ "$found" = 1 ] && iconv -f UTF-8 -t UTF-8 "$@" >/dev/null; then return 0; fi
    for file in "$@"; do
        if grep -qaP "$hidden" "$file"; then
            printf '%s shows what is hidden:\n' "$file" >&2
            cat -A "$file" | grep -n 'M-BM-\^[^ ]\|M-bM-\^@\|\^\[' | head -5 >&2
        fi
        iconv -f UTF-8 -t UTF-8 "$file" >/dev/null || echo "$file is no UTF-8" >&2
    done
    return 1
}
