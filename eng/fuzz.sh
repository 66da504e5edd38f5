#!/usr/bin/env bash
# Fuzzes the handlers: queries, tokens, headers. An ordinary test run has five thousand cases.
# Usage: fuzz.sh [CASES], a million by default. A failure prints the seed that repeats it: CsCheck_Seed=... fuzz.sh
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build S3Lister.Tests --configuration Release
S3LISTER_FUZZ_CASES=${1:-1000000} S3Lister.Tests/bin/Release/net10.0/S3Lister.Tests \
  --filter-namespace S3Lister.Tests.Fuzz --output Detailed --show-stdout All
