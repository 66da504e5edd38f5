#!/usr/bin/env bash
# Replaces 'dotnet lambda package' and 'dotnet lambda deploy-serverless' in a rehearsal, with the same arguments.
# Usage: lambda-tool-stand-in.sh package OUT.zip OPTIONS | deploy-serverless STACK OPTIONS
source "$(dirname "$0")/common.sh"
rehearsal || die "the stand-in of the Lambda tool is for rehearsals only"

command=$1 target=$2
shift 2
declare -A option
while [ $# -gt 0 ]; do
  option[$1]=$2
  shift 2
done

# NAME=VALUE;NAME="VAL;UE" as lines.
lines() { python3 -c '
import sys
sys.path.insert(0, sys.argv[1])
import template
for pair in template.split(sys.argv[2]).items():
    print("=".join(pair))' "$repository/eng/delivery" "$1"; }

case $command in
  package)
    declare -A runtimes=([x86_64]=linux-x64 [arm64]=linux-arm64) machines=([x86_64]=x86_64 [arm64]=aarch64)
    architecture=${option[--function-architecture]}
    [ "$(uname -m)" = "${machines[$architecture]}" ] ||
      die "Host machine architecture ($(uname -m)) differs from Lambda architecture ($architecture)"
    published=$(mktemp -d)
    read -ra parameters <<< "${option[--msbuild-parameters]}"
    dotnet publish "${option[--project-location]}" --configuration "${option[--configuration]}" \
      --framework "${option[--framework]}" --runtime "${runtimes[$architecture]}" \
      --output "$published" "${parameters[@]}" >&2
    rm -f "$target"
    # The programs that the tool calls, as it calls them: without zip it fails after the build.
    command -v zip > /dev/null || die 'Failed to find the "zip" utility program in path'
    (cd "$published" && for file in *; do chmod +rx "$file"; done && zip --quiet "$target" ./*)
    rm -r "$published"
    ;;
  deploy-serverless)
    template=$(mktemp)
    python3 "$repository/eng/delivery/template.py" apply "${option[--template]}" "${option[--template-substitutions]}" > "$template"
    mapfile -t parameters < <(lines "${option[--template-parameters]:-}")
    mapfile -t tags < <(lines "${option[--tags]}")
    arguments=()
    if [ "${#parameters[@]}" -gt 0 ]; then arguments+=(--parameter-overrides "${parameters[@]}"); fi
    if [ -n "${option[--cloudformation-role]:-}" ]; then arguments+=(--role-arn "${option[--cloudformation-role]}"); fi
    if [ "$(stat -c %s "$template")" -ge 50000 ]; then
      arguments+=(--s3-bucket "${option[--s3-bucket]}" --s3-prefix "${option[--s3-prefix]%/}")
    fi
    # Like the tool, which throws on an empty change set, this fails when there is nothing to change.
    aws cloudformation deploy --stack-name "$target" --template-file "$template" --region "${option[--region]}" \
      --fail-on-empty-changeset \
      --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND \
      --tags "${tags[@]}" AWSServerlessAppNETCore=true "${arguments[@]}" >&2
    rm "$template"
    ;;
  *) die "the stand-in of the Lambda tool does not have the command $command" ;;
esac
