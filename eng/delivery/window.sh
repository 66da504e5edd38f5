#!/usr/bin/env bash
# Opens the deployment window: the alarms of infrastructure/observability.template do not page during its
# DeploymentWindowMinutes. The window ends by itself; alarms that are then still in ALARM page.
source "$(dirname "$0")/common.sh"
aws cloudwatch put-metric-data --namespace "S3Lister/$stack" --metric-name Deploying --value 1
