import type { StoredPlan } from '../plan/stored-plan.js';

/** A sync that this process works on. */
export interface Job {
  readonly syncId: string;
  readonly tenantId: string;
  readonly correlationId: string;
  /** The event that asked for the sync. */
  readonly causationId: string;
  readonly traceparent: string | null;
  /** Null until the sync is planned. */
  readonly plan: StoredPlan | null;
  /** Raised by every takeover: who holds an older number holds the lease no more. */
  readonly fence: number;
  /** Leases in a row that closed no window. */
  readonly stalls: number;
  /** Amazon has refused buyer data to this sync. */
  readonly buyersRefused: boolean;
}
