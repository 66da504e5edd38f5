#!/usr/bin/env bash
# Mutates S3Lister.Functions and S3Lister.Listing, one after the other, and prints a table: how many mutants of each
# folder the tests detect. eng/mutation/stryker-config.json names the folders.
# Usage: mutation.sh [PROJECT] [STRYKER'S OPTIONS], such as: mutation.sh S3Lister.Listing --mutate 'Filters/Glob.cs'
# The reports are artifacts/mutation/PROJECT/reports/mutation.html.
set -euo pipefail
cd "$(dirname "$0")/.."

projects=(S3Lister.Functions S3Lister.Listing)
if [[ ${1:-} == S3Lister.* ]]; then
  projects=("$1")
  shift
fi

# With all cases the test takes more than a minute, and then the capture of coverage stops working for the tests after it.
export S3LISTER_GLOB_CASES=5000

dotnet tool restore
reports=()
for project in "${projects[@]}"; do
  (cd eng/mutation && dotnet stryker --project "$project.csproj" --output "../../artifacts/mutation/$project" "$@")
  reports+=("artifacts/mutation/$project/reports/mutation.json")
done

python3 - "${reports[@]}" << 'PY'
import collections, json, pathlib, sys
folders = collections.defaultdict(collections.Counter)
for path in sys.argv[1:]:
    for file, report in json.load(open(path))["files"].items():
        folder = "/".join(pathlib.PurePath(file).parts[-3:-1]).removeprefix("S3Lister.")
        for mutant in report["mutants"]:
            folders[folder][mutant["status"]] += 1
print(f'{"":24}{"mutants":>9}{"killed":>9}{"timeout":>9}{"survived":>9}{"uncovered":>10}{"score":>9}')
for folder, counts in sorted(folders.items()):
    found = counts["Killed"] + counts["Timeout"]
    missed = counts["Survived"] + counts["NoCoverage"]
    if found + missed:
        print(f'{folder:24}{found + missed:9}{counts["Killed"]:9}{counts["Timeout"]:9}'
              f'{counts["Survived"]:9}{counts["NoCoverage"]:10}{100 * found / (found + missed):8.1f}%')
PY
