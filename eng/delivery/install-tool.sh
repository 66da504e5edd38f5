#!/usr/bin/env bash
# Installs the Lambda tool, in the version that the scripts expect, and adds it to the PATH of the job's later steps.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/lambda-tool.sh"
dotnet tool install --global Amazon.Lambda.Tools --version "$lambda_tool_version"
if [ -n "${GITHUB_PATH:-}" ]; then echo "$HOME/.dotnet/tools" >> "$GITHUB_PATH"; fi
