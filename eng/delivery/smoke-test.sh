#!/usr/bin/env bash
# Calls the deployed API as a signed caller: it must work, refuse unsigned calls, and have this version.
# Usage: smoke-test.sh VERSION, with the credentials of an allowed caller
source "$(dirname "$0")/common.sh"
version=$1
require_version "$version"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
aws cloudformation describe-stacks --stack-name "$stack" > "$work/stacks.json"
cd "$repository"
S3LISTER_SMOKE_STACK=$work/stacks.json S3LISTER_SMOKE_VERSION=$version \
  dotnet test --project S3Lister.SmokeTests --filter-namespace S3Lister.SmokeTests.Deployed
