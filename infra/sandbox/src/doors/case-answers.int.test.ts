import { expect, test } from 'vitest';
import { z } from 'zod';
import { startRig, US_SELLER } from '../testing/rig.js';

const DAY_MS = 86_400_000;
const claims = z.object({
  claims: z.array(
    z.looseObject({
      ...{ subtype: z.string(), fnsku: z.string(), units: z.number(), lossDay: z.string() },
      ...{ claimableUntil: z.string(), referenceIds: z.array(z.string()) },
    }),
  ),
});
const answer = z.looseObject({ caseId: z.string(), status: z.string() });
const books = z.object({ cases: z.array(z.looseObject({ status: z.string() })) });

test('given cases on the desk, when weeks pass, then it tells what it decided, also after a restart', async () => {
  await using rig = await startRig({ SANDBOX_ORDERS: 0, SANDBOX_DAYS_AHEAD: 90 });
  const truth = claims.parse((await rig.call(`/sandbox/sellers/${US_SELLER}/truth`)).json);
  const filed = truth.claims.slice(0, 12);
  const caseIds: string[] = [];
  for (const [
    n,
    { subtype, fnsku, units, lossDay, claimableUntil, referenceIds },
  ] of filed.entries()) {
    const body = {
      ...{ sellerId: US_SELLER, claimId: `claim_${n}`, subtype, fnsku, quantity: units },
      ...{ lossDay, deadline: claimableUntil, references: referenceIds, text: 'lost' },
    };
    const headers = { 'idempotency-key': `key-${n}` };
    const reply = await rig.call('/case-desk/cases', { method: 'POST', body, headers });
    caseIds.push(z.object({ caseId: z.string() }).parse(reply.json).caseId);
  }
  const statuses = async () =>
    Promise.all(
      caseIds.map(
        async (id) => answer.parse((await rig.call(`/case-desk/cases/${id}`)).json).status,
      ),
    );
  expect(new Set(await statuses())).toEqual(new Set(['open']));
  rig.advance(60 * DAY_MS);
  const decided = await statuses();
  expect(decided.filter((status) => status !== 'open').length).toBeGreaterThan(6);
  const told = books.parse((await rig.call(`/sandbox/sellers/${US_SELLER}/cases`)).json);
  expect(told.cases.map(({ status }) => status)).toEqual(decided);
  await rig.restart();
  expect(await statuses()).toEqual(decided);
  expect(books.parse((await rig.call(`/sandbox/sellers/${US_SELLER}/cases`)).json)).toEqual(told);
  expect((await rig.call('/case-desk/cases/1')).status).toBe(404);
});
