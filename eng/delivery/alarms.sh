#!/usr/bin/env bash
# Waits until the stack's alarms have been quiet for a while; fails at the first one in ALARM.
# An alarm without data counts as quiet: a stack that nobody calls has none.
# ALARMS names more that must be quiet, such as the composites of the observability stack, separated by spaces.
# Usage: alarms.sh [SECONDS], 300 by default
source "$(dirname "$0")/common.sh"
quiet=${1:-300} step=15
found=$(aws cloudformation list-stack-resources --stack-name "$stack" --output text \
  --query "StackResourceSummaries[?ResourceType=='AWS::CloudWatch::Alarm'].[PhysicalResourceId]")
names=()
[ -z "$found" ] || mapfile -t names <<< "$found"
for name in ${ALARMS:-}; do names+=("$name"); done
if [ "${#names[@]}" -eq 0 ]; then
  say "$stack has no alarm: there is nothing to wait for."
  exit
fi

for ((waited = 0; ; waited += step)); do
  loud=$(aws cloudwatch describe-alarms --alarm-names "${names[@]}" --alarm-types MetricAlarm CompositeAlarm --output text \
    --query "[MetricAlarms,CompositeAlarms][] | [?StateValue=='ALARM'].AlarmName")
  if [ -n "$loud" ]; then
    summary "Alarms of \`$stack\`: $loud"
    die "in ALARM: $loud"
  fi
  [ "$waited" -lt "$quiet" ] || break
  sleep "$step"
done
say "${#names[@]} alarms were quiet for $quiet s."
