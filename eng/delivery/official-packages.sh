#!/usr/bin/env bash
# A deployment package is made of official packages: fails for a stand-in, and for a package without a valid signature, as one
# from a folder or an unknown registry is. Run it after a restore of S3Lister.Functions.
source "$(dirname "$0")/common.sh"
found=$(python3 "$repository/eng/delivery/packages.py" files)
mapfile -t files <<< "$found"
for file in "${files[@]}"; do
  dotnet nuget verify "$file" --verbosity minimal > /dev/null || die "$(basename "$file") has no valid signature"
done
say "${#files[@]} packages are official and signed."
