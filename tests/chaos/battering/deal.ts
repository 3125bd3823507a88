import { eventually } from '@recoup/testkit';
import type { Arena } from './arena.js';
import { SERVICES, type Blow, type ServiceName } from './blow.js';
import { fillDisk, wipe } from './deal-bus.js';
import { killAll, killBackend, pause } from './deal-process.js';
import { rebuildAll } from './deal-rebuild.js';
import { strikeWire } from './deal-wire.js';
import { moveClock } from './pass-time.js';
import { startRivals } from './rivals.js';
import { startSecond } from './second-instance.js';
import { PATIENCE_MS } from './patience.js';

/** A blow that is ready to fall. */
export interface Prepared extends AsyncDisposable {
  /** Deals it, and takes its cause away again; answers when that was, by the performance clock. */
  deal(): Promise<number>;
  /** What is worth telling of how it went; empty for nothing. Asked when everything has arrived. */
  note(): string;
}

/** Starts what a blow needs beside the product. Disposed of when everything has arrived. */
export async function prepare(arena: Arena, blow: Blow): Promise<Prepared> {
  const beside = await startBeside(arena, blow);
  return {
    deal: () => deal(arena, blow),
    note: () => beside?.note?.() ?? (blow.kind === 'disk full' && !arena.disk ? NO_DISK : ''),
    async [Symbol.asyncDispose]() {
      arena.clock.skewed = null;
      for (const wire of Object.values(arena.wires)) wire.bury();
      await beside?.[Symbol.asyncDispose]();
    },
  };
}

const NO_DISK = 'no disk could be mounted here: nothing happened';

type Beside = AsyncDisposable & Partial<Pick<Prepared, 'note'>>;

async function startBeside(arena: Arena, blow: Blow): Promise<Beside | null> {
  if (blow.kind === 'pause') return startSecond(arena, blow.victim);
  return blow.kind === 'rivals' ? startRivals(arena) : null;
}

async function deal(arena: Arena, blow: Blow): Promise<number> {
  switch (blow.kind) {
    case 'kill':
      return killAll(arena, blow);
    case 'kill a backend':
      return killBackend(arena);
    case 'pause':
      return pause(arena, blow);
    case 'wipe':
      return wipe(arena, blow);
    case 'disk full':
      return fillDisk(arena, blow);
    case 'rebuild':
      return rebuildAll(arena);
    case 'clock jumps':
      await moveClock(arena, blow.seconds);
      return performance.now();
    case 'clock wrong':
      arena.clock.skewed = { victim: blow.victim, ms: blow.byMs };
      return killAll(arena, { kind: 'kill', victims: [blow.victim], downMs: 0 });
    case 'rivals':
      return performance.now(); // they are there from the start of the round to its end
    default:
      return strikeWire(arena, blow);
  }
}

/** Waits until everybody answers and says of itself that it is ready. */
export async function recovered({ product }: Arena): Promise<void> {
  const long = { timeoutMs: PATIENCE_MS };
  await eventually(() => product.database.query('select 1'), long);
  const ready = async (name: ServiceName): Promise<true> => {
    await product.ready(name);
    return true;
  };
  await Promise.all(SERVICES.map((name) => eventually(() => ready(name), long)));
}
