import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@recoup/kernel';
import { run, typedStatements } from '@recoup/service-kit';
import type { Pool } from 'pg';

/** How long a consent may take, in milliseconds. */
const LIFETIME_MS = 10 * 60_000;

interface OauthStateTable {
  state_hash: string;
  browser_hash: string;
  tenant_id: string | null;
  frontend: string | null;
  expires_at: Date;
}

/** What is remembered of who began a consent. */
export interface ConsentBeginning {
  /** Who was signed in. */
  readonly tenantId: string | null;
  /** The origin to which the browser returns; null for the configured one. */
  readonly frontend: string | null;
}

export interface BegunConsent {
  /** Goes to Amazon and comes back. */
  readonly state: string;
  /** Stays in the browser, as a cookie: a state that was stolen is worth nothing without it. */
  readonly browser: string;
}

/** Consents that are under way. */
export interface OauthStates {
  begin(by: ConsentBeginning): Promise<BegunConsent>;
  /** Uses a state up. Null when it is unknown, used, too old, or another browser's. */
  use(consent: BegunConsent): Promise<ConsentBeginning | null>;
}

const statements = typedStatements<{ 'gateway.oauth_state': OauthStateTable }>();

export function openOauthStates(pool: Pool, clock: Clock): OauthStates {
  return {
    async begin({ tenantId, frontend }) {
      const consent = { state: secret(), browser: secret() };
      await run(
        pool,
        statements.insertInto('gateway.oauth_state').values({
          state_hash: hash(consent.state),
          browser_hash: hash(consent.browser),
          tenant_id: tenantId,
          frontend,
          expires_at: new Date(clock.now().getTime() + LIFETIME_MS),
        }),
      );
      return consent;
    },
    async use({ state, browser }) {
      // Deleting is using: of two callbacks with one state, one finds the row.
      const [row] = await run(
        pool,
        statements
          .deleteFrom('gateway.oauth_state')
          .where('state_hash', '=', hash(state))
          .where('browser_hash', '=', hash(browser))
          .where('expires_at', '>', clock.now())
          .returning(['tenant_id', 'frontend']),
      );
      return row ? { tenantId: row.tenant_id, frontend: row.frontend } : null;
    },
  };
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
