#!/usr/bin/env bash
# Prints the revision of the functions that are live when they have all that a deployment asks of them; nothing otherwise.
# Usage: live-revision.sh TEMPLATE STACK.json PARAMETERS
source "$(dirname "$0")/common.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/live"
"$repository/eng/delivery/live.sh" "$work/live" > /dev/null
found=$(for file in "$work/live"/*.json; do field Environment.Variables.S3LISTER_REVISION < "$file"; done | sort --unique)
[ -n "$found" ] && [ "$(wc -l <<< "$found")" = 1 ] || exit 0

substitutions=$(python3 "$repository/eng/delivery/template.py" substitutions "$1" s3://unknown/code.zip "$found")
python3 "$repository/eng/delivery/template.py" apply "$1" "$substitutions" > "$work/serverless.template"
[ -z "$(python3 "$repository/eng/delivery/revision.py" differences "$work/serverless.template" "$2" "$3" "$work/live")" ] || exit 0
case $found in
  "$(python3 "$repository/eng/delivery/revision.py" hash "$1" "$2" "$3")"-*) echo "$found" ;;
esac
