import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { parsed, submitAnswer, type CaseDesk } from './case-desk.js';
import { openOutbound, type OutboundOptions } from './outbound.js';

export interface WebhookOptions extends OutboundOptions {
  readonly url: string;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
}

/** A desk that files within the call says the number of Amazon's case; any other answer that says yes has taken it. */
const takenSchema = z.object({ amazonCaseId: z.string().trim().min(1).max(64) });

/**
 * A seller's own case desk, told by Standard Webhooks (standardwebhooks.com): `webhook-id` is the idempotency key and the
 * same at every try, `webhook-timestamp` that of the try, `webhook-signature` over both and the body. By that scheme the
 * receiver takes an id once: it cannot be asked what it has, and after an unknown outcome the same message is sent again.
 */
export function openWebhookDesk({ url, secret, ...options }: WebhookOptions): CaseDesk {
  const signer = new Webhook(secret);
  const outbound = openOutbound(options);
  return {
    lookUp: null,
    async submit({ idempotencyKey, requestedAt, packet }, beginBy) {
      const timestamp = requestedAt.toISOString();
      const body = JSON.stringify({ type: 'claim.filing_requested', timestamp, data: packet });
      const now = new Date();
      const exchanged = await outbound.exchange(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': idempotencyKey,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': signer.sign(idempotencyKey, now, body),
        },
        body,
        beginBy,
      });
      return submitAnswer(exchanged, (text) => {
        const taken = takenSchema.safeParse(parsed(text));
        return taken.success
          ? { outcome: 'filed', caseId: taken.data.amazonCaseId }
          : { outcome: 'handed_over' };
      });
    },
  };
}
