#!/usr/bin/env bash
# Says whether a version's package is in the artifact bucket already: prints "true" or "false".
# Fails when it is there and was made of another commit: the tag has been moved.
# Usage: find-artifact.sh VERSION [COMMIT], the one that is checked out by default
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
