#!/bin/sh
# Builds the release archive for this machine's own platform into artifacts/release/: the archive, its checksum, and a list of what
# is in it (SBOM, CycloneDX 1.6). ./install.sh --from takes the archive.
set -eu

fail() {
    printf 'release.sh: %s\n' "$*" >&2
    exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
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
out=$here/artifacts/release
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

dotnet publish src/Septim.Hooks -c Release -r "$rid" -o "$stage/publish" --nologo
"$stage/publish/$exe" --version >&2 || fail "what was built does not run"
mkdir -p "$out" "$stage/archive"
cp "$stage/publish/$exe" LICENSE README.md "$stage/archive/"

# The packages that went into the program, name and version, from what the restore resolved.
packages=$(dotnet list src/Septim.Hooks package --include-transitive --format json |
    awk -F '"' '$2 == "id" { id = $4 } $2 == "resolvedVersion" { print id, $4 }' | sort -u)
{
    printf '{\n  "bomFormat": "CycloneDX",\n  "specVersion": "1.6",\n  "version": 1,\n'
    printf '  "metadata": { "component": { "type": "application", "name": "septim", "version": "%s" } },\n  "components": [' "$version"
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
    powershell -NoProfile -Command "Compress-Archive -Path '$stage/archive/*' -DestinationPath '$out/$archive'"
else
    tar -czf "$out/$archive" -C "$stage/archive" "$exe" LICENSE README.md sbom.cdx.json
fi
cd "$out"
if command -v sha256sum >/dev/null 2>&1; then sha256sum "$archive"; else shasum -a 256 "$archive"; fi >"$archive.sha256"
printf '%s\n' "$out/$archive"
