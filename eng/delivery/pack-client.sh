#!/usr/bin/env bash
# Packs s3lister as a .NET tool: the package that names the forms, the native binary for Linux on x86-64, and the portable form.
# Also packs the library. Usage: pack-client.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1
dotnet pack S3Lister.Cli --configuration Release --output "$folder"
for runtime in linux-x64 any; do
  dotnet pack S3Lister.Cli --configuration Release --runtime "$runtime" --output "$folder"
done
dotnet pack S3Lister.Client --configuration Release --output "$folder"
