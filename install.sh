#!/bin/sh
# Puts septim in place and wires it into Claude Code. All further options go to `septim install` (see `septim install --help`).
set -eu

usage() {
    cat <<'TEXT'
usage: ./install.sh [options] [options of septim install]

  --from FILE|URL  take the program from a release archive instead of building it; its checksum must lie beside it
                   (FILE.sha256, URL.sha256) or be given
  --sha256 HEX     the archive's checksum
  --prefix DIR     put the program in DIR/bin, its manual page and completions below DIR/share (default: ~/.local)
  --no-wire        put it in place only; wire it later with `septim install`
  --uninstall      take it out of the settings and remove it
  --dry-run        show what would change, change nothing
  --project, --scope SCOPE, --preset NAME, ...   as in `septim install --help`

No root is needed. Nothing is downloaded except .NET packages, and what --from names.
TEXT
}

say() { printf '%s\n' "$*"; }
fail() {
    printf 'install.sh: %s\n' "$*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

# packages DEBIAN FEDORA MACOS: the command that installs something here.
packages() {
    if [ "$(uname -s)" = Darwin ]; then say "$3"
    elif has dnf; then say "sudo dnf install $2"
    elif has apt-get; then say "sudo apt-get install $1"
    else say "the packages that Debian calls $1 and Fedora $2"; fi
}

quote() { printf "'%s' " "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

from='' sha256='' wire=yes uninstall=no dry_run=no forwarded=''
prefix=${HOME:?HOME is not set}/.local
while [ $# -gt 0 ]; do
    case $1 in
        --from | --prefix | --sha256 | --scope | --preset | --directory | --command | --client)
            [ $# -ge 2 ] || fail "$1 wants a value"
            case $1 in
                --from) from=$2 ;;
                --prefix) prefix=$2 ;;
                --sha256) sha256=$2 ;;
                *) forwarded="$forwarded$(quote "$1")$(quote "$2")" ;;
            esac
            shift
            ;;
        --no-wire) wire=no ;;
        --uninstall) uninstall=yes ;;
        --dry-run) dry_run=yes forwarded="$forwarded--dry-run " ;;
        --help | -h) usage && exit 0 ;;
        *) forwarded="$forwarded$(quote "$1")" ;;
    esac
    shift
done
case $prefix in /*) ;; *) prefix=$PWD/$prefix ;; esac
here=$(cd "$(dirname "$0")" && pwd)
target=$prefix/bin/septim

# The manual page and what shells complete, printed by the program itself: one a line, file and the arguments that print it.
pages() {
    say "$prefix/share/man/man1/septim.1|man"
    say "$prefix/share/bash-completion/completions/septim|completions bash"
    say "$prefix/share/zsh/site-functions/_septim|completions zsh"
    say "$prefix/share/fish/vendor_completions.d/septim.fish|completions fish"
}

# Without them everything works, so what cannot be written is told and nothing more.
write_pages() {
    pages | while IFS='|' read -r file arguments; do
        # shellcheck disable=SC2086 # the arguments are words
        { mkdir -p "${file%/*}" && "$target" $arguments >"$file"; } 2>/dev/null || say "$file could not be written; everything else works without it"
    done
}

# run PROGRAM VERB: with the forwarded options as they were given.
run() {
    program=$1 verb=$2
    eval "set -- $forwarded"
    "$program" "$verb" "$@"
}

if [ "$uninstall" = yes ]; then
    [ -x "$target" ] || fail "there is no $target; give the --prefix that it was installed with"
    run "$target" uninstall
    if [ "$dry_run" = yes ]; then
        say "would remove $target"
    else
        rm -f "$target"
        pages | while IFS='|' read -r file _; do rm -f "$file"; done
        say "removed $target, its manual page and its completions"
    fi
    exit 0
fi

check_tools() {
    has dotnet || fail "the .NET SDK 10 is missing; install it: $(packages dotnet-sdk-10.0 dotnet-sdk-10.0 'brew install --cask dotnet-sdk'), or see https://dot.net"
    dotnet --list-sdks | grep -q '^10\.' ||
        fail "the .NET SDK 10 is missing (found: $(dotnet --list-sdks | cut -d' ' -f1 | tr '\n' ' ')); install it: $(packages dotnet-sdk-10.0 dotnet-sdk-10.0 'brew install --cask dotnet-sdk'), or see https://dot.net"
    compiler=''
    for candidate in clang gcc; do
        if has "$candidate"; then compiler=$candidate && break; fi
    done
    toolchain=$(packages 'gcc libc6-dev' 'gcc glibc-devel' 'xcode-select --install')
    [ -n "$compiler" ] || fail "a C toolchain (clang or gcc) is missing; install it: $toolchain"
    # zlib's headers are not needed: .NET brings its own since version 9.
    printf '#include <stdio.h>\nint main(void) { return 0; }\n' >"$work/probe.c"
    "$compiler" "$work/probe.c" -o "$work/probe" 2>/dev/null ||
        fail "$compiler is there and cannot build a program, because C headers or the linker are missing; install them: $toolchain"
}

build() {
    check_tools
    say "building septim (about a minute)"
    DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
        dotnet publish "$here/src/Septim.Hooks" -c Release -p:RunAnalyzers=false -o "$work/publish" >"$work/log" 2>&1 || {
        tail -n 20 "$work/log" >&2
        fail "the build failed; the last lines are above"
    }
    program=$work/publish/septim
}

# fetch URL FILE
fetch() {
    if has curl; then curl -fsSL --proto '=https' --tlsv1.2 -o "$2" "$1"
    elif has wget; then wget -q --https-only -O "$2" "$1"
    else fail "neither curl nor wget is there to fetch $1"; fi || fail "$1 cannot be fetched"
}

checksum() {
    if has sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d' ' -f1
}

unpack() {
    case $from in
        https://*)
            archive=$work/archive
            fetch "$from" "$archive"
            if [ -z "$sha256" ]; then
                fetch "$from.sha256" "$work/sha256"
                sha256=$(cut -d' ' -f1 "$work/sha256")
            fi
            ;;
        *://*) fail "--from $from: only https is trusted" ;;
        *)
            archive=$from
            [ -f "$archive" ] || fail "--from $from: there is no such file"
            if [ -z "$sha256" ]; then
                [ -f "$from.sha256" ] || fail "there is no checksum for $from; put it in $from.sha256 or give --sha256"
                sha256=$(cut -d' ' -f1 "$from.sha256")
            fi
            ;;
    esac
    found=$(checksum "$archive")
    [ "$found" = "$sha256" ] || fail "$from is not what its checksum says: expected $sha256, found $found. Nothing was installed"
    tar -xzf "$archive" -C "$work" septim || fail "$from holds no septim"
    program=$work/septim
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
if [ -n "$from" ]; then unpack; else build; fi
version=$("$program" --version) || fail "the program does not run on this machine"

if [ "$dry_run" = yes ]; then
    say "would put $version in $target"
    case $forwarded in *"'--command'"* | *"'--project'"* | *"'project'"*) ;; *) forwarded="$forwarded$(quote --command)$(quote "$target")" ;; esac
    [ "$wire" = no ] || run "$program" install
    exit 0
fi

mkdir -p "$prefix/bin"
cp "$program" "$prefix/bin/.septim.$$"
chmod 755 "$prefix/bin/.septim.$$"
mv -f "$prefix/bin/.septim.$$" "$target"
say "$version is in $target"
write_pages
case :$PATH: in
    *":$prefix/bin:"*) ;;
    *) say "$prefix/bin is not on your PATH; add it:  export PATH=\"$prefix/bin:\$PATH\"" ;;
esac
[ "$wire" = no ] || run "$target" install
