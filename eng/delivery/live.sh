#!/usr/bin/env bash
# Prints what is live, one line for each function: logical id, the alias's version, and the CodeSha256 of that version.
# A function without the alias has the version $LATEST. The whole configuration goes to FOLDER/ID.json.
# Usage: live.sh [FOLDER]
source "$(dirname "$0")/common.sh"
folder=${1:-}
if [ -z "$folder" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
fi

resources=$(aws cloudformation list-stack-resources --stack-name "$stack" --output text \
  --query "StackResourceSummaries[?ResourceType=='AWS::Lambda::Function' || ResourceType=='AWS::Lambda::Alias'].[LogicalResourceId,PhysicalResourceId]")
sort <<< "$resources" | grep -v ':function:' | while read -r id name; do
  qualifier=\$LATEST
  if grep -q ":function:$name:live$" <<< "$resources"; then qualifier=live; fi
  aws lambda get-function-configuration --function-name "$name" --qualifier "$qualifier" --output json > "$folder/$id.json"
  echo "$id $(field Version < "$folder/$id.json") $(field CodeSha256 < "$folder/$id.json")"
done
