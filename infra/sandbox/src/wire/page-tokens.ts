import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Signer } from '../signer.js';
import type { OperationName } from './rates.js';
import { invalidInput } from './sp-api-error.js';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;

/** How long the next page can be asked for. */
const LIFE: Readonly<Partial<Record<OperationName, number>>> = {
  getInventorySummaries: 30 * SECOND,
  listTransactions: 300 * SECOND,
};

const sealed = z.object({
  asked: z.string(),
  issued: z.number(),
  cursor: z.unknown(),
});

/** What a page token belongs to: it is refused with any other seller, operation or parameters. */
export interface Asked {
  readonly operation: OperationName;
  readonly sellerId: string;
  /** The query as it came, less the page token itself. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly nowMs: number;
}

export interface PageTokens {
  issue(asked: Asked, cursor: unknown): string;
  read<T>(token: string, asked: Asked, cursor: z.ZodType<T>): T;
}

export function pageTokens(signer: Signer): PageTokens {
  return {
    issue: (asked, cursor) =>
      signer.seal('page', { asked: digest(asked), issued: asked.nowMs, cursor }),
    read: (token, asked, cursor) => {
      const opened = sealed.safeParse(signer.open('page', token));
      if (!opened.success) throw invalidInput('The page token is invalid.');
      if (opened.data.asked !== digest(asked)) {
        throw invalidInput('The page token was issued for a request with other parameters.');
      }
      if (asked.nowMs - opened.data.issued > (LIFE[asked.operation] ?? DAY)) {
        throw invalidInput('The page token has expired.');
      }
      return cursor.parse(opened.data.cursor);
    },
  };
}

function digest({ operation, sellerId, query }: Asked): string {
  const sorted = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([operation, sellerId, sorted]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
