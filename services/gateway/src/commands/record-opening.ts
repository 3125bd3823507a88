import { streams, type EventData } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import type { CommandContext } from './context.js';

export interface Opening {
  /** Whose case it is. */
  readonly tenantId: string;
  readonly operatorId: string;
  readonly opened: EventData<'claim.case_opened'>;
}

/** Notes that an operator is shown a part of a seller's case. Throws when it cannot: then nothing may be shown. */
export async function recordOpening(
  { store, clock }: Pick<CommandContext, 'store' | 'clock'>,
  { tenantId, operatorId, opened }: Opening,
): Promise<void> {
  const cause = fromCommand(`operator:${operatorId}`, clock.now());
  const events = [eventOf('claim.case_opened', opened, { cause })];
  const streamId = streams.openings(tenantId);
  const outcome = await store.append({ tenantId, streamId, expected: 'any', events });
  if (!outcome.ok) throw new Error(`an opening could not be noted: ${outcome.reason}`);
}
