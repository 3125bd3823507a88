import { createHash, timingSafeEqual } from 'node:crypto';
import type { Pool } from 'pg';

/** The one sign-in link of a local start. */
export interface SignInLinks {
  /** True once, for the right token. */
  use(token: string): Promise<boolean>;
}

/** `expected` undefined: there is no such link, and nothing is ever right. */
export function openSignInLinks(pool: Pool, expected: string | undefined): SignInLinks {
  return {
    async use(token) {
      if (expected === undefined || !timingSafeEqual(digest(token), digest(expected))) return false;
      const { rowCount } = await pool.query(
        'insert into gateway.used_sign_in_link (token_hash) values ($1) on conflict do nothing',
        [digest(token).toString('hex')],
      );
      return rowCount === 1;
    },
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
