#!/usr/bin/env bash
# Prints GitHub's runner for the architecture of serverless.template: the Lambda tool builds Native AOT for its own machine only.
source "$(dirname "$0")/common.sh"
declare -A runners=([x86_64]=ubuntu-24.04 [arm64]=ubuntu-24.04-arm)
architecture=$(python3 "$repository/eng/delivery/template.py" architecture "$repository/serverless.template")
runner=${runners[$architecture]:-}
[ -n "$runner" ] || die "no runner has the architecture $architecture"
output runner "$runner"
echo "$runner"
