# shellcheck shell=bash
# Sourced by the scripts here, behind scripts/lib.sh: the libraries that a build holds, where they come from, and what is said of them.

# By the names of their Debian sources.
# shellcheck disable=SC2034 # used by those that source this
offline_libraries=(libcsv cjson libxlsxwriter zlib libzip expat) upload_libraries=(sqlite3 mbedtls curl)

# own_apt_begin LOG KIND OPTION…: reads the lists of KIND ("deb" or "deb-src", and what stands in its brackets) from the mirror
# that this machine's packages come from. own_apt WORD… then runs apt-get over them; what it gets lies in $state/files. Nothing
# of the system's own apt is changed, which checks the signatures. All of it goes at the end of the script.
own_apt_begin() {
    local log=$1 kind=$2 mirror release=bookworm keys=/usr/share/keyrings/debian-archive-keyring.gpg
    shift 2
    # shellcheck disable=SC2016 # apt's own variable
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 2>/dev/null | grep -m 1 -v security || true)
    state=$(mktemp -d)
    trap 'rm -rf "$state"' EXIT
    mkdir -p "$state/lists/partial" "$state/files"
    printf '%s signed-by=%s] %s %s main\n' "$kind" "$keys" "${mirror:-http://deb.debian.org/debian}" "$release" >"$state/list"
    own_options=(-o "Dir::Etc::sourcelist=$state/list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$state/lists"
        -o "Dir::Cache=$state" -o APT::Sandbox::User=root -o Acquire::Retries=3 "$@")
    quietly "$log" own_apt update
}
own_apt() { (cd "$state/files" && apt-get "${own_options[@]}" "$@"); }

# notices SOURCE…: what the licenses of these libraries want to be said of a program of this $version.
# shellcheck disable=SC2154 # theirs that source this
notices() {
    local name
    printf 'st2plecto %s holds these libraries. Their sources: Debian, or the owners of the copyright below.\n' "$version"
    for name in "$@"; do
        printf '\n==== %s %s\n\n' "$name" "$(cat "build/sources/$name.version")"
        cat "build/sources/$name/debian/copyright"
    done
}

emscripten_version() { dpkg-query -W -f '${Version}' emscripten; }
