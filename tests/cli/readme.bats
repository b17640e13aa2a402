#!/usr/bin/env bats
# The README is true: each command of its sessions prints what stands there.

load helper

setup() {
    common_setup
    repository=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    ln -s "$repository/samples" samples
    mkdir bin
    ln -s "$ST2PLECTO" bin/st2plecto
    PATH=$PWD/bin:$PATH
}

@test "every command of the README's sessions prints what the README shows" {
    commands=0
    sed -n '/^```console$/,/^```$/p' "$repository/README.md" | sed '/^```/d' > session.txt
    while IFS= read -r line; do
        printf '%s\n' "$line" >> shown.txt
        case $line in
        '$ '*)
            commands=$((commands + 1))
            { printf '%s\n' "$line"; bash -c "${line#'$ '}" 2>&1 | tr -d '\r' || true; } >> printed.txt
            ;;
        esac
    done < session.txt
    [ "$commands" -ge 4 ]
    diff shown.txt printed.txt
}

@test "every built-in schema, exit code and make target the README names is there" {
    for schema in jobs invoices estimates calls report-job-costing; do
        "$ST2PLECTO" schema show "$schema" > /dev/null
    done
    for target in check asan tsan lint install uninstall dist clean; do
        grep -q "^$target:\|^$target " "$repository/Makefile" || grep -qE "^\.PHONY:.*\b$target\b" "$repository/Makefile"
    done
}
