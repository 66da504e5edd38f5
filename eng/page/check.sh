#!/usr/bin/env bash
# Checks the bucket page: types of the scripts, format, and its size. With --write it formats the files instead.
set -euo pipefail
cd "$(dirname "$0")"

[ -d node_modules/typescript ] || npm ci --no-audit --no-fund --ignore-scripts
page=../../S3Lister.Page/wwwroot
if [ "${1:-}" = --write ]; then
  npx --no-install prettier --config .prettierrc.json --write "$page" "*.js"
  exit
fi

npx --no-install openapi-typescript ../../docs/openapi.json --output generated/api.d.ts
npx --no-install tsc --project tsconfig.json
npx --no-install prettier --config .prettierrc.json --check "$page" "*.js"

# Above this size a framework would be shorter (docs/decisions.md).
lines=$(cat "$page"/*.{js,css,html} | wc -l)
echo "$lines lines"
[ "$lines" -lt 2500 ]
