#!/usr/bin/env bash
# Publishes the functions as a native binary for this machine's architecture and runs the process tests with it.
source "$(dirname "$0")/common.sh"
declare -A runtimes=([x86_64]=linux-x64 [aarch64]=linux-arm64)
runtime=${runtimes[$(uname -m)]}
published=$(mktemp -d)
trap 'rm -rf "$published"' EXIT

cd "$repository"
dotnet publish S3Lister.Functions --configuration Release --runtime "$runtime" --output "$published" -p:AllowStandIns=true
eng/check-binary.sh "$published/bootstrap"
S3LISTER_FUNCTION=$published/bootstrap dotnet test --project S3Lister.EndToEnd.Tests
