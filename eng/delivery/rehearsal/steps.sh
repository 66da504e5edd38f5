# The steps of the rehearsal. Sourced.
# shellcheck shell=bash disable=SC2154

delivery() { "$clone/eng/delivery/$1.sh" "${@:2}"; }

# documented NAME: runs the commands of docs/delivery.md that are marked rehearsed=NAME.
documented() {
  local commands
  commands=$(sed -n "/^\`\`\`bash rehearsed=$1$/,/^\`\`\`$/p" "$repository/docs/delivery.md" | sed '/^```/d')
  [ -n "$commands" ] || fail "docs/delivery.md has no commands rehearsed=$1"
  (cd "$clone" && bash -euo pipefail -c "$commands")
}

# What the workflows have from their environment: its variables.
take_variables() {
  local file
  for file in "$work/variables/prod"/*; do export "$(basename "$file")=$(cat "$file")"; done
}

set_up() {
  documented set-up
  take_variables
  # moto ignores the conditions of a Deny and would refuse everybody. The cases of policies.table read the policy as it is.
  aws s3api delete-bucket-policy --bucket "$ARTIFACT_BUCKET"
}

# The digest of a version's package, as S3 and Lambda write it.
digest_of() { aws s3api head-object --bucket "$ARTIFACT_BUCKET" --key "lister/$1.zip" --checksum-mode ENABLED --query ChecksumSHA256 --output text; }

# stack QUERY: of the description of the stack.
stack() { aws cloudformation describe-stacks --stack-name "$STACK_NAME" --query "Stacks[0].$1" --output text; }
parameter() { stack "Parameters[?ParameterKey=='$1'].ParameterValue"; }
tag() { stack "Tags[?Key=='$1'].Value"; }

# live FUNCTION QUERY: of the configuration that the API calls.
live() {
  local name
  name=$(stack "Outputs[?OutputKey=='$1Function'].OutputValue")
  aws lambda get-function-configuration --function-name "$name" --qualifier live --query "$2" --output text
}

# variable NAME: of the function that GET /objects calls.
variable() { live ListObjects "Environment.Variables.$1"; }

# is_live APPLICATION INFRASTRUCTURE TIMEOUT: each alias has that package, with that template's timeout, and the stack's tags say so.
is_live() {
  local digest id version sha256
  digest=$(digest_of "$1")
  while read -r id version sha256; do
    equal "the code of $id" "$digest" "$sha256"
    [[ $version =~ ^[0-9]+$ ]] || fail "the alias of $id has no version, but $version"
  done <<< "$(delivery live)"
  equal "the stack's application" "$1" "$(tag s3lister:application)"
  equal "the stack's infrastructure" "$2" "$(tag s3lister:infrastructure)"
  equal "the infrastructure's timeout of Health" "$3" "$(live Health Timeout)"
}

objects() { aws s3api list-object-versions --bucket "$ARTIFACT_BUCKET" --prefix lister --query 'Versions[].[Key,VersionId]' --output text; }

# make_version VERSION TIMEOUT: a commit whose template and changelog are the version's, with its tag.
make_version() {
  # The attribute and what the generator makes of it, so that the build finds nothing to change.
  sed -i -E "s/(ResourceName = \"Health\", MemorySize = [0-9]+, Timeout = )[0-9]+/\1$2/" "$clone/S3Lister.Functions/ListingFunctions.cs"
  sed -i -E "/^    \"Health\": \{/,/\"Timeout\"/s/(\"Timeout\": )[0-9]+/\1$2/" "$clone/serverless.template"
  echo "# $1" >> "$clone/.github/workflows/deploy.yml"
  printf '\n## [%s] - 2026-01-01\n\n### Added\n- The rehearsal of %s.\n' "${1#v}" "$1" >> "$clone/CHANGELOG.md"
  git -C "$clone" commit --quiet --all --message "Make $1"
  git -C "$clone" tag "$1"
  git -C "$clone" push --quiet origin HEAD:refs/heads/main "$1"
}

# workflow_step NAME: runs a step of deploy.yml as it is, with the outputs of the deployment in $work/outputs.
workflow_step() {
  python3 - "$repository/.github/workflows/deploy.yml" "$1" "$work/outputs" > "$work/step.sh" << 'PY'
import re, shlex, sys, yaml
workflow, name, outputs = yaml.safe_load(open(sys.argv[1])), sys.argv[2], {}
lines = iter(open(sys.argv[3]).read().splitlines())
for line in lines:
    if found := re.fullmatch(r"([a-z-]+)<<(.+)", line):
        outputs[found[1]] = "\n".join(iter(lambda: next(lines), found[2]))
    else:
        outputs[line.split("=", 1)[0]] = line.split("=", 1)[1]
step = next(step for step in workflow["jobs"]["deploy"]["steps"] if step.get("name") == name)
for key, value in step["env"].items():
    if found := re.fullmatch(r"\$\{\{ steps\.deploy\.outputs\.([a-z-]+) \}\}", value):
        print(f"export {key}={shlex.quote(outputs[found[1]])}")
print(step["run"])
PY
  (cd "$clone" && bash -euo pipefail "$work/step.sh")
}

# release VERSION, and what the workflow adds: the attestation, and the release with its assets.
release() {
  git -C "$clone" checkout --quiet "$1"
  delivery release "$1"
  mkdir -p "$work/releases/$1"
  for asset in zip cdx.json; do
    aws s3api get-object --bucket "$ARTIFACT_BUCKET" --key "lister/$1.$asset" "$work/releases/$1/s3lister.$asset" > /dev/null
  done
  aws s3api head-object --bucket "$ARTIFACT_BUCKET" --key "lister/$1.zip" --query Metadata --output json > "$work/releases/$1/metadata.json"
  sha256sum "$work/releases/$1/s3lister.zip" | cut -d ' ' -f 1 >> "$work/attested"
}

step "Set up, as docs/delivery.md says"
export SUBJECT_PREFIX=repo:example@1/s3lister@2 ATTESTATION_REPO=example/s3lister STACK_PARAMETERS=BucketName=a-bucket-to-list
set_up

step "Release and deploy v1.0.0"
make_version v1.0.0 10
release v1.0.0
delivery deploy --application v1.0.0 --infrastructure v1.0.0
is_live v1.0.0 v1.0.0 10
delivery alarms 0
delivery last-good move v1.0.0

step "Deploy v1.0.0 again: nothing changes, and that is a success"
before=$(aws cloudformation describe-stacks --stack-name "$STACK_NAME")$(delivery live)
delivery deploy --application v1.0.0 --infrastructure v1.0.0 2> "$work/again.log"
equal "the message of the second deployment" 1 "$(grep --count 'nothing to deploy' "$work/again.log")"
equal "the stack and its functions" "$before" "$(aws cloudformation describe-stacks --stack-name "$STACK_NAME")$(delivery live)"

step "Release v1.0.0 again: nothing is built, nothing is uploaded"
before=$(objects)
delivery release v1.0.0 2> "$work/again.log"
equal "the message of the second release" 1 "$(grep --count 'released already' "$work/again.log")"
equal "builds" 0 "$(grep --count 'Lambda tool' "$work/again.log" || true)"
equal "the bucket's objects" "$before" "$(objects)"

step "Release v1.1.0, and deploy it"
make_version v1.1.0 11
release v1.1.0
[ "$(digest_of v1.0.0)" != "$(digest_of v1.1.0)" ] || fail "both versions are one package"
delivery deploy --application v1.1.0 --infrastructure v1.1.0
is_live v1.1.0 v1.1.0 11

step "Deploy other parameters, and go back: the parameters go back too"
budget=$(parameter ScanBudget)
: > "$work/outputs"
GITHUB_OUTPUT=$work/outputs STACK_PARAMETERS=$STACK_PARAMETERS$'\nScanBudget=5000\nRequestPayer=true' \
  delivery deploy --application v1.0.0 --infrastructure v1.1.0
equal "the new parameter" 5000 "$(parameter ScanBudget)"
STACK_PARAMETERS=$STACK_PARAMETERS$'\nScanBudget=5000\nRequestPayer=true' workflow_step "Back to what was live before"
is_live v1.1.0 v1.1.0 11
equal "the parameter after the way back" "$budget" "$(parameter ScanBudget)"
equal "the other parameter after the way back" false "$(parameter RequestPayer)"

step "Smoke test the package of v1.1.0, here"
smoke() { "$repository/eng/delivery/smoke-local.sh" "$@"; } # of this folder, where it is built already
smoke v1.1.0 "$work/releases/v1.1.0/s3lister.zip"
passed=$((passed + 1))
refused "a package of another version" "is live, and not 1.0.0" smoke v1.0.0 "$work/releases/v1.1.0/s3lister.zip"

step "Roll the application back to v1.0.0: the infrastructure stays"
delivery rollback application v1.0.0
is_live v1.0.0 v1.1.0 11

step "Roll the infrastructure back to the last good one: the application stays"
delivery last-good move v1.0.0 # main is at v1.1.0, whose workflows differ from those of v1.0.0
equal "the last good infrastructure" v1.0.0 "$(delivery last-good read)"
equal "the mark's commit" "$(git -C "$work/origin.git" rev-parse main)" "$(git -C "$work/origin.git" rev-parse 'infra-last-good-prod^{commit}')"
delivery rollback infrastructure
is_live v1.0.0 v1.0.0 10

step "Narrow the grants: they are live, with the same code"
parameters=$STACK_PARAMETERS
grants='[{"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/"]}]'
before=$(variable S3LISTER_REVISION)
export STACK_PARAMETERS="$parameters"$'\n'"Grants=$grants"
delivery deploy --application v1.0.0
equal "the grants that are live" "$grants" "$(variable S3LISTER_GRANTS)"
[ "$before" != "$(variable S3LISTER_REVISION)" ] || fail "the revision is still $before"
is_live v1.0.0 v1.0.0 10
before=$(variable S3LISTER_REVISION)
delivery deploy --application v1.0.0 2> "$work/again.log"
equal "the message of a deployment of the same grants" 1 "$(grep --count 'nothing to deploy' "$work/again.log")"
equal "the revision" "$before" "$(variable S3LISTER_REVISION)"

step "Change what no function reads: no version is published"
export STACK_PARAMETERS="$parameters"$'\n'"Grants=$grants"$'\n'"RateLimit=77"
delivery deploy --application v1.0.0
equal "the revision" "$before" "$(variable S3LISTER_REVISION)"

step "Move an alias by hand: the next deployment moves it back"
aws lambda update-alias --function-name "$(live ListObjects FunctionName)" --name live --function-version 1 > /dev/null
equal "the grants that are live" '' "$(variable S3LISTER_GRANTS)"
delivery deploy --application v1.0.0
equal "the grants that are live" "$grants" "$(variable S3LISTER_GRANTS)"

set_alarm() { aws cloudwatch set-alarm-state --alarm-name "$alarm" --state-value "$1" --state-reason rehearsal; }

step "A canary that fails, and the same version again"
export STACK_PARAMETERS="$parameters"$'\n'"DeploymentPreference=Canary10Percent5Minutes"
delivery deploy --application v1.0.0
alarm=$(aws cloudwatch describe-alarms --query "MetricAlarms[?contains(AlarmName, 'ListObjectsErrorsAlarm')].AlarmName" --output text)
set_alarm ALARM
refused "a canary with an alarm" "was not changed, or was rolled back: UPDATE_ROLLBACK_COMPLETE" delivery deploy --application v1.1.0
is_live v1.0.0 v1.0.0 10
set_alarm OK
delivery deploy --application v1.1.0
is_live v1.1.0 v1.0.0 10
export STACK_PARAMETERS=$parameters
delivery rollback application v1.0.0
is_live v1.0.0 v1.0.0 10

step "Deploy the application alone, on the older infrastructure"
delivery deploy --application v1.1.0
is_live v1.1.0 v1.0.0 10

step "Refuse what must be refused"
refused "something that is not a version" "is not a version" delivery deploy --application 'v1.0.0;id'
refused "a version that was never released" "has not been released" delivery deploy --application v7.0.0
cp "$work/attested" "$work/all"
: > "$work/attested"
refused "a package that nobody attested" "has no attestation" delivery deploy --application v1.0.0
cp "$work/all" "$work/attested"

replace() { aws s3api put-object --bucket "$ARTIFACT_BUCKET" --key lister/v1.0.0.zip --body "$1" --checksum-algorithm SHA256 \
  --metadata "file://$work/releases/v1.0.0/metadata.json" > /dev/null; }
replace "$work/releases/v1.1.0/s3lister.zip"
refused "a package that was replaced" "another SHA-256" delivery deploy --application v1.0.0
replace "$work/releases/v1.0.0/s3lister.zip"

mkdir "$work/other"
cp "$work/releases/v1.0.0/s3lister.cdx.json" "$work/other"
printf other > "$work/other/s3lister.zip"
sed "s/$(field sha256 < "$work/releases/v1.0.0/metadata.json")/$(sha256sum "$work/other/s3lister.zip" | cut -d ' ' -f 1)/" \
  "$work/releases/v1.0.0/metadata.json" > "$work/other/metadata.json"
refused "an upload of other bytes over what is there" "with other bytes" delivery upload v1.0.0 "$work/other"
delivery upload v1.0.0 "$work/releases/v1.0.0" # The same bytes are accepted: two releases may race.

git -C "$clone" tag --force v1.0.0 v1.1.0 > /dev/null
refused "a release of a tag that was moved" "tags are not moved" delivery release v1.0.0
refused "a deployment of a tag that was moved" "the tag v1.0.0 is at" delivery deploy --application v1.0.0
git -C "$clone" fetch --quiet --force --tags origin

alarm=$(aws cloudwatch describe-alarms --query 'MetricAlarms[0].AlarmName' --output text)
set_alarm ALARM
refused "an alarm that is loud" "in ALARM: $alarm" delivery alarms 0
ALARMS=nowhere refused "an alarm that is not there" "there is no alarm nowhere" delivery alarms 0
: > "$work/alarms.log"
(
  until grep --quiet --no-messages "Still in ALARM: $alarm" "$work/alarms.log"; do
    [ -e "$work/alarms.log" ] || exit # The rehearsal has ended.
    sleep 0.2
  done
  set_alarm OK
) &
delivery alarms 0 3600 2> "$work/alarms.log" # As after a rollback that this alarm caused.
equal "what a rollback waits for" "Still in ALARM: $alarm" "$(grep --max-count 1 "Still in ALARM" "$work/alarms.log")"
is_live v1.1.0 v1.0.0 10

step "Lose the account, and come back from nothing, as docs/delivery.md says"
before=$(digest_of v1.1.0)
curl --silent --show-error --fail --noproxy '*' --request POST "$AWS_ENDPOINT_URL/moto-api/reset" > /dev/null
export STACK_PARAMETERS=BucketName=a-bucket-to-list
set_up
VERSION=v1.1.0 documented disaster
equal "the package" "$before" "$(digest_of v1.1.0)"
is_live v1.1.0 v1.1.0 11

step "Build v1.1.0 again, in another folder: the same bytes"
git clone --quiet "$work/origin.git" "$work/another/folder"
git -C "$work/another/folder" checkout --quiet v1.1.0
"$work/another/folder/eng/delivery/package.sh" v1.1.0 "$work/again"
cmp "$work/again/s3lister.zip" "$work/releases/v1.1.0/s3lister.zip" || fail "the same commit made another package"
cmp "$work/again/s3lister.cdx.json" "$work/releases/v1.1.0/s3lister.cdx.json" || fail "the same commit made another SBOM"
passed=$((passed + 2))
