# Makes the Windows build on Windows: the folder, a portable zip and the setup, into dist\.
#
#   powershell -ExecutionPolicy Bypass -File resources\packaging\windows\package.ps1 [-Python py] [-Sign command]
#
# Needs Python 3.11 or newer, 64 bit, from python.org and NSIS. "Sign" is one program or
# .cmd file, for instance around signtool with a timestamp; it is called with one file at a time: every program
# and library of the build before it is packed, the uninstaller, and the setup.
param([string]$Python = "py", [string]$Sign = "")
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..\..")
$pieces = "resources\packaging"
$venv = "build\package\venv"
$venvPython = "$venv\Scripts\python.exe"

function Invoke-Step([string]$Program, [string[]]$Arguments) {
    & $Program $Arguments
    if ($LASTEXITCODE -ne 0) {
        [Console]::Error.WriteLine("$Program $Arguments ended with $LASTEXITCODE")
        exit 1
    }
}

# An environment of other packages is made anew.
$list = "$pieces\requirements-build.txt"
$key = (Get-FileHash $list -Algorithm SHA256).Hash
$ready = "$venv\ready"
if (-not (Test-Path $ready) -or (Get-Content $ready) -ne $key) {
    if (Test-Path $venv) { Remove-Item $venv -Recurse -Force }
    Invoke-Step $Python @("-m", "venv", $venv)
    Invoke-Step $venvPython @("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check",
        "--only-binary", ":all:", "--require-hashes", "-r", $list)
    Set-Content -Path $ready -Value $key -Encoding Ascii
}

$env:PYTHONPATH = (Get-Location).Path
$build = @("$pieces\build.py", "--out", "dist", "--system", "windows-x86_64")
if ($Sign) { $build += @("--sign", $Sign) }
Invoke-Step $venvPython $build

$version = (Select-String -Path desktop_app\__init__.py -Pattern '__version__ = "(.+)"').Matches[0].Groups[1].Value
$folder = (Resolve-Path build\package\frozen\alliance-desk).Path
$setup = Join-Path (Get-Location).Path "dist\alliance-desk-$version-setup.exe"
$options = @("-V2", "-DVERSION=$version", "-DFOLDER=$folder", "-DOUT=$setup")
if ($Sign) { $options += "-DSIGN=$Sign" }
$makensis = "makensis"
if (-not (Get-Command $makensis -ErrorAction SilentlyContinue)) {
    $makensis = Join-Path ${env:ProgramFiles(x86)} "NSIS\makensis.exe"
}
Invoke-Step $makensis ($options + "$pieces\windows\installer.nsi")
if ($Sign) { Invoke-Step $Sign @($setup) }

# As sha256sum reads it: two spaces, and lines that end without a carriage return.
$archive = "alliance-desk-$version-windows-x86_64"
$sums = foreach ($name in "alliance-desk-$version-setup.exe", "$archive.zip", "$archive.cdx.json") {
    "$((Get-FileHash "dist\$name" -Algorithm SHA256).Hash.ToLower())  $name`n"
}
[IO.File]::WriteAllText((Join-Path (Get-Location).Path "dist\SHA256SUMS-windows"), -join $sums)
