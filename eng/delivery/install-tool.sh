#!/usr/bin/env bash
# Installs the Lambda tool, in the version that the scripts are written for, where a job's later steps find it.
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/lambda-tool.sh"
dotnet tool install --global Amazon.Lambda.Tools --version "$lambda_tool_version"
if [ -n "${GITHUB_PATH:-}" ]; then echo "$HOME/.dotnet/tools" >> "$GITHUB_PATH"; fi
