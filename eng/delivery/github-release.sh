#!/usr/bin/env bash
# Creates the GitHub release of a version, with its notes and its package. An existing release is not changed.
# Usage: github-release.sh VERSION FOLDER
source "$(dirname "$0")/common.sh"
version=$1 folder=$2
require_version "$version"
is_release "$version" || die "$version is a pre-release: it gets no GitHub release"
if gh release view "$version" > /dev/null 2>&1; then
  say "The release $version is there already."
  exit
fi
python3 "$repository/eng/delivery/release_notes.py" "$version" |
  gh release create "$version" --verify-tag --title "$version" --notes-file - \
    "$folder/s3lister.zip" "$folder/s3lister.cdx.json" "$folder/metadata.json"
