#!/usr/bin/env bash
# Prints the version of the commit that is checked out: its tag, or the pre-release that MinVer counts from the last tag.
# When GitHub builds a tag, the version must be that tag: a second tag on the same commit is refused, not released under a wrong name.
source "$(dirname "$0")/common.sh"
version=v$(dotnet build "$repository/S3Lister.Functions" --nologo -target:MinVer -getProperty:MinVerVersion)
require_version "$version"
if [ "${GITHUB_REF_TYPE:-}" = tag ] && [ "$GITHUB_REF_NAME" != "$version" ]; then
  die "the tag is $GITHUB_REF_NAME, and the commit has another, $version"
fi
output version "$version"
echo "$version"
