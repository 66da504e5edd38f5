#!/usr/bin/env bash
# Waits until the stack's alarms have been quiet for a while; fails at the first one in ALARM.
# After a rollback the alarms that caused it are still in ALARM: PATIENCE is how long they may remain in that state.
# An alarm without data counts as quiet, because a stack that nobody calls has no data. A missing alarm is an error.
# The stack's own alarms are those that roll a deployment back: errors, throttles, and responses of 500, 502 and 504.
# ALARMS names more that must be quiet, separated by spaces; none that counts 503, which passes.
# Usage: alarms.sh [SECONDS [PATIENCE]], 300 and 0 by default
source "$(dirname "$0")/common.sh"
quiet=${1:-300} patience=${2:-0} step=15
found=$(aws cloudformation list-stack-resources --stack-name "$stack" --output text \
  --query "StackResourceSummaries[?ResourceType=='AWS::CloudWatch::Alarm'].[PhysicalResourceId]")
names=()
[ -z "$found" ] || mapfile -t names <<< "$found"
for name in ${ALARMS:-}; do names+=("$name"); done
if [ "${#names[@]}" -eq 0 ]; then
  say "$stack has no alarm: there is nothing to wait for."
  exit
fi

since=0 # when the quiet began
for ((waited = 0; ; waited += step)); do
  states=$(aws cloudwatch describe-alarms --alarm-names "${names[@]}" --alarm-types MetricAlarm CompositeAlarm --output text \
    --query "[MetricAlarms,CompositeAlarms][] | [].[AlarmName,StateValue]")
  for name in "${names[@]}"; do
    cut -f 1 <<< "$states" | grep --quiet --line-regexp --fixed-strings -- "$name" || die "there is no alarm $name, or it may not be seen"
  done
  loud=$(awk -F '\t' '$2 == "ALARM" { print $1 }' <<< "$states" | xargs)
  if [ -n "$loud" ]; then
    if [ "$waited" -ge "$patience" ]; then
      summary "Alarms of \`$stack\`: $loud"
      die "in ALARM: $loud"
    fi
    say "Still in ALARM: $loud"
    since=$((waited + step))
  elif [ $((waited - since)) -ge "$quiet" ]; then
    break
  fi
  sleep "$step"
done
say "${#names[@]} alarms were quiet for $quiet s."
