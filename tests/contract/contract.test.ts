import { afterAll, beforeAll } from 'vitest';
import { answerCases } from './answer-cases.js';
import { claimCases } from './claim-cases.js';
import { edgeCases } from './edge-cases.js';
import { identityCases } from './identity-cases.js';
import { liveCases } from './live-cases.js';
import { openSuite, type Suite } from './suite.js';
import { syncCases } from './sync-cases.js';

let suite: Suite;

beforeAll(async () => {
  suite = await openSuite();
});
afterAll(() => suite[Symbol.asyncDispose]());

// One start of the product for all of them: each asks the running thing over HTTP, as clients do.
identityCases(() => suite);
edgeCases(() => suite);
answerCases(() => suite);
liveCases(() => suite);
claimCases(() => suite);
syncCases(() => suite);
