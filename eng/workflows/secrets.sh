#!/usr/bin/env bash
# Looks for secrets in the tracked files, after verifying that a planted secret is found.
set -euo pipefail
cd "$(dirname "$0")/../.."
lint=(eng/workflows/node_modules/.bin/secretlint --secretlintrc eng/workflows/secretlint.json)

planted=$(mktemp -d)
trap 'rm -rf "$planted"' EXIT
# Put together here, so that this file has none.
printf 'aws_secret_access_key = %s%s\n' "wJalrXUtnFEMI/K7MDENG" "/bPxRfiCYzzzzzzzzKEY" > "$planted/credentials"
if "${lint[@]}" "$planted/credentials" > /dev/null 2>&1; then
  echo "error: a planted secret was not found" >&2
  exit 1
fi

# One test sees an address with a password in it refused.
git ls-files -z -- . ':!S3Lister.Tests/Functions/Configuration/ListerOptionsTests.cs' | xargs -0 "${lint[@]}"
echo "No secret in $(git ls-files | wc -l) files; a planted one is found."
