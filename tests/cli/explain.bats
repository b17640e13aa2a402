#!/usr/bin/env bats
# explain: a page for each code.
# By day a part, all where the change touches: src/cli src/report

load helper

setup() { common_setup; }

@test "a code by number in any case, and by name" {
    run_split "$ST2PLECTO" explain E201
    [ "$status" -eq 0 ]
    has "$out" "E201 missing-employee"
    page=$out
    for word in e201 missing-employee; do
        run_split "$ST2PLECTO" explain $word
        [ "$status" -eq 0 ]
        [ "$out" = "$page" ]
    done
}

@test "without a code: all of them, each with a page" {
    run_split "$ST2PLECTO" explain
    [ "$status" -eq 0 ]
    [ "$(printf '%s\n' "$out" | wc -l)" -ge 30 ]
    while read -r code slug rest; do
        page=$("$ST2PLECTO" explain "$code")
        has "$page" "$slug"
        has "$page" "What to do"
    done <<<"$out"
}

@test "several codes, one after another" {
    run_split "$ST2PLECTO" explain E201 E202
    has "$out" "E201"
    has "$out" "E202"
}

@test "an unknown code: the nearest, exit 2" {
    wrong_use 'no code has the name "missing-employe"; did you mean missing-employee?' "To list all codes: st2plecto explain" \
        "$ST2PLECTO" explain missing-employe
    wrong_use 'no code has the name "no such thing"' "To list all codes: st2plecto explain" "$ST2PLECTO" explain "no such thing"
}
