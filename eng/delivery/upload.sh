#!/usr/bin/env bash
# Uploads the output of package.sh. A version that is in the bucket is never overwritten, even if two uploads run at the same time.
# Usage: upload.sh VERSION FOLDER
source "$(dirname "$0")/common.sh"
version=$1 folder=$2
require_version "$version"
key=$(artifact_key "$version")
commit=$(field git-sha < "$folder/metadata.json")
[ "$(field version < "$folder/metadata.json")" = "$version" ] || die "$folder has another version's package"
hex=$(sha256sum "$folder/s3lister.zip" | cut -d ' ' -f 1)
[ "$(field sha256 < "$folder/metadata.json")" = "$hex" ] || die "$folder/s3lister.zip is not what package.sh made"

# put FILE KEY TYPE: fails when the key exists.
put() {
  expect PreconditionFailed "the upload to s3://$(bucket)/$2 failed" \
    aws s3api put-object --bucket "$(bucket)" --key "$2" --body "$1" --content-type "$3" --if-none-match '*' \
    --checksum-algorithm SHA256 --metadata "file://$folder/metadata.json" --output json > /dev/null
}

# The package comes last: where it is, all is.
put "$folder/s3lister.cdx.json" "${key%.zip}.cdx.json" application/vnd.cyclonedx+json || say "The SBOM is there already."
if put "$folder/s3lister.zip" "$key" application/zip; then
  say "Uploaded s3://$(bucket)/$key, SHA-256 $hex."
  exit
fi

there=$(artifact_head "$version")
[ "$(field Metadata.git-sha <<< "$there")" = "$commit" ] || die "$version was uploaded by another release meanwhile, from another commit"
[ "$(field Metadata.sha256 <<< "$there")" = "$hex" ] || die "$version was uploaded by another release meanwhile, with other bytes"
say "$version was uploaded meanwhile, byte for byte the same: nothing to do."
