#!/usr/bin/env bash
# Prints "none", "functions" or "some": whether a deployment would change the stack, and publish versions of functions. It uses a
# change set that is never executed, because the Lambda tool treats an empty change set as an error.
# Usage: changes.sh TEMPLATE SUBSTITUTIONS PARAMETERS TAGS, the last three in the Lambda tool's form
source "$(dirname "$0")/common.sh"
work=$(mktemp -d)
name="s3lister-probe-$(date -u +%Y%m%d%H%M%S)-$$"
trap 'aws cloudformation delete-change-set --stack-name "$stack" --change-set-name "$name" > /dev/null 2>&1 || true; rm -rf "$work"' EXIT

stack_state > "$work/stack.json"
python3 "$repository/eng/delivery/template.py" apply "$1" "$2" > "$work/serverless.template"

# As the Lambda tool does: what is too large for a request goes through the bucket.
location=(--template-body "file://$work/serverless.template")
if [ "$(stat -c %s "$work/serverless.template")" -ge 50000 ]; then
  key=templates/$(sha256sum "$work/serverless.template" | cut -d ' ' -f 1).template
  aws s3api put-object --bucket "$(bucket)" --key "$key" --body "$work/serverless.template" --checksum-algorithm SHA256 > /dev/null
  location=(--template-url "$(aws s3 presign "s3://$(bucket)/$key")")
fi

aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$name" --change-set-type UPDATE \
  "${location[@]}" --parameters "$(python3 "$repository/eng/delivery/template.py" change-set "$1" "$work/stack.json" "$3")" \
  --tags "$(python3 "$repository/eng/delivery/template.py" tags "$4")" \
  --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND \
  ${CLOUDFORMATION_ROLE:+--role-arn "$CLOUDFORMATION_ROLE"} > /dev/null
if aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$name" > /dev/null 2>&1; then
  changed=$(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" --output text \
    --query 'Changes[].ResourceChange.[Action,LogicalResourceId,ResourceType,Replacement]')
  # shellcheck disable=SC2001 # each line, not the first
  sed 's/^/  /' <<< "$changed" >&2
  if grep -q $'^Add\t.*\tAWS::Lambda::Version\t' <<< "$changed"; then echo functions; else echo some; fi
  exit
fi

reason=$(aws cloudformation describe-change-set --stack-name "$stack" --change-set-name "$name" --query StatusReason --output text)
case $reason in
  *"didn't contain changes"* | *"No updates are "*) echo none ;;
  *) die "CloudFormation refuses the change: $reason" ;;
esac
