#!/usr/bin/env bash
# Runs the tests under coverage and shows it: a table on the run's summary, or here. Other processes, such as
# the native binary, are not counted.
# Usage: coverage.sh [OPTIONS OF THE TESTS], such as: coverage.sh --filter-namespace S3Lister.Tests.Functions.Objects
set -euo pipefail
cd "$(dirname "$0")/../.."
results=$PWD/artifacts/coverage
rm -rf "$results"
[ -x artifacts/tools/reportgenerator ] ||
  dotnet tool install dotnet-reportgenerator-globaltool --version 5.6.0 --tool-path artifacts/tools
dotnet test --project S3Lister.Tests --results-directory "$results" \
  --coverage --coverage-output-format cobertura --coverage-output coverage.xml "$@"
artifacts/tools/reportgenerator "-reports:$results/coverage.xml" "-targetdir:$results" -reporttypes:MarkdownSummaryGithub -verbosity:Warning \
  "-filefilters:+*/S3Lister.Functions/*;+*/S3Lister.Listing/*;-*/obj/*"
tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}" < "$results/SummaryGithub.md"
