#!/usr/bin/env bats
# by_day.bats: which tests run by day is said by tests/by-day, and a change to what a file is about runs all of it.

load ../cli/helper

setup() {
    common_setup
    local i
    {
        echo '#!/usr/bin/env bats'
        echo '# By day a part, all where the change touches: src/upload README.md'
        for i in 1 2 3 4 5 6; do printf '@test "%s. a (b) | c?" { true; }\n' "$i"; done
    } >about.bats
}

@test "a part, all where the change touches it, and the same names for bats" {
    filter=$("$ROOT/tests/by-day" about.bats 'src/uploads/a.c src/cli/README.md tests/x')
    ran=$(bats --tap --filter "$filter" about.bats)
    has "$ran" '1..2'
    has "$ran" '6. a (b) | c?'
    fails "$ROOT/tests/by-day" about.bats 'src/cli/a.c src/upload/send/b.c'
    fails "$ROOT/tests/by-day" about.bats README.md
    fails "$ROOT/tests/by-day" about.bats about.bats
    sed -i '/^# By day/d' about.bats
    fails "$ROOT/tests/by-day" about.bats ''
}

@test "every name of every file is one that the filter finds" {
    cd "$ROOT"
    grep -h '^@test' tests/*/*.bats >"$WORK/names"
    fails grep -v '^@test "[^"]*" {' "$WORK/names"
    grep -h '^# By day' tests/*/*.bats | sed 's/^# By day a part, all where the change touches: //' | tr ' ' '\n' | sort -u >"$WORK/areas"
    [ "$(wc -l <"$WORK/areas")" -gt 10 ]
    while read -r area; do [ -e "$area" ]; done <"$WORK/areas"
}
