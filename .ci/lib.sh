# shellcheck shell=bash
# Shared by .ci/run and .ci/long: steps, and the last line "N passed, N failed". Sourced by bash, in the repository's root.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
background=()
trap '[ "${#background[@]}" = 0 ] || kill "${background[@]}" 2> /dev/null || true; rm -rf "$work"' EXIT

step() { printf '\n== %s (%d s)\n' "$1" "$SECONDS"; }

result() { printf '%d %d\n' "$1" "$2" >> "$work/results"; }

# check TITLE COMMAND...: runs a command that passes or fails as a whole, and shows its output.
check() {
  step "$1"
  shift
  if "$@"; then result 1 0; else result 0 1 && echo "FAILED: $*"; fi
}

# run_tests TITLE COMMAND...: runs tests and counts them by the test platform's summary. A run without a summary fails, and
# in CI so does a skipped test. LATER is a pattern of tests that have a step of their own.
run_tests() {
  step "$1"
  shift
  local log total ok skipped=0
  log=$(mktemp --tmpdir="$work")
  "$@" 2>&1 | tee "$log" || true
  total=$(sed -nE 's/^ +total: ([0-9]+)$/\1/p' "$log" | tail -n 1)
  ok=$(sed -nE 's/^ +succeeded: ([0-9]+)$/\1/p' "$log" | tail -n 1)
  if [ "${total:-0}" = 0 ]; then
    result 0 1
    return
  fi
  if [ -z "${CI:-}" ]; then
    skipped=$(grep -c '^skipped ' "$log" || true)
  elif [ -n "${LATER:-}" ]; then
    skipped=$(grep -c "^skipped $LATER" "$log" || true)
  fi
  result "$ok" $((total - ok - skipped))
}

# install_programs: in CI, installs the programs that tests and checks run beside the .NET SDK. On a laptop it installs
# nothing: tests that need a missing program are skipped.
install_programs() {
  [ -n "${CI:-}" ] || return 0
  step "Programs"
  for program in aws cfn-lint moto_server; do
    if ! command -v "$program" > /dev/null; then
      python3 -m venv "$work/python"
      "$work/python/bin/pip" install --quiet -r eng/requirements.txt
      export PATH="$work/python/bin:$PATH"
      break
    fi
  done
  local missing=()
  command -v clang > /dev/null || command -v gcc > /dev/null || missing+=(gcc zlib1g-dev)
  command -v curl > /dev/null || missing+=(curl)
  command -v node > /dev/null || missing+=(nodejs npm)
  command -v ncdu > /dev/null || missing+=(ncdu)
  command -v shellcheck > /dev/null || missing+=(shellcheck)
  [ "${#missing[@]}" = 0 ] || install_packages "${missing[@]}"
}

# install_packages PACKAGE...: in CI, installs packages of Debian or Ubuntu.
install_packages() {
  [ -n "${CI:-}" ] || return 0
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update -qq
  "${root[@]}" apt-get install -yqq --no-install-recommends "$@"
}

# run_parts SCRIPT DEFAULTS ALL [PART...]: calls the function of each part, or of the defaults. "templates" runs beside the
# others: it needs nothing of the build, so it has the second core.
run_parts() {
  local script=$1 defaults=$2 all=$3
  shift 3
  local parts=("$@")
  [ "$#" != 0 ] || read -ra parts <<< "$defaults"
  local part
  for part in "${parts[@]}"; do
    [[ " $all " == *" $part "* ]] || { sed -n '/^# Usage/,/^# shellcheck/{/shellcheck/!s/^# //p}' "$script" >&2; exit 2; }
  done
  install_programs
  if [[ " ${parts[*]} " == *" templates "* ]]; then
    templates > "$work/templates.log" 2>&1 &
    background+=($!)
  fi
  for part in "${parts[@]}"; do
    [ "$part" = templates ] || "$part"
  done
  if [ "${#background[@]}" != 0 ]; then
    wait "${background[@]}" || result 0 1
    background=()
    cat "$work/templates.log"
  fi
  # On a laptop uncommitted changes are usual.
  [ -z "${CI:-}" ] || check "No file of the repository has changed" git diff --exit-code
  awk '{ passed += $1; failed += $2 } END { printf "\n%d passed, %d failed\n", passed, failed; exit failed > 0 }' "$work/results"
}
