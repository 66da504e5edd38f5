#!/usr/bin/env bash
# Makes an earlier version live again, with no build and all traffic at once. What is not named stays as it is.
#   rollback.sh application VERSION        that version's package
#   rollback.sh infrastructure [VERSION]   that version's template; by default the last that passed smoke test and alarms
source "$(dirname "$0")/common.sh"
case ${1:-} in
  application) version=${2:?is the version of the application} ;;
  infrastructure) version=${2:-last-good} ;;
  *) die "rollback.sh application VERSION | infrastructure [VERSION]" ;;
esac
"$repository/eng/delivery/deploy.sh" "--$1" "$version" --at-once
