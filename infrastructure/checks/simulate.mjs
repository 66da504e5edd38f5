// Asks iam-simulate: a JSON list of simulations on standard input, a list of answers on standard output.
import { readFileSync } from 'node:fs';
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';

// It drops condition keys that have a name of their own in them, so they get one that it knows, here and in the policies.
const input = readFileSync(0, 'utf8').replace(
  /"kms:EncryptionContext:([^"]+)"/g,
  (_, name) => `"aws:PrincipalTag/${name.replaceAll(':', '-')}"`,
);

const answers = [];
for (const simulation of JSON.parse(input)) {
  if (simulation.request.principal === 'anonymous') {
    simulation.request.principal = anonymousPrincipal;
  }
  const answer = await runSimulation(simulation, {});
  answers.push(
    answer.resultType === 'error'
      ? { error: JSON.stringify(answer.errors) }
      : { allowed: answer.overallResult === 'Allowed', ignored: answer.result?.ignoredContextKeys ?? [] },
  );
}
console.log(JSON.stringify(answers));
