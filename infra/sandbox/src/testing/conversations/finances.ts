import { z } from 'zod';
import { CA_ID } from '../rig.js';
import { askPages, type Talk } from './conversation.js';

const TRANSACTIONS = '/finances/2024-06-19/transactions';

const transactionsPage = z.object({
  payload: z.object({
    nextToken: z.string().optional(),
    transactions: z.array(
      z.object({
        relatedIdentifiers: z.array(
          z.object({ relatedIdentifierName: z.string(), relatedIdentifierValue: z.string() }),
        ),
      }),
    ),
  }),
});

export const listTransactions: Talk = async (talk) => {
  const window = `${TRANSACTIONS}?postedAfter=2025-12-01T00:00:00Z`;
  const tokenOf = (body: unknown) => transactionsPage.parse(body).payload.nextToken;
  await askPages(talk, window, { parameter: 'nextToken', tokenOf, most: 20 });
  for (const status of ['DEFERRED', 'RELEASED', 'DEFERRED_RELEASED']) {
    await talk.ask(`${window}&transactionStatus=${status}`);
  }
  const { payload } = transactionsPage.parse((await talk.ask(window)).json);
  const related = payload.transactions.flatMap((one) => one.relatedIdentifiers);
  for (const name of ['ORDER_ID', 'FINANCIAL_EVENT_GROUP_ID']) {
    const { relatedIdentifierValue: value = '' } =
      related.find((one) => one.relatedIdentifierName === name) ?? {};
    const of = `relatedIdentifierName=${name}&relatedIdentifierValue=${encodeURIComponent(value)}`;
    await talk.ask(`${TRANSACTIONS}?${of}`);
  }
  // Longer than 180 days: empty, and no error.
  await talk.ask(`${TRANSACTIONS}?postedAfter=2025-03-11T00:00:00Z`);
  await talk.ask(TRANSACTIONS);
  await talk.ask(`${TRANSACTIONS}?postedAfter=2026-03-10T08:00:00Z`);
  await talk.ask(`${window}&relatedIdentifierName=ORDER_ID`);
  await talk.ask(`${window}&nextToken=made-up`);
  await talk.ask(`${window}&marketplaceId=${CA_ID}`);
};
