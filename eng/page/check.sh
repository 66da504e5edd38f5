#!/usr/bin/env bash
# Checks the bucket page: types of the scripts, and format. With --write it formats the files instead.
set -euo pipefail
cd "$(dirname "$0")"

[ -d node_modules/typescript ] || npm ci --no-audit --no-fund --ignore-scripts
page=../../S3Lister.Page/wwwroot
if [ "${1:-}" = --write ]; then
  npx --no-install prettier --config .prettierrc.json --write "$page"
  exit
fi

npx --no-install openapi-typescript ../../docs/openapi.json --output generated/api.d.ts
npx --no-install tsc --project tsconfig.json
npx --no-install prettier --config .prettierrc.json --check "$page"
