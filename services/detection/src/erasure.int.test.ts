import { streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { inTransaction } from '@recoup/service-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectionWorld, lost, type DetectionWorld, type Seller } from '../test/detection-world.js';
import { forgetTenant } from './adapters/jobs.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

/** The seller asks to be forgotten; answers the place of the wish. */
async function asksToBeForgotten({ tenantId }: Seller): Promise<number> {
  const cause = fromCommand('user:seller', new Date());
  const data = { sellingPartnerId: 'A1', purge: true };
  const outcome = await world.deps.store.append({
    tenantId,
    streamId: streams.connection(tenantId),
    expected: 'any',
    events: [eventOf('sync.amazon_disconnected', data, { cause })],
  });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.position;
}

async function rowsOf({ tenantId }: Seller): Promise<number> {
  const { rows } = await world.pool.query<{ n: number }>(
    `select (select count(*) from detection.job where tenant_id = $1)::int
       + (select count(*) from detection.known_claim where tenant_id = $1)::int as n`,
    [tenantId],
  );
  return rows[0]?.n ?? -1;
}

describe('given a seller who asked to be forgotten', () => {
  it('then nothing of it is left here, and found again its claim is a new one', async () => {
    const seller = world.seller();
    await seller.ledger(lost());
    await world.detection(await seller.job('2026-09-20'));
    await asksToBeForgotten(seller);
    await inTransaction(world.pool, (tx) => forgetTenant(tx, seller.tenantId));
    expect(await rowsOf(seller)).toBe(0);

    const again = await world.detection(await seller.job('2026-09-21'));
    expect(again.claims).toMatchObject({ open: 1, new: 1 });
    expect(await world.typesOf(seller.tenantId)).toEqual([['claim.detected', 'claim.detected']]);
    expect((await world.detection(await seller.job('2026-09-22'))).claims).toMatchObject({
      open: 1,
      new: 0,
    });
  });

  it('then a detection that was asked for before writes no claim', async () => {
    const seller = world.seller();
    await seller.ledger(lost());
    const job = await seller.job('2026-09-20');
    const position = await asksToBeForgotten(seller);
    const before = { ...job, cause: { ...job.cause, position: position - 1 } };
    await expect(world.detection(before)).rejects.toThrow('nothing left to look at');
    expect(await world.typesOf(seller.tenantId)).toEqual([]);
    await inTransaction(world.pool, (tx) => forgetTenant(tx, seller.tenantId));
  });
});
