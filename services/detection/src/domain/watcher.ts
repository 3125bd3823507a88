import type { RiskKind, SyncResource } from '@recoup/contracts';
import type { RiskFinding } from '@recoup/domain';
import type { Context } from './context.js';
import type { KeyKind, Keys } from './detector.js';

interface WatcherOf<K extends KeyKind> {
  readonly kind: RiskKind;
  /** What it looks at. */
  readonly of: K;
  /** Sources without which it sees nothing. */
  readonly needs: readonly SyncResource[];
  /** What may have become of a risk that it sees no more, in words for the seller. */
  readonly cleared: string;
  /** Pure: the same key at the same instant shows the same risks, in the same order. */
  watch(key: Keys[K], context: Context): readonly RiskFinding[];
}
export type ProductWatcher = WatcherOf<'product'>;
export type OrderWatcher = WatcherOf<'order'>;

/** Sees what is worth a look and no claim. What it shows has no value, is never filed, and never counts as money owed. */
export type Watcher = ProductWatcher | OrderWatcher;
