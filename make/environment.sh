#!/bin/sh
# Make .venv with a pip in it, from nothing but python3 (3.11 or newer) and, on Debian, apt-get.
# Debian's python3 comes without ensurepip; then pip is taken from the package python3-pip-whl, unpacked in a
# temporary folder. Nothing is installed on the system.
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
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sh make/debian.sh "$folder" python3-pip-whl
wheel=$(echo "$folder"/usr/share/python-wheels/pip-*.whl)
.venv/bin/python "$wheel/pip" install --quiet --no-index --disable-pip-version-check "$wheel"
