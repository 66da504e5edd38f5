#!/usr/bin/env bash
# Says which version a rollback goes to, for the workflow: outputs "application" or "infrastructure".
# Usage: choose-rollback.sh application VERSION | infrastructure [VERSION]
source "$(dirname "$0")/common.sh"
kind=${1:-} version=${2:-}
case $kind in
  application) [ -n "$version" ] || die "name the version of the application" ;;
  infrastructure) version=${version:-$("$repository/eng/delivery/last-good.sh" read)} ;;
  *) die "choose-rollback.sh application VERSION | infrastructure [VERSION]" ;;
esac
require_version "$version"
output "$kind" "$version"
echo "$version"
