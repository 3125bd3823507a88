import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from './errors.js';
import { feesEstimates } from './fees.js';
import type { SpApiClient } from './sp-api-client.js';

const caller = {
  sellerId: 'A1',
  region: 'na',
  sync: null,
  signal: new AbortController().signal,
} as const;
const question = (sku: string) => ({
  marketplaceId: 'ATVPDKIKX0DER',
  sku,
  price: { amount: '19.99', currency: 'USD' },
});

/** Amazon giving an answer that the simulation never does, read as the client reads it. */
const answering = (body: unknown): SpApiClient => ({
  call: (_caller, _call, schema) => schema.parseAsync(body),
});
const answerTo = (SellerInputIdentifier: string | null) => ({
  Status: 'Success',
  FeesEstimateIdentifier: { SellerInputIdentifier },
});

describe('answers to a batch of products', () => {
  it('given them in another order, one missing and one that nobody asked for, then each is its own product’s', async () => {
    const client = answering([answerTo('C'), answerTo('X'), answerTo('A'), answerTo(null)]);
    const answers = await feesEstimates(client, caller, ['A', 'B', 'C'].map(question));
    expect([...answers.keys()].sort()).toEqual(['A', 'C']);
    expect(answers.get('A')?.FeesEstimateIdentifier?.SellerInputIdentifier).toBe('A');
  });

  it.each([[[]], [[answerTo('X')]], [[answerTo(null)]]])(
    'given none for any of them, then that is no empty answer but a failure: %j',
    async (body) => {
      const asking = feesEstimates(answering(body), caller, [question('A')]);
      await expect(asking).rejects.toThrow(UnexpectedAnswer);
    },
  );
});
