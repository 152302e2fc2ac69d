#!/usr/bin/env bash
# Makes "Alliance Desk.app" and a disk image on a Mac, into dist/. Not tried on the machines this was written on.
#
#   IDENTITY="Developer ID Application: ..." macos/package.sh     signs with that identity
#
# Notarise the image afterwards with "xcrun notarytool submit --wait" and "xcrun stapler staple".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
pieces=resources/packaging
venv=build/package/venv
if [ ! -e $venv/bin/python ]; then
    python3 -m venv $venv
    $venv/bin/python -m pip install --quiet --only-binary :all: --require-hashes -r $pieces/requirements-build.txt
fi
icons=build/package/app.iconset
rm -rf $icons && mkdir -p $icons
for size in 16 32 128 256 512; do
    cp resources/icons/app-$size.png $icons/icon_${size}x${size}.png
done
iconutil --convert icns --output build/package/app.icns $icons
PYTHONPATH=$PWD $venv/bin/python $pieces/build.py --out dist
app="build/package/frozen/Alliance Desk.app"
cp -R build/package/frozen/alliance-desk/LICENSES build/package/frozen/alliance-desk/bill-of-materials.cdx.json \
    "$app/Contents/Resources/"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' desktop_app/__init__.py)
if [ -n "${IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$IDENTITY" "$app"
fi
image=dist/alliance-desk-$version-macos.dmg
hdiutil create -volname "Alliance Desk" -srcfolder "$app" -ov -format UDZO "$image"
if [ -n "${IDENTITY:-}" ]; then codesign --timestamp --sign "$IDENTITY" "$image"; fi
(cd dist && shasum -a 256 alliance-desk-"$version"-macos* >SHA256SUMS-macos)
