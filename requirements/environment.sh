#!/usr/bin/env bash
# Makes ready what `make run` and `make test` stand on. Called by the Makefile, from the top folder:
#   environment.sh run       .venv with the product's own packages
#   environment.sh test      .venv with the test packages as well
#   environment.sh tools     the browser, the PDF readers and the object stores that the tests use
# Does nothing, quickly, when all is ready. Installs system packages only as root; otherwise it stops
# and says the one line to type.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

# Installs Debian packages as root; returns false if it may not or cannot.
apt_install() {
    [ "$(id -u)" = 0 ] && type -P apt-get >/dev/null || return 1
    say "Installing $* ..."
    local said
    said=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    # What apt says is of interest only when it fails.
    if { apt-get update -qq && apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$@"; } \
        </dev/null >"$said" 2>&1; then
        rm -f "$said"
    else
        cat "$said" >&2
        rm -f "$said"
        return 1
    fi
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11, 1))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer was not found. Install it with: sudo apt-get install python3 python3-venv" \
        "(or name one: make run PYTHON=/path/to/python3.12)."
}

make_venv() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 && return
    local python package
    python=$(find_python)
    # Debian keeps ensurepip, which gives the new environment its pip, in a package of its own.
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
        [ "$python" = python3 ] && package=python3-venv
        apt_install "$package" || stop "Python's venv is incomplete here. Type: sudo apt-get install $package"
    fi
    say "Making .venv with $("$python" --version) ..."
    # One that was begun and not finished is made anew.
    rm -rf .venv
    "$python" -m venv .venv
}

fill_venv() {
    local lock=$1 stamp=".venv/.ready-$1" now
    now=$(cat requirements/{run,dev,build,installer}.lock pyproject.toml requirements/environment.sh | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return
    # Test packages include the product's: a stamp that says "test" is good for running too.
    if [ "$lock" = run ]; then
        [ "$(cat .venv/.ready-dev 2>/dev/null)" = "$now" ] && return
    fi
    make_venv
    say "Installing packages from requirements/$lock.lock ..."
    rm -f .venv/.ready-*
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/installer.lock
    # Compiled now, so that the first start is as quick as the second.
    .venv/bin/uv pip sync --quiet --python .venv/bin/python --compile-bytecode --require-hashes \
        "requirements/$lock.lock" requirements/build.lock
    # The build backend comes from build.lock above, so nothing is fetched outside the hashes.
    .venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
    printf '%s\n' "$now" >"$stamp"
}

any_browser() { type -P chromium || type -P chromium-browser || type -P google-chrome; }

# Chromium without its windows and toolbars: it takes half the time of the whole browser, and less room.
find_browser() {
    local shell=chromium-headless-shell
    type -P "$shell" >/dev/null && return
    if any_browser >/dev/null; then
        # Good enough; the quicker one only where Debian is known to have it.
        apt-cache policy "$shell" 2>/dev/null | grep -q 'Candidate: [0-9]' || return 0
        say "Looking for $shell, which is quicker than the browser that is here ..."
        apt_install "$shell" 2>/dev/null || say "The journeys run in the browser that is here."
        return
    fi
    say "Looking for a browser for the journeys ..."
    apt_install "$shell" fonts-liberation 2>/dev/null || apt_install chromium fonts-liberation || find_own_browser
}

find_tools() {
    local readers=() tool
    for tool in pdfinfo pdftotext pdftoppm; do
        type -P "$tool" >/dev/null || { readers+=(poppler-utils); break; }
    done
    type -P qpdf >/dev/null || readers+=(qpdf)
    # Playwright's driver is a Node that wants this library, which a small Debian is without.
    .venv/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1 || readers+=(libatomic1)
    if [ ${#readers[@]} != 0 ]; then
        apt_install "${readers[@]}" || stop "The tests need these. Type: sudo apt-get install ${readers[*]}"
    fi
    find_browser
}

# Where Debian's browser is not to be had, Playwright can bring one of its own.
find_own_browser() {
    say "Looking for Playwright's own Chromium ..."
    .venv/bin/playwright install --only-shell chromium >&2 ||
        stop "The journeys need a browser. Type: sudo apt-get install chromium fonts-liberation"
}

case "${1:-}" in
    run) fill_venv run ;;
    test) fill_venv dev ;;
    tools)
        # Debian's packages and the servers come from different places: both are fetched at once.
        .venv/bin/python requirements/servers/install.py & servers=$! ended=0
        (find_tools) || ended=$?
        wait "$servers" || ended=$?
        exit "$ended" ;;
    *) stop "Usage: requirements/environment.sh run|test|tools" ;;
esac
