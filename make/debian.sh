#!/bin/sh
# Fetch Debian packages and unpack them in a folder, without installing anything: debian.sh FOLDER PACKAGE...
# It works for root and for everybody else.
set -eu
target=$1
shift
command -v apt-get >/dev/null || { echo "This is not Debian: install '$*' yourself, then run again." >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial" "$target"
own="-o Dir::State=$folder/state -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$folder/cache"
[ "$(id -u)" != 0 ] || own="$own -o APT::Sandbox::User=root"
here=$(cd "$target" && pwd)
cd "$folder"
# Where the system's package lists are missing or old, fresh ones are fetched, in here.
# shellcheck disable=SC2086 # several options
{ apt-get -qq download "$@" || { apt-get -qq $own update && apt-get -qq $own download "$@"; }; } >said 2>&1 || {
    cat said >&2
    exit 2
}
for package in ./*.deb; do
    dpkg-deb -x "$package" "$here"
done
