#!/usr/bin/env bats
# The program is built as hard to misuse as the compiler can make it, unless somebody takes the flags away.

load ../cli/helper

setup() {
    common_setup
    plain_build || skip "a build for tests"
    needs readelf
}

@test "position independent, and all relocations read only from the start" {
    readelf -hW "$ST2PLECTO" | grep -qE 'Type: +DYN'
    readelf -lW "$ST2PLECTO" | grep -q GNU_RELRO
    readelf -dW "$ST2PLECTO" | grep -qE '\(FLAGS\).*BIND_NOW|\(FLAGS_1\).*NOW'
    readelf -dW "$ST2PLECTO" | grep -qE '\(FLAGS_1\).*PIE'
}

@test "the stack cannot be executed, and no segment is both written and executed" {
    readelf -lW "$ST2PLECTO" | grep GNU_STACK | grep -q 'RW '
    readelf -lW "$ST2PLECTO" | grep LOAD | fails grep -q 'RWE'
}

@test "stack protector and checked buffers are in it" {
    symbols=$(readelf --dyn-syms -W "$ST2PLECTO")
    has "$symbols" __stack_chk_fail
    # what _FORTIFY_SOURCE makes of memcpy, snprintf and others
    [ "$(grep -cE '__[a-z]+_chk(@|$)' <<<"$symbols")" -ge 2 ]
}

@test "nothing is looked for beside the program or in the current folder" {
    readelf -dW "$ST2PLECTO" | fails grep -qE 'RPATH|RUNPATH'
}
