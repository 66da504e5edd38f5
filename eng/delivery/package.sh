#!/usr/bin/env bash
# Builds a version's package: FOLDER/s3lister.zip, its SBOM FOLDER/s3lister.cdx.json, and FOLDER/metadata.json.
# The same commit results in the same bytes.
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
# The output of an earlier build may have been compiled with other options, and would count as up to date.
rm -rf "$repository"/S3Lister.Functions/{bin,obj}/Release
package_functions "$version" "$commit" "$work/tool.zip" >&2
[ -z "$(git -C "$repository" status --porcelain --untracked-files=no)" ] || die "the build changed files: commit what the generator writes"
mkdir "$work/files"
python3 -m zipfile -e "$work/tool.zip" "$work/files"

# The binary and the authorities that it trusts: Lambda needs no other output of the build.
files=(bootstrap amazon-roots.pem)
for file in "${files[@]}"; do [ -f "$work/files/$file" ] || die "the package has no $file"; done
find "$work/files" -mindepth 1 ! -name "${files[0]}" ! -name "${files[1]}" -print -delete | sed 's/^/left out: /' >&2
"$repository/eng/check-binary.sh" "$work/files/bootstrap" "$(package_architecture)" >&2
grep --quiet --text --fixed-strings "${version#v}+$commit" "$work/files/bootstrap" ||
  die "the binary does not say that it is ${version#v}+$commit"

rehearsal || "$repository/eng/delivery/official-packages.sh"
python3 "$repository/eng/delivery/packages.py" sbom "$version" > "$folder/s3lister.cdx.json"
# Without extra fields the archive depends on the name, time, mode and content only.
chmod 0755 "$work/files/bootstrap"
chmod 0644 "$work/files/amazon-roots.pem"
(cd "$work/files" && touch -d 1980-01-01T00:00:00Z "${files[@]}")
rm -f "$folder/s3lister.zip"
(cd "$work/files" && TZ=UTC zip --quiet -X -9 "$folder/s3lister.zip" "${files[@]}")
printf '{"version": "%s", "git-sha": "%s", "architecture": "%s", "sha256": "%s"}\n' \
  "$version" "$commit" "$(package_architecture)" "$(sha256sum "$folder/s3lister.zip" | cut -d ' ' -f 1)" > "$folder/metadata.json"
say "$version of $commit: $folder/s3lister.zip, SHA-256 $(field sha256 < "$folder/metadata.json")"
