import { newId } from '@recoup/kernel';
import type { Pool, PoolClient } from 'pg';
import type { FactKind, GivenFact } from './kinds.js';
import { recordGiven, type Recorded } from './record.js';
import { discardStaged, recordStaged, stage } from './staging.js';

/** Where facts of one window are put, portion by portion, before all of them are stored at once. */
export interface Recording {
  write<K extends FactKind>(kind: K, facts: readonly GivenFact<K>[]): Promise<void>;
  /** Forgets everything written so far: the window is read once more from its beginning. */
  restart(): Promise<void>;
  /**
   * Stores what was written, inside the caller's transaction. Answers the outcome by kind. Throws StagedFactsLost when the
   * database lost what was put aside: nothing may be stored then, and the window is to be read again.
   */
  commit(tx: PoolClient): Promise<ReadonlyMap<FactKind, Recorded>>;
}

export interface OpenRecording {
  readonly tenantId: string;
  readonly syncId: string;
  /** How the facts come: a route of a resource. */
  readonly route: string;
}

/** Facts of a kind of one window that are kept in memory; what is more is put aside in the database. */
const KEPT = 2000;

interface Held {
  kept: GivenFact<FactKind>[];
  staged: number;
}

/** The memory that the recordings of a process share. */
export interface FactsBudget {
  /** Facts that are kept in memory now, over all recordings. */
  kept: number;
  /** From here on a recording keeps none but those it was just given. */
  readonly most: number;
}

/** What it amounts to in bytes is in the README. */
const budgetOfProcess: FactsBudget = { kept: 0, most: 20_000 };

/**
 * Opens a recording. A window of a few pages stays in memory and costs one write; of a large one only a portion is in
 * memory at any time, and the rest waits in an unlogged table: no transaction is open while Amazon is waited for. When all
 * recordings together keep as much as the budget has, each puts aside what it is given.
 */
export function openRecording(
  pool: Pool,
  { tenantId, syncId, route }: OpenRecording,
  budget: FactsBudget = budgetOfProcess,
): Recording {
  const at = { tenantId, syncId, recording: newId() };
  const held = new Map<FactKind, Held>();

  async function putAside(db: Pool | PoolClient, kind: FactKind, own: Held): Promise<void> {
    const facts = own.kept;
    own.kept = [];
    try {
      await stage(db, at, { kind, from: own.staged, facts });
      own.staged += facts.length;
    } finally {
      budget.kept -= facts.length;
    }
  }
  const anyStaged = (): boolean => [...held.values()].some(({ staged }) => staged > 0);
  const letGo = (): void => {
    for (const own of held.values()) {
      budget.kept -= own.kept.length;
      own.kept = [];
    }
    held.clear();
  };

  return {
    async write(kind, facts) {
      const own = held.get(kind) ?? { kept: [], staged: 0 };
      held.set(kind, own);
      for (const fact of facts) {
        own.kept.push(fact);
        budget.kept += 1;
        if (own.kept.length >= KEPT) await putAside(pool, kind, own);
      }
      if (budget.kept > budget.most && own.kept.length > 0) await putAside(pool, kind, own);
    },
    async restart() {
      const staged = anyStaged();
      letGo();
      if (staged) await discardStaged(pool, at.recording);
    },
    async commit(tx) {
      for (const [kind, own] of held) {
        if (own.staged > 0 && own.kept.length > 0) await putAside(tx, kind, own);
      }
      const outcomes = new Map<FactKind, Recorded>();
      for (const [kind, { kept, staged }] of held) {
        const batch = { tenantId, syncId, kind, route };
        const { recording } = at;
        outcomes.set(
          kind,
          staged > 0
            ? await recordStaged(tx, batch, { recording, staged })
            : await recordGiven(tx, batch, kept),
        );
      }
      if (anyStaged()) await discardStaged(tx, at.recording);
      letGo();
      return outcomes;
    },
  };
}
