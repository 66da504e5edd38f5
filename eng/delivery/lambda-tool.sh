# The one place that calls the Lambda tool; sourced. Its arguments are tested in lambda_tool_test.py.
# shellcheck shell=bash disable=SC2154 # common.sh is sourced before it

lambda_tool_version=7.0.0

# What it calls when it packages: it looks for zip after the build, minutes late. eng/workflows/check.py has the container of the
# workflow install them.
lambda_tool_programs=(dotnet chmod zip)

lambda_tool() {
  if command -v dotnet-lambda > /dev/null; then
    dotnet lambda "$@"
  elif rehearsal; then
    say "The Lambda tool is not installed: its stand-in for rehearsals does the same with dotnet publish and the AWS CLI."
    bash "$repository/eng/delivery/lambda-tool-stand-in.sh" "$@"
  else
    die "install the Lambda tool: dotnet tool install --global Amazon.Lambda.Tools --version $lambda_tool_version"
  fi
}

# package_functions VERSION COMMIT OUT.zip: builds the functions with this version stamped on them. The version is passed,
# not found: the build may run without git, and a tag must not decide what another version is made of.
# ContinuousIntegrationBuild keeps the folder's name out of the binary.
package_functions() {
  local program
  for program in "${lambda_tool_programs[@]}"; do
    command -v "$program" > /dev/null || die "the Lambda tool calls $program to package the functions: install it"
  done
  lambda_tool package "$3" --project-location "$repository/S3Lister.Functions" \
    --configuration Release --framework net10.0 --function-architecture "$(package_architecture)" \
    --use-container-for-build false \
    --msbuild-parameters "--self-contained true -p:MinVerVersionOverride=${1#v} -p:SourceRevisionId=$2 -p:ContinuousIntegrationBuild=true$(stand_ins)"
}

# deploy_stack TEMPLATE SUBSTITUTIONS PARAMETERS TAGS: waits for the end and fails when the stack has been rolled back.
deploy_stack() {
  local optional=()
  if [ -n "$3" ]; then optional+=(--template-parameters "$3"); fi
  if [ -n "${CLOUDFORMATION_ROLE:-}" ]; then optional+=(--cloudformation-role "$CLOUDFORMATION_ROLE"); fi
  lambda_tool deploy-serverless "$stack" --project-location "$repository" --template "$1" \
    --template-substitutions "$2" "${optional[@]}" --tags "$4" \
    --s3-bucket "$(bucket)" --s3-prefix templates/ --region "$(region)" --disable-interactive true
}

package_architecture() { python3 "$repository/eng/delivery/template.py" architecture "$repository/serverless.template"; }

stand_ins() { if rehearsal; then echo " -p:AllowStandIns=true"; fi; }

region() { echo "${AWS_REGION:-${AWS_DEFAULT_REGION:?is the region}}"; }
