#!/usr/bin/env bash
# Runs the tests under coverage and shows it: a table by folder on the run's summary, or here.
set -euo pipefail
cd "$(dirname "$0")/../.."
results=artifacts/coverage
rm -rf "$results"
dotnet test --project S3Lister.Tests --results-directory "$results" \
  --coverage --coverage-output-format cobertura --coverage-output coverage.xml --coverage-settings eng/workflows/coverage.config
python3 eng/workflows/coverage.py "$results/coverage.xml" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
