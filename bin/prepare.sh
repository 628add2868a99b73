# Sourced by bin/run and bin/test: makes the virtual environment and sees to the system libraries.
# POSIX sh. Nothing here is done twice: a stamp in .venv tells what is already there.

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in "${PYTHON:-}" python3.13 python3.12 python3.11 python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    say "Python 3.11 or newer is needed and was not found."
    say "On Debian 12 or Ubuntu 24.04: sudo apt-get install python3 python3-venv"
    return 1
}

# make_venv REQUIREMENTS...: .venv holds exactly what the files pin.
make_venv() {
    python=$(find_python)
    wanted=$(cat constraints.txt "$@" | cksum)
    stamp=".venv/.stamp-$(printf '%s' "$*" | tr -c 'a-z0-9\n' '-')"
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    if [ ! -x .venv/bin/python ]; then
        say "Making .venv with $("$python" --version) …"
        "$python" -m venv .venv || {
            say "The venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"
            return 1
        }
    fi
    say "Installing the Python packages of $* (once; it may take a few minutes) …"
    arguments=""
    for file in "$@"; do arguments="$arguments -r $file"; done
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install -qq --disable-pip-version-check -c constraints.txt $arguments
    printf '%s' "$wanted" > "$stamp"
}

# need_libraries PACKAGE...: Debian packages that must be there; installs them when it may.
need_libraries() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' \
            || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    command="apt-get install --yes --no-install-recommends$missing"
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        say "These system packages are missing:$missing"
        say "Install them, then start again:  sudo $command"
        return 1
    fi
    say "Installing system packages:$missing …"
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root $command -qq >/dev/null
}

# need_printing_libraries: what WeasyPrint draws with, in whatever way the system brings it.
need_printing_libraries() {
    if command -v dpkg-query >/dev/null 2>&1; then
        need_libraries libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    elif ! .venv/bin/python -W error -c 'import weasyprint' 2>/dev/null; then
        say "Printing needs Pango (1.44 or newer) and HarfBuzz with its subset library."
        say "Fedora: sudo dnf install pango harfbuzz   macOS: brew install pango harfbuzz"
        return 1
    fi
}
