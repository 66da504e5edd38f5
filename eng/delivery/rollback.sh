#!/usr/bin/env bash
# Makes an earlier version live again, with no build. What is not named stays as it is.
#   rollback.sh application VERSION        that version's package
#   rollback.sh infrastructure [VERSION]   that version's template; by default the last that passed smoke test and alarms
source "$(dirname "$0")/common.sh"
version=$("$repository/eng/delivery/choose-rollback.sh" "$@")
# A rollback is in a hurry: all calls at once go to a version that has been live before.
"$repository/eng/delivery/deploy.sh" "--$1" "$version" --at-once
