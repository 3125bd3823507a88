import { eventually } from '@recoup/testkit';
import { addDays, dayIn } from '@recoup/kernel';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_CONSENT } from '@recoup/domain';
import {
  openGatewayUnderTest,
  type GatewayUnderTest,
  type User,
} from '../testing/gateway-under-test.js';
import { claimData } from '../testing/event-data.js';
import { pdf, idsIn, json, readFile, send } from '../testing/documents.js';

let gateway: GatewayUnderTest;
let admin: Pool;

beforeAll(async () => {
  gateway = await openGatewayUnderTest();
  admin = new Pool({ connectionString: gateway.database.adminUrl });
});
afterAll(async () => {
  await admin.end();
  await gateway[Symbol.asyncDispose]();
});

const today = dayIn('America/Los_Angeles', new Date());
const open = { lossDay: today, opensOn: today, deadline: addDays(today, 50) };
const good = {
  quantity: 3,
  requiredDocuments: 'Available',
  documents: [],
  amazonCompliance: 'Verified',
  complianceReasons: [],
  successProbability: 0.9,
} as const;
type Body = Readonly<Record<string, unknown>>;
interface Offered {
  readonly action: string;
  readonly path: string;
  readonly body: { readonly examples: readonly object[] };
}
const ofRemoval = { ...claimData().subject, removalOrderId: 'REMOVAL-1' };

async function claimOf(user: User, change: object = {}): Promise<string> {
  const [claimId = ''] = await user.seller.claims([{ ...open, ...change }]);
  return claimId;
}

async function validated(user: User, change: object = {}): Promise<string> {
  const claimId = await claimOf(user, change);
  await user.seller.onClaim('claim.validated', {
    ...good,
    claimId,
    documents: [],
    complianceReasons: [],
  });
  return claimId;
}

async function requested(user: User): Promise<string> {
  const claimId = await validated(user);
  const channel = 'sandbox';
  await user.seller.onClaim('claim.submission_requested', {
    ...{ claimId, channel, idempotencyKey: `key-${claimId}`, quantity: 3 },
  });
  return claimId;
}

const pageOf = async (user: User, claimId: string): Promise<Body> =>
  (await user.get(`/api/recoveries/${claimId}`)).body;
const waits = async (user: User, claimId: string) => (await pageOf(user, claimId))['waiting'];
const listed = async (user: User): Promise<unknown[]> => {
  const rows = JSON.parse((await user.get('/api/recoveries')).text) as { waitingFor: unknown }[];
  return rows.map(({ waitingFor }) => waitingFor);
};
const turn = (user: User, on: boolean) => user.post('/api/kill-switch', json({ on }));

/** What the evidence service counts. */
async function counted(user: User, calls: readonly string[], secondsAgo: number): Promise<void> {
  await admin.query(
    `insert into evidence.governor (tenant_id, last_call)
     values ($1, clock_timestamp() - make_interval(secs => $2))
     on conflict (tenant_id) do update set last_call = excluded.last_call`,
    [user.tenantId, secondsAgo],
  );
  for (const key of calls) {
    const values = [user.tenantId, today, key];
    await admin.query('insert into evidence.used_case values ($1, $2, $3)', values);
  }
}

describe('what a claim waits for', () => {
  it('given a claim that goes its way, then its page says so at every step, and so does the list', async () => {
    const user = await gateway.newUser();
    const claimId = await claimOf(user);
    expect(await waits(user, claimId)).toMatchObject({ for: 'check', until: null });
    const reasons = [NO_CONSENT];
    await user.seller.onClaim('claim.manual_review_queued', { claimId, reasons });
    expect(await waits(user, claimId)).toMatchObject({ for: 'consent', message: `${NO_CONSENT}.` });
    await user.seller.onClaim('claim.submitted', {
      ...{
        claimId,
        channel: 'queue',
        amazonCaseId: '159',
        submittedAt: '2026-11-21T10:00:00.000Z',
      },
    });
    expect(await waits(user, claimId)).toEqual({
      for: 'amazon_answer',
      message: 'Amazon has it as case 159, and has not decided.',
      since: '2026-11-21T10:00:00.000Z',
      until: '2027-01-20',
    });
    const said = { claimId, amazonCaseId: '159', source: 'person', reason: null } as const;
    const amount = { amount: '22.50', currency: 'USD' };
    await user.seller.onClaim('claim.approved', { ...said, amount, expectedOn: '2026-12-01' });
    expect(await waits(user, claimId)).toMatchObject({ for: 'payment', until: '2026-12-01' });
    await eventually(async () => (await listed(user)).join() === 'payment');
  });

  it('given a window that opens later, then from when on', async () => {
    const user = await gateway.newUser();
    const opensOn = addDays(today, 3);
    const claimId = await claimOf(user, { opensOn });
    await user.seller.onClaim('claim.validated', {
      ...{ ...good, claimId, documents: [] },
      amazonCompliance: 'Not verified',
      complianceReasons: [`It can be filed from ${opensOn} on`],
    });
    const { until, ...waiting } = (await waits(user, claimId)) as { until: string };
    expect(waiting).toMatchObject({ for: 'opening_day', since: null });
    expect(dayIn('America/Los_Angeles', new Date(until))).toBe(opensOn);
    expect(dayIn('America/Los_Angeles', new Date(Date.parse(until) - 1))).toBe(
      addDays(opensOn, -1),
    );
  });
});

describe('given a claim that is to be filed', () => {
  it('when its seller throws the kill switch and releases it, then the page follows', async () => {
    const user = await gateway.newUser();
    const claimId = await requested(user);
    expect(await waits(user, claimId)).toMatchObject({ for: 'filing' });
    const { since } = (await turn(user, true)).body;
    expect(await waits(user, claimId)).toMatchObject({ for: 'kill_switch', since, until: null });
    await eventually(async () => (await listed(user)).join() === 'kill_switch');
    await turn(user, false);
    expect(await waits(user, claimId)).toMatchObject({ for: 'filing' });
  });

  it('when the day is used up or another has just gone, then until when it is kept, and nobody else is', async () => {
    const [user, other] = [await gateway.newUser(), await gateway.newUser()];
    const [claimId, theirs] = [await requested(user), await requested(other)];
    await counted(user, [], 10);
    const { until, ...spaced } = (await waits(user, claimId)) as { until: string };
    expect(spaced).toMatchObject({ for: 'spacing' });
    expect(Date.parse(until)).toBeGreaterThan(Date.now());
    await counted(user, [`key-${claimId}`, ...Array.from({ length: 19 }, (_, n) => `k${n}`)], 3600);
    expect(await waits(user, claimId)).toMatchObject({ for: 'filing' });
    await admin.query('insert into evidence.used_case values ($1, $2, $3)', [
      ...[user.tenantId, today, 'one more'],
    ]);
    const capped = (await waits(user, claimId)) as { for: string; until: string };
    expect(capped.for).toBe('day_cap');
    expect(dayIn('America/Los_Angeles', new Date(capped.until))).toBe(addDays(today, 1));
    expect(await waits(other, theirs)).toMatchObject({ for: 'filing' });
  });
});

describe('given a denied claim', () => {
  it('when a document was given and read since, then it can be filed anew, and not before', async () => {
    const user = await gateway.newUser();
    const claimId = await validated(user);
    const said = { amazonCaseId: '159', source: 'person', reason: 'No invoice.' } as const;
    await user.seller.onClaim('claim.denied', { claimId, ...said });
    const actions = async () => (await pageOf(user, claimId))['actions'];
    expect(await actions()).toEqual(['upload', 'outcome']);
    const [documentId = ''] = idsIn(await send(user, [['a.pdf', pdf('a')]], { to: claimId }));
    expect(await actions()).toEqual(['upload', 'outcome']);
    await readFile(gateway.store, user, { id: documentId });
    await eventually(async () => String(await actions()) === 'upload,resubmit,outcome');
    const answer = await user.post(`/api/recoveries/${claimId}/resubmit`);
    expect(answer.status).toBe(200);
    expect(await waits(user, claimId)).toMatchObject({ for: 'filing' });
    expect(await actions()).not.toContain('resubmit');
  });
});

describe('given a loss that its seller told of', () => {
  it('then it is told how to put it right, and the body shown is taken', async () => {
    const user = await gateway.connectedUser();
    const [claimId = ''] = await user.seller.claims([
      { ...open, subtype: 'removal_damaged', claimType: 'damaged_goods', subject: ofRemoval },
    ]);
    const { commands } = (await pageOf(user, claimId)) as { commands: Offered[] };
    const offer = commands.find(({ action }) => action === 'assert');
    expect(offer).toMatchObject({ method: 'POST', path: '/api/recoveries' });
    const said = { ...offer?.body.examples[0], quantity: 1 };
    const answer = await user.post(offer?.path ?? '', json(said));
    expect(answer.status).toBe(200);
  });
});
