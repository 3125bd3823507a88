import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '@recoup/kernel';
import { z } from 'zod';
import { openJournal } from '../journal.js';
import type { Signer } from '../signer.js';
import { restrictedResourceSchema, type RestrictedResource } from './restricted-resource.js';

const CODE_MS = 300_000;
/** Amazon's own: a restricted data token lives an hour, whatever the access token does. */
export const RESTRICTED_TOKEN_SECONDS = 3_600;

const codeSchema = z.object({
  seller: z.string(),
  redirectUri: z.string(),
  at: z.number(),
  nonce: z.string(),
});
const refreshSchema = z.object({ seller: z.string(), client: z.string(), at: z.number() });
const accessSchema = z.object({
  /** Null for a token that acts for no seller (grantless operations). */
  seller: z.string().nullable(),
  client: z.string(),
  /** When the seller consented. */
  at: z.number(),
  until: z.number(),
  /** Of a restricted data token: the only calls it is good for. */
  restrictedTo: z.array(restrictedResourceSchema).optional(),
});
const entrySchema = z.union([
  z.object({ usedCode: z.string() }),
  z.object({ revoked: z.string(), at: z.number() }),
]);

export type Access = z.infer<typeof accessSchema>;
export type AccessProblem = 'invalid' | 'expired' | 'revoked';

/** What sellers have granted. Tokens carry their own content; only used codes and revocations are kept. */
export interface Grants {
  code(seller: string, redirectUri: string): string;
  /** The seller of a code, once; undefined when it is used, expired, not ours, or meant for another address. */
  redeem(code: string, redirectUri: string): Promise<string | undefined>;
  refreshToken(seller: string, client: string): string;
  openRefreshToken(token: string, client: string): { seller: string; at: number } | undefined;
  accessToken(grant: { seller: string | null; client: string; at: number }): string;
  /** A restricted data token of whoever holds an access token: good for the calls named, and no other. */
  restrictedToken(access: Access, restrictedTo: readonly RestrictedResource[]): string;
  /** Opens an access token or a restricted data token. */
  openAccessToken(token: string): Access | AccessProblem;
  revoke(seller: string): Promise<void>;
  close(): Promise<void>;
}

export interface GrantOptions {
  readonly signer: Signer;
  readonly clock: Clock;
  readonly tokenSeconds: number;
  readonly directory: string;
}

export async function openGrants(options: GrantOptions): Promise<Grants> {
  const { signer, clock, tokenSeconds, directory } = options;
  const journal = await openJournal(join(directory, 'grants.jsonl'), entrySchema);
  const used = new Set(
    journal.records.flatMap((entry) => ('usedCode' in entry ? [entry.usedCode] : [])),
  );
  const revoked = new Map(
    journal.records.flatMap((entry) =>
      'revoked' in entry ? [[entry.revoked, entry.at] as const] : [],
    ),
  );
  const nowMs = () => clock.now().getTime();
  const isRevoked = (seller: string | null, at: number) =>
    seller !== null && at <= (revoked.get(seller) ?? Number.NEGATIVE_INFINITY);
  // A consent in the very millisecond of a revocation counts as after it, since a person gave it.
  const consentedAt = (seller: string) => Math.max(nowMs(), (revoked.get(seller) ?? 0) + 1);
  return {
    code: (seller, redirectUri) =>
      signer.seal('code', { seller, redirectUri, at: nowMs(), nonce: randomUUID() }),
    redeem: async (code, redirectUri) => {
      const { data } = codeSchema.safeParse(signer.open('code', code));
      if (!data || data.redirectUri !== redirectUri || nowMs() - data.at > CODE_MS)
        return undefined;
      if (used.has(data.nonce)) return undefined;
      used.add(data.nonce);
      await journal.append({ usedCode: data.nonce });
      return data.seller;
    },
    refreshToken: (seller, client) =>
      `Atzr|${signer.seal('refresh', { seller, client, at: consentedAt(seller) })}`,
    openRefreshToken: (token, client) => {
      const { data } = refreshSchema.safeParse(openPrefixed(signer, 'Atzr|', token));
      if (!data || data.client !== client || isRevoked(data.seller, data.at)) return undefined;
      return { seller: data.seller, at: data.at };
    },
    accessToken: (grant) =>
      `Atza|${signer.seal('access', { ...grant, until: nowMs() + tokenSeconds * 1_000 })}`,
    restrictedToken: ({ seller, client, at }, restrictedTo) => {
      const until = nowMs() + RESTRICTED_TOKEN_SECONDS * 1_000;
      return `Atz.sprdt|${signer.seal('restricted', { seller, client, at, until, restrictedTo })}`;
    },
    openAccessToken: (token) => {
      const { data } = accessSchema.safeParse(
        openPrefixed(signer, 'Atza|', token) ?? openPrefixed(signer, 'Atz.sprdt|', token),
      );
      if (!data) return 'invalid';
      if (nowMs() >= data.until) return 'expired';
      return isRevoked(data.seller, data.at) ? 'revoked' : data;
    },
    revoke: async (seller) => {
      const at = nowMs();
      revoked.set(seller, at);
      await journal.append({ revoked: seller, at });
    },
    close: () => journal.close(),
  };
}

const PURPOSES = { 'Atzr|': 'refresh', 'Atza|': 'access', 'Atz.sprdt|': 'restricted' } as const;

function openPrefixed(signer: Signer, prefix: keyof typeof PURPOSES, token: string): unknown {
  if (!token.startsWith(prefix)) return undefined;
  return signer.open(PURPOSES[prefix], token.slice(prefix.length));
}
