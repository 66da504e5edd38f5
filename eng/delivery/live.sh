#!/usr/bin/env bash
# Prints what is live, a line for each function: logical id, the alias's version, and the CodeSha256 of that version.
# A function without the alias has the version $LATEST.
# Usage: live.sh
source "$(dirname "$0")/common.sh"

resources=$(aws cloudformation list-stack-resources --stack-name "$stack" --output text \
  --query "StackResourceSummaries[?ResourceType=='AWS::Lambda::Function' || ResourceType=='AWS::Lambda::Alias'].[LogicalResourceId,PhysicalResourceId]")
sort <<< "$resources" | grep -v ':function:' | while read -r id name; do
  qualifier=\$LATEST
  if grep -q ":function:$name:live$" <<< "$resources"; then qualifier=live; fi
  code=$(aws lambda get-function-configuration --function-name "$name" --qualifier "$qualifier" --query '[Version,CodeSha256]' --output text)
  echo "$id ${code/$'\t'/ }"
done
