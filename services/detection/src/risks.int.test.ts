import { streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { newName } from '@recoup/kernel';
import { inTransaction } from '@recoup/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  detectionWorld,
  forever,
  LOSS,
  whole,
  type DetectionWorld,
  type Seller,
} from '../test/detection-world.js';
import { ledgerRow } from '../test/story.js';
import { forgetTenant } from './adapters/jobs.js';
import { detect } from './detect.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const move = (quantity: number, day: string, referenceId = 'MOVE') =>
  ledgerRow({ day, reason: '', quantity, reference: referenceId, eventType: 'WhseTransfers' }).data;

/** A seller of whose stock five units left a centre. */
async function sellerWithStockOnTheRoad(): Promise<Seller> {
  const seller = world.seller();
  await seller.ledger(move(-5, LOSS));
  return seller;
}

async function typesOf({ tenantId }: Seller): Promise<readonly string[]> {
  const { rows } = await world.pool.query<{ type: string }>(
    `select type from log.event where tenant_id = $1 and stream_id like 'risk-%' order by position`,
    [tenantId],
  );
  return rows.map(({ type }) => type);
}

describe('given what is worth a look and no claim', () => {
  it('then it is noted once, told anew when its facts change, and cleared when they show it no more', async () => {
    const seller = await sellerWithStockOnTheRoad();
    const first = await world.detection(await seller.job('2026-09-20'));
    expect(first).toMatchObject({
      claims: { open: 0, new: 0 },
      potential: [],
      amountUnknown: 0,
      risks: { open: 1, new: 1, changed: 0, cleared: 0 },
    });
    const same = await world.detection(await seller.job('2026-09-25'));
    expect(same.risks).toEqual({ open: 1, new: 0, changed: 0, cleared: 0 });
    await seller.ledger(move(2, '2026-09-24'));
    const fewer = await world.detection(await seller.job('2026-09-26'));
    expect(fewer.risks).toEqual({ open: 1, new: 0, changed: 1, cleared: 0 });
    await seller.ledger(move(3, '2026-09-26', 'MOVE'));
    const gone = await world.detection(await seller.job('2026-09-28'));
    expect(gone.risks).toEqual({ open: 0, new: 0, changed: 0, cleared: 1 });
    expect(await typesOf(seller)).toEqual([
      ...['claim.risk_noted', 'claim.risk_changed', 'claim.risk_cleared'],
    ]);
  });

  it('then it becomes a claim on its day, and is a risk no more', async () => {
    const seller = await sellerWithStockOnTheRoad();
    await world.detection(await seller.job('2026-09-20'));
    const result = await world.detection(await seller.job('2026-11-01'));
    expect(result).toMatchObject({ claims: { new: 1 }, risks: { open: 0, cleared: 1 } });
  });

  it('then where a source was read in part it stays, and once it was read whole it goes', async () => {
    const seller = await sellerWithStockOnTheRoad();
    await world.detection(await seller.job('2026-09-20'));
    await seller.ledger(move(5, '2026-09-21'));
    const partial = { ...whole, state: 'partial' } as const;
    const coverage = { ledger: whole, reimbursements: partial };
    const unsure = await world.detection(await seller.job('2026-09-25', { coverage }));
    expect(unsure.risks).toMatchObject({ open: 1, cleared: 0 });
    const sure = await world.detection(await seller.job('2026-09-26'));
    expect(sure.risks).toMatchObject({ open: 0, cleared: 1 });
  });

  it('then a detection that is run again writes nothing twice and counts the same', async () => {
    const seller = await sellerWithStockOnTheRoad();
    const job = await world.leased(await seller.job('2026-09-20'));
    const stopped = {
      ...world.deps,
      knownClaims: {
        ...world.deps.knownClaims,
        unseen: () => Promise.reject(new Error('killed before its end')),
      },
    };
    await expect(detect(stopped, job, forever)).rejects.toThrow('killed');
    expect(await typesOf(seller)).toEqual(['claim.risk_noted']);
    await detect(world.deps, job, forever);
    await world.jobs().finish(job, 'done');
    expect((await world.completed(job)).risks).toMatchObject({ open: 1, new: 1 });
    expect(await typesOf(seller)).toEqual(['claim.risk_noted']);
  });

  it('then a seller who is forgotten has none, and seen again it is a new one', async () => {
    const seller = await sellerWithStockOnTheRoad();
    const { tenantId } = seller;
    await world.detection(await seller.job('2026-09-20'));
    const cause = fromCommand('user:seller', new Date());
    const data = { sellingPartnerId: 'A1', purge: true };
    await world.deps.store.append({
      ...{ tenantId, streamId: streams.connection(tenantId), expected: 'any' as const },
      events: [eventOf('sync.amazon_disconnected', data, { cause })],
    });
    await inTransaction(world.pool, (tx) => forgetTenant(tx, tenantId));
    const { rows } = await world.pool.query(
      'select from detection.known_risk where tenant_id = $1',
      [tenantId],
    );
    expect(rows).toEqual([]);
    const again = await world.detection(await seller.job('2026-09-21'));
    expect(again.risks).toMatchObject({ open: 1, new: 1 });
    const once = await world.detection(await seller.job('2026-09-22'));
    expect(once.risks).toMatchObject({ open: 1, new: 0, changed: 0 });
  });

  it('then what another seller has is not touched by it', async () => {
    const [one, other] = [await sellerWithStockOnTheRoad(), await sellerWithStockOnTheRoad()];
    await world.detection(await one.job('2026-09-20'));
    await world.detection(await other.job('2026-09-20'));
    await one.ledger(move(5, '2026-09-21', newName('in')));
    expect((await world.detection(await one.job('2026-09-25'))).risks).toMatchObject({ open: 0 });
    expect((await world.detection(await other.job('2026-09-25'))).risks).toMatchObject({ open: 1 });
  });
});
