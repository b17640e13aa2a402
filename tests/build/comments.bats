#!/usr/bin/env bats
# A document that a comment leads to is there, and so is the heading that it names: NAME.md, "HEADING".

load ../cli/helper

setup() {
    common_setup
    cd "$ROOT" || return 1
}

# leads FOLDER: every "NAME.md" and "NAME.md, HEADING" in its comments, one a line, lines of a comment joined.
leads() {
    find "$1" -name '*.[ch]' -exec cat {} + | sed 's/^ *\*\{0,1\} *//' | tr '\n' ' ' |
        grep -oE '[A-Za-z_./-]+\.md(, "[^"]+")?' | sort -u
}

# wrong_leads FOLDER: those that lead nowhere.
wrong_leads() {
    local lead
    while read -r lead; do
        local file=${lead%%, \"*} heading=
        [ "$file" = "$lead" ] || heading=${lead#*, \"} heading=${heading%\"}
        if [ ! -f "$file" ]; then
            echo "$file: no such file"
        elif [ -n "$heading" ]; then
            grep -qxE "#+ $(sed 's/[][\.*^$+?(){}|]/\\&/g' <<< "$heading")" "$file" || echo "$file: no heading $heading"
        fi
    done < <(leads "$1")
}

@test "documents and headings that comments name are there" {
    [ "$(leads src | wc -l)" -gt 12 ]
    run wrong_leads src
    [ "$output" = "" ]
}

@test "facts are named with their heading, no design paper is" {
    run grep -rnE --include='*.[ch]' '(servicetitan|plecto)\.md([^,]|,[^ ]|, [^"]|$)|\bDESIGN\b|\b(servicetitan|plecto)\.md (section )?[0-9]' src
    [ "$(grep -vE '\.md,$' <<< "$output")" = "" ]
}

@test "a document that is not there is told" {
    mkdir "$WORK/bad" && printf '/* See nowhere.md. And README.md,\n * "No such chapter". */\n' > "$WORK/bad/a.c"
    run wrong_leads "$WORK/bad"
    [ "$output" = $'README.md: no heading No such chapter\nnowhere.md: no such file' ]
}
