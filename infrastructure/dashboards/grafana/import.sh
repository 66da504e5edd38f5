#!/usr/bin/env bash
# Sends the CloudWatch data source and the dashboard to a Grafana. The token is one of a service account with the role Admin.
#   GRAFANA_TOKEN=... infrastructure/dashboards/grafana/import.sh https://g-0123456789.grafana-workspace.eu-central-1.amazonaws.com eu-central-1
set -euo pipefail
cd "$(dirname "$0")"

url=${1:?the workspace\'s URL}
region=${2:?the region of the metrics}
: "${GRAFANA_TOKEN:?a token of a service account}"

# The token goes in through a file descriptor, so that it is in no list of processes.
send() {
  curl --silent --show-error --fail-with-body --request "$1" "$url$2" \
    --header 'content-type: application/json' --header @<(printf 'authorization: Bearer %s' "$GRAFANA_TOKEN") --data @-
}

python3 -c 'import json, sys; print(json.dumps({
  "name": "CloudWatch", "uid": "s3lister-cloudwatch", "type": "cloudwatch", "access": "proxy",
  "jsonData": {"authType": "default", "defaultRegion": sys.argv[1]}}))' "$region" |
  send POST /api/datasources || echo 'The data source is there already.' >&2
python3 -c 'import json, sys; print(json.dumps({"dashboard": {**json.load(sys.stdin), "id": None}, "overwrite": True}))' < dashboard.json |
  send POST /api/dashboards/db
