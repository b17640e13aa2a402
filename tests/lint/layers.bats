#!/usr/bin/env bats
# scripts/layers and scripts/root-files see what they are there to see: in small trees of their own, with one thing wrong.

load ../cli/helper

setup() {
    common_setup
    mkdir -p scripts src/manual/design src/base src/values src/cli
    cp "$ROOT/scripts/layers" "$ROOT/scripts/root-files" scripts/
    printf 'int digit(void);\n' >src/base/digit.h
    printf '#include "base/digit.h"\nint digit(void) { return 1; }\n' >src/base/digit.c
    printf 'int number(void);\n' >src/values/number.h
    printf '#include "values/number.h"\n#include "base/digit.h"\nint number(void) { return digit(); }\n' >src/values/number.c
    printf '#include "values/number.h"\nint main(void) { return number(); }\n' >src/main.c
}

layers() { # the sources are compiled, then looked at
    local source object
    for source in src/*.c src/*/*.c; do
        [ -e "$source" ] || continue
        object=built/objects/${source#src/}
        mkdir -p "${object%/*}"
        gcc -Isrc -c -o "${object%.c}.o" "$source"
    done
    run_split python3 scripts/layers --built built
}

@test "layers: a stack is a stack, and is drawn with what each folder stands on" {
    layers
    [ "$status" -eq 0 ] || { echo "$out$err" >&2 && false; }
    has "$out" "5 files in 3 folders: one stack"
    run_split python3 scripts/layers --draw
    has "$out" "values/"
    has "$out" "pure ← base"
    has "$out" "← values"
    hasnt "$out" "cli/"
}

@test "layers: an include against the order is told with both files" {
    printf '#include "values/number.h"\n#include "base/digit.h"\nint digit(void) { return 1; }\n' >src/base/digit.c
    layers
    [ "$status" -eq 1 ]
    has "$out" "base uses values, which comes after it (includes)"
    has "$out" "base/digit.c -> values/number.h"
}

@test "layers: a call against the order needs no include to be seen, and is told with the symbol" {
    printf '#include "base/digit.h"\nint number(void);\nint digit(void) { return number(); }\n' >src/base/digit.c
    layers
    [ "$status" -eq 1 ]
    hasnt "$out" "(includes)"
    has "$out" "base uses values, which comes after it (symbols)"
    has "$out" "base/digit.c -> values/number.c: number"
    has "$out" "a circle of 2 files (symbols): base/digit.c values/number.c"
}

@test "layers: a circle within one folder is told, of three files and of two headers" {
    printf 'int one(void), two(void);\nint one(void) { return two(); }\n' >src/cli/one.c
    printf 'int two(void), three(void);\nint two(void) { return three(); }\n' >src/cli/two.c
    printf 'int one(void), three(void);\nint three(void) { return one(); }\n' >src/cli/three.c
    printf '#pragma once\n#include "cli/b.h"\n' >src/cli/a.h
    printf '#pragma once\n#include "a.h"\n' >src/cli/b.h
    layers
    [ "$status" -eq 1 ]
    has "$out" "a circle of 3 files (symbols): cli/one.c cli/three.c cli/two.c"
    has "$out" "cli/two.c -> cli/three.c: three"
    has "$out" "a circle of 2 files (includes): cli/a.h cli/b.h"
}

@test "layers: a folder without a place in the order, and an object that is not built, are told" {
    layers
    rm built/objects/base/digit.o
    run_split python3 scripts/layers --built built
    [ "$status" -eq 1 ]
    has "$err" "digit.o is not built"
    mkdir src/elsewhere
    touch src/elsewhere/x.h
    run_split python3 scripts/layers --built built
    [ "$status" -eq 1 ]
    has "$err" "elsewhere: give it a place in ORDER"
}

@test "layers: a page that holds another drawing is refused, and written anew" {
    printf 'Text.\n<!-- layers -->\nold\n<!-- /layers -->\nMore.\n' >src/manual/design/developers.md
    run_split python3 scripts/layers --check
    [ "$status" -eq 1 ]
    has "$out" "another drawing"
    python3 scripts/layers --write
    python3 scripts/layers --check
    has "$(cat src/manual/design/developers.md)" "pure ← base"
    [ "$(head -n 1 src/manual/design/developers.md)" = Text. ]
    [ "$(tail -n 1 src/manual/design/developers.md)" = More. ]
}

@test "root-files: what the developers' page does not name is refused at the top" {
    printf 'At the top: `scripts/`, `src/`.\n' >src/manual/design/developers.md
    git init -q .
    git add scripts src
    git -c user.name=x -c user.email=x@example.com commit -qm x
    sh scripts/root-files
    touch crash-1 .hidden
    git add crash-1 .hidden
    run_split sh scripts/root-files
    [ "$status" -eq 1 ]
    has "$out" "crash-1 is tracked at the top"
    hasnt "$out" hidden
}
