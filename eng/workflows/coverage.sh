#!/usr/bin/env bash
# Runs the tests under coverage and shows it: a table by folder on the run's summary, or here. What runs in a process of
# its own, such as the native binary, is not counted.
# Usage: coverage.sh [OPTIONS OF THE TESTS], such as: coverage.sh --filter-namespace S3Lister.Tests.Formats
set -euo pipefail
cd "$(dirname "$0")/../.."
results=$PWD/artifacts/coverage
rm -rf "$results"
dotnet test --project S3Lister.Tests --results-directory "$results" \
  --coverage --coverage-output-format cobertura --coverage-output coverage.xml "$@"
python3 eng/workflows/coverage.py "$results/coverage.xml" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
