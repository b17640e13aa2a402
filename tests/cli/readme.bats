#!/usr/bin/env bats
# README and manual are true: each command of a console block prints what is shown below it (console-blocks --write writes
# it anew); commands to paste run; README stays two screens.

load helper

setup() {
    common_setup
    repository=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$repository"
    pages=(README.md src/manual/*.md)
}

@test "every command of a console block prints what README and the manual show" {
    local commands=0 page
    for page in "${pages[@]}"; do
        "$BATS_TEST_DIRNAME/console-blocks" "$page" >"$WORK/made"
        diff "$page" "$WORK/made" || { echo "$page is out of date: tests/cli/console-blocks --write" >&2 && return 1; }
        commands=$((commands + $(grep -c '^\$ ' "$page" || true)))
    done
    [ "$commands" -ge 8 ]
}

@test "README's first console block and its five tasks run as they stand after quickstart" {
    cd "$WORK"
    mkdir build
    ln -s "$repository/samples" samples
    ln -s "$ST2PLECTO" build/st2plecto
    sed -n '/^```console$/,/^```$/s/^\$ //p; /^```sh$/,/^```$/{/^build\/st2plecto/p;}' "$repository/README.md" >commands
    [ "$(wc -l <commands)" -ge 8 ]
    while IFS= read -r command; do
        case $command in *' upload '*) continue ;; esac # needs Plecto
        status=0
        bash -c "$command" </dev/null >said 2>&1 || status=$?
        case $status in 0 | 1 | 8) ;; *) echo "exit $status: $command" >&2 && cat said >&2 && return 1 ;; esac
    done <commands
    [ -s plecto/import.csv ]
    [ -s totals/import.csv ]
    [ -s jobs/review.xlsx ]
}

@test "README is 6 to 8 KB, and every file that README and the manual link to is there" {
    local bytes page link
    bytes=$(wc -c <README.md)
    [ "$bytes" -ge 6000 ]
    [ "$bytes" -le 8192 ]
    for page in "${pages[@]}"; do
        while IFS= read -r link; do
            case $link in https://* | http://* | '#'*) continue ;; esac
            [ -e "$(dirname "$page")/${link%%#*}" ] || { echo "$page links to $link" >&2 && return 1; }
        done < <(grep -oE '\]\([^)]+\)' "$page" | sed 's/^](//; s/)$//')
        case $page in README.md) continue ;; esac
        grep -qF "]($page)" README.md || { echo "README does not link to $page" >&2 && return 1; }
    done
}

@test "every built-in schema and make target that README and the manual name is there" {
    for schema in jobs invoices estimates calls report-job-costing; do
        "$ST2PLECTO" schema show "$schema" > /dev/null
    done
    for target in check asan tsan lint install uninstall dist clean; do
        grep -q "^$target:\|^$target " "$repository/Makefile" || grep -qE "^\.PHONY:.*\b$target\b" "$repository/Makefile"
    done
}
