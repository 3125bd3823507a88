import type { Marketplace } from '@recoup/contracts';
import type { OperationName } from '../amazon/operations.js';
import type { Role } from './role.js';

/**
 * `works`: Amazon answered as documented. `allowed`: it looked for what does not exist and did not refuse. `refused`: 403.
 * `limited`: 429. `failed`: no answer, or one that is not understood. `not_tried`: says why not.
 */
export type State = 'works' | 'allowed' | 'refused' | 'limited' | 'failed' | 'not_tried';

/** How one operation was answered. */
export interface Finding {
  readonly operation: OperationName;
  readonly state: State;
  /** For a refusal: the roles of which the application needs one. */
  readonly roles: readonly Role[];
  /** `x-amzn-RateLimit-Limit`, calls a second; null where Amazon did not say. */
  readonly rateLimit: number | null;
  /** What Amazon said, or why there was no call; empty when all is well. */
  readonly words: string;
}

/** One of the steps before the operations. Those after a failed one are not taken. */
export interface Step {
  readonly name: 'settings' | 'token' | 'host';
  readonly ok: boolean;
  readonly words: string;
}

/** All that was found out. */
export interface CheckReport {
  readonly staticSandbox: boolean;
  readonly steps: readonly Step[];
  readonly marketplaces: readonly Marketplace[];
  readonly findings: readonly Finding[];
  /** Resources a sync could read, could not, and those of which nothing is known, in a seller's words. */
  readonly readable: readonly string[];
  readonly blocked: readonly string[];
  readonly unknown: readonly string[];
  /** Those of the blocked without which a sync fails instead of completing without them. */
  readonly indispensable: readonly string[];
  /** Whether what every sync begins with works, whatever it reads. */
  readonly begins: boolean;
  /** Whether everything that a sync needs works, as far as it was tried. */
  readonly ok: boolean;
}
