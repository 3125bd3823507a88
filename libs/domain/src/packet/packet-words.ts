import type { AllocationLine, ClaimSubtype } from '@recoup/contracts';
import type { ColumnName, TableName } from './packet-table.js';

/** Everything that a case packet says by itself, in one language. `{…}` is filled in. */
export interface PacketWords {
  readonly titles: Readonly<Record<ClaimSubtype, string>>;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly columns: Readonly<Record<ColumnName, string>>;
  readonly words: Readonly<
    Record<AllocationLine['kind'] | 'difference' | 'left' | 'sum' | 'seller', string>
  >;
  readonly documents: Readonly<Record<string, string>>;
  readonly statuses: Readonly<Record<'Available' | 'Missing' | 'Rejected', string>>;
  readonly labels: Readonly<Record<Label, string>>;
}

export type Label =
  | 'product'
  | 'unitsClaimed'
  | 'lossDay'
  | 'perUnit'
  | 'inAll'
  | 'unknown'
  | 'policy'
  | 'inForce'
  | 'source'
  | 'window'
  | 'from'
  | 'fromTo'
  | 'what'
  | 'calculation'
  | 'agrees'
  | 'disagrees'
  | 'records'
  | 'value'
  | 'evidence'
  | 'document'
  | 'status'
  | 'remarks'
  | 'request'
  | 'noPayment'
  | 'payments'
  | 'readThrough'
  | 'notRead'
  | 'unstored'
  | 'notFiled'
  | 'filed'
  | 'claim'
  | 'none'
  | 'paid'
  | 'takenBack'
  | 'inKind'
  | 'codePoints';

/** A sentence with its gaps filled. */
export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
