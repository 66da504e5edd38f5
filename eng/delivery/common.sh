# What the delivery scripts share; sourced, never run.
# Their settings come from the environment; in the workflows, from the variables of the GitHub environment:
#   ARTIFACT_BUCKET      the bucket of released packages
#   STACK_NAME           the stack, s3lister by default
#   STACK_PARAMETERS     the template's parameters, one NAME=VALUE a line; what is not named keeps its value
#   CLOUDFORMATION_ROLE  the role that CloudFormation does its work with; the caller's own when empty
#   ENVIRONMENT          the GitHub environment, prod by default
#   ATTESTATION_REPO     OWNER/NAME on GitHub, whose release workflow must have attested a package before it is deployed;
#                        "none" only where GitHub attests nothing, such as a private repository without the right plan
# and the AWS CLI's own: AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL.
# S3LISTER_REHEARSAL=1 allows stand-ins of the Amazon.Lambda packages and of the Lambda tool. See rehearse.sh.
# shellcheck shell=bash
set -euo pipefail

export AWS_PAGER=
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
stack=${STACK_NAME:-s3lister}

say() { printf '%s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

rehearsal() { [ "${S3LISTER_REHEARSAL:-}" = 1 ]; }

# A version is the tag of a release, v1.2.3, or a pre-release that main made, v1.2.4-alpha.0.5.
require_version() {
  [[ $1 =~ ^v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9a-z]+(\.[0-9a-z]+)*)?$ ]] ||
    die "'$1' is not a version; one looks like v1.2.3 or v1.2.4-alpha.0.5"
}

is_release() { [[ $1 != *-* ]]; }

# Released packages are kept forever, pre-releases for a while: the bucket's lifecycle knows them by prefix.
artifact_key() {
  if is_release "$1"; then echo "lister/$1.zip"; else echo "lister-pre/$1.zip"; fi
}

bucket() { echo "${ARTIFACT_BUCKET:?is the bucket of released packages}"; }

# The commit of a tag; nothing when there is no such tag.
tag_commit() { git -C "$repository" rev-parse --quiet --verify "refs/tags/$1^{commit}" || true; }

# expect PATTERN MESSAGE COMMAND...: runs it; returns 1 where it fails with the pattern, and ends the script where it fails otherwise.
expect() {
  local failure
  failure=$(mktemp)
  if "${@:3}" 2> "$failure"; then
    rm "$failure"
  elif grep -q "$1" "$failure"; then
    rm "$failure"
    return 1
  else
    cat "$failure" >&2
    rm "$failure"
    die "$2"
  fi
}

# The package's head as JSON; nothing when it does not exist. "Forbidden" is not "absent".
artifact_head() {
  expect '(404)' "cannot find out whether s3://$(bucket)/$(artifact_key "$1") exists" \
    aws s3api head-object --bucket "$(bucket)" --key "$(artifact_key "$1")" --checksum-mode ENABLED || true
}

# field PATH < JSON: a member, or nothing. field Metadata.git-sha
field() { python3 -c '
import json, sys
value = json.loads(sys.stdin.read().strip() or "null")
for name in sys.argv[1].split("."):
    value = (value or {}).get(name)
print("" if value is None else json.dumps(value) if isinstance(value, dict) else value)' "$1"; }

# The stack as JSON; nothing when it does not exist.
stack_state() {
  expect 'does not exist' "cannot read the stack $stack" \
    aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0]' --output json || true
}

# stack_tag NAME < stack_state
stack_tag() { python3 -c '
import json, sys
stack = json.loads(sys.stdin.read().strip() or "{}")
print(next((tag["Value"] for tag in stack.get("Tags", []) if tag["Key"] == sys.argv[1]), ""))' "$1"; }

# An output for a later step of a workflow; nothing outside GitHub.
output() { if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "$1=$2" >> "$GITHUB_OUTPUT"; fi; }

# output_lines NAME < LINES: the same for a value of several lines.
output_lines() {
  local end
  end=$(cat /proc/sys/kernel/random/uuid)
  if [ -n "${GITHUB_OUTPUT:-}" ]; then { echo "$1<<$end"; cat; echo "$end"; } >> "$GITHUB_OUTPUT"; else cat > /dev/null; fi
}

summary() { if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then echo "$*" >> "$GITHUB_STEP_SUMMARY"; fi; }
