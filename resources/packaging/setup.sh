#!/usr/bin/env bash
# Makes .venv ready to run, test and check Alliance Desk: Python 3.11 or newer, the pinned packages,
# the project itself, compiled, and the system libraries Qt needs. When all of that stands it
# returns at once.
#
#   setup.sh             everything for the commands and the tests
#   setup.sh --display   besides, what a window on the present display needs
#   setup.sh --faults    besides, what the fault suite watches and hinders programs with
#   setup.sh --bench     besides, the writers and readers of workbooks that the benchmarks compare with
#
# On Debian and Ubuntu, what the system lacks is installed with apt-get by root or through a sudo
# that asks nothing; elsewhere one sentence says what to install.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# Bytecode is compiled on purpose, and packages come from .venv alone.
unset PYTHONDONTWRITEBYTECODE PYTHONHOME PYTHONPATH

list=resources/packaging/requirements-dev.txt
offscreen="libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfontconfig1 libdbus-1-3"
x11="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
wayland="libwayland-client0 libwayland-cursor0 libwayland-egl1"

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
# The sentence for those who have to call somebody: what for, then the packages.
ask_for() { stop "$1: sudo apt-get install --no-install-recommends $2 (names as in Debian); then run this again."; }

apt_install() { # names of packages; 1 when this user cannot install them
    local root="" log
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null || return 1
        root="sudo -n"
    fi
    say "Installing with apt-get: $*"
    log=$(mktemp)
    # Some sources of a machine may be out of reach; whether the packages came is what counts.
    $root env DEBIAN_FRONTEND=noninteractive apt-get update >"$log" 2>&1 </dev/null || true
    $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install --yes \
        --no-install-recommends "$@" >>"$log" 2>&1 </dev/null || { cat "$log" >&2; rm "$log"; return 1; }
    rm "$log"
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_venvs() { new_enough "$1" && "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

find_python() { # prints the first Python that can make an environment
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if makes_venvs "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

get_python() {
    local candidate version
    find_python && return
    # A system's Python often comes without the module that makes environments.
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            version=$("$candidate" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
            apt_install "$version-venv" && find_python && return
            ask_for "$candidate cannot make a virtual environment" "$version-venv"
        fi
    done
    apt_install python3 python3-venv && find_python && return
    apt_install python3.11 python3.11-venv && find_python && return
    stop "Alliance Desk needs Python 3.11 or newer with venv: install it, or name it with PYTHON=/path/to/python3, then run this again."
}

# Qt is here when an application starts without a screen; says what went wrong.
start_qt() {
    QT_QPA_PLATFORM=offscreen .venv/bin/python -c \
        'from PySide6.QtWidgets import QApplication; QApplication([])' 2>&1
}

missing_libraries() { # of one of Qt's platform plugins: xcb or wayland
    ldd "$(.venv/bin/python -c 'import PySide6; print(PySide6.__path__[0])')/Qt/plugins/platforms/libq$1.so" |
        awk '/not found/ { print $1 }' | sort -u
}

prepare_environment() {
    local python
    if [ "$here" != "$(sed -n 1p .venv/ready 2>/dev/null || printf '%s' "$here")" ] ||
        ! new_enough .venv/bin/python; then
        # None yet, or its Python is gone, or the folder was moved: its scripts name the old place.
        python=$(get_python)
        say "Preparing .venv with $("$python" --version); this takes about a minute, once."
        "$python" -m venv --clear .venv
    fi
    rm -f .venv/ready
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    # No package is built here, so none runs code of its own while it is installed.
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --compile \
        --only-binary :all: --require-hashes --requirement "$list"
    .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check \
        --no-deps --no-build-isolation --editable .
    .venv/bin/python -m compileall -q desktop_app
}

prepare_qt() {
    start_qt >/dev/null && return
    # shellcheck disable=SC2086
    apt_install $offscreen && start_qt >/dev/null && return
    say "$(start_qt | tail -n 1)"
    ask_for "Qt does not start without these system libraries" "$offscreen"
}

prepare_display() {
    local plugin=xcb packages=$x11
    [ "$(uname)" = Linux ] || return 0
    if [ -z "${DISPLAY:-}" ]; then
        plugin=wayland packages=$wayland
    fi
    [ -n "$(missing_libraries $plugin)" ] || return 0
    # shellcheck disable=SC2086
    apt_install $packages && [ -z "$(missing_libraries $plugin)" ] && return
    ask_for "The window does not open without these system libraries" "$packages"
}

# What cannot be installed is no reason to stop: the suite says which faults it could not try.
prepare_faults() {
    local tool missing=""
    [ "$(uname)" = Linux ] || return 0
    for tool in strace bindfs faketime; do
        command -v $tool >/dev/null || missing="$missing $tool"
    done
    # shellcheck disable=SC2086
    [ -z "$missing" ] || apt_install $missing ||
        say "Some faults are not tried without these: sudo apt-get install --no-install-recommends$missing"
}

# Yardsticks: what cannot be installed is not compared with, and the table says so.
prepare_bench() {
    local benches=resources/packaging/requirements-bench.txt key
    key=$(cat .venv/ready "$benches" | cksum)
    [ "$key" != "$(cat .venv/bench 2>/dev/null)" ] || return 0
    if .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check --compile \
        --only-binary :all: --require-hashes --requirement "$benches"; then
        printf '%s\n' "$key" >.venv/bench
    fi
}

here=$(pwd -P)
key="$here
$(cat pyproject.toml "$list" resources/packaging/setup.sh | cksum)"
if [ "$key" != "$(cat .venv/ready 2>/dev/null)" ] || ! new_enough .venv/bin/python; then
    prepare_environment
    printf '%s\n' "$key" >.venv/ready
fi
# Each time: the system may have changed, or .venv was kept and the machine is new.
prepare_qt
case "${1:-}" in
    --display) prepare_display ;;
    --faults) prepare_faults ;;
    --bench) prepare_bench ;;
esac
