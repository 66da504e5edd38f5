#!/usr/bin/env bash
# Verifies that the package of a version may be deployed: it exists, is complete, was made from the tag's commit, and is attested
# by the release workflow. Writes it to FOLDER/s3lister.zip, and its metadata to FOLDER/metadata.json.
# Usage: verify.sh VERSION FOLDER
source "$(dirname "$0")/common.sh"
version=$1 folder=$2
require_version "$version"

head=$(artifact_head "$version")
[ -n "$head" ] || die "$version has not been released: s3://$(bucket)/$(artifact_key "$version") does not exist"
[ "$(field Metadata.version <<< "$head")" = "$version" ] || die "the package says that it is $(field Metadata.version <<< "$head"), not $version"

commit=$(field Metadata.git-sha <<< "$head")
if is_release "$version"; then
  tagged=$(tag_commit "$version")
  [ "$commit" = "$tagged" ] || die "the package was made of $commit, and the tag $version is at ${tagged:-no commit of this clone}"
fi

mkdir -p "$folder"
field Metadata <<< "$head" > "$folder/metadata.json"
aws s3api get-object --bucket "$(bucket)" --key "$(artifact_key "$version")" "$folder/s3lister.zip" > /dev/null
hex=$(sha256sum "$folder/s3lister.zip" | cut -d ' ' -f 1)
[ "$hex" = "$(field Metadata.sha256 <<< "$head")" ] || die "the package has another SHA-256 than the release wrote down: $hex"

case ${ATTESTATION_REPO:?is OWNER/NAME on GitHub, or none} in
  none) say "$version: nobody has attested it; ATTESTATION_REPO says that this is so." ;;
  *)
    gh attestation verify "$folder/s3lister.zip" --repo "$ATTESTATION_REPO" \
      --signer-workflow "$ATTESTATION_REPO/.github/workflows/release.yml" --source-digest "$commit" \
      --deny-self-hosted-runners >&2 || die "$version has no attestation of $ATTESTATION_REPO's release workflow for this commit"
    ;;
esac
say "$version: SHA-256 $hex, of $commit."
