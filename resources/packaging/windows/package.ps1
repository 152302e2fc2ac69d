# Makes the Windows build on Windows: the folder, a portable zip and the setup, into dist\.
#
#   powershell -File resources\packaging\windows\package.ps1 [-Python py] [-Sign command]
#
# Needs Python 3.11 or newer from python.org and NSIS (makensis on the PATH). "Sign" is called with every program
# and library of the build, then with the setup, for instance a script around signtool with a timestamp.
param([string]$Python = "py", [string]$Sign = "")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..\..")
$pieces = "resources\packaging"
$venv = "build\package\venv"

function Invoke-Step { & $args[0] $args[1..($args.Length - 1)]; if ($LASTEXITCODE) { exit $LASTEXITCODE } }

if (-not (Test-Path "$venv\Scripts\python.exe")) {
    Invoke-Step $Python -m venv $venv
    Invoke-Step "$venv\Scripts\python.exe" -m pip install --quiet --only-binary :all: --require-hashes -r "$pieces\requirements-build.txt"
}
$env:PYTHONPATH = (Get-Location).Path
Invoke-Step "$venv\Scripts\python.exe" "$pieces\build.py" --out dist
$folder = "build\package\frozen\alliance-desk"
$version = (Select-String -Path desktop_app\__init__.py -Pattern '__version__ = "(.+)"').Matches[0].Groups[1].Value
if ($Sign) {
    Get-ChildItem $folder -Recurse -Include *.exe, *.dll, *.pyd | ForEach-Object { Invoke-Step $Sign $_.FullName }
}
$setup = Join-Path (Get-Location) "dist\alliance-desk-$version-setup.exe"
Invoke-Step makensis -V2 "-DVERSION=$version" "-DFOLDER=$((Resolve-Path $folder).Path)" "-DOUT=$setup" "$pieces\windows\installer.nsi"
if ($Sign) { Invoke-Step $Sign $setup }
Get-ChildItem dist\* -Include *.exe, *.zip | ForEach-Object { "$((Get-FileHash $_ -Algorithm SHA256).Hash.ToLower())  $($_.Name)" } |
    Set-Content -Encoding ascii dist\SHA256SUMS-windows
