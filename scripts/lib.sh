# shellcheck shell=bash
# What quickstart, test, lint and bench share: finding and installing packages, running a step quietly, and building.
# Sourced, from the top of the repository. A package is looked for by what it brings (a command, a header), not by
# name, so a compiler installed by hand counts; only what is missing is installed, and only on Debian and its kin.

# shellcheck disable=SC2034 # used by those that source this
build_packages=(gcc libc6-dev make pkg-config libcsv-dev libcjson-dev libxlsxwriter-dev zlib1g-dev libzip-dev
    libexpat1-dev libsqlite3-dev libcurl4-openssl-dev tzdata)
# shellcheck disable=SC2034 # used by scripts/test
test_packages=(clang llvm libclang-rt-dev clang-tidy cppcheck shellcheck valgrind openssl libcmocka-dev bats jq
    python3-jsonschema python3-openpyxl libreoffice-calc-nogui unzip chromium nodejs npm poppler-utils locales binutils
    nghttp2-proxy lowdown zsh fish strace parallel)

logs=build/logs

die() { # die EXIT-CODE TEXT…
    local code=$1
    shift
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit "$code"
}

# changed_since_main: the files that differ from main where this branch left it, with those that git does not know yet. False:
# there is no main to compare with.
changed_since_main() {
    local base branch
    for branch in main origin/main; do
        base=$(git merge-base HEAD "$branch" 2>/dev/null) && break
    done
    [ -n "${base:-}" ] || return 1
    git diff --name-only "$base"
    git ls-files --others --exclude-standard
}

jobs_count() { nproc 2>/dev/null || echo 2; }

# quietly LOG COMMAND…: output goes to LOG; on failure its last lines are shown and the result is false.
quietly() {
    local log=$1
    shift
    mkdir -p "${log%/*}" || die 4 "cannot make the folder ${log%/*}: is this checkout yours to write?"
    if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
    printf 'failed: %s\n' "$*" >&2
    tail -n 40 "$log" | sed 's/^/    /' >&2
    printf '    (all of it: %s)\n' "$log" >&2
    return 1
}

# shown WORDS PATTERN TOTAL LOG COMMAND…: as quietly, and says how far it is: how many lines of LOG have PATTERN, of TOTAL
# (empty: not known). On a terminal in one line that is written again, else in a line each half minute.
shown() {
    local words=$1 pattern=$2 total=$3 log=$4 step count
    shift 3
    printf '%s ...' "$words" >&2
    local passed=0 code=0
    [ -t 2 ] || printf '\n' >&2
    quietly "$@" &
    step=$!
    while kill -0 "$step" 2>/dev/null; do
        count=$(grep -cE "$pattern" "$log" 2>/dev/null || true)
        if [ -t 2 ]; then
            printf '\r%s ... %s' "$words" "${count:-0}${total:+ of $total}" >&2
        elif [ "$passed" -gt 0 ] && [ $((passed % 30)) -eq 0 ]; then
            printf '  %s\n' "${count:-0}${total:+ of $total}" >&2
        fi
        passed=$((passed + 1))
        sleep 1
    done
    wait "$step" || code=$?
    [ -t 2 ] || return $code
    printf '\r%s ... %s                    \n' "$words" "$([ $code = 0 ] && echo 'done' || echo failed)" >&2
    return $code
}

# ---- packages

has_header() { # has_header CODE: the compiler finds the headers that CODE includes
    local compiler
    for compiler in gcc clang cc; do
        command -v "$compiler" >/dev/null 2>&1 || continue
        printf '%b' "$1" | "$compiler" -E -x c - >/dev/null 2>&1 && return 0
    done
    return 1
}

has_fuzzer() { # clang links with libFuzzer
    local scratch
    command -v clang >/dev/null 2>&1 || return 1
    scratch=$(mktemp -d)
    printf 'int LLVMFuzzerTestOneInput(const unsigned char *d, unsigned long n) { return d == 0 && n == 1; }\n' >"$scratch/f.c"
    local code=0
    clang -fsanitize=fuzzer -o "$scratch/f" "$scratch/f.c" >/dev/null 2>&1 || code=1
    rm -rf "$scratch"
    return $code
}

has_package() {
    case $1 in
    libc6-dev) has_header '#include <stdio.h>\n' ;;
    libcsv-dev) has_header '#include <csv.h>\n' ;;
    libcjson-dev) has_header '#include <cjson/cJSON.h>\n' ;;
    libxlsxwriter-dev) has_header '#include <xlsxwriter.h>\n' ;;
    zlib1g-dev) has_header '#include <zlib.h>\n' ;;
    libzip-dev) has_header '#include <zip.h>\n' ;;
    libexpat1-dev) has_header '#include <expat.h>\n' ;;
    libsqlite3-dev) has_header '#include <sqlite3.h>\n' ;;
    libcurl4-openssl-dev) has_header '#include <curl/curl.h>\n' ;;
    libcmocka-dev)
        has_header '#include <stdarg.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <setjmp.h>\n#include <cmocka.h>\n'
        ;;
    libclang-rt-dev) has_fuzzer ;;
    locales) [ -e /usr/share/i18n/locales/de_DE ] ;;
    nghttp2-proxy) [ -x /usr/sbin/nghttpx ] ;;
    emscripten) command -v emcc >/dev/null 2>&1 ;;
    slurm-wlm) command -v slurmctld >/dev/null 2>&1 ;;
    munge) command -v munged >/dev/null 2>&1 ;;
    dpkg-dev) command -v dpkg-source >/dev/null 2>&1 ;;
    binutils) command -v readelf >/dev/null 2>&1 ;;
    tzdata) [ -e /usr/share/zoneinfo/America/Chicago ] ;;
    python3-jsonschema) python3 -c 'import jsonschema; jsonschema.Draft202012Validator' >/dev/null 2>&1 ;;
    python3-openpyxl) python3 -c 'import openpyxl' >/dev/null 2>&1 || /usr/bin/python3 -c 'import openpyxl' >/dev/null 2>&1 ;;
    python3-xlsxwriter) /usr/bin/python3 -c 'import xlsxwriter' >/dev/null 2>&1 ;;
    libreoffice-calc-nogui) command -v soffice >/dev/null 2>&1 ;;
    llvm) compgen -c llvm-symbolizer >/dev/null ;; # names in what clang's sanitizers tell
    nodejs) command -v node >/dev/null 2>&1 ;;
    poppler-utils) command -v pdftotext >/dev/null 2>&1 ;;
    miller) command -v mlr >/dev/null 2>&1 ;;
    r-cran-*) [ -d "/usr/lib/R/site-library/${1#r-cran-}" ] ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

is_debian() {
    command -v apt-get >/dev/null 2>&1 && [ -r /etc/os-release ] || return 1
    # shellcheck disable=SC1091
    (. /etc/os-release && case " ${ID:-} ${ID_LIKE:-} " in *' debian '*) exit 0 ;; *) exit 1 ;; esac)
}

missing_packages() { # missing_packages PACKAGE…: prints those that are not there, on one line
    local package missing=()
    for package in "$@"; do has_package "$package" || missing+=("$package"); done
    echo "${missing[*]-}"
}

apt_get() { # as root, directly or through sudo; never asks a question
    local root=()
    [ "$(id -u)" = 0 ] || root=(sudo)
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 "$@"
}

# need_packages PACKAGE…: installs what is missing, or names it and stops (exit 2) where that is not ours to do.
need_packages() {
    local missing
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if ! is_debian; then
        die 2 "missing: $missing
  These are the names Debian uses; install the same from this system's own packages (-dev may be -devel), then run
  $0 again."
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null 2>&1; then
        die 2 "missing: $missing
  Installing needs root, and sudo is not here. As root: apt-get update && apt-get install -y --no-install-recommends $missing"
    fi
    local wanted
    wanted=$(wc -w <<<"$missing")
    echo "installing: $missing"
    # shellcheck disable=SC2086 # a list of words
    if ! shown 'reading the lists of packages' '^(Get|Hit)' '' "$logs/apt-update.log" apt_get update ||
        ! shown "installing $wanted packages and what they need" '^Setting up' '' \
            "$logs/apt-install.log" apt_get install -y --no-install-recommends $missing; then
        die 2 "could not install: $missing"
    fi
    missing=$(missing_packages "$@")
    [ -z "$missing" ] || die 2 "installed, but still not found: $missing (see $logs/apt-install.log)"
}

# want_browser_modules: what tests/e2e drives the browser with, as pinned there, into build/e2e. Nothing is run by npm.
# Without the registry (no network, or a proxy that npm does not trust) the tests of the page are skipped, which they tell.
want_browser_modules() {
    local from=tests/e2e to=build/e2e
    if [ -d "$to/node_modules" ] && cmp -s "$from/package-lock.json" "$to/package-lock.json"; then return 0; fi
    echo "installing: the modules of $from/package.json"
    rm -rf "$to" && mkdir -p "$to" && cp "$from/package.json" "$to/"
    cp "$from/package-lock.json" "$to/"
    mkdir -p "$logs"
    if ! timeout --kill-after=5 90 npm ci --prefix "$to" --ignore-scripts --no-audit --no-fund --fetch-retries=0 \
        --fetch-timeout=30000 >"$logs/npm.log" 2>&1 </dev/null; then
        rm -rf "$to"
        echo "note: npm cannot get them ($(grep -m 1 -oE 'code [A-Z0-9_]+' "$logs/npm.log" || echo 'not in time'); $logs/npm.log): the tests of the page in a browser are skipped"
    fi
}

# want_python_tests: Python's own tests of csv and json, whose texts are public cases for tests/property/second. Their
# package has Python's version in its name; without them there are fewer cases, which the test tells.
want_python_tests() {
    local version
    python3 -c 'import test.test_csv, test.test_json' >/dev/null 2>&1 && return 0
    is_debian || return 0
    version=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])') || return 0
    echo "installing: libpython$version-testsuite"
    quietly "$logs/apt-python-tests.log" apt_get install -y --no-install-recommends "libpython$version-testsuite" ||
        echo "note: goes on without Python's own tests"
}

# ---- building

# A make that keeps nothing of one above us. Compilers take large pages for what they allocate: an eighth less processor time of
# gcc and clang where a page fault is dear (a virtual machine).
own_make=(env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS GLIBC_TUNABLES=glibc.malloc.hugetlb=1)

# build NAME VARIABLE=VALUE… TARGET…: one such make, its output in $logs/build-NAME.log.
build() {
    local name=$1 total
    shift
    total=$("${own_make[@]}" make -n "$@" 2>/dev/null | grep -c ' -c -o ' || true)
    shown "building, some minutes on a small machine; files compiled" ' -c -o ' "$total" \
        "$logs/build-$name.log" "${own_make[@]}" make -j "$(jobs_count)" "$@"
}
