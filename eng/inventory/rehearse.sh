#!/usr/bin/env bash
# Runs the inventory job on this machine (job.py) with and without faults. Usage: rehearse.sh BINARY
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -d eng/inventory/node_modules/hyparquet ] || npm ci --prefix eng/inventory --no-audit --no-fund --ignore-scripts
eng/inventory/node_modules/.bin/asl-validator --json-path eng/inventory/machine.json
dotnet build S3Lister.Benchmarks --configuration Release --verbosity quiet --nologo
python3 eng/inventory/job.py "$1" --keys 300000 --shape giant
python3 eng/inventory/job.py "$1" --keys 300000 --shape users --format none
python3 eng/inventory/job.py "$1" --keys 1000000 --faults 0.5 --rate 100 --stop 6
