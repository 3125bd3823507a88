import type { SyncResource } from '@recoup/contracts';
import type { BuyerAccess } from '../buyers/buyer-access.js';
import { shortfallOf } from '../plan/order-shortfall.js';
import type { StoredPlan } from '../plan/stored-plan.js';
import type { Lack, Source } from '../sources/source.js';
import { buyerNote } from './buyers-of-sync.js';
import type { CoverageWords } from './coverage-of.js';
import { firstLack } from './first-lack.js';
import type { ProgressBoard } from './progress-board.js';

/** What a run of a sync has found out about its resources, for the words of their coverage. */
export interface Findings {
  /** Notes what a source says it lacks although all of it was read. */
  noteLack(resource: SyncResource, lack: Lack | null): void;
  /** Notes, in a sentence for the seller, why a resource stays as it is. */
  noteBroken(resource: SyncResource, sentence: string): void;
  wordsOf(resource: SyncResource): CoverageWords;
}

interface Found {
  readonly plan: StoredPlan;
  readonly board: ProgressBoard;
  /** The sources of the plan. */
  readonly sources: readonly Source[];
  readonly buyers: BuyerAccess;
}

export function openFindings({ plan, board, sources, buyers }: Found): Findings {
  const broken = new Map<SyncResource, string>();
  const lacks = new Map<SyncResource, Lack | null>();
  const shortOrders = () => shortfallOf(board.windowsOf('orders'), new Date(plan.asOf));
  return {
    noteLack: (resource, lack) => void lacks.set(resource, lack),
    noteBroken: (resource, sentence) => void broken.set(resource, sentence),
    wordsOf: (resource) => ({
      days: { from: plan.planned.from, to: plan.planned.to },
      reason: broken.get(resource),
      lacking: firstLack({
        found: lacks.get(resource),
        shortfall: resource === 'orders' ? shortOrders() : null,
        note: buyerNote(
          buyers,
          sources.find((one) => one.resource === resource),
        ),
      }),
    }),
  };
}
