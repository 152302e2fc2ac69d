#!/usr/bin/env bash
# Makes "Alliance Desk.app" and a disk image on a Mac, into dist/. Read, not run: no Mac was at hand.
#
#   IDENTITY="Developer ID Application: ..." macos/package.sh     signs with that identity
#   PYTHON=python3.11 macos/package.sh                            with that Python, 3.11 or newer
#
# Needs xz, which Homebrew has. Notarise the image afterwards with "xcrun notarytool submit --wait" and
# "xcrun stapler staple".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

pieces=resources/packaging
venv=build/package/venv
list=$pieces/requirements-build.txt

if ! command -v xz >/dev/null; then
    echo "The build needs xz: brew install xz" >&2
    exit 1
fi

# An environment of other packages is made anew.
key=$(cksum "$list")
if [ "$key" != "$(cat $venv/ready 2>/dev/null)" ]; then
    rm -rf $venv
    "${PYTHON:-python3}" -m venv $venv
    $venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --only-binary :all: --require-hashes --requirement "$list"
    printf '%s\n' "$key" >$venv/ready
fi

icons=build/package/app.iconset
rm -rf $icons && mkdir -p $icons
for size in 16 32 128 256 512; do
    cp resources/icons/app-$size.png $icons/icon_${size}x${size}.png
done
iconutil --convert icns --output build/package/app.icns $icons

# The folder has to pass its own self-test; the app is made of the same files.
PYTHONPATH=$PWD $venv/bin/python $pieces/build.py --out dist
app="build/package/frozen/Alliance Desk.app"
cp -R build/package/frozen/alliance-desk/LICENSES build/package/frozen/alliance-desk/bill-of-materials.cdx.json \
    "$app/Contents/Resources/"

# What was put into the app has broken the seal of the build. Without an identity it is sealed anew for trials: no
# other Mac opens it without asking.
if [ -n "${IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$IDENTITY" "$app"
else
    codesign --force --deep --sign - "$app"
fi
codesign --verify --deep --strict "$app"
home=$(mktemp -d)
HOME=$home "$app/Contents/MacOS/alliance-desk" self-test
rm -rf "$home"

version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' desktop_app/__init__.py)
image=dist/alliance-desk-$version-macos.dmg
# In a folder of its own, beside the place it is dragged to.
stage=build/package/image
rm -rf $stage && mkdir -p $stage
cp -R "$app" $stage/
ln -s /Applications $stage/Applications
hdiutil create -volname "Alliance Desk" -srcfolder $stage -ov -format UDZO "$image"
if [ -n "${IDENTITY:-}" ]; then codesign --timestamp --sign "$IDENTITY" "$image"; fi
(cd dist && shasum -a 256 alliance-desk-"$version"-macos* >SHA256SUMS-macos)
