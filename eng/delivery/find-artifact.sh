#!/usr/bin/env bash
# Prints whether the package of a version is already in the artifact bucket: "true" or "false".
# Fails if the package was made from another commit, because then the tag has been moved.
# Usage: find-artifact.sh VERSION [COMMIT]. The default is the commit that is checked out.
source "$(dirname "$0")/common.sh"
version=$1
require_version "$version"
commit=${2:-$(git -C "$repository" rev-parse HEAD)}

head=$(artifact_head "$version")
if [ -z "$head" ]; then
  say "$version has not been released."
  output exists false
  echo false
  exit
fi

made_of=$(field Metadata.git-sha <<< "$head")
[ "$made_of" = "$commit" ] || die "$version was released from $made_of and its tag is at $commit now: tags are not moved; make a new version"
say "$version is released already, from $commit."
output exists true
echo true
