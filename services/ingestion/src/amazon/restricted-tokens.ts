import type { Clock } from '@recoup/kernel';
import { z } from 'zod';
import { operations, type OperationName } from './operations.js';
import type { Caller } from './rate-limiter.js';
import type { ApiCall } from './send.js';

/** What a call tells of people only to who holds a token for it (Tokens API 2021-03-01). */
export type DataElement = 'buyerInfo' | 'shippingAddress';

/** A token that ends within so long is not started with: the call may have to wait for its rate. */
const RENEW_BEFORE_MS = 5 * 60_000;

export const restrictedDataTokenSchema = z.object({
  restrictedDataToken: z.string().min(1),
  expiresIn: z.number().positive(),
});

export interface RestrictedUse {
  readonly operation: OperationName;
  readonly opens: readonly DataElement[];
  /** The access token of the caller: when that is forgotten or renewed, what was made under it is used no more. */
  readonly under: string;
}

/** Restricted data tokens of Orders v0, in memory only: each is good for one operation of one seller, for an hour. */
export interface RestrictedTokens {
  /** Throws what asking Amazon throws; AmazonCallFailed with 403 where the application lacks the restricted role. */
  get(caller: Caller, use: RestrictedUse): Promise<string>;
  /** Forgets a token that Amazon refused. */
  drop(token: string): void;
}

export interface RestrictedTokenDeps {
  readonly clock: Clock;
  readonly ask: (
    caller: Caller,
    call: ApiCall,
  ) => Promise<z.infer<typeof restrictedDataTokenSchema>>;
}

interface Held {
  readonly token: string;
  readonly renewAt: number;
}

export function openRestrictedTokens({ clock, ask }: RestrictedTokenDeps): RestrictedTokens {
  const held = new Map<string, Held>();
  const coming = new Map<string, Promise<string>>();

  /** Names hold access tokens that come and go: what has ended would stay for ever. */
  function discardEnded(): void {
    const now = clock.now().getTime();
    for (const [key, { renewAt }] of held) if (renewAt <= now) held.delete(key);
  }

  async function request(key: string, caller: Caller, resource: object): Promise<string> {
    const answer = await ask(caller, {
      operation: 'createRestrictedDataToken',
      body: { restrictedResources: [resource] },
    });
    const lifeMs = answer.expiresIn * 1000;
    const margin = Math.min(RENEW_BEFORE_MS, lifeMs / 2);
    const renewAt = clock.now().getTime() + lifeMs - margin;
    discardEnded();
    held.set(key, { token: answer.restrictedDataToken, renewAt });
    return answer.restrictedDataToken;
  }

  return {
    async get(caller, { operation, opens, under }) {
      const { method, path } = operations[operation];
      const key = JSON.stringify([caller.sellerId, under, operation, opens]);
      const present = held.get(key);
      if (present && present.renewAt > clock.now().getTime()) return present.token;
      const pending = coming.get(key);
      if (pending) return pending;
      const asking = request(key, caller, { method, path, dataElements: opens }).finally(() =>
        coming.delete(key),
      );
      coming.set(key, asking);
      return asking;
    },
    drop(token) {
      for (const [key, one] of held) if (one.token === token) held.delete(key);
    },
  };
}
