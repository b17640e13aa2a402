#!/usr/bin/env bats
# CSV against Python's csv over polluted files (polluted.py): 1,600 at night; RUNS=N tries N, SEED=N others.

load ../cli/helper

setup() {
    common_setup
    python_with csv
}

@test "polluted files are read as Python's csv reads them, or refused with a message" {
    "$PYTHON" "$BATS_TEST_DIRNAME/polluted.py" . "${RUNS:-$(by_night 1600 48)}" "${SEED:-1}"
}
