#!/usr/bin/env bats
# figures.bats: totals against an independent model (figures.py), over random exports. 3,000 at night; RUNS=N tries N.

load ../cli/helper

setup() {
    common_setup
    python_with decimal
}

@test "totals are those of an independent model, field by field" {
    "$PYTHON" "$BATS_TEST_DIRNAME/figures.py" "${RUNS:-$(by_night 3000 40)}" "${SEED:-1}"
}

@test "registrations and totals of every schema are those of an independent model" {
    cd "$BATS_TEST_DIRNAME/../.."
    "$PYTHON" tests/property/figures_schemas.py "${RUNS:-$(by_night 3000 78)}" "${SEED:-1}"
}
