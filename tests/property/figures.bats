#!/usr/bin/env bats
# figures.bats: totals against an independent model (figures.py), and every schema against a second one, written from the
# documents alone (meaning.py), over random exports. 3,000 at night; RUNS=N tries N.

load ../cli/helper

setup() {
    common_setup
    python_with decimal
}

@test "totals are those of an independent model, field by field" {
    "$PYTHON" "$BATS_TEST_DIRNAME/figures.py" "${RUNS:-$(by_night 3000 40)}" "${SEED:-1}"
}

@test "what leaves of random exports of every schema is what the documented rules say" {
    cd "$BATS_TEST_DIRNAME/../.."
    "$PYTHON" tests/property/meaning.py "$ST2PLECTO" schemas "$BATS_TEST_TMPDIR" "${RUNS:-$(by_night 3000 100)}" "${SEED:-1}"
}
