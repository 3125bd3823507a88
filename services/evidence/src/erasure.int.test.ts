import { streams } from '@recoup/contracts';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData } from './testing/detected.js';
import { openFilingStage, settledAs, type FilingStage } from './testing/filing-stage.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';

const lossDay = addDays(dayIn('America/Los_Angeles', new Date()), -10);
const sellingPartnerId = 'A1TESTSELLER';

let stage: FilingStage;

beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

/** A seller with one claim for the auto tier. */
async function likelyClaim(tenantId: string): Promise<{ seller: Seller; claimId: string }> {
  const row = lostRow({ day: lossDay, referenceId: `REF-${tenantId}` });
  const seller = await openSeller({ ...stage, tenantId, sellerId: sellingPartnerId });
  await seller.synced({ ledger: [row] });
  const data = detectedData({ ledger: [row] });
  await seller.detected(data);
  return { seller, claimId: data.claimId };
}

function asksToBeForgotten({ append, tenantId }: Seller): Promise<void> {
  const data = { sellingPartnerId, purge: true };
  return append(streams.connection(tenantId), 'sync.amazon_disconnected', data);
}

async function filings({ tenantId }: Seller): Promise<readonly unknown[]> {
  const { rows } = await stage.pool.query<{ state: string; packet: unknown }>(
    'select state, packet from evidence.filing where tenant_id = $1',
    [tenantId],
  );
  return rows;
}

describe('given a seller who asks to be forgotten', () => {
  it('then of a claim that was filed only the log keeps something', async () => {
    const claim = await likelyClaim('filed-before');
    await stage.startEvidence();
    await settledAs(claim, 'submitted');
    await eventually(async () => {
      expect(await filings(claim.seller)).toEqual([{ state: 'filed', packet: null }]);
      return true;
    });
    await asksToBeForgotten(claim.seller);
    await eventually(async () => (await filings(claim.seller)).length === 0);
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  });

  it('when a claim is on its way, then it is not filed, even with the seller back', async () => {
    await stage.orderFault({ status: 429, times: 1 });
    const claim = await likelyClaim('on-its-way');
    const doomed = await stage.startEvidence();
    await eventually(() => stage.door.calls.length === 1);
    await doomed.kill9();
    await asksToBeForgotten(claim.seller);
    const marketplaces = [
      { id: 'ATVPDKIKX0DER', country: 'US', currency: 'USD', name: 'Amazon.com' },
    ];
    const consent = { sellingPartnerId, region: 'na' as const, marketplaces };
    const { append, tenantId } = claim.seller;
    await append(streams.connection(tenantId), 'sync.amazon_connected', consent);
    await stage.startEvidence();
    await settledAs(claim, 'manual_review_queued');
    expect((await claim.seller.claim(claim.claimId)).route).toMatchObject({
      reasons: ['The seller has had its data erased'],
    });
    expect(await stage.casesOf(claim.claimId)).toEqual([]);
    await eventually(async () => {
      expect(await filings(claim.seller)).toEqual([{ state: 'refused', packet: null }]);
      return true;
    });
  });
});
