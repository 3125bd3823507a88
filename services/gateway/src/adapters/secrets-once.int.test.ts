import { createDatabase, testClock, type TestDatabase } from '@recoup/testkit';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOauthStates } from './oauth-states.js';
import { openSignInLinks } from './sign-in-links.js';

const NOBODY = { tenantId: null, frontend: null };

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createDatabase();
  pool = new Pool({ connectionString: database.urlOf('recoup_gateway_follow') });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

describe('a consent that is under way', () => {
  const clock = testClock('2026-11-20T10:00:00Z');

  it('given its state and its browser, then it is used once, and knows who began it', async () => {
    const states = openOauthStates(pool, clock);
    const by = { tenantId: 'tenant-1', frontend: 'https://app.example' };
    const consent = await states.begin(by);
    expect(await states.use(consent)).toEqual(by);
    expect(await states.use(consent)).toBeNull();
  });

  it('given ten minutes, then it is too old; a moment before it is not', async () => {
    const states = openOauthStates(pool, clock);
    const [early, late] = [await states.begin(NOBODY), await states.begin(NOBODY)];
    clock.advance(10 * 60_000 - 1);
    expect(await states.use(early)).toEqual(NOBODY);
    clock.advance(1);
    expect(await states.use(late)).toBeNull();
  });

  it('given what the database keeps, then neither secret is in it', async () => {
    const { state, browser } = await openOauthStates(pool, clock).begin(NOBODY);
    const { rows } = await pool.query('select * from gateway.oauth_state');
    expect(JSON.stringify(rows)).not.toContain(state);
    expect(JSON.stringify(rows)).not.toContain(browser);
  });
});

describe('the sign-in link', () => {
  const token = 'a-token-of-a-local-start';

  it('given twenty uses at once, then one is right; after a restart none is', async () => {
    const uses = await Promise.all(
      Array.from({ length: 20 }, () => openSignInLinks(pool, token).use(token)),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await openSignInLinks(pool, token).use(token)).toBe(false);
  });

  it('given another token, or no link at all, then it is wrong, and uses nothing up', async () => {
    const next = 'a-token-of-another-start';
    expect(await openSignInLinks(pool, next).use('guessed')).toBe(false);
    expect(await openSignInLinks(pool, undefined).use('')).toBe(false);
    expect(await openSignInLinks(pool, next).use(next)).toBe(true);
  });
});
