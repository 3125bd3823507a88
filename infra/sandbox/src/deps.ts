import type { SandboxClock } from './clock.js';
import type { Config } from './config.js';
import type { Grants } from './lwa/grants.js';
import type { RestrictedRole } from './lwa/restricted-role.js';
import type { Signer } from './signer.js';
import type { ReportStore } from './spapi/report-store.js';
import type { StaticSandbox } from './static-sandbox/static-sandbox.js';
import type { Calls } from './wire/calls.js';
import type { Faults } from './wire/faults.js';
import type { Leaks } from './wire/leaks.js';
import type { ServedPages } from './wire/page-faults.js';
import type { PageTokens } from './wire/page-tokens.js';
import type { RateLimits } from './wire/rate-limits.js';
import type { Worlds } from './world/worlds.js';

/** What the routes of the sandbox stand on. */
export interface Deps {
  readonly config: Config;
  readonly clock: SandboxClock;
  readonly signer: Signer;
  readonly grants: Grants;
  readonly worlds: Worlds;
  readonly limits: RateLimits;
  readonly calls: Calls;
  readonly faults: Faults;
  readonly leaks: Leaks;
  readonly restrictedRole: RestrictedRole;
  readonly pages: PageTokens;
  readonly served: ServedPages;
  readonly reports: ReportStore;
  readonly staticSandbox: StaticSandbox;
}
