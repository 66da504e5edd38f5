#!/usr/bin/env bash
# Runs a package under S3Lister.Local and tests it with the smoke tests.
# Usage: smoke-local.sh [VERSION PACKAGE.zip]; by default the build output of the solution, whatever its version
source "$(dirname "$0")/common.sh"
version=${1:-} package=${2:-}
work=$(mktemp -d)
local=''
trap '[ -z "$local" ] || kill "$local" 2> /dev/null || true; rm -rf "$work"' EXIT

function=() # macOS has bash 3, to which an empty array is an unset variable
if [ -n "$package" ]; then
  python3 -m zipfile -e "$package" "$work"
  chmod +x "$work/bootstrap"
  function=(--function "$work/bootstrap")
fi

cd "$repository"
dotnet build S3Lister.Local --nologo --verbosity quiet >&2
dotnet S3Lister.Local/bin/Debug/net10.0/S3Lister.Local.dll --port 0 ${function[@]+"${function[@]}"} > "$work/log" &
local=$!
until grep -q '^Try:' "$work/log"; do
  kill -0 "$local" 2> /dev/null || die "S3Lister.Local has ended: $(cat "$work/log")"
  sleep 0.2
done

# What it prints for a person: the address, and the first identity that may call. Windows ends lines with a CR as well.
printed() { sed -nE "s/^$1//p" "$work/log" | tr -d '\r' | head -n 1; }
url=$(printed '  API +')
AWS_ACCESS_KEY_ID=$(printed '    access key  ')
AWS_SECRET_ACCESS_KEY=$(printed '    secret      ')
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
unset AWS_SESSION_TOKEN
version=${version:-$("$repository/eng/delivery/version.sh")}
AWS_REGION=us-east-1 S3LISTER_SMOKE_URL=$url S3LISTER_SMOKE_VERSION=$version \
  dotnet test --project S3Lister.SmokeTests --filter-namespace S3Lister.SmokeTests.Deployed
