import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readModels } from '../static-sandbox/model-files.js';
import { staticCasesOf } from '../static-sandbox/static-cases.js';
import { MODELS_DIR, servedOperations } from '../testing/amazon-models.js';
import { violations } from '../testing/answer-schemas.js';
import { startRig, type Rig } from '../testing/rig.js';
import { callStatic } from '../testing/static-sandbox-call.js';

/** Canned answers of Amazon's that are not as Amazon's own schema says. */
const CONTRADICTORY = new Map([
  ['getAccount 200', 'marketplaces lack currency and language, which are required'],
  ['getShipments 200', 'shipments lack AreCasesRequired, which is required'],
  ['getShipment 200', 'instants are given as days'],
  ['listBalances 200', 'an instant is given as a day'],
  ['listSummary 200', 'instants are given as days'],
  ['getMyFeesEstimates 200', 'an instant reads "Mon Oct 28 18:49:32 UTC 2019"'],
  ['getMyFeesEstimateForSKU 200', 'the same'],
  ['getMyFeesEstimateForASIN 200', 'the same'],
]);

const models = MODELS_DIR === undefined ? [] : await readModels(MODELS_DIR);
const all = models.flatMap((model) => staticCasesOf(model).map((one) => ({ ...one, model })));
const served = await servedOperations();
const own = all.filter(({ method, path }) =>
  served.some(({ model }) => model?.method === method && model.path === path),
);

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ SPAPI_MODELS_DIR: MODELS_DIR, SANDBOX_ORDERS: 10 });
});
afterAll(() => rig[Symbol.asyncDispose]());

describe.skipIf(MODELS_DIR === undefined)("Amazon's static cases (needs SPAPI_MODELS_DIR)", () => {
  test.each(own)('$name', async (one) => {
    const { status, body } = await callStatic(rig, one);
    expect({ status, body }).toEqual({ status: one.status, body: one.body });
  });

  test('hold what their schemas say, but for those that contradict themselves', () => {
    const wrong = all
      .filter((one) => violations(one.model, one, { closed: false }).length > 0)
      .map(({ model, status }) => `${model.operation.operationId} ${status}`);
    expect([...new Set(wrong)].sort()).toEqual([...CONTRADICTORY.keys()].sort());
  }, 120_000);
});
