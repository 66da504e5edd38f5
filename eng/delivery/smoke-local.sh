#!/usr/bin/env bash
# Runs a package under S3Lister.Local and tests it with the smoke tests.
# Usage: smoke-local.sh [VERSION PACKAGE.zip]; by default the build output of the solution, whatever its version
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/../local-api.sh"
version=${1:-} package=${2:-}
work=$(mktemp -d)
local_api=''
trap '[ -z "$local_api" ] || kill "$local_api" 2> /dev/null || true; rm -rf "$work"' EXIT

function=() # macOS has bash 3, to which an empty array is an unset variable
if [ -n "$package" ]; then
  python3 -m zipfile -e "$package" "$work"
  chmod +x "$work/bootstrap"
  function=(--function "$work/bootstrap")
fi

start_local_api "$work" ${function[@]+"${function[@]}"}
cd "$repository"
version=${version:-$("$repository/eng/delivery/version.sh")}
AWS_REGION=us-east-1 S3LISTER_SMOKE_URL=$local_api_url S3LISTER_SMOKE_VERSION=$version \
  dotnet test --project S3Lister.SmokeTests --filter-namespace S3Lister.SmokeTests.Deployed
