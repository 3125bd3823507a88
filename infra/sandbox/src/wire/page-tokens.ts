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
  listFinancialEvents: 180 * SECOND,
};

const sealed = z.object({
  asked: z.string(),
  issued: z.number(),
  /** When the first page of the chain was asked for. */
  first: z.number(),
  cursor: z.unknown(),
  /** How often it was renewed. */
  turn: z.int().default(0),
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
  /** Another token for the same page, which lives no longer. */
  renewed(token: string): string;
  /**
   * When the chain began that the token of a query goes on with, so that all its pages show the world as it was then:
   * an order that changes between two pages would otherwise push another one off the next. Undefined without a token.
   */
  beganMs(query: Asked['query']): number | undefined;
}

/** What operations call a page token, where they take it and where they give it. */
export const TOKEN_NAMES = ['paginationToken', 'nextToken', 'NextToken'] as const;

/** The page token that a query carries. */
export function tokenIn(query: Asked['query']): string | undefined {
  return TOKEN_NAMES.map((name) => query[name]).find((value) => typeof value === 'string');
}

export function pageTokens(signer: Signer): PageTokens {
  const open = (token: string) => sealed.safeParse(signer.open('page', token));
  const beganMs: PageTokens['beganMs'] = (query) => {
    const token = tokenIn(query);
    return token === undefined ? undefined : open(token).data?.first;
  };
  /** By the question a page answers: its next token belongs to the same chain. */
  const chains = new WeakMap<Asked, number>();
  return {
    beganMs,
    renewed: (token) => {
      const opened = sealed.parse(signer.open('page', token));
      return signer.seal('page', { ...opened, turn: opened.turn + 1 });
    },
    issue: (asked, cursor) => {
      const first = chains.get(asked) ?? asked.nowMs;
      return signer.seal('page', { asked: digest(asked), issued: asked.nowMs, first, cursor });
    },
    read: (token, asked, cursor) => {
      const opened = open(token);
      if (!opened.success) throw invalidInput('The page token is invalid.');
      if (opened.data.asked !== digest(asked)) {
        throw invalidInput('The page token was issued for a request with other parameters.');
      }
      if (asked.nowMs - opened.data.issued > (LIFE[asked.operation] ?? DAY)) {
        throw invalidInput('The page token has expired.');
      }
      chains.set(asked, opened.data.first);
      return cursor.parse(opened.data.cursor);
    },
  };
}

function digest({ operation, sellerId, query }: Asked): string {
  const sorted = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([operation, sellerId, sorted]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
