import { streams, type EventData, type EventType } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectionWorld, lost, type DetectionWorld, type Seller } from '../test/detection-world.js';

let world: DetectionWorld;
beforeAll(async () => {
  world = await detectionWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function onClaim<T extends EventType>(
  { tenantId }: Seller,
  type: T,
  data: Omit<EventData<T>, 'claimId'>,
): Promise<void> {
  const [streamId = ''] = [...(await world.claimsOf(tenantId)).keys()];
  const claimId = streamId.slice(streams.claim('').length);
  const cause = fromCommand('user:seller', new Date());
  const event = eventOf(type, { ...data, claimId } as unknown as EventData<T>, { cause });
  const append = { tenantId, streamId, expected: 1, events: [event] };
  expect((await world.deps.store.append(append)).ok).toBe(true);
}

const denial = { amazonCaseId: '15900', source: 'person', reason: 'no' } as const;

describe.each([
  ['dismissed', (seller: Seller) => onClaim(seller, 'claim.dismissed', { reason: 'a test' })],
  ['denied', (seller: Seller) => onClaim(seller, 'claim.denied', denial)],
])('given a claim that was %s', (_, settle) => {
  const nothing = { open: 0, new: 0, changed: 0, withdrawn: 0, expired: 0 };

  it('when its loss is found again, larger or gone, then it is left alone and counted nowhere', async () => {
    const seller = world.seller();
    const row = lost();
    await seller.ledger(row);
    expect((await world.detection(await seller.job('2026-09-20'))).claims.new).toBe(1);
    await settle(seller);

    for (const unreconciledQuantity of [4, 3, 0]) {
      await seller.ledger({ ...row, unreconciledQuantity });
      const { claims, potential } = await world.detection(await seller.job('2026-09-21'));
      expect({ claims, potential }).toEqual({ claims: nothing, potential: [] });
    }
    const late = await world.detection(await seller.job('2026-12-21'));
    expect(late.claims).toEqual(nothing);
    expect(await world.typesOf(seller.tenantId)).toHaveLength(1);
    expect((await world.typesOf(seller.tenantId))[0]).toHaveLength(2);
  });
});
