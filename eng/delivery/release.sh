#!/usr/bin/env bash
# Releases a version: package, SBOM, upload. A version that is already released is neither built nor uploaded again.
# Usage: release.sh VERSION, in a clone with the version's commit checked out
source "$(dirname "$0")/common.sh"
version=$1
require_version "$version"
commit=$(git -C "$repository" rev-parse HEAD)
if is_release "$version"; then
  commit=$(tag_commit "$version")
  [ -n "$commit" ] || die "there is no tag $version"
fi

released=$("$repository/eng/delivery/find-artifact.sh" "$version" "$commit")
[ "$released" = false ] || exit 0

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$repository/eng/delivery/package.sh" "$version" "$folder"
"$repository/eng/delivery/upload.sh" "$version" "$folder"
