#!/usr/bin/env bash
# Sets the variables of the GitHub environments that the workflows read, from the outputs of the pipeline's stack. None of
# them is a secret. STACK_PARAMETERS, the template's parameters, starts with those that the pipeline provides.
# Usage: github-variables.sh PIPELINE-STACK, with gh logged in
source "$(dirname "$0")/common.sh"
outputs=$(aws cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].Outputs')
out() { python3 -c 'import json, sys; print(next(o["OutputValue"] for o in json.load(sys.stdin) if o["OutputKey"] == sys.argv[1]))' "$1" <<< "$outputs"; }
account=$(aws sts get-caller-identity --query Account --output text)
parameters="PermissionsBoundaryArn=$(out PermissionsBoundaryArn)
DeploymentRoleArn=$(out CloudFormationRoleArn)
${STACK_PARAMETERS:-}"

set_variable() { gh variable set "$2" --env "$1" --body "$3" > /dev/null; }
for environment in artifacts "${ENVIRONMENT:-prod}"; do
  set_variable "$environment" AWS_REGION "${AWS_REGION:?is the region}"
  set_variable "$environment" AWS_ACCOUNT_ID "$account"
  set_variable "$environment" ARTIFACT_BUCKET "$(out ArtifactBucket)"
done
set_variable artifacts ROLE_TO_RELEASE "$(out ArtifactRoleArn)"
set_variable "${ENVIRONMENT:-prod}" ROLE_TO_DEPLOY "$(out DeploymentRoleArn)"
set_variable "${ENVIRONMENT:-prod}" ROLE_TO_TEST "$(out SmokeTestRoleArn)"
set_variable "${ENVIRONMENT:-prod}" CLOUDFORMATION_ROLE "$(out CloudFormationRoleArn)"
set_variable "${ENVIRONMENT:-prod}" STACK_NAME "$stack"
set_variable "${ENVIRONMENT:-prod}" STACK_PARAMETERS "$parameters"
say "The environments artifacts and ${ENVIRONMENT:-prod} have their variables."
