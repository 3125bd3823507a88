import { streams } from '@recoup/contracts';
import { eventOf } from '@recoup/domain';
import type { Permission } from './adapters/call-permission.js';
import { postponeFiling, type Filing } from './adapters/filings.js';
import type { FilingDeps } from './file-claim.js';
import type { FilingDay } from './filing-day.js';
import { reactionTo } from './reaction.js';

type Refusal = Extract<Permission, { granted: false }>['why'];

interface Pausing extends FilingDay {
  readonly governor: { readonly perDay: number };
}

/**
 * No leave to call now: the filing keeps its place, and goes when its seller is no longer held. That the cases of a day
 * are used up is said once a day, for all claims of the seller that wait.
 */
export async function holdBack(
  deps: FilingDeps,
  filing: Filing,
  ...[why, pausing]: readonly [Refusal, Pausing?]
): Promise<void> {
  if (why === 'overtaken') return;
  if (why === 'day_cap' && pausing) await sayPaused(deps, filing, pausing);
  await postponeFiling(deps.pool, filing, { delayMs: 0, reason: why, mayBeSent: false });
}

async function sayPaused(
  { store, clock }: FilingDeps,
  filing: Filing,
  { day, next, governor }: Pausing,
): Promise<void> {
  const { tenantId } = filing;
  const data = { pausedOn: day, perDay: governor.perDay, until: next.toISOString() };
  const meta = { cause: reactionTo(filing, clock), once: [tenantId, day] };
  const events = [eventOf('claim.filing_paused', data, meta)];
  const streamId = streams.settings(tenantId);
  await store.append({ tenantId, streamId, expected: 'any', events });
}
