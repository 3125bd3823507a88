import type { EventStore } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import type { Arena } from './arena.js';
import { watchBus, type WireCounts } from './bus-watch.js';
import { openEffectsBook } from './effects-book.js';
import { openFoldBook } from './fold-book.js';
import { openLogBook } from './log-book.js';

/** All that is kept of a battering beside the product, to compare the product with. */
export interface Books extends AsyncDisposable {
  /** Looks at what came since the last turn, when everybody has arrived; answers what is wrong. */
  turn(): Promise<readonly string[]>;
  /** Looks at everything from the beginning; answers what is wrong. */
  compare(): Promise<readonly string[]>;
  readonly wire: Readonly<WireCounts>;
  /** Events of the log. */
  readonly events: number;
}

/** How long what follows the log may be behind it, and how often it is looked at, in milliseconds. */
const ARRIVES_MS = 30_000;
const LOOK_MS = 250;

export async function openBooks({ product, nats }: Arena, store: EventStore): Promise<Books> {
  const log = openLogBook(store);
  const folds = openFoldBook(product.database);
  const effects = openEffectsBook(product);
  const watch = await watchBus(`nats://127.0.0.1:${nats.port}`, store);
  /** What others must follow may have come since they were looked at: they are given a while to show it. */
  const arrive = async (look: () => Promise<readonly string[]>): Promise<readonly string[]> => {
    const broken: string[] = [];
    const until = performance.now() + ARRIVES_MS;
    for (;;) {
      const { events, faults } = await log.turn();
      broken.push(...faults);
      effects.note(events);
      folds.fold(events);
      const behind = [...(await look()), ...(await effects.check())];
      broken.push(...(await watch.check(log)));
      if (behind.length === 0 || performance.now() > until) return [...broken, ...behind];
      await sleep(LOOK_MS);
    }
  };
  return {
    turn: () => arrive(() => folds.check()),
    compare: async () => [...(await arrive(() => folds.compare())), ...(await log.compare())],
    wire: watch.counts,
    get events() {
      return log.size;
    },
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}
