import { describe, expect, it } from 'vitest';
import { MODELS_DIR, modelledOperations } from '../testing/amazon-models.js';
import { answerSchemas } from './answer-schemas.js';
import { operations, type OperationName } from './operations.js';

/** The table of default limits in the description of an operation. */
const USAGE_PLAN =
  /\| Rate \(requests per second\) \| Burst \|\s+\| -+ \| -+ \|\s+\| ([\d.]+) \| (\d+) \|/;

/** Examples of Amazon's that are not as Amazon's own schema says. */
const CONTRADICTORY = new Map([
  ['getOrderMetrics example of 200', 'its payload is an object of three cases, not a list'],
]);

const models = await modelledOperations();
const names = Object.keys(operations) as OperationName[];
const called = names.map((name) => {
  const { method, path } = operations[name];
  return { name, model: models.find((one) => one.method === method && one.path === path) };
});
const examples = called.flatMap(({ name, model }) =>
  (model?.examples ?? []).map((example) => ({ name, what: `${name} ${example.from}`, ...example })),
);

describe.skipIf(MODELS_DIR === undefined)("Amazon's models (need SPAPI_MODELS_DIR)", () => {
  it.each(called)('have $name at this method and path', ({ model }) => {
    expect(model).toBeDefined();
  });

  it.each(called)('give $name this rate and burst', ({ name, model }) => {
    const [, rate, burst] = USAGE_PLAN.exec(model?.description ?? '') ?? [];
    const { rate: ours, burst: most } = operations[name];
    expect({ rate: ours, burst: most }).toEqual({ rate: Number(rate), burst: Number(burst) });
  });

  it.each(examples)('hold no example that cannot be read: $what', ({ name, what, body }) => {
    const read = answerSchemas[name].safeParse(body);
    const problem = read.success
      ? null
      : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    if (CONTRADICTORY.has(what)) expect(problem).not.toBeNull();
    else expect(problem).toBeNull();
  });
});
