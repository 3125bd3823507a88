import { AppError } from '@recoup/kernel';

/** Kinds of stream: one aggregate each. */
export type StreamKind =
  | 'connection'
  | 'sync'
  | 'detection'
  | 'claim'
  | 'document'
  | 'openings'
  | 'risk'
  | 'settings'
  | 'assertions'
  | 'model'
  | 'calibration';

/** The one place that builds stream ids. */
export const streams = {
  connection: (tenantId: string): string => `connection-${tenantId}`,
  sync: (syncId: string): string => `sync-${syncId}`,
  detection: (detectionId: string): string => `detection-${detectionId}`,
  claim: (claimId: string): string => `claim-${claimId}`,
  document: (documentId: string): string => `document-${documentId}`,
  /** What operators were shown of a seller's cases. */
  openings: (tenantId: string): string => `openings-${tenantId}`,
  risk: (riskId: string): string => `risk-${riskId}`,
  settings: (tenantId: string): string => `settings-${tenantId}`,
  assertions: (tenantId: string): string => `assertions-${tenantId}`,
  model: (modelType: string): string => `model-${modelType}`,
  /** What a seller's own outcomes move of the models that score its claims. */
  calibration: (tenantId: string): string => `calibration-${tenantId}`,
} as const;

/** Whose the streams are that belong to no seller. No session is of this name. */
export const SYSTEM_TENANT = 'recoup:system';

/** Reservations: at most one owner per key at any time, taken and released inside an append. */
export const reservations = {
  /** Held by the sync that runs for a tenant. */
  activeSync: (tenantId: string): string => `active-sync:${tenantId}`,
  /** Held by the detection that a tenant asked for, until it has ended. */
  activeDetection: (tenantId: string): string => `active-detection:${tenantId}`,
  /**
   * Held for good by the sync that a start has joined, under the name that the start had for a sync of its own: a repeat of
   * that start finds what the first one was answered.
   */
  startedAs: (tenantId: string, name: string): string => `started-as:${tenantId}:${name}`,
  /**
   * Held for a loss, by the ledger row that took the units, from the request to file on, unless the desk refuses: no two
   * claims are filed for the same units.
   */
  filedLoss: (tenantId: string, ledgerKey: string): string => `filed-loss:${tenantId}:${ledgerKey}`,
  /** Held for good by the claim that units of a payment's row were counted for, by the first of them. */
  paidRow: (tenantId: string, { fact, from }: { fact: string; from: number }): string =>
    `paid-row:${tenantId}:${fact}:${from}`,
} as const;

export class BadSubject extends AppError {
  readonly code = 'BAD_SUBJECT';
}

const SUBJECT = /^(sync|claim)\.(\d\d)\.([a-z_]+)$/;

/** Shard as it stands in subjects: two digits. */
export function shardToken(shard: number): string {
  return shard.toString().padStart(2, '0');
}

/** The subject of an event: `sync.completed` on shard 7 is `sync.07.completed`. */
export function subjectOf(type: string, shard: number): string {
  const dot = type.indexOf('.');
  const subject = `${type.slice(0, dot)}.${shardToken(shard)}.${type.slice(dot + 1)}`;
  if (!SUBJECT.test(subject)) throw new BadSubject(`no subject for ${type} on shard ${shard}`);
  return subject;
}

/** The subjects that the stream listens to, two per shard. */
export function subjectsOfShard(shard: number): readonly string[] {
  return [`sync.${shardToken(shard)}.*`, `claim.${shardToken(shard)}.*`];
}
