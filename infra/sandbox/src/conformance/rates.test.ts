import { describe, expect, test } from 'vitest';
import { MODELS_DIR, servedOperations } from '../testing/amazon-models.js';
import { RATES } from '../wire/rates.js';

const USAGE_PLAN =
  /\| Rate \(requests per second\) \| Burst \|\s+\| -+ \| -+ \|\s+\| ([\d.]+) \| (\d+) \|/;
const served = await servedOperations();

describe.skipIf(MODELS_DIR === undefined)('usage plans (need SPAPI_MODELS_DIR)', () => {
  test.each(served)('$operation.name has those of its model', ({ operation, model }) => {
    const [, rate, burst] = USAGE_PLAN.exec(model?.operation.description ?? '') ?? [];
    expect(RATES[operation.name]).toEqual({ rate: Number(rate), burst: Number(burst) });
  });
});
