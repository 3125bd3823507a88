import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { reservations, streams } from '@recoup/contracts';
import { openEventStore } from '@recoup/event-store';
import { installationDefaults } from '@recoup/domain';
import { addDays } from '@recoup/kernel';
import { inTransaction, openPool, type Service } from '@recoup/service-kit';
import { createDatabase, eventually, testClock } from '@recoup/testkit';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCaseDesk } from './adapters/case-desk.js';
import { leaseFiling } from './adapters/filings.js';
import { detectionBasisReader } from './detection-basis.js';
import { fileClaim, type FilingDeps } from './file-claim.js';
import { hearClaim } from './hear-claims.js';
import { reactionTo } from './reaction.js';
import { cited, detectedData, type Detected } from './testing/detected.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';
import { validateClaim, type ValidateDeps } from './validate-claim.js';

const closers: (() => PromiseLike<unknown>)[] = [];
const log = pino({ level: 'silent' });
const clock = testClock('2026-11-20T12:00:00Z');
const defaults = installationDefaults({
  AUTO_FILE_DEFAULT: 'on',
  FILING_PER_DAY: 100,
  FILING_SPACING_SECONDS: 0,
});
const row = lostRow({ day: '2026-11-10' });

let deps: FilingDeps & ValidateDeps;
let facts: Service['pool'];

beforeAll(async () => {
  const database = await createDatabase();
  closers.push(() => database.drop());
  const open = (role: string) => openPool({ url: database.urlOf(role), name: 'testing', log });
  const pool = open('recoup_evidence_follow');
  facts = open('recoup_ingestion_follow');
  closers.push(
    () => pool.end(),
    () => facts.end(),
  );
  const store = openEventStore(pool);
  const desk = openCaseDesk({ url: await deadAddress(), timeoutMs: 1000 });
  const settings = { CLAIM_SUBMISSION: 'sandbox' } as const;
  const basisOf = detectionBasisReader(store);
  deps = {
    pool,
    store,
    clock,
    log,
    desk,
    settings,
    basisOf,
    leaseSeconds: 60,
    channel: 'sandbox',
    defaults,
  };
});

/** Where nobody listens: what asks the desk cannot succeed there. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function sellerWith(tenantId: string, claims: readonly Detected[]): Promise<Seller> {
  const { store } = deps;
  const seller = await openSeller({ store, facts, tenantId, sellerId: 'A1TESTSELLER' });
  await seller.synced({ ledger: [row] });
  for (const data of claims) await seller.detected(data);
  return seller;
}

async function validated({ tenantId }: Seller, claimId: string): Promise<boolean> {
  const asked = { eventId: claimId, correlationId: claimId, traceparent: null };
  const { changed } = await validateClaim(deps, { tenantId, claimId }, reactionTo(asked, clock));
  return changed;
}

/** Hears the request to file, as the consumer does, and takes it. */
async function leasedRequest({ tenantId }: Seller, claimId: string) {
  const events = await deps.store.readStream(tenantId, streams.claim(claimId));
  for (const event of events) await inTransaction(deps.pool, (tx) => hearClaim(event, tx));
  return eventually(() => leaseFiling(deps.pool, 'sandbox', 60));
}

async function stateOfRow(claimId: string): Promise<unknown> {
  const query = 'select state, case_id from evidence.filing where claim_id = $1';
  return (await deps.pool.query(query, [claimId])).rows[0];
}

describe('given two claims for one loss', () => {
  it('when both are validated at once, then only one of them is to be filed', async () => {
    const data = detectedData({ ledger: [row] });
    const claims = ['claim_a', 'claim_b'].map((claimId) => ({ ...data, claimId }));
    const seller = await sellerWith('two-claims', claims);
    await Promise.all(claims.map(({ claimId }) => validated(seller, claimId)));
    const states = await Promise.all(claims.map(({ claimId }) => seller.claim(claimId)));
    expect(states.map(({ status }) => status).sort()).toEqual(['manual', 'submission_requested']);
  });
});

describe('given a request to file', () => {
  it('when the log already has the case, then the row is closed and the desk is not asked', async () => {
    const data = { ...detectedData({ ledger: [row] }), claimId: 'claim_recorded' };
    const seller = await sellerWith('recorded', [data]);
    await validated(seller, data.claimId);
    const filing = await leasedRequest(seller, data.claimId);
    await seller.append(streams.claim(data.claimId), 'claim.submitted', {
      claimId: data.claimId,
      channel: 'sandbox',
      amazonCaseId: '77',
      submittedAt: clock.now().toISOString(),
    });
    await fileClaim(deps, filing);
    expect(await stateOfRow(data.claimId)).toEqual({ state: 'filed', case_id: '77' });
    expect((await seller.story(data.claimId)).at(-1)).toBe('submitted');
  });

  it('when its last day passed before anything was sent, then a person gets it', async () => {
    const data = { ...detectedData({ ledger: [row] }), claimId: 'claim_late' };
    const seller = await sellerWith('late', [data]);
    await validated(seller, data.claimId);
    const filing = await leasedRequest(seller, data.claimId);
    clock.set(`${addDays(data.deadline, 2)}T00:00:00Z`);
    await fileClaim(deps, filing);
    clock.set('2026-11-20T12:00:00Z');
    expect(await stateOfRow(data.claimId)).toEqual({ state: 'refused', case_id: null });
    const { route } = await seller.claim(data.claimId);
    expect(route).toEqual({
      kind: 'manual',
      reasons: [`The last day to file was ${data.deadline}`],
    });
    const [fact] = cited([row]);
    const reservation = reservations.filedLoss('late', fact?.key ?? '');
    expect(await deps.store.reservationOwner('late', reservation)).toBeNull();
  });

  it('when the desk is out of reach, then nothing is in doubt and it is tried later', async () => {
    const data = { ...detectedData({ ledger: [row] }), claimId: 'claim_waits' };
    const seller = await sellerWith('waits', [data]);
    await validated(seller, data.claimId);
    for (let tries = 0; tries < 3; tries += 1) {
      await fileClaim(deps, await leasedRequest(seller, data.claimId));
    }
    expect((await seller.story(data.claimId)).at(-1)).toBe('submission_requested');
    expect(await stateOfRow(data.claimId)).toEqual({ state: 'waiting', case_id: null });
  });

  it.each([
    ['before anything was sent', 0],
    ['after a try that did not reach the desk', 1],
  ])(
    'when the seller disconnects %s, then nothing is sent, and a person gets it',
    async (_when, tries) => {
      const claimId = `claim_left_${tries}`;
      const data = { ...detectedData({ ledger: [row] }), claimId };
      const seller = await sellerWith(`left-${tries}`, [data]);
      await validated(seller, claimId);
      let filing = await leasedRequest(seller, claimId);
      for (let nth = 0; nth < tries; nth += 1) {
        await fileClaim(deps, filing);
        filing = await leasedRequest(seller, claimId);
      }
      expect(filing.packet === null).toBe(tries === 0);
      await seller.append(streams.connection(seller.tenantId), 'sync.amazon_disconnected', {
        sellingPartnerId: 'A1TESTSELLER',
        purge: false,
      });
      await fileClaim(deps, filing);
      expect(await stateOfRow(claimId)).toEqual({ state: 'refused', case_id: null });
      expect((await seller.claim(claimId)).route).toEqual({
        kind: 'manual',
        reasons: ['No Amazon seller is connected'],
      });
    },
  );
});
