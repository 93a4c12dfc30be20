#!/bin/sh
# Builds the release archive for this machine's own platform into artifacts/release/: the archive, its checksum, and a list of what
# is in it (SBOM, CycloneDX 1.6). ./install.sh --from and ./install.ps1 -From take the archive.
# usage: ./release.sh [--program FILE] [--out DIR]; --program packs a build that is there already.
set -eu

fail() {
    printf 'release.sh: %s\n' "$*" >&2
    exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
program='' out=$here/artifacts/release
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || fail "usage: ./release.sh [--program FILE] [--out DIR]"
    case $1 in
        --program) program=$(cd "$(dirname "$2")" && pwd)/$(basename "$2") ;;
        --out) mkdir -p "$2" && out=$(cd "$2" && pwd) ;;
        *) fail "usage: ./release.sh [--program FILE] [--out DIR]" ;;
    esac
    shift 2
done
cd "$here"
case "$(uname -s)" in
    Linux) os=linux exe=septim kind=tar.gz ;;
    Darwin) os=osx exe=septim kind=tar.gz ;;
    *) os=win exe=septim.exe kind=zip ;;
esac
case "$(uname -m)" in
    arm64 | aarch64) rid=$os-arm64 ;;
    *) rid=$os-x64 ;;
esac
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
[ -n "$version" ] || fail "Directory.Build.props names no version"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

if [ -z "$program" ]; then
    dotnet publish src/Septim.Hooks -c Release -r "$rid" -o "$stage/publish" -p:PortableProcessor=true --nologo >&2
    program=$stage/publish/$exe
fi
said=$("$program" --version) || fail "what was built does not run"
[ "$said" = "septim $version" ] || fail "$program says \"$said\", and Directory.Build.props says $version"
mkdir -p "$out" "$stage/archive"
cp "$program" LICENSE README.md "$stage/archive/"

# The packages that went into the program, name and version, from what the restore resolved.
packages=$(dotnet list src/Septim.Hooks package --include-transitive --format json |
    awk -F '"' '$2 == "id" { id = $4 } $2 == "resolvedVersion" { print id, $4 }' | sort -u)
[ -n "$packages" ] || fail "dotnet does not say which packages went into the program"
checksum() { if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }
{
    printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n  "version": 1,\n'
    printf '  "metadata": { "component": { "type": "application", "name": "septim", "version": "%s",\n    "hashes": [{ "alg": "SHA-256", "content": "%s" }] } },\n  "components": [' "$version" "$(checksum "$program" | cut -d' ' -f1)"
    separator=''
    printf '%s\n' "$packages" | while read -r name number; do
        [ -n "$number" ] || continue
        printf '%s\n    { "type": "library", "name": "%s", "version": "%s", "purl": "pkg:nuget/%s@%s" }' "$separator" "$name" "$number" "$name" "$number"
        separator=,
    done
    printf '\n  ]\n}\n'
} >"$out/septim-$version-$rid.cdx.json"
cp "$out/septim-$version-$rid.cdx.json" "$stage/archive/sbom.cdx.json"

archive=septim-$version-$rid.$kind
rm -f "$out/$archive"
if [ "$kind" = zip ]; then
    powershell -NoProfile -Command "Compress-Archive -Path '$(cygpath -w "$stage/archive")\\*' -DestinationPath '$(cygpath -w "$out/$archive")'"
else
    tar -czf "$out/$archive" -C "$stage/archive" "$exe" LICENSE README.md sbom.cdx.json
fi
cd "$out"
checksum "$archive" >"$archive.sha256"
printf '%s\n' "$out/$archive"
