// cdk-nag's rule packs over plain templates: node nag.mjs NAME=FILE ... prints one JSON list of findings.
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

const findings = [];
for (const argument of process.argv.slice(2)) {
  const [name, file] = argument.split('=', 2);
  for (const Pack of [AwsSolutionsChecks, ServerlessChecks]) {
    const app = new App({ analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    try {
      new CfnInclude(stack, 'Template', { templateFile: file });
    } catch (refusal) {
      findings.push({ name, rule: 'refused', resource: 'template', message: refusal.message });
      break;
    }
    const report = new Pack(app).validateScope(app);
    for (const violation of report.violations) {
      for (const resource of violation.violatingConstructs ?? violation.violatingResources ?? []) {
        findings.push({
          name,
          rule: violation.ruleName,
          resource: (resource.resourceLogicalId ?? resource.constructPath ?? '').split('/').pop(),
          message: violation.description,
        });
      }
    }
  }
}
console.log(JSON.stringify(findings));
