// Simulates what each role of infrastructure/pipeline.template may do, and who may take it. Every case that is allowed has
// neighbours that must not be. Usage: node simulate.mjs, after npm ci in eng/workflows
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, '../../..');
const { runSimulation } = createRequire(path.join(root, 'eng/workflows/package.json'))('@cloud-copilot/iam-simulate');

const prefix = 'repo:example@1/s3lister@2';
const provider = 'token.actions.githubusercontent.com';
// Two things the simulator does not know: the claims sub and aud of GitHub, so they go by those of another provider, and a
// $ in a resource, which it takes for one of a regular expression.
const simulable = (text) => text.replaceAll(`${provider}:sub`, 'accounts.google.com:sub')
  .replaceAll(`${provider}:aud`, 'accounts.google.com:aud').replaceAll('$default', 'DEFAULT');
const render = (parameters) => JSON.parse(simulable(execFileSync(
  'python3', [path.join(here, 'render.py'), path.join(root, 'infrastructure/pipeline.template')],
  { input: JSON.stringify({ GitHubSubjectPrefix: prefix, ...parameters }), encoding: 'utf8' })));

const plain = render({ ApiId: 'abc123' });
const full = render({
  AllowOptionalParts: 'true', InvokerRoleArns: `arn:aws:iam::${plain.account}:role/caller`,
});
const strict = render({ GitHubRepository: 'example/s3lister' });
const { account, region, bucket, key, roleBoundary } = plain;
const named = (policies) => policies.map((policy, index) => ({ name: `policy${index}`, policy }));

async function simulate({ action, resource, context = {}, principal, trust, policies = [], boundary, resourcePolicy }) {
  const response = await runSimulation({
    request: { principal, action, resource: { resource, accountId: account }, contextVariables: context },
    identityPolicies: named(policies),
    permissionBoundaryPolicies: boundary ? named([boundary]) : undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: trust ?? resourcePolicy,
  }, {});
  if (response.resultType === 'error') {
    throw new Error(`${action} ${resource}: ${JSON.stringify(response.errors)}`);
  }
  return response.overallResult;
}

// Who may take a role: the claims of GitHub's token.
async function assume(template, role, { aud = 'sts.amazonaws.com', sub, workflow = '' }) {
  return simulate({
    action: 'sts:AssumeRoleWithWebIdentity',
    resource: template.roles[role].arn,
    principal: `arn:aws:iam::${account}:oidc-provider/${provider}`,
    trust: template.roles[role].trust,
    context: { 'accounts.google.com:aud': aud, 'accounts.google.com:sub': sub, [`${provider}:job_workflow_ref`]: workflow },
  });
}

const arn = (service, rest) => `arn:aws:${service}:${region}:${account}:${rest}`;
const role = (name) => `arn:aws:iam::${account}:role/${name}`;
const managed = (name) => `arn:aws:iam::${account}:policy/${name}`;
const released = `${bucket}/lister/v1.0.0.zip`;
const throughS3 = { 'kms:ViaService': `s3.${region}.amazonaws.com` };
const once = { 's3:if-none-match': '*' };
const tls = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
const tagging = { 'aws:RequestTag/s3lister:application': 'v1.0.0' };
const ours = { 'aws:ResourceTag/s3lister:application': 'v1.0.0' };

const trust = [
  // role, subject, allowed
  ['ArtifactRole', `${prefix}:environment:artifacts`, true],
  ['DeploymentRole', `${prefix}:environment:prod`, true],
  ['SmokeTestRole', `${prefix}:environment:prod`, true],
  ...['ArtifactRole', 'DeploymentRole', 'SmokeTestRole'].flatMap((name) => [
    [name, 'repo:example@1/other@3:environment:prod', false], // another repository
    [name, 'repo:example@1/other@3:environment:artifacts', false],
    [name, 'repo:somebody@9/s3lister@8:environment:prod', false], // a fork
    [name, 'repo:example@1/s3lister@7:environment:prod', false], // the name taken over by a new repository
    [name, 'repo:example/s3lister:environment:prod', false], // the form without ids
    [name, `${prefix}:pull_request`, false], // a pull request, of a fork too
    [name, `${prefix}:ref:refs/heads/main`, false], // a branch, without an environment
    [name, `${prefix}:ref:refs/heads/feature`, false],
    [name, `${prefix}:ref:refs/tags/v1.0.0`, false],
    [name, `${prefix}:environment:staging`, false], // another environment
    [name, `${prefix}:environment:prod:extra`, false],
    [name, `${prefix}:environment:PROD`, false],
    [name, `x${prefix}:environment:prod`, false],
  ]),
  ['ArtifactRole', `${prefix}:environment:prod`, false],
  ['DeploymentRole', `${prefix}:environment:artifacts`, false],
  ['SmokeTestRole', `${prefix}:environment:artifacts`, false],
];

const put = { ...tls, ...once };
const rights = [
  // template, role, action, resource, context, allowed
  [plain, 'ArtifactRole', 's3:PutObject', released, put, true],
  [plain, 'ArtifactRole', 's3:PutObject', `${bucket}/lister-pre/v1.0.1-alpha.0.1.zip`, tls, true],
  [plain, 'ArtifactRole', 's3:PutObject', released, tls, false], // over what may be there
  [plain, 'ArtifactRole', 's3:PutObject', released, { ...put, 'aws:SecureTransport': 'false' }, false],
  [plain, 'ArtifactRole', 's3:PutObject', released, { ...put, 's3:TlsVersion': '1.1' }, false],
  [plain, 'ArtifactRole', 's3:PutObject', `${bucket}/templates/a.template`, put, false],
  [plain, 'ArtifactRole', 's3:PutObject', 'arn:aws:s3:::another/lister/v1.0.0.zip', put, false],
  [plain, 'ArtifactRole', 's3:GetObject', released, tls, true],
  [plain, 'ArtifactRole', 's3:DeleteObject', released, tls, false],
  [plain, 'ArtifactRole', 's3:PutBucketPolicy', bucket, tls, false],
  [plain, 'ArtifactRole', 'kms:GenerateDataKey', key, throughS3, true],
  [plain, 'ArtifactRole', 'kms:Decrypt', key, {}, false], // not through S3
  [plain, 'ArtifactRole', 'cloudformation:CreateChangeSet', arn('cloudformation', 'stack/s3lister/1'), {}, false],
  [plain, 'ArtifactRole', 'lambda:UpdateFunctionCode', arn('lambda', 'function:s3lister-ListObjects-1'), {}, false],

  [plain, 'DeploymentRole', 's3:GetObject', released, tls, true],
  [plain, 'DeploymentRole', 's3:PutObject', released, put, false], // who deploys cannot release
  [plain, 'DeploymentRole', 's3:PutObject', `${bucket}/templates/a.template`, tls, true],
  [plain, 'DeploymentRole', 'cloudformation:CreateChangeSet', arn('cloudformation', 'stack/s3lister/1'), {}, true],
  [plain, 'DeploymentRole', 'cloudformation:ExecuteChangeSet', arn('cloudformation', 'stack/s3lister/1'), {}, true],
  [plain, 'DeploymentRole', 'cloudformation:CreateChangeSet', arn('cloudformation', 'stack/s3lister-pipeline/1'), {}, false],
  [plain, 'DeploymentRole', 'cloudformation:DeleteStack', arn('cloudformation', 'stack/s3lister/1'), {}, false],
  [plain, 'DeploymentRole', 'cloudformation:SetStackPolicy', arn('cloudformation', 'stack/s3lister/1'), {}, false],
  [plain, 'DeploymentRole', 'iam:PassRole', plain.roles.CloudFormationRole.arn, { 'iam:PassedToService': 'cloudformation.amazonaws.com' }, true],
  [plain, 'DeploymentRole', 'iam:PassRole', plain.roles.CloudFormationRole.arn, { 'iam:PassedToService': 'lambda.amazonaws.com' }, false],
  [plain, 'DeploymentRole', 'iam:PassRole', role('admin'), { 'iam:PassedToService': 'cloudformation.amazonaws.com' }, false],
  [plain, 'DeploymentRole', 'lambda:UpdateFunctionCode', arn('lambda', 'function:s3lister-ListObjects-1'), {}, false],
  [plain, 'DeploymentRole', 'lambda:GetAlias', arn('lambda', 'function:s3lister-ListObjects-1'), {}, true],
  [plain, 'DeploymentRole', 'iam:CreateRole', role('s3lister/s3lister-x'), {}, false],
  [plain, 'DeploymentRole', 'cloudformation:CreateChangeSet', arn('cloudformation', 'stack/s3lister/1'), { 'cloudformation:ImportResourceTypes': ['AWS::S3::Bucket'] }, false],
  // Composite alarms need "*" itself, and the simulator takes alarm:* for that: another region's alarm tells them apart.
  [plain, 'DeploymentRole', 'cloudwatch:DescribeAlarms', `arn:aws:cloudwatch:us-east-1:${account}:alarm:composite`, {}, true],
  [plain, 'DeploymentRole', 'cloudwatch:SetAlarmState', arn('cloudwatch', 'alarm:s3lister-HealthErrorsAlarm-1'), {}, false],
  [plain, 'DeploymentRole', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'S3Lister/s3lister' }, true],
  [plain, 'DeploymentRole', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Another' }, false],

  [plain, 'SmokeTestRole', 'execute-api:Invoke', arn('execute-api', 'abc123/DEFAULT/GET/objects'), {}, true],
  [plain, 'SmokeTestRole', 'execute-api:Invoke', arn('execute-api', 'def456/DEFAULT/GET/objects'), {}, false],
  [plain, 'SmokeTestRole', 'execute-api:Invoke', arn('execute-api', 'abc123/DEFAULT/GET/objects/x'), {}, false],
  [plain, 'SmokeTestRole', 'execute-api:Invoke', arn('execute-api', 'abc123/DEFAULT/DELETE/objects'), {}, false],
  [plain, 'SmokeTestRole', 'execute-api:Invoke', arn('execute-api', 'abc123/other/GET/objects'), {}, false],
  [plain, 'SmokeTestRole', 's3:ListBucket', 'arn:aws:s3:::data-of-ours', tls, false],
  [plain, 'SmokeTestRole', 'cloudformation:CreateChangeSet', arn('cloudformation', 'stack/s3lister/1'), {}, false],

  [plain, 'CloudFormationRole', 'lambda:CreateFunction', arn('lambda', 'function:s3lister-ListObjects-1'), {}, true],
  [plain, 'CloudFormationRole', 'lambda:CreateFunction', arn('lambda', 'function:another'), {}, false],
  [plain, 'CloudFormationRole', 'lambda:InvokeFunction', arn('lambda', 'function:s3lister-ListObjects-1'), {}, false],
  [plain, 'CloudFormationRole', 's3:GetObject', released, tls, true],
  [plain, 'CloudFormationRole', 's3:PutObject', released, put, false],
  [plain, 'CloudFormationRole', 'iam:CreateRole', role('s3lister/s3lister-ListObjectsRole-1'), { 'iam:PermissionsBoundary': roleBoundary }, true],
  [plain, 'CloudFormationRole', 'iam:CreateRole', role('s3lister/s3lister-ListObjectsRole-1'), {}, false],
  [plain, 'CloudFormationRole', 'iam:CreateRole', role('s3lister/s3lister-ListObjectsRole-1'), { 'iam:PermissionsBoundary': managed('weaker') }, false],
  [plain, 'CloudFormationRole', 'iam:CreateRole', role('another'), { 'iam:PermissionsBoundary': roleBoundary }, false],
  [plain, 'CloudFormationRole', 'iam:PutRolePolicy', role('s3lister/s3lister-ListObjectsRole-1'), { 'iam:PermissionsBoundary': roleBoundary }, true],
  [plain, 'CloudFormationRole', 'iam:PutRolePolicy', plain.roles.DeploymentRole.arn, {}, false],
  // A companion stack's names begin with the service's, and are none of the service's.
  ...['s3lister-observability-AlertRole-1', 's3lister-guardrails/s3lister-guardrails-TrailRole-1'].flatMap((name) => [
    [plain, 'CloudFormationRole', 'iam:PutRolePolicy', role(name), { 'iam:PermissionsBoundary': roleBoundary }, false],
    [plain, 'CloudFormationRole', 'iam:UpdateAssumeRolePolicy', role(name), {}, false],
    [plain, 'CloudFormationRole', 'iam:DeleteRole', role(name), {}, false],
    [plain, 'CloudFormationRole', 'iam:PassRole', role(name), { 'iam:PassedToService': 'lambda.amazonaws.com' }, false],
  ]),
  [plain, 'CloudFormationRole', 'iam:CreatePolicyVersion', managed('s3lister-guardrails-ReadPolicy-1'), {}, false],
  [plain, 'CloudFormationRole', 'iam:CreatePolicyVersion', managed('s3lister/s3lister-InvokerPolicy-1'), {}, true],
  [plain, 'CloudFormationRole', 'cloudwatch:PutMetricAlarm', arn('cloudwatch', 'alarm:s3lister-observability-PageAlarm-1'), {}, false],
  [plain, 'CloudFormationRole', 'cloudwatch:DeleteAlarms', arn('cloudwatch', 'alarm:s3lister-observability-PageAlarm-1'), {}, false],
  [plain, 'CloudFormationRole', 'lambda:UpdateFunctionCode', arn('lambda', 'function:s3lister-opensearch-Splitter-1'), {}, false],
  [plain, 'CloudFormationRole', 'codedeploy:DeleteApplication', arn('codedeploy', 'application:s3lister-other-ServerlessDeploymentApplication-1'), {}, false],
  [plain, 'CloudFormationRole', 'iam:UpdateAssumeRolePolicy', plain.roles.DeploymentRole.arn, {}, false],
  [plain, 'CloudFormationRole', 'iam:CreatePolicyVersion', roleBoundary, {}, false],
  [plain, 'CloudFormationRole', 'iam:CreatePolicyVersion', plain.cloudFormationBoundary, {}, false],
  [plain, 'CloudFormationRole', 'iam:DeleteRolePermissionsBoundary', role('s3lister/s3lister-ListObjectsRole-1'), {}, false],
  [plain, 'CloudFormationRole', 'iam:PassRole', role('s3lister/s3lister-ListObjectsRole-1'), { 'iam:PassedToService': 'lambda.amazonaws.com' }, true],
  [plain, 'CloudFormationRole', 'iam:PassRole', role('s3lister/s3lister-ListObjectsRole-1'), { 'iam:PassedToService': 'ec2.amazonaws.com' }, false],
  [plain, 'CloudFormationRole', 'iam:PassRole', plain.roles.DeploymentRole.arn, { 'iam:PassedToService': 'lambda.amazonaws.com' }, false],
  [plain, 'CloudFormationRole', 'iam:AttachRolePolicy', role('caller'), { 'iam:PolicyARN': managed('s3lister/s3lister-InvokerPolicy-1') }, false],
  [full, 'CloudFormationRole', 'iam:AttachRolePolicy', role('caller'), { 'iam:PolicyARN': managed('s3lister/s3lister-InvokerPolicy-1') }, true],
  [full, 'CloudFormationRole', 'iam:AttachRolePolicy', role('caller'), { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AdministratorAccess' }, false],
  [full, 'CloudFormationRole', 'iam:AttachRolePolicy', role('stranger'), { 'iam:PolicyARN': managed('s3lister/s3lister-InvokerPolicy-1') }, false],
  [plain, 'CloudFormationRole', 'kms:ScheduleKeyDeletion', arn('kms', 'key/1'), ours, false],
  // A tag makes no key the stack's: what may be done with one says its policy, which names the role.
  ...['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:DisableKey', 'kms:UntagResource'].map((action) =>
    [full, 'CloudFormationRole', action, arn('kms', 'key/1'), ours, false]),
  [full, 'CloudFormationRole', 'kms:TagResource', arn('kms', 'key/1'), { ...tagging, 'aws:TagKeys': ['s3lister:application'] }, true],
  [full, 'CloudFormationRole', 'kms:TagResource', arn('kms', 'key/1'), { ...tagging, 'aws:TagKeys': ['s3lister:application', 'team'] }, false],
  [full, 'CloudFormationRole', 'kms:TagResource', arn('kms', 'key/1'), { 'aws:TagKeys': ['team'] }, false],
  // The bucket and the API for tokens are other stacks, an administrator's: no option gives deployments a hand on them.
  ...['s3:CreateBucket', 's3:DeleteBucket', 's3:PutBucketPolicy', 's3:ListBucket', 's3:PutEncryptionConfiguration'].map((action) =>
    [full, 'CloudFormationRole', action, 'arn:aws:s3:::data-of-ours', tls, false]),
  [full, 'CloudFormationRole', 'cognito-idp:CreateUserPool', '*', {}, false],
  [full, 'CloudFormationRole', 'cognito-idp:UpdateUserPoolClient', arn('cognito-idp', 'userpool/eu-1'), ours, false],
  [full, 'CloudFormationRole', 's3:PutBucketPolicy', bucket, tls, false],
  [full, 'CloudFormationRole', 'iam:CreateUser', `arn:aws:iam::${account}:user/x`, {}, false],
];

// What CloudFormation must be able to do for each kind of resource in serverless.template. The simulator knows no resource
// of API Gateway.
const made = [
  [plain, 'lambda:PublishVersion', arn('lambda', 'function:s3lister-Health-1')],
  [plain, 'lambda:CreateAlias', arn('lambda', 'function:s3lister-Health-1')],
  [plain, 'lambda:AddPermission', arn('lambda', 'function:s3lister-Health-1')],
  [plain, 'lambda:PutFunctionConcurrency', arn('lambda', 'function:s3lister-Health-1')],
  [plain, 'logs:CreateLogGroup', arn('logs', 'log-group:/s3lister/s3lister/Health')],
  [plain, 'logs:PutRetentionPolicy', arn('logs', 'log-group:/aws/vendedlogs/s3lister/s3lister/access')],
  [plain, 'logs:PutDataProtectionPolicy', arn('logs', 'log-group:/s3lister/s3lister/Health')],
  [plain, 'logs:PutMetricFilter', arn('logs', 'log-group:/s3lister/s3lister/Health')],
  [plain, 'logs:DescribeMetricFilters', arn('logs', 'log-group:/s3lister/s3lister/Health')],
  [plain, 'logs:DeleteMetricFilter', arn('logs', 'log-group:/s3lister/s3lister/Health')],
  [plain, 'logs:CreateLogDelivery', '*'],
  [plain, 'codedeploy:StopDeployment', '*'],
  [plain, 'cloudwatch:PutMetricAlarm', arn('cloudwatch', 'alarm:s3lister-HealthErrorsAlarm-1')],
  [plain, 'codedeploy:CreateApplication', arn('codedeploy', 'application:s3lister-ServerlessDeploymentApplication-1')],
  [plain, 'codedeploy:CreateDeploymentGroup', arn('codedeploy', 'deploymentgroup:s3lister-ServerlessDeploymentApplication-1/s3lister-HealthDeploymentGroup-1')],
  [plain, 'codedeploy:CreateDeployment', arn('codedeploy', 'deploymentgroup:s3lister-ServerlessDeploymentApplication-1/s3lister-HealthDeploymentGroup-1')],
  [plain, 'iam:CreatePolicy', managed('s3lister/s3lister-InvokerPolicy-1')],
  [full, 'kms:CreateKey', '*', tagging],
];
rights.push(...made.map(([template, action, resource, context = {}]) => [template, 'CloudFormationRole', action, resource, context, true]));
rights.push(...made.filter(([template]) => template === full)
  .map(([, action, resource, context = {}]) => [plain, 'CloudFormationRole', action, resource, context, false]));

let held = 0;
const faults = [];
const expect = (what, allowed, result) => {
  if ((result === 'Allowed') === allowed) held += 1;
  else faults.push(`${what}: ${result}, and must be ${allowed ? 'allowed' : 'denied'}`);
};

for (const [name, sub, allowed] of trust) {
  expect(`${sub} takes ${name}`, allowed, await assume(plain, name, { sub }));
}
expect('a token for another audience takes DeploymentRole', false, await assume(plain, 'DeploymentRole', { aud: 'somebody', sub: `${prefix}:environment:prod` }));

for (const [name, environment, file] of [['ArtifactRole', 'artifacts', 'release'], ['DeploymentRole', 'prod', 'deploy']]) {
  const sub = `${prefix}:environment:${environment}`;
  const workflow = (repository, workflowFile) => `${repository}/.github/workflows/${workflowFile}.yml@refs/tags/v1.0.0`;
  expect(`${name} for ${file}.yml`, true, await assume(strict, name, { sub, workflow: workflow('example/s3lister', file) }));
  expect(`${name} for another workflow`, false, await assume(strict, name, { sub, workflow: workflow('example/s3lister', 'pull-request') }));
  expect(`${name} for another repository's workflow`, false, await assume(strict, name, { sub, workflow: workflow('evil/s3lister', file) }));
}

for (const [template, name, action, resource, context, allowed] of rights) {
  const { arn: principal, policies, boundary } = template.roles[name];
  const inBucket = resource === bucket || resource.startsWith(`${bucket}/`);
  expect(`${name} ${action} ${resource} ${JSON.stringify(context)}`, allowed, await simulate({
    action, resource, principal, policies, boundary, 
    resourcePolicy: inBucket ? template.bucketPolicy : action.startsWith('kms:') ? template.keyPolicy : undefined,
    context: { ...context, 'aws:PrincipalArn': principal },
  }));
}

faults.forEach((fault) => console.error(`FAILED: ${fault}`));
console.log(`${held} decisions are as they must be, ${faults.length} are not.`);
process.exitCode = faults.length ? 1 : 0;
