#!/usr/bin/env bash
# Rehearses the delivery of two versions against a local AWS, and verifies after each step what is live.
# Packages and scripts are the real ones; GitHub, the Lambda tool and AWS are replaced.
# Usage: rehearse.sh. Without AWS_ENDPOINT_URL it starts infrastructure/checks/aws.py.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
server=''
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$work"' EXIT
passed=0

fail() {
  echo "FAILED: $*" >&2
  exit 1
}

# equal WHAT EXPECTED ACTUAL
equal() {
  [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"
  passed=$((passed + 1))
}

# refused WHAT WORDS COMMAND...: the command fails and says so.
refused() {
  local what=$1 words=$2
  shift 2
  if "$@" > "$work/refused.log" 2>&1; then fail "$what: it was accepted"; fi
  grep --quiet -- "$words" "$work/refused.log" || fail "$what: it does not say '$words' but: $(cat "$work/refused.log")"
  passed=$((passed + 1))
}

# field NAME < JSON
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

step() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }

# shellcheck source=rehearsal/environment.sh
source "$repository/eng/delivery/rehearsal/environment.sh"
# shellcheck source=rehearsal/steps.sh
source "$repository/eng/delivery/rehearsal/steps.sh"
printf '\n%d assertions held in %d s.\n' "$passed" "$SECONDS"
