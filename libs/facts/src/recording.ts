import type { PoolClient } from 'pg';
import type { FactData, FactKind } from './kinds.js';
import { recordFacts, type Recorded } from './record.js';

/** What Amazon said in its own words, after an allow-list. */
export type RawAnswer = Readonly<Record<string, unknown>>;

/** A fact as it was given. `raw` keeps what Amazon said beyond it; null where there is nothing to keep. */
export interface GivenFact<K extends FactKind> {
  readonly data: FactData[K];
  readonly raw: RawAnswer | null;
}

/** Where facts of one window are put, portion by portion, before all of them are stored at once. */
export interface Recording {
  write<K extends FactKind>(kind: K, facts: readonly GivenFact<K>[]): Promise<void>;
  /** Forgets everything written so far: the window is read once more from its beginning. */
  restart(): Promise<void>;
  /** Stores what was written, inside the caller's transaction. Answers the outcome by kind. */
  commit(tx: PoolClient): Promise<ReadonlyMap<FactKind, Recorded>>;
}

export interface OpenRecording {
  readonly tenantId: string;
  readonly syncId: string;
}

export function openRecording({ tenantId, syncId }: OpenRecording): Recording {
  let given = new Map<FactKind, FactData[FactKind][]>();
  return {
    write(kind, facts) {
      const rows = given.get(kind) ?? [];
      given.set(kind, rows);
      for (const { data } of facts) rows.push(data);
      return Promise.resolve();
    },
    restart() {
      given = new Map();
      return Promise.resolve();
    },
    async commit(tx) {
      const outcomes = new Map<FactKind, Recorded>();
      for (const [kind, rows] of given) {
        outcomes.set(kind, await recordFacts(tx, { tenantId, syncId, kind, rows }));
      }
      return outcomes;
    },
  };
}
