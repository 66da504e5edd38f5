#!/usr/bin/env bash
# Builds a version's package: FOLDER/s3lister.zip, its SBOM FOLDER/s3lister.cdx.json, and FOLDER/metadata.json.
# The same commit gives the same bytes.
# Usage: package.sh VERSION FOLDER
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/lambda-tool.sh"
version=$1
require_version "$version"
mkdir -p "$2"
folder=$(cd "$2" && pwd)

commit=$(git -C "$repository" rev-parse HEAD)
[ -z "$(git -C "$repository" status --porcelain --untracked-files=no)" ] || die "files are changed: a package is made of a commit"
tagged=$(tag_commit "$version")
if is_release "$version"; then
  [ "$tagged" = "$commit" ] || die "$version is the tag of '${tagged:-no commit}', and $commit is checked out"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What an earlier build left behind may have been compiled with other options, and would be taken for up to date.
rm -rf "$repository"/S3Lister.Functions/{bin,obj}/Release
package_functions "$version" "$commit" "$work/tool.zip" >&2
[ -z "$(git -C "$repository" status --porcelain --untracked-files=no)" ] || die "the build changed files: commit what the generator writes"
mkdir "$work/files"
python3 -m zipfile -e "$work/tool.zip" "$work/files"

# The binary, nothing beside it: what else the build leaves in its output has no place in Lambda.
[ -f "$work/files/bootstrap" ] || die "the package has no bootstrap"
find "$work/files" -mindepth 1 ! -name bootstrap -print -delete | sed 's/^/left out: /' >&2
"$repository/eng/check-binary.sh" "$work/files/bootstrap" >&2
grep --quiet --text --fixed-strings "${version#v}+$commit" "$work/files/bootstrap" ||
  die "the binary does not say that it is ${version#v}+$commit"

rehearsal || "$repository/eng/delivery/official-packages.sh"
python3 "$repository/eng/delivery/packages.py" sbom "$version" > "$folder/s3lister.cdx.json"
python3 "$repository/eng/delivery/zip.py" "$folder/s3lister.zip" "$work/files"
python3 - "$version" "$commit" "$(package_architecture)" "$folder/s3lister.zip" > "$folder/metadata.json" << 'PY'
import hashlib, json, pathlib, sys
version, commit, architecture, package = sys.argv[1:]
digest = hashlib.sha256(pathlib.Path(package).read_bytes()).hexdigest()
print(json.dumps({"version": version, "git-sha": commit, "architecture": architecture, "sha256": digest}))
PY
say "$version of $commit: $folder/s3lister.zip, SHA-256 $(field sha256 < "$folder/metadata.json")"
