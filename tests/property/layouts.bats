#!/usr/bin/env bats
# 40 layouts of reports, converted at first try by the command that inspect names (layouts.py).

load ../cli/helper

@test "40 layouts are right at first try" {
    common_setup
    python_with json
    ROOT=$ROOT ST2PLECTO=$ST2PLECTO "$PYTHON" "$ROOT/tests/property/layouts.py" >&2
}
