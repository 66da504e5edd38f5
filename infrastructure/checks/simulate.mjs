// Runs iam-simulate: a JSON list of simulations on standard input, a list of results on standard output.
import { readFileSync } from 'node:fs';
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';

// It ignores the condition keys of encryption contexts and of GitHub's tokens, so both, in requests and policies, become keys that it knows.
const input = readFileSync(0, 'utf8')
  .replace(/"kms:EncryptionContext:([^"]+)"/g, (_, name) => `"aws:PrincipalTag/${name.replaceAll(':', '-')}"`)
  .replace(/"token\.actions\.githubusercontent\.com:(sub|aud)"/g, '"accounts.google.com:$1"');

const results = [];
for (const simulation of JSON.parse(input)) {
  if (simulation.request.principal === 'anonymous') {
    simulation.request.principal = anonymousPrincipal;
  }
  const result = await runSimulation(simulation, {});
  results.push(
    result.resultType === 'error'
      ? { error: JSON.stringify(result.errors) }
      : { allowed: result.overallResult === 'Allowed', ignored: result.result?.ignoredContextKeys ?? [] },
  );
}
console.log(JSON.stringify(results));
