import { streams, type EventData, type EventType } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { newName } from '@recoup/kernel';
import { eventually } from '@recoup/testkit';
import { readFile, send, uploaded } from './documents.js';
import { claimData, promptData, riskData } from './event-data.js';
import type { GatewayUnderTest, User } from './gateway-under-test.js';

/** What a seller is recognised by in any answer that it has no part in. */
export const markOf = ({ tenantId }: User): string => `mark-of-${tenantId}`;

/** Who it is at Amazon. */
export const sellerIdOf = ({ tenantId }: User): string =>
  `A${tenantId.replaceAll(/\W/g, '').toUpperCase()}`;

/** The `Idempotency-Key` with which every seller of `furnish` has made a sync start. */
export const SHARED_KEY = 'the same key for everybody';

/**
 * Gives a seller something of everything that a request can name: syncs, a detection, claims in several states with an open
 * question, documents, a risk, costs, an answer that is kept under a key. The same for each seller, but for ids and marks.
 */
export async function furnish(gateway: GatewayUnderTest, user: User): Promise<void> {
  const mark = markOf(user);
  const { seller, tenantId } = user;
  const append = async <T extends EventType>(
    streamId: string,
    type: T,
    data: EventData<T>,
  ): Promise<void> => {
    const cause = fromCommand('service:testing', new Date());
    const events = [eventOf(type, data, { cause })];
    const outcome = await gateway.store.append({ tenantId, streamId, expected: 'any', events });
    if (!outcome.ok) throw new Error(outcome.reason);
  };

  await seller.connect({ sellingPartnerId: sellerIdOf(user) });
  const syncId = await seller.request();
  await seller.progress(syncId, 1000);
  await seller.complete(syncId);
  await seller.detected(syncId, 3);
  const subject = { ...claimData().subject, productName: mark, sku: mark };
  // Two of each: lists order claims of one instant by their ids, which would tell two sellers apart.
  const [open, alike, ...others] = await seller.claims([
    ...[{ subject }, { subject }, { subject, tier: 'prompt' as const }],
    ...[{ subject, tier: 'prompt' as const }, { subject }, { subject }],
  ]);
  for (const claimId of others.slice(0, 2)) {
    const prompt = promptData({ id: newName('prompt'), question: mark });
    await seller.onClaim('claim.review_prompted', { claimId, prompt });
  }
  for (const claimId of others.slice(2))
    await seller.onClaim('claim.queued_for_filing', { claimId });
  const riskId = newName('risk');
  await append(streams.risk(riskId), 'claim.risk_noted', riskData({ riskId, subject }));
  const documents = [
    await uploaded(user, `${mark}-1`, open),
    await uploaded(user, `${mark}-2`, alike),
  ];
  for (const id of documents) await readFile(gateway.store, user, { id });
  const costs = [{ sku: mark, currency: 'USD', effectiveFrom: '2026-01-01', unitCost: '3.40' }];
  await append(streams.settings(tenantId), 'claim.costs_given', { costs });
  await send(user, [[`${mark}.pdf`, Buffer.from(`%PDF-1.7\n% ${mark}\ntrailer << >>\n%%EOF`)]], {
    key: SHARED_KEY,
  });
  const last = `/api/recoveries/${others.at(-1)}`;
  await eventually(async () => (await user.get(last)).status === 200);
}
