# helper.bash: what the CLI tests share.

: "${ST2PLECTO:=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/build/st2plecto}"

# Each test works in a folder of its own.
common_setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    unset NO_COLOR TZ
}
