import type { ClaimSubtype, ClaimType, SyncResource } from '@recoup/contracts';
import type { ClaimFinding } from '@recoup/domain';
import type { Allocation } from './allocation.js';
import type { Payment } from './key-facts.js';

/** What a detector is asked about: one product in one network of warehouses, at one instant. */
export interface DetectionKey {
  readonly tenantId: string;
  readonly allocation: Allocation;
  readonly payments: readonly Payment[];
  /** Claims are judged as of this instant, in the calendar of each marketplace. */
  readonly asOf: Date;
  /** Whether every source of the detector was read whole. */
  readonly sourcesComplete: boolean;
}

/** A loss that would be a claim had its window not closed. */
export interface PastWindow {
  readonly claimId: string;
  readonly units: number;
}

export interface Detected {
  readonly findings: readonly ClaimFinding[];
  readonly pastWindow: readonly PastWindow[];
  /** Losses of places that no policy speaks of: nothing can be said about them. */
  readonly withoutPolicy: number;
}

/** A detector is a pure function. The same key at the same instant gives the same findings, in the same order. */
export interface Detector {
  readonly subtype: ClaimSubtype;
  readonly claimType: ClaimType;
  /** Sources without which it finds nothing. */
  readonly needs: readonly SyncResource[];
  detect(key: DetectionKey): Detected;
}
