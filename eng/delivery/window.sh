#!/usr/bin/env bash
# Opens the deployment window: the alarms of infrastructure/observability.template page nobody for the minutes that its
# DeploymentWindowMinutes says. The window ends by itself, and what still holds then is said then.
source "$(dirname "$0")/common.sh"
aws cloudwatch put-metric-data --namespace "S3Lister/$stack" --metric-name Deploying --value 1
