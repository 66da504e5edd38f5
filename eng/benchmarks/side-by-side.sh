#!/usr/bin/env bash
# Compares S3Lister with other implementations in one run, over TLS: publishes all of them, measures them in alternation, and writes the
# figures into docs/performance.md, its chart and artifacts/side-by-side/tables.md. On a quiet machine it takes an hour or more; --quick takes some minutes.
# It needs a user who may create cgroups.
# Usage: side-by-side.sh [--quick], with any of these variables:
#   ROUNDS, STARTS, PAGES  rounds, and the starts and warm pages of a round
#   TURNS, KEYS            rounds of summing a bucket with all tools, and its objects
#   MANY                   objects of the larger buckets, which only GET /summary sums
#   MOST                   objects of one more bucket for GET /summary; not set: not measured
#   BEFORE                 another bootstrap of S3Lister, measured as "S3Lister before"
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ "${1:-}" = --quick ]; then
  : "${ROUNDS:=2}" "${STARTS:=3}" "${PAGES:=100}" "${TURNS:=1}" "${KEYS:=100000}" "${MANY:=300000}"
  MOST=
fi
: "${ROUNDS:=5}" "${STARTS:=10}" "${PAGES:=300}" "${TURNS:=2}" "${KEYS:=1000000}" "${MANY:=10000000}" "${MOST:=}"

out=$PWD/artifacts/side-by-side
peers=$PWD/eng/benchmarks/peers
figures=eng/benchmarks/figures
certificates=$out/certificates
mkdir -p "$out" "$figures"

publish() { dotnet publish "$1" --configuration Release --runtime linux-x64 --output "$out/$2" -p:AllowStandIns=true "${@:3}"; }
publish S3Lister.Functions s3lister
publish "$peers/floor" floor
publish "$peers/dotnet" aot -p:PublishAot=true -p:StripSymbols=true -p:CopyOutputSymbolsToPublishDirectory=false
publish "$peers/dotnet" managed --no-self-contained -p:PublishReadyToRun=true
(cd "$peers/node" && npm ci --no-fund --no-audit && npm run build)
dotnet build S3Lister.Benchmarks --configuration Release --output "$out/benchmarks"

python3 - "$out" "$peers" "$certificates/single.pem" "${BEFORE:+$(realpath "${BEFORE:-}")}" << 'PY'
import json, pathlib, shutil, sys
out, peers, root, before = sys.argv[1:]
# Our functions' setting. The SDK's own unmarshaller waits for the rest of a response, and would block the sockets' thread.
blocking = {"DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS": "0"}
functions = [
    {"name": "S3Lister", "command": [f"{out}/s3lister/bootstrap"], "assembly": f"{out}/benchmarks/bootstrap.dll"},
    *([{"name": "S3Lister before", "command": [before]}] if before else []),
    {"name": "floor", "command": [f"{out}/floor/floor"]},
    {"name": ".NET AOT", "command": [f"{out}/aot/ordinary"], "assembly": f"{out}/managed/ordinary.dll", "environment": blocking},
    {"name": ".NET managed", "command": [f"{out}/managed/ordinary"], "assembly": f"{out}/managed/ordinary.dll", "environment": blocking},
    {"name": "Python", "command": [sys.executable, f"{peers}/python/bootstrap.py"], "package": f"{peers}/python"},
    {"name": "Node", "command": [shutil.which("node"), "bootstrap.cjs"], "package": f"{peers}/node/dist"},
]
one_root = {name: root for name in ("SSL_CERT_FILE", "AWS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "S3LISTER_TRUSTED_ROOTS")}
with_one_root = [
    {**function, "name": f"{function['name']} (one root)", "environment": {**function.get("environment", {}), **one_root}}
    for function in functions
]
for name, content in (("functions", functions), ("functions-one-root", with_one_root)):
    pathlib.Path(out, f"{name}.json").write_text(json.dumps(content, indent=2))
PY

# All figures of the page are of one run.
rm -f "$figures"/*.json

# A first generation of 64 MB (the value is hexadecimal): the embedded S3 would otherwise collect garbage during the measurements.
# Functions don't inherit the variable.
benchmark() { DOTNET_GCgen0size=4000000 "$out/benchmarks/S3Lister.Benchmarks" "$@" --certificates "$certificates"; }

# The share of 256 MB at three latencies, and warm pages.
benchmark process --functions "$out/functions.json" --rounds "$ROUNDS" --starts "$STARTS" --pages "$PAGES" \
  --memory 256 --latencies 0 20 80 --latency-spread 0.4 --json "$figures/pages.json"

# Only starts: the other memory sizes, and one root for all functions.
starts() {
  benchmark process --functions "$out/$1" --rounds "$ROUNDS" --starts "$(((STARTS + 1) / 2))" --warm-up 10 --pages 10 \
    --plain --no-garbage --memory "${@:3}" --latencies 0 --json "$figures/$2.json"
}
starts functions.json starts 128 512 1024 1769
starts functions-one-root.json one-root 256

prefixes() {
  benchmark prefixes --function "$out/s3lister/bootstrap" --latency 80 --latency-spread 0.4 --json "$figures/$1.json" "${@:2}"
}
prefixes prefixes --shape foldered --keys "$KEYS" --rounds "$TURNS"

summary() { prefixes "summary-$1-$2" --only "S3Lister GET /summary" --shape "$2" --keys "$3" --rounds "$4"; }
summary 1 flat "$MANY" "$TURNS"
summary 2 foldered "$MANY" "$TURNS"
if [ -n "$MOST" ]; then
  summary 3 flat "$MOST" 1
fi

python3 eng/benchmarks/report.py
