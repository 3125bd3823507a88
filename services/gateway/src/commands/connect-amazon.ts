import {
  CONNECT_SUBJECT,
  connectReplySchema,
  type ConnectReply,
  type ConnectRequest,
} from '@recoup/contracts';
import { NoAnswer, type Bus } from '@recoup/bus';
import type { CommandContext } from './context.js';

/** Two calls to Amazon, each with its retries. */
const TIMEOUT_MS = 20_000;

/**
 * Hands a seller's credential to ingestion, which alone keeps Amazon's secrets, and waits until reads show the
 * connection. The credential is in no log, no trace and no event. Throws NoAnswer when ingestion is not there.
 */
export async function connectAmazon(
  { bus, commands }: { bus: Bus; commands: CommandContext },
  request: ConnectRequest,
): Promise<ConnectReply> {
  // While NATS is away the request would wait for it, and the seller before an empty page.
  if (!bus.healthy()) throw new NoAnswer('the bus is away');
  const reply = connectReplySchema.parse(
    await bus.request(CONNECT_SUBJECT, request, { timeoutMs: TIMEOUT_MS }),
  );
  if (reply.outcome === 'connected') await commands.shown(reply.tenantId, reply.position);
  return reply;
}
