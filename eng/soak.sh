#!/usr/bin/env bash
# Many concurrent signed calls through the local API, with the native binary, on a bucket of a million keys: every page
# is compared with the expected keys, and the memory of no process may grow.
# Usage: soak.sh [SECONDS] [CALLERS] [FUNCTION PROCESSES], 60, 200 and 8 by default.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet publish S3Lister.Functions --configuration Release --runtime linux-x64 -p:AllowStandIns=true --output artifacts/soak/function
dotnet build eng/soak --configuration Release --output artifacts/soak/program
dotnet artifacts/soak/program/S3Lister.Soak.dll artifacts/soak/function/bootstrap "$@"
