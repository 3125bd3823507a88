import { z } from 'zod';
import { askPages, type Talk } from './conversation.js';

const EVENTS = '/finances/v0/financialEvents';

const eventsPage = z.object({ payload: z.object({ NextToken: z.string().optional() }) });

export const listFinancialEvents: Talk = async (talk) => {
  const window = `${EVENTS}?PostedAfter=2025-12-01T00:00:00Z`;
  const tokenOf = (body: unknown) => eventsPage.parse(body).payload.NextToken;
  await askPages(talk, window, { parameter: 'NextToken', tokenOf, most: 30 });
  await talk.ask(`${window}&PostedBefore=2025-12-03T00:00:00Z&MaxResultsPerPage=5`);
  // Longer than 180 days: empty, and no error.
  await talk.ask(`${EVENTS}?PostedAfter=2025-03-11T00:00:00Z`);
  await talk.ask(EVENTS);
  await talk.ask(`${EVENTS}?PostedAfter=2026-03-10T08:00:00Z`);
  await talk.ask(`${window}&MaxResultsPerPage=101`);
  await talk.ask(`${window}&NextToken=made-up`);
};
