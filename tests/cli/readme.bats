#!/usr/bin/env bats
# README and manual are true: each command of a console block prints what is shown below it (console-blocks --write writes
# it anew); commands to paste run; README stays two screens.
# By day a part, all where the change touches: README.md src/manual src/cli/pages schemas/README.md

load helper

setup() {
    common_setup
    repository=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$repository"
    pages=(README.md src/manual/*.md src/manual/*/*.md)
}

@test "every command of a console block prints what README and the manual show" {
    local commands=0 page
    for page in $(grep -lxF '```console' "${pages[@]}"); do
        "$BATS_TEST_DIRNAME/console-blocks" "$page" >"$WORK/made"
        diff "$page" "$WORK/made" || { echo "$page is out of date: tests/cli/console-blocks --write" >&2 && return 1; }
        commands=$((commands + $(grep -c '^\$ ' "$page" || true)))
    done
    [ "$commands" -ge 30 ]
}

@test "README's first console block and its tasks run as they stand after quickstart" {
    cd "$WORK"
    mkdir build
    ln -s "$repository/samples" samples
    ln -s "$ST2PLECTO" build/st2plecto
    # all that README says to type, but the set-up and what needs Plecto; its line for the path first
    sed -n '/^```console$/,/^```$/s/^\$ //p; /^```sh$/,/^```$/{/^```/d;p;}' "$repository/README.md" |
        grep -vE '^\./scripts/|^st2plecto (datasource|upload) ' >commands
    [ "$(grep -c '^st2plecto ' commands)" -ge 9 ]
    grep -q '^export PATH=' commands
    local path status
    path=$(sed -n 's/ *#.*//; s/^export //p' commands)
    while IFS= read -r command; do
        status=0
        env -u ST2PLECTO PATH=/usr/bin:/bin bash -c "export $path; $command" </dev/null >said 2>&1 || status=$?
        case $status in 0 | 1 | 8) ;; *) echo "exit $status: $command" >&2 && cat said >&2 && return 1 ;; esac
    done <commands
    [ -s plecto/import.csv ]
    [ -s totals/import.csv ]
    [ -s jobs/review.xlsx ]
    [ -s jobs.html ]
    [ -s bonus/import.csv ]
    [ -s bonus.schema.json ]
    [ -s night/overview.html ]
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
    done
}

# links PAGE: the pages of the manual that it links to, from the top of the repository.
links() {
    grep -oE '\]\([^)#]+\.md' "$1" | sed 's/^](//' | while IFS= read -r link; do
        realpath --relative-to=. "$(dirname "$1")/$link"
    done
}

@test "README leads to every page of the manual, and guides and reference name each other" {
    links README.md | sort -u >"$WORK/reached"
    cp "$WORK/reached" "$WORK/news"
    while [ -s "$WORK/news" ]; do
        while IFS= read -r page; do
            [ ! -e "$page" ] || links "$page"
        done <"$WORK/news" | sort -u | comm -13 "$WORK/reached" - >"$WORK/next"
        sort -u "$WORK/reached" "$WORK/next" >"$WORK/all"
        mv "$WORK/all" "$WORK/reached"
        mv "$WORK/next" "$WORK/news"
    done
    for page in "${pages[@]:1}"; do
        grep -qxF "$page" "$WORK/reached" || { echo "no link leads to $page" >&2 && return 1; }
    done
}

@test "a page a command and the codes of the report are those of the program" {
    scripts/manual --check
}

@test "every page of a command becomes a man page" {
    needs lowdown
    make -s man BUILD="$WORK/made"
    for page in $("$ST2PLECTO" help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        grep -q "^.TH \"st2plecto-$page\" \"1\"" "$WORK/made/man/st2plecto-$page.1" || { echo "$page" >&2 && return 1; }
    done
    grep -qF -e '--on-error' "$WORK/made/man/st2plecto-convert.1"
}

@test "every built-in schema and make target that README and the manual name is there" {
    for schema in jobs invoices estimates calls report-job-costing; do
        "$ST2PLECTO" schema show "$schema" > /dev/null
    done
    for target in check asan tsan lint install uninstall dist clean; do
        grep -q "^$target:\|^$target " "$repository/Makefile" || grep -qE "^\.PHONY:.*\b$target\b" "$repository/Makefile"
    done
}
