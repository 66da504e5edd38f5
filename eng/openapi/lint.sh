#!/usr/bin/env bash
# Checks docs/openapi.json by the recommended rules of Spectral and Redocly. Any finding fails, also a warning.
set -euo pipefail
cd "$(dirname "$0")"

[ -d node_modules/@redocly/cli ] || npm ci --no-audit --no-fund --ignore-scripts
npx --no-install spectral lint --ruleset spectral.yaml --fail-severity hint ../../docs/openapi.json

# Redocly only fails for errors.
REDOCLY_TELEMETRY=off npx --no-install redocly lint --extends recommended --format json ../../docs/openapi.json |
  python3 -c '
import json, sys
problems = json.load(sys.stdin)["problems"]
for problem in problems:
    print(problem["ruleId"], problem["location"][0].get("pointer"), problem["message"])
sys.exit(len(problems) > 0)'
echo "Redocly has no finding either."
