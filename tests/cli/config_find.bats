#!/usr/bin/env bats
# config_find.bats: which st2plecto.json is used, whose it may be, and `config show`.
# By day a part, all where the change touches: src/cli

load helper

setup() {
    common_setup
    mkdir -p data/exports data/other
    jobs_csv data/exports/jobs.csv
    jobs_csv data/other/jobs.csv
}

# configuration FILE ZONE
configuration() { printf '{"tz": "%s"}\n' "$2" >"$1"; }

dry() { run_split "$ST2PLECTO" convert --dry-run "$@"; }

@test "the configuration of the inputs' folder, or above it, is used and named" {
    configuration data/exports/st2plecto.json America/Denver
    dry data/exports
    [ "$status" -eq 0 ]
    has "$out" 'days of America/Denver, configuration data/exports/st2plecto.json'
    dry data/exports/jobs.csv
    has "$out" 'days of America/Denver'
    mv data/exports/st2plecto.json data
    dry data/exports
    has "$out" 'days of America/Denver'
}

@test "--config, then ST2PLECTO_CONFIG, then the working folder, then the inputs; never two" {
    configuration data/exports/st2plecto.json America/Denver
    configuration st2plecto.json America/Chicago
    configuration mine.json UTC
    dry data/exports
    has "$out" 'days of America/Chicago'
    hasnt "$out" Denver
    has "$err" 'data/exports/st2plecto.json is not used'
    ST2PLECTO_CONFIG=mine.json dry data/exports
    has "$out" 'days of UTC'
    ST2PLECTO_CONFIG=mine.json dry --config data/exports/st2plecto.json data/exports
    has "$out" 'days of America/Denver'
    dry --no-config data/exports
    hasnt "$out" 'days of'
}

@test "inputs that do not share one have none, which is said" {
    configuration data/exports/st2plecto.json America/Denver
    dry data/exports/jobs.csv data/other/jobs.csv
    [ "$status" -eq 0 ]
    hasnt "$out" 'days of'
    has "$err" 'data/exports/st2plecto.json is not used'
    mv data/exports/st2plecto.json data
    dry data/exports/jobs.csv data/other/jobs.csv
    has "$out" 'days of America/Denver'
}

@test "a configuration that another user could have put there is refused, unless it is named" {
    configuration data/exports/st2plecto.json America/Denver
    chmod 666 data/exports/st2plecto.json
    dry data/exports
    [ "$status" -eq 2 ]
    has "$err" 'every user of this machine can write to it'
    has "$err" '--config data/exports/st2plecto.json'
    dry --config data/exports/st2plecto.json data/exports
    [ "$status" -eq 0 ]
    chmod 644 data/exports/st2plecto.json
    chmod 777 data/exports
    dry data/exports
    [ "$status" -eq 2 ]
    has "$err" 'every user of this machine can write to its folder'
    dry --no-config data/exports
    [ "$status" -eq 0 ]
}

@test "a configuration of another user is refused" {
    [ "$(id -u)" -eq 0 ] || skip "only root can give files away"
    configuration data/exports/st2plecto.json America/Denver
    chown 65534 data/exports/st2plecto.json
    dry data/exports
    [ "$status" -eq 2 ]
    has "$err" 'it belongs to another user'
}

@test "config show: every setting and where it comes from" {
    printf '{\n"tz": "America/Denver",\n"roster": "team.csv",\n"schemas": {"jobs": {"drop": ["Status"]}}}\n' >data/exports/st2plecto.json
    printf 'id,name,aliases\n1,Ana Lopez,\n' >data/exports/team.csv
    run_split "$ST2PLECTO" config show --by month data/exports
    [ "$status" -eq 0 ]
    grep -Eq '^tz +America/Denver +data/exports/st2plecto.json:2$' <<<"$out"
    grep -Eq '^roster +data/exports/team.csv +data/exports/st2plecto.json:3$' <<<"$out"
    grep -Eq '^by +month +command line$' <<<"$out"
    grep -Eq '^on-error +stop +default$' <<<"$out"
    grep -Eq '^drop +\["Status"\] +data/exports/st2plecto.json:4$' <<<"$out"
    run_split "$ST2PLECTO" config show
    [ "$status" -eq 0 ]
    has "$out" 'Configuration: none'
    wrong_use 'config needs the word show' 'config show' "$ST2PLECTO" config
}

@test "a roster in the folder is no export of it" {
    printf 'id,name,aliases\n1,Ana Lopez,\n2,Bo Chen,\n' >data/exports/team.csv
    dry --no-config --roster data/exports/team.csv data/exports
    [ "$status" -eq 0 ]
    has "$out" 'Ready: 3 registrations'
}

@test "--recursive reads the folders of a folder; else they are named" {
    dry --no-config --repeats last data
    [ "$status" -eq 3 ]
    has "$err" '--recursive'
    jobs_csv data/jobs.csv
    mkdir data/.hidden
    jobs_csv data/.hidden/jobs.csv
    dry --no-config data
    [ "$status" -eq 0 ]
    has "$out" 'The folder data/exports is not read'
    hasnt "$out" hidden
    dry --no-config -r data
    [ "$status" -eq 0 ]
    has "$out" 'data/exports/jobs.csv'
    has "$out" 'data/other/jobs.csv'
    hasnt "$out" hidden
    run_split "$ST2PLECTO" inspect --recursive data
    has "$out" 'data/other/jobs.csv'
}
