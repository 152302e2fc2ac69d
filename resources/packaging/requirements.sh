#!/usr/bin/env bash
# Writes the lists of pinned packages from pyproject.toml. Pins that still fit are kept;
# with --upgrade every package goes to its newest version. Needs uv; the lists carry no address.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

export PATH="$PWD/.venv/bin:$PATH"
if ! command -v uv >/dev/null; then
    printf 'uv is not installed; it resolves the packages. Install it (pip install uv) and run this again.\n' >&2
    exit 1
fi

compile() { # what the list is for, its file, further options of uv
    local purpose=$1 list=$2 new
    shift 2
    new=$(mktemp)
    if [ -f "$list" ]; then cp "$list" "$new"; fi
    uv pip compile --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links --quiet --output-file "$new" "$@"
    { printf '# %s\n# Written by "make requirements"; do not edit.\n' "$purpose"; grep -v '^# ' "$new"; } >"$list"
    rm "$new"
    if grep -nE '[a-z]+://' "$list"; then
        printf '%s names an address; it must not.\n' "$list" >&2
        exit 1
    fi
}

compile "What Alliance Desk runs with." resources/packaging/requirements.txt pyproject.toml --extra protection "$@"
compile "What Alliance Desk runs with, and what its developers use." resources/packaging/requirements-dev.txt \
    pyproject.toml --group dev --constraint resources/packaging/requirements.txt "$@"
compile "What the builds are made with: all Alliance Desk runs with, and what packs it." \
    resources/packaging/requirements-build.txt pyproject.toml --extra protection --group build \
    --constraint resources/packaging/requirements.txt "$@"
compile "What the benchmarks compare with, beside what stands in requirements-dev.txt." \
    resources/packaging/requirements-bench.txt --group bench \
    --constraint resources/packaging/requirements-dev.txt "$@"
