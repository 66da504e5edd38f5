#!/usr/bin/env bash
# Makes a version live. The application is the package of a version; the infrastructure is the serverless.template of a version.
# Either can be deployed alone: the other remains at the version in the stack's tags. Nothing is built. A deployment that would
# change nothing succeeds and says so.
# The infrastructure can be "last-good": the last one that passed the smoke test and the alarms.
# --at-once moves all traffic at once, whatever DeploymentPreference the parameters say.
# Usage: deploy.sh [--application VERSION] [--infrastructure VERSION] [--at-once]
source "$(dirname "$0")/common.sh"
source "$(dirname "$0")/lambda-tool.sh"
application='' infrastructure='' at_once=''
while [ $# -gt 0 ]; do
  case $1 in
    --application) application=${2:-} ; shift ;;
    --infrastructure) infrastructure=${2:-} ; shift ;;
    --at-once) at_once=$'\n'DeploymentPreference=AllAtOnce ;;
    *) die "deploy.sh [--application VERSION] [--infrastructure VERSION] [--at-once]" ;;
  esac
  shift
done
[ -n "$application$infrastructure" ] || die "name the application's version, the infrastructure's, or both"
[ "$infrastructure" != last-good ] || infrastructure=$("$repository/eng/delivery/last-good.sh" read)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

before=$(stack_state)
before_application=$(stack_tag s3lister:application <<< "$before")
before_infrastructure=$(stack_tag s3lister:infrastructure <<< "$before")
output previous-application "$before_application"
output previous-infrastructure "$before_infrastructure"
python3 "$repository/eng/delivery/template.py" values <<< "$before" | output_lines previous-parameters
application=${application:-$before_application}
infrastructure=${infrastructure:-$before_infrastructure}
[ -n "$application" ] || die "$stack has no application yet: name its version"
[ -n "$infrastructure" ] || die "$stack has no infrastructure yet: name its version"
require_version "$application"
require_version "$infrastructure"
output application "$application"
output infrastructure "$infrastructure"

status=$(field StackStatus <<< "$before")
case $status in
  *_IN_PROGRESS) [ "$status" = REVIEW_IN_PROGRESS ] || die "$stack is $status: another change is under way" ;;
  ROLLBACK_COMPLETE) die "$stack could not be made at first and is of no use: have an administrator delete it" ;;
  UPDATE_ROLLBACK_FAILED) die "$stack is $status: see 'A rollback that failed' in docs/delivery.md" ;;
esac

"$repository/eng/delivery/verify.sh" "$application" "$work"

# The template of a release is its tag's. A pre-release has no tag: its package says which commit it is of.
commit=$(tag_commit "$infrastructure")
[ -n "$commit" ] || commit=$(artifact_head "$infrastructure" | field Metadata.git-sha)
git -C "$repository" cat-file -e "$commit:serverless.template" 2> /dev/null || die "this clone has no template of $infrastructure (commit '$commit')"
git -C "$repository" show "$commit:serverless.template" > "$work/tagged.template"

# A package runs on the architecture that it was built for, so that either version can be rolled back alone.
made_for=$(field architecture < "$work/metadata.json")
python3 "$repository/eng/delivery/template.py" run-on "$made_for" "$work/tagged.template" > "$work/serverless.template" ||
  die "the package $application is for $made_for, on which the template $infrastructure cannot run"

parameters=$(python3 "$repository/eng/delivery/template.py" parameters "$work/serverless.template" <<< "${STACK_PARAMETERS:-}$at_once")
tags="s3lister:application=$application;s3lister:infrastructure=$infrastructure"

# The revision makes what the functions read part of what Lambda publishes (revision.py). Theirs stays when nothing of theirs changes.
substitute() {
  revision=$1
  substitutions=$(python3 "$repository/eng/delivery/template.py" substitutions "$work/serverless.template" "s3://$(bucket)/$(artifact_key "$application")" "$1")
}
echo "$before" > "$work/before.json"
fresh=$(python3 "$repository/eng/delivery/revision.py" hash "$work/serverless.template" "$work/before.json" "$parameters")-$(date -u +%Y%m%dT%H%M%SZ)
substitute "$fresh"
changes=some
if [ -n "$before" ] && [ "$status" != REVIEW_IN_PROGRESS ]; then
  mkdir "$work/was"
  "$repository/eng/delivery/live.sh" "$work/was" > /dev/null
  as_it_is=$(python3 "$repository/eng/delivery/revision.py" kept "$work/serverless.template" "$work/before.json" "$parameters" "$work/was")
  substitute "${as_it_is:-$fresh}"
  changes=$("$repository/eng/delivery/changes.sh" "$work/serverless.template" "$substitutions" "$parameters" "$tags")
  if [ "$changes" = functions ]; then substitute "$fresh"; fi
fi
if [ "$changes" = none ]; then
  say "$stack has application $application and infrastructure $infrastructure already: nothing to deploy."
  summary "\`$stack\` has application $application and infrastructure $infrastructure already: nothing was deployed."
  output changed false
  exit
fi

say "$stack: application ${before_application:-none} -> $application, infrastructure ${before_infrastructure:-none} -> $infrastructure"
"$repository/eng/delivery/window.sh"
deploy_stack "$work/serverless.template" "$substitutions" "$parameters" "$tags" >&2 || die "$stack was not changed, or was rolled back: $(stack_state | field StackStatus)"
output changed true

# What is live is what was verified, by the digest that Lambda itself computed, and has the settings that were requested.
expected=$(openssl dgst -sha256 -binary "$work/s3lister.zip" | base64)
mkdir "$work/live"
live=$("$repository/eng/delivery/live.sh" "$work/live")
[ -n "$live" ] || die "$stack has no function"
while read -r id version sha256; do
  [ "$sha256" = "$expected" ] || die "$id has the code $sha256 live, and $application is $expected"
  say "$id: version $version is live, $sha256"
done <<< "$live"
python3 "$repository/eng/delivery/template.py" apply "$work/serverless.template" "$substitutions" > "$work/deployed.template"
stack_state > "$work/after.json"
otherwise=$(python3 "$repository/eng/delivery/revision.py" differences "$work/deployed.template" "$work/after.json" "$parameters" "$work/live")
[ -z "$otherwise" ] || die "the deployment succeeded, and the functions that are live are not what it requested: $otherwise"
say "The functions that are live have the requested settings, revision $revision."
summary "\`$stack\`: application ${before_application:-none} → **$application**, infrastructure ${before_infrastructure:-none} → **$infrastructure**."
