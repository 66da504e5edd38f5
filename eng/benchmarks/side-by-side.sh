#!/usr/bin/env bash
# Compares S3Lister with other implementations in one run: publishes all of them, measures them in alternation, and writes the
# figures into docs/performance.md, its chart and artifacts/side-by-side/tables.md. On a quiet machine it takes an hour; --quick takes some minutes.
# Usage: side-by-side.sh [--quick], with ROUNDS and TURNS (of whole prefixes) for fewer or more than 5 and 2
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${ROUNDS:-5} starts=20 pages=300 turns=${TURNS:-2} keys=1000000 many=10000000 most=100000000
if [ "${1:-}" = --quick ]; then
  rounds=2 starts=3 pages=100 keys=100000 many=300000 most=1000000
fi

out=artifacts/side-by-side
peers=eng/benchmarks/peers
figures=eng/benchmarks/figures
mkdir -p "$out" "$figures"

publish() { dotnet publish "$1" --configuration Release --runtime linux-x64 --output "$out/$2" -p:AllowStandIns=true "${@:3}"; }
publish S3Lister.Functions s3lister
publish "$peers/floor" floor
publish "$peers/dotnet" aot -p:PublishAot=true -p:StripSymbols=true -p:CopyOutputSymbolsToPublishDirectory=false
publish "$peers/dotnet" managed --no-self-contained -p:PublishReadyToRun=true
(cd "$peers/node" && npm ci --no-fund --no-audit && npm run build)
dotnet build S3Lister.Benchmarks --configuration Release --output "$out/benchmarks"

python3 - "$PWD" "$out" "$peers" > "$out/functions.json" << 'PY'
import json, shutil, sys
root, out, peers = sys.argv[1:]
out, peers = f"{root}/{out}", f"{root}/{peers}"
# Our functions' setting. The SDK's own unmarshaller waits for the rest of a response, and would block the sockets' thread.
blocking = {"DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS": "0"}
json.dump([
    {"name": "S3Lister", "command": [f"{out}/s3lister/bootstrap"], "assembly": f"{out}/benchmarks/bootstrap.dll"},
    {"name": "floor", "command": [f"{out}/floor/floor"]},
    {"name": ".NET AOT", "command": [f"{out}/aot/ordinary"], "assembly": f"{out}/managed/ordinary.dll", "environment": blocking},
    {"name": ".NET managed", "command": [f"{out}/managed/ordinary"], "assembly": f"{out}/managed/ordinary.dll", "environment": blocking},
    {"name": "Python", "command": [sys.executable, f"{peers}/python/bootstrap.py"], "package": f"{peers}/python"},
    {"name": "Node", "command": [shutil.which("node"), "bootstrap.cjs"], "package": f"{peers}/node/dist"},
], sys.stdout, indent=2)
PY

benchmarks=$out/benchmarks/S3Lister.Benchmarks
function=$out/s3lister/bootstrap
"$benchmarks" process --functions "$out/functions.json" --rounds "$rounds" --starts "$starts" --pages "$pages" \
  --json "$figures/pages.json"
"$benchmarks" prefixes --function "$function" --keys "$keys" --latency 30 --rounds "$turns" --json "$figures/prefixes.json"

summary() {
  "$benchmarks" prefixes --function "$function" --only "S3Lister GET /summary" --latency 30 --rounds "$turns" \
    --shape "$2" --keys "$3" --json "$figures/summary-$1-$2.json"
}
summary 1 flat "$many"
summary 2 foldered "$many"
turns=1 summary 3 flat "$most"

python3 eng/benchmarks/report.py
