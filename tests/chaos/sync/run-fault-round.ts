import type { SyncState } from '@recoup/domain';
import { sleep } from '@recoup/kernel';
import { z } from 'zod';
import { factsPrint, logFaults, type FactsPrint } from '../../product/index.js';
import type { Strikes } from '../../../services/ingestion/src/testing/simulated-amazon.js';
import { SELLER } from '../chaos-settings.js';
import { seeded } from '../seeded.js';
import type { FaultRound } from './fault-rounds.js';
import { KILLED_LEASE_SECONDS, LEASE_SECONDS, openStage, type Stage } from './stage.js';
import { watchTransit } from './transit.js';

export type CallCounts = ReadonlyMap<
  string,
  { readonly calls: number; readonly throttled: number }
>;

/** What came of a sync. */
export interface SyncResult {
  readonly state: SyncState;
  readonly facts: readonly FactsPrint[];
  /** See `logFaults`. */
  readonly logFaults: readonly string[];
  readonly calls: CallCounts;
  readonly struck: readonly Strikes[];
  /** The windows that were read by report, and those of them that held nothing. */
  readonly reports: { readonly windows: number; readonly empty: number };
  readonly kills: number;
  readonly seconds: number;
  /** The slowest answer of the simulated Amazon to a cheap question meanwhile. */
  readonly slowestSeconds: number;
}

/** After so many deaths the process is left alone, so that a sync which never ends is told by its silence. */
const MOST_KILLS = 8;

/** One first sync, under what a round orders. Throws with what the processes have logged last. */
export async function runFaultRound(round: FaultRound, seed: number): Promise<SyncResult> {
  await using stage = await openStage({
    leaseSeconds: round.kills ? KILLED_LEASE_SECONDS : LEASE_SECONDS,
  });
  const transit = watchTransit(() => stage.amazon.struck());
  try {
    for (const fault of round.faults) await stage.amazon.fault(fault);
    const startedAt = performance.now();
    await stage.start();
    const kills = round.kills ? await killAgainAndAgain(stage, seed) : 0;
    const state = await stage.followed(stage.firstSync);
    const seconds = (performance.now() - startedAt) / 1000;
    return { state, kills, seconds, slowestSeconds: transit.slowest(), ...(await leftBy(stage)) };
  } catch (error) {
    throw new Error(`${round.name}: ${String(error)}\n${stage.output().slice(-4000)}`, {
      cause: error,
    });
  } finally {
    await transit.stop();
  }
}

const REPORT_WINDOWS = String.raw`
  select count(*)::int as windows, (count(*) filter (where received = 0))::int as empty
    from ingestion.sync_window where route like 'GET\_%' and calls > 0`;
const windowsSchema = z.array(z.object({ windows: z.int(), empty: z.int() }));

/** What is there after a sync of a stage. */
export async function leftBy(
  stage: Stage,
): Promise<Omit<SyncResult, 'state' | 'kills' | 'seconds' | 'slowestSeconds'>> {
  const [facts, faults, calls, struck, windows] = await Promise.all([
    factsPrint(stage),
    logFaults(stage),
    stage.amazon.calls(SELLER),
    stage.amazon.struck(),
    stage.database.query(REPORT_WINDOWS),
  ]);
  const [reports = { windows: 0, empty: 0 }] = windowsSchema.parse(windows.rows);
  return { facts, logFaults: faults, calls, struck, reports };
}

/** Lets the process live for a moment drawn from the seed, again and again, until the sync has ended. Counts its deaths. */
async function killAgainAndAgain(stage: Stage, seed: number): Promise<number> {
  const random = seeded(seed);
  for (let kills = 0; ; kills += 1) {
    await sleep(random.between(300, 2500));
    const { status } = await stage.state(stage.firstSync);
    if (status !== 'in_progress' || kills === MOST_KILLS) return kills;
    await stage.kill();
    await stage.start();
  }
}
