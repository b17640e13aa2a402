#!/usr/bin/env bats
# What a build says about itself, and which time zones it uses.
# By day a part, all where the change touches: src/routine src/cli

load helper

setup() {
    common_setup
}

@test "version: one line; with -v the build, the libraries, the zones and what it can do here" {
    run "$ST2PLECTO" --version
    [[ $output =~ ^st2plecto\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    for word in -v --verbose; do
        run "$ST2PLECTO" --version $word
        [ "$status" -eq 0 ]
        for line in '^st2plecto ' '^build: .* rules [0-9]+$' '^libraries: .*expat 2' '^time zones: ' '^sandbox: (yes|no)' '^vectors: ' '^upload: '; do
            grep -Eq "$line" <<<"$output"
        done
    done
}

@test "zones: the receipt names the data that was used; the program's own gives the same bytes" {
    "$ST2PLECTO" convert -q --tz America/Chicago -o here "$ROOT/samples/jobs/good.json"
    [ "$(jq -r .zone_data here/receipt.json)" = "$("$ST2PLECTO" --version -v | sed -n 's/^time zones: //p')" ]
    TZDIR=/nowhere "$ST2PLECTO" convert -q --tz America/Chicago -o held "$ROOT/samples/jobs/good.json"
    [[ $(jq -r .zone_data held/receipt.json) == *", embedded" ]]
    cmp here/import.csv held/import.csv
    "$ST2PLECTO" convert -q -o none "$ROOT/samples/jobs/good.json"
    [ "$(jq .zone_data none/receipt.json)" = null ]
}

# offers WORD…: what bash offers for the last of the words.
offers() {
    bash -c 'source completion; COMP_WORDS=(st2plecto "$@"); COMP_CWORD=$#; compopt() { :; }; _st2plecto; echo "${COMPREPLY[*]}"' _ "$@"
}

@test "completion: bash offers commands, options, their words, schemas and codes" {
    "$ST2PLECTO" help completion bash >completion
    bash -n completion
    [ "$(offers valid)" = validate ]
    [ "$(offers convert --by '')" = 'row day week month' ]
    [ "$(offers convert --by = w)" = week ]
    [ "$(offers validate --date-o)" = --date-order ]
    [ "$(offers validate --dry)" = '' ]
    [[ "$(offers convert --schema jobs)" == 'jobs'* ]]
    [ "$(offers explain E201)" = E201 ]
    [ "$(offers help completion f)" = fish ]
    touch jobs.csv
    [ "$(offers inspect jo)" = jobs.csv ]
}

@test "completion: zsh and fish have every option of every command; another shell is refused" {
    for shell in zsh fish; do "$ST2PLECTO" help completion $shell >completion.$shell; done
    for command in convert upload reconcile; do
        "$ST2PLECTO" help $command --all | sed -nE 's/^ +(-., )?--([a-z-]+).*/\2/p' >options
        [ -s options ]
        sort -u -o options options
        sed -nE "s/.*subcommand_from $command' -l ([a-z-]+)( .*|$)/\1/p" completion.fish | sort -u >of_fish
        grep -oE -- "--[a-z-]+\}?'" completion.zsh | tr -d "}'" | cut -c 3- | sort -u >of_zsh
        [ -z "$(comm -23 options of_fish)" ]
        [ -z "$(comm -23 options of_zsh)" ]
    done
    run_split "$ST2PLECTO" help completion tcsh
    [ "$status" -eq 2 ]
    has "$err" "st2plecto help completion bash"
}

# parses SHELL: the shell itself reads its script, and refuses it once something is wrong in it.
parses() {
    needs "$1"
    "$ST2PLECTO" help completion "$1" >completion
    "$1" -n completion
    echo 'if (' >>completion
    if "$1" -n completion 2>/dev/null; then echo "$1 -n refuses nothing" >&2 && return 1; fi
}

@test "completion: zsh reads its script" { parses zsh; }

@test "completion: fish reads its script" { parses fish; }
