import { dayBegins } from '@recoup/domain';
import { addDays, dayIn } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { detectedData } from './testing/detected.js';
import { openFilingStage, settledAs, type FilingStage } from './testing/filing-stage.js';
import { openMovedClock } from './testing/moved-clock.js';
import { lostRow } from './testing/rows.js';
import { openSeller, type Seller } from './testing/seller.js';

const today = dayIn('America/Los_Angeles', new Date());
const lossDay = addDays(today, -10);
const opensOn = addDays(today, 3);

const US = 'ATVPDKIKX0DER';
const DE = 'A1PA6795UKMFR9';

let stage: FilingStage;

beforeAll(async () => {
  stage = await openFilingStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
afterEach(() => stage.reset());

interface Early {
  readonly seller: Seller;
  readonly claimId: string;
}

/** A claim that nothing but the calendar of its marketplace keeps. */
async function earlyClaim(tenantId: string, marketplaceId: string): Promise<Early> {
  const country = marketplaceId === DE ? 'DE' : 'US';
  const row = lostRow({ day: lossDay, referenceId: `REF-${tenantId}`, country });
  const seller = await openSeller({ ...stage, tenantId, sellerId: 'A1TESTSELLER' });
  await seller.synced({ ledger: [row] });
  const { subject, ...data } = detectedData({ ledger: [row], change: { opensOn } });
  await seller.detected({ ...data, subject: { ...subject, marketplaceId } });
  return { seller, claimId: data.claimId };
}

/** Waits until a claim was looked at and nobody is asked anything. */
async function kept({ seller, claimId }: Early): Promise<void> {
  await eventually(async () => {
    const query = 'select from evidence.due_work where id = $1 and kept_until is not null';
    return (await stage.pool.query(query, [claimId])).rowCount === 1;
  });
  expect(await seller.story(claimId)).toEqual(['detected', 'validated']);
}

const filed = [
  ...['detected', 'validated', 'validated', 'auto_submission_approved'],
  ...['submission_requested', 'filing_called', 'submitted'],
];

describe('given two claims whose windows open on one day of two calendars', () => {
  it('then each goes on by itself when that day begins where it is, and not before', async () => {
    await using clock = await openMovedClock();
    await stage.startEvidence({ CLOCK_URL: clock.url });
    const pacific = await earlyClaim('pacific', US);
    const german = await earlyClaim('german', DE);
    await kept(pacific);
    await kept(german);
    const begins = dayBegins(US, opensOn)?.getTime() ?? NaN;

    // In Berlin, and by UTC, it is the day already.
    clock.put(new Date(begins - 3_600_000));
    expect(await settledAs(german, 'submitted')).toEqual(filed);
    await kept(pacific);
    expect(await stage.casesOf(pacific.claimId)).toEqual([]);

    clock.put(new Date(begins));
    expect(await settledAs(pacific, 'submitted')).toEqual(filed);
    expect(await stage.casesOf(pacific.claimId)).toHaveLength(1);
  }, 60_000);

  it('when the process is away as the day begins, then its successor goes on', async () => {
    await using clock = await openMovedClock();
    const first = await stage.startEvidence({ CLOCK_URL: clock.url });
    const claim = await earlyClaim('away', US);
    await kept(claim);
    await first.kill9();
    clock.put(dayBegins(US, opensOn) ?? new Date(NaN));
    await stage.startEvidence({ CLOCK_URL: clock.url });
    expect(await settledAs(claim, 'submitted')).toEqual(filed);
    expect(await stage.casesOf(claim.claimId)).toHaveLength(1);
  }, 60_000);
});
