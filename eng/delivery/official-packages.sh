#!/usr/bin/env bash
# A deployment package is made of official packages: fails when a package of the functions is a stand-in, or was signed
# by nobody, as one from a folder or an unknown registry is. Run it after a restore of S3Lister.Functions.
source "$(dirname "$0")/common.sh"

stand_ins=$(python3 - "$repository/eng/delivery" << 'PY'
import sys
sys.path.insert(0, sys.argv[1])
import packages
# A stand-in has the official version and a fourth part (eng/standins/README.md).
print(*(f"{p.name} {p.version}" for p in packages.restored() if p.name.startswith("Amazon.Lambda.") and p.version.count(".") > 2), sep="\n")
PY
)
[ -z "$stand_ins" ] || die "stand-ins cannot be deployed: ${stand_ins//$'\n'/, }"

found=$(python3 - "$repository/eng/delivery" << 'PY'
import sys
sys.path.insert(0, sys.argv[1])
import packages
for package in packages.restored():
    print(next(package.folder.glob("*.nupkg")))
PY
)
mapfile -t files <<< "$found"
for file in "${files[@]}"; do
  dotnet nuget verify "$file" --verbosity minimal > /dev/null || die "$(basename "$file") has no valid signature"
done
say "${#files[@]} packages are official and signed."
