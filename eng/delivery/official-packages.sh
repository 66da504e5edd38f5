#!/usr/bin/env bash
# Verifies that the deployment package contains official packages only. Fails for a stand-in, and for a package without a valid
# signature, such as one from a folder or an unknown registry. Run it after a restore of S3Lister.Functions.
source "$(dirname "$0")/common.sh"
found=$(python3 "$repository/eng/delivery/packages.py" files)
mapfile -t files <<< "$found"
for file in "${files[@]}"; do
  dotnet nuget verify "$file" --verbosity minimal > /dev/null || die "$(basename "$file") has no valid signature"
done
say "${#files[@]} packages are official and signed."
