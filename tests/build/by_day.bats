#!/usr/bin/env bats
# by_day.bats: which tests run by day is said by tests/by-day, and a change to what a file is about runs all of it.

load ../cli/helper

setup() {
    common_setup
    local i
    {
        echo '#!/usr/bin/env bats'
        echo '# By day a third, all where the change touches: src/upload README.md'
        for i in 1 2 3 4 5; do printf '@test "%s. a (b) | c?" { true; }\n' "$i"; done
    } >about.bats
}

@test "a third, all where the change touches it, and the same names for bats" {
    filter=$("$ROOT/tests/by-day" about.bats 'src/uploads/a.c src/cli/README.md tests/x')
    has "$(bats --tap --filter "$filter" about.bats)" '1..2'
    has "$(bats --tap --filter "$filter" about.bats)" '4. a (b) | c?'
    fails "$ROOT/tests/by-day" about.bats 'src/cli/a.c src/upload/send/b.c'
    fails "$ROOT/tests/by-day" about.bats README.md
    fails "$ROOT/tests/by-day" about.bats about.bats
    sed -i '/^# By day/d' about.bats
    fails "$ROOT/tests/by-day" about.bats ''
}

@test "every name of every file is one that the filter finds" {
    for file in "$ROOT"/tests/*/*.bats; do
        [ "$(grep -c '^@test' "$file")" = "$(grep -c '^@test "[^"]*" {' "$file")" ] || echo "$file" >>odd
        for area in $(sed -n 's/^# By day a third, all where the change touches: //p' "$file"); do
            [ -e "$ROOT/$area" ] || echo "$file: $area" >>odd
        done
    done
    fails cat odd
}
