#!/usr/bin/env bash
# Generates clients of docs/openapi.json by the commands in docs/api.md, and calls S3Lister.Local with each client: lists page by
# page, filters, sums, and reads problems.
# Usage: run.sh GENERATOR...: openapi-fetch, hey-api, orval, kiota or nswag
set -euo pipefail
cd "$(dirname "$0")"
source ../local-api.sh

work=$(mktemp -d)
local_api=''
trap '[ -z "$local_api" ] || kill "$local_api" 2> /dev/null || true; rm -rf "$work"' EXIT
export KIOTA_TUTORIAL_ENABLED=false KIOTA_OFFLINE_ENABLED=true

# Runs the block "sh generates=NAME" of the page.
generate() {
  local command
  command=$(sed -n "/^\`\`\`sh generates=$1\$/,/^\`\`\`\$/{//!p}" ../../docs/api.md)
  [ -n "$command" ] || { echo "docs/api.md has no command for '$1'" >&2; exit 2; }
  rm -rf "generated/$1"
  bash -euo pipefail -c "$command"
}

[ "$#" != 0 ] || { sed -n 's/^# Usage: //p' "$0" >&2; exit 2; }
cp ../../docs/openapi.json openapi.json
for generator in "$@"; do
  case $generator in
    kiota | nswag)
      # One project has both clients.
      dotnet tool restore
      generate kiota
      generate nswag
      dotnet build dotnet --nologo --verbosity quiet
      ;;
    *)
      [ -d node_modules/orval ] || npm ci --no-audit --no-fund --ignore-scripts
      generate "$generator"
      npx --no-install tsc --noEmit --strict --target es2023 --module esnext --moduleResolution bundler --types node \
        "typescript/$generator.ts"
      ;;
  esac
done

start_local_api "$work"
export API=$local_api_url
for generator in "$@"; do
  echo "== $generator"
  case $generator in
    kiota | nswag) dotnet dotnet/bin/Debug/net10.0/GeneratedClients.dll "$generator" ;;
    *) npx --no-install tsx "typescript/$generator.ts" ;;
  esac
done
