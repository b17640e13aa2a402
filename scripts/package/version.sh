# shellcheck shell=bash
# Sourced by the scripts here, from the top of the repository: the version, its time, and what makes two builds the same bytes.
# shellcheck disable=SC2034 # used by those that source this
version=$(sed -n 's/^#define ST2PLECTO_VERSION "\(.*\)"$/\1/p' src/version.h)
[ -n "$version" ] || die 2 'src/version.h names no version'
# The time of the commit, which the files of `make dist` have, unless it is given: never that of the build.
: "${SOURCE_DATE_EPOCH:=$(git log -1 --format=%ct 2>/dev/null || stat -c %Y src/version.h)}"
export SOURCE_DATE_EPOCH LC_ALL=C TZ=UTC

# Where artifacts are put.
out=${RELEASE_FOLDER:-build/release}

# pack FOLDER NAME TO: the folder NAME below FOLDER as TO (.tar.gz), the same bytes whoever packs it.
pack() {
    tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --mtime="@$SOURCE_DATE_EPOCH" \
        -C "$1" -cf - "$2" | gzip -9n >"$3"
}

# bill ARTIFACT LIBRARY…: its bill of materials beside it. LIBRARY: one of libraries.sh, or NAME=VERSION.
bill() {
    local artifact=$1 library words=()
    shift
    for library in "$@"; do
        case $library in
        *=*) words+=("$library") ;;
        *) words+=("$library=$(cat "build/sources/$library.version")") ;;
        esac
    done
    scripts/package/bill "$artifact" "${words[@]}" >"$artifact.cdx.json"
}
