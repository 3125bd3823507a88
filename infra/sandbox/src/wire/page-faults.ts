import { Recent } from '../world/recent.js';
import { PAGES } from './fault.js';
import type { Faults } from './faults.js';
import { TOKEN_NAMES, tokenIn, type Asked, type PageTokens } from './page-tokens.js';
import { invalidInput } from './sp-api-error.js';

/** Pages that were sent last and lead on, each under the token that leads on. A few chains may be read at once. */
export interface ServedPages {
  remember(body: unknown): void;
  /**
   * What comes in place of the page that a query goes on to, where a test has ordered it: the page before once more, or
   * an empty one with another token for the same page (Amazon sends such). Undefined for the page itself.
   *
   * @throws SpApiError for a token that was ordered to expire before its time
   */
  instead(asked: Pick<Asked, 'operation' | 'sellerId' | 'query'>): unknown;
}

const KEPT = 40;

export function servedPages({
  faults,
  pages,
}: {
  readonly faults: Faults;
  readonly pages: PageTokens;
}): ServedPages {
  const served = new Recent<string, unknown>(KEPT, () => 1);
  return {
    remember: (body) => {
      const token = nextTokenOf(body);
      if (token !== undefined) served.get(token, () => body);
    },
    instead: ({ operation, sellerId, query }) => {
      const token = tokenIn(query);
      const before = token === undefined ? undefined : served.peek(token);
      if (token === undefined || before === undefined) return undefined;
      switch (faults.ofEffect(operation, sellerId, PAGES)) {
        case 'repeated_page':
          return before;
        case 'empty_page':
          return emptied(before, pages.renewed(token));
        case 'expired_page':
          throw invalidInput('The page token has expired.');
        default:
          return undefined;
      }
    },
  };
}

function isToken(name: string): boolean {
  return TOKEN_NAMES.some((one) => one === name);
}

/** The token for the next page, wherever an operation's answer has it. */
function nextTokenOf(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
  for (const [name, member] of Object.entries(body)) {
    if (isToken(name) && typeof member === 'string') return member;
    const inner = nextTokenOf(member);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** A body with nothing in its lists, that leads on by another token. */
function emptied(body: unknown, token: string): unknown {
  if (Array.isArray(body)) return [];
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, member]: [string, unknown]) => [
      name,
      isToken(name) ? token : emptied(member, token),
    ]),
  );
}
