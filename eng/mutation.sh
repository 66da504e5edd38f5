#!/usr/bin/env bash
# Mutates Access, Formats, Http and Listing of S3Lister.Functions, and says which folder's tests notice how much.
# Usage: mutation.sh [STRYKER'S OPTIONS], such as: mutation.sh --mutate 'Access/**/*.cs'
# The report is artifacts/mutation/reports/mutation.html.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet tool restore
(cd eng/mutation && dotnet stryker --output ../../artifacts/mutation "$@")

python3 - artifacts/mutation/reports/mutation.json << 'PY'
import collections, json, os, sys
folders = collections.defaultdict(collections.Counter)
for file, report in json.load(open(sys.argv[1]))["files"].items():
    for mutant in report["mutants"]:
        folders[os.path.basename(os.path.dirname(file))][mutant["status"]] += 1
print(f'{"":12}{"mutants":>9}{"killed":>9}{"timeout":>9}{"survived":>9}{"uncovered":>10}{"score":>9}')
for folder, counts in sorted(folders.items()):
    found = counts["Killed"] + counts["Timeout"]
    missed = counts["Survived"] + counts["NoCoverage"]
    if found + missed:
        print(f'{folder:12}{found + missed:9}{counts["Killed"]:9}{counts["Timeout"]:9}'
              f'{counts["Survived"]:9}{counts["NoCoverage"]:10}{100 * found / (found + missed):8.1f}%')
PY
