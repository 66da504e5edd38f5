#!/usr/bin/env bash
# Checks every template: see check.py. Installs the tools of package-lock.json first where they are missing.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -d infrastructure/checks/node_modules/cdk-nag ] || npm ci --prefix infrastructure/checks --no-audit --no-fund --ignore-scripts
exec python3 infrastructure/checks/check.py "$@"
