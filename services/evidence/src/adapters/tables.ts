import { run, typedStatements } from '@recoup/service-kit';
import type { Generated, JSONColumnType, UpdateObject } from 'kysely';

/** What is due: claims to be validated, documents to be read, sellers' payments to be matched, files to be forgotten. */
export type WorkKind = 'validation' | 'reading' | 'matching' | 'forgetting';

export interface DueWorkTable {
  kind: WorkKind;
  id: string;
  tenant_id: string;
  due: Generated<number>;
  event_id: string;
  correlation_id: string;
  traceparent: string | null;
  attempts: Generated<number>;
  next_try: Generated<Date>;
  leased_until: Generated<Date>;
  last_error: string | null;
  waits_for: 'settings' | null;
  kept_until: Date | null;
}

export type FilingState = 'waiting' | 'calling' | 'filed' | 'handed_over' | 'refused' | 'void';

/** Channels that are called; the queue is none. */
export type FilingChannel = 'sandbox' | 'webhook';

interface FilingTable {
  idempotency_key: string;
  tenant_id: string;
  claim_id: string;
  quantity: number;
  event_id: string;
  correlation_id: string;
  traceparent: string | null;
  requested_at: Date | string;
  channel: FilingChannel;
  state: Generated<FilingState>;
  packet: JSONColumnType<object> | null;
  fence: Generated<number>;
  leased_until: Generated<Date>;
  attempts: Generated<number>;
  next_try: Generated<Date>;
  put_off: Generated<boolean>;
  case_id: string | null;
  last_error: string | null;
  ended_at: Date | null;
}

/** The columns that looks for filings read; the rest is `governor.ts`'s and `call-permission.ts`'s. */
interface GovernorTable {
  tenant_id: string;
  held_until: Generated<Date>;
  stopped: Generated<boolean>;
}

interface DocumentTable {
  document_id: string;
  tenant_id: string;
  state: JSONColumnType<object>;
}

interface DocumentedClaimTable {
  claim_id: string;
  tenant_id: string;
}

interface DocumentTextTable {
  document_id: string;
  tenant_id: string;
  file_id: string;
  words: string;
  sealed: Buffer;
}

interface EvidenceTables {
  'evidence.document': DocumentTable;
  'evidence.documented_claim': DocumentedClaimTable;
  'evidence.document_text': DocumentTextTable;
  'evidence.due_work': DueWorkTable;
  'evidence.filing': FilingTable;
  'evidence.governor': GovernorTable;
}

export type FilingChange = UpdateObject<EvidenceTables, 'evidence.filing', 'evidence.filing'>;

export const statements = typedStatements<EvidenceTables>();

export { run };
