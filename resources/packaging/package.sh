#!/usr/bin/env bash
# Makes what IT departments roll out on Linux, into dist/: a Debian package, a portable archive, the bill
# of materials, and the checksums of all. Runs on Debian or Ubuntu; the oldest system to be supported
# should build it, because a program needs at least the C library it was built with.
#
#   package.sh              everything
#   SIGN=command package.sh calls "command FILE" for every finished file, to sign it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

pieces=resources/packaging
venv=build/package/venv
list=$pieces/requirements-build.txt
out=dist

say() { printf '%s\n' "$*" >&2; }

for tool in dpkg-deb readelf strip xz; do
    if ! command -v $tool >/dev/null; then
        say "The build needs $tool: sudo apt-get install --no-install-recommends dpkg-dev binutils xz-utils"
        exit 1
    fi
done

key=$(cksum "$list")
if [ "$key" != "$(cat $venv/ready 2>/dev/null)" ]; then
    say "Preparing the environment of the build; this takes about a minute, once."
    rm -rf $venv
    .venv/bin/python -m venv $venv
    $venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement "$list"
    printf '%s\n' "$key" >$venv/ready
fi

# What the window needs on a display is brought along, so it has to be here.
DISPLAY=:0 $pieces/setup.sh --display
DISPLAY="" $pieces/setup.sh --display

mkdir -p $out
archive=$($venv/bin/python $pieces/build.py --out $out | tail -n 1)
package=$($venv/bin/python $pieces/linux/deb.py build/package/frozen/alliance-desk $out | tail -n 1)
bill=${archive%.tar.xz}.cdx.json
if [ -n "${SIGN:-}" ]; then
    for file in "$archive" "$package"; do "$SIGN" "$file"; done
fi
(cd $out && sha256sum "$(basename "$archive")" "$(basename "$package")" "$(basename "$bill")" >SHA256SUMS-linux)
ls -l "$archive" "$package" "$bill" $out/SHA256SUMS-linux
