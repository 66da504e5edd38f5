#!/usr/bin/env bash
# Makes an earlier version live again, without a build and with all traffic at once. The other part remains unchanged.
#   rollback.sh application VERSION        that version's package
#   rollback.sh infrastructure [VERSION]   that version's template; by default the last one that passed the smoke test and the alarms
source "$(dirname "$0")/common.sh"
case ${1:-} in
  application) version=${2:?is the version of the application} ;;
  infrastructure) version=${2:-last-good} ;;
  *) die "rollback.sh application VERSION | infrastructure [VERSION]" ;;
esac
"$repository/eng/delivery/deploy.sh" "--$1" "$version" --at-once
