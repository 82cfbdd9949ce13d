#!/bin/sh
# Make .venv with a pip in it, from nothing but python3 (3.11 or newer) and, on Debian, apt-get.
# Debian's python3 comes without ensurepip; then pip is taken from the package python3-pip-whl, unpacked in a
# temporary folder. Nothing is installed on the system, so it is the same for root and for everybody else.
set -eu

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Hjemmel needs Python 3.11 or newer; '$python' is not. Name another one: make PYTHON=python3.12 …" >&2
    exit 2
}

if ! .venv/bin/python -c '' 2>/dev/null; then
    echo "Making .venv"
    rm -rf .venv
    "$python" -m venv --without-pip .venv
fi
.venv/bin/python -c 'import pip' 2>/dev/null && exit 0

echo "Putting pip in .venv"
if .venv/bin/python -c 'import ensurepip' 2>/dev/null; then
    .venv/bin/python -m ensurepip --default-pip >/dev/null
    exit 0
fi
command -v apt-get >/dev/null || {
    echo "This Python lacks ensurepip. Install your system's package for it (Debian: python3-venv), then run again." >&2
    exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/state/lists/partial" "$folder/cache/archives/partial"
own="-o Dir::State=$folder/state -o Dir::State::status=/var/lib/dpkg/status -o Dir::Cache=$folder/cache"
[ "$(id -u)" != 0 ] || own="$own -o APT::Sandbox::User=root"
(cd "$folder" && { apt-get -qq download python3-pip-whl || {
    # The system's package lists are missing or old: fetch fresh ones, here.
    # shellcheck disable=SC2086 # several options
    apt-get -qq $own update && apt-get -qq $own download python3-pip-whl
}; }) 2>"$folder/said" || { cat "$folder/said" >&2; exit 2; }
dpkg-deb -x "$folder"/python3-pip-whl_*.deb "$folder/unpacked"
wheel=$(echo "$folder"/unpacked/usr/share/python-wheels/pip-*.whl)
.venv/bin/python "$wheel/pip" install --quiet --no-index --disable-pip-version-check "$wheel"
