#!/usr/bin/env bash
# Puts the index template into the collection, signed with the caller's own AWS credentials: those of the environment, or
# what AWS CLI 2 finds. The dashboard is imported by hand.
#   infrastructure/dashboards/opensearch/setup.sh https://0123456789.eu-central-1.aoss.amazonaws.com
set -euo pipefail
cd "$(dirname "$0")"

endpoint=${1:?the output Endpoint of the stack}
region=$(cut -d. -f2 <<< "$endpoint")
if [ -z "${AWS_ACCESS_KEY_ID:-}" ]; then
  credentials=$(aws configure export-credentials --format env-no-export)
  eval "$credentials"
fi

# aoss wants the digest of the body in a header of its own. Credentials go in through a file descriptor.
send() {
  local method=$1 path=$2 body=$3
  shift 3
  curl --silent --show-error --fail-with-body --request "$method" "$endpoint$path" --aws-sigv4 "aws:amz:$region:aoss" \
    --config <(printf 'user = "%s:%s"\n' "$AWS_ACCESS_KEY_ID" "$AWS_SECRET_ACCESS_KEY"
      if [ -n "${AWS_SESSION_TOKEN:-}" ]; then printf 'header = "x-amz-security-token: %s"\n' "$AWS_SESSION_TOKEN"; fi) \
    --header "x-amz-content-sha256: $(sha256sum "$body" | cut -d' ' -f1)" "$@" --data-binary "@$body"
}

send PUT /_index_template/s3lister index-template.json --header 'content-type: application/json'
echo
echo 'The dashboard: in OpenSearch Dashboards, Stack Management, Saved objects, Import: dashboard.ndjson'
