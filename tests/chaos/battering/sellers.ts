import { streams } from '@recoup/contracts';
import { eventually } from '@recoup/testkit';
import { z } from 'zod';
import {
  Browser,
  connectSeller,
  followSync,
  startSync,
  waitForClaims,
  type Followed,
  type Product,
} from '../../product/index.js';
import { PATIENCE_MS } from './patience.js';

/** A sync that runs, watched by a client that stays and by one that hangs up after every frame. */
export interface WatchedSync {
  /** True as soon as both clients were told that there is no more to come. */
  readonly isOver: boolean;
  /** Waits for the end of the sync and of its detection, and answers what is wrong with them. */
  faults(): Promise<readonly string[]>;
}

/** The sellers of a battering: all connected, more of them as time goes on. */
export interface Sellers {
  /** Connects one more. */
  connect(): Promise<void>;
  /** Starts a sync of the one whose turn it is. */
  sync(): Promise<WatchedSync>;
  /** Starts the sync that the newest one's connecting has begun. */
  syncNewest(): Promise<WatchedSync>;
  readonly count: number;
}

export function openSellers(product: Product): Sellers {
  const browsers: Browser[] = [];
  let turn = 0;
  const start = (browser: Browser | undefined): Promise<WatchedSync> => {
    if (!browser) throw new Error('no seller is connected');
    return watchSync(product, browser);
  };
  return {
    async connect() {
      const browser = new Browser(product.origin);
      const sellerId = `A9BATTERED${String(browsers.length + 1).padStart(4, '0')}`;
      await connectSeller(browser, sellerId);
      browsers.push(browser);
    },
    sync: () => start(browsers[turn++ % browsers.length]),
    syncNewest: () => start(browsers.at(-1)),
    get count() {
      return browsers.length;
    },
  };
}

async function watchSync(product: Product, browser: Browser): Promise<WatchedSync> {
  const syncId = await startSync(browser);
  let isOver = false;
  const followed = Promise.all([
    followSync(browser, syncId, { timeoutMs: PATIENCE_MS }),
    followSync(browser, syncId, { timeoutMs: PATIENCE_MS, hangUpAfter: 1 }),
  ]).finally(() => (isOver = true));
  followed.catch(() => undefined); // whoever awaits it hears of it; until then it must not end the process
  return {
    get isOver() {
      return isOver;
    },
    async faults() {
      const clients = await followed;
      // Asked again where the gateway is just away: clients of the status route do the same.
      await eventually(() => waitForClaims(browser, syncId, PATIENCE_MS), {
        timeoutMs: PATIENCE_MS,
      });
      const positions = await positionsOf(product, syncId);
      return clients.flatMap((client) => frameFaults(client, { syncId, positions }));
    },
  };
}

/** A client must have got every frame after the snapshot that it began with, and the end. */
function frameFaults(
  { frames }: Followed,
  { syncId, positions }: { syncId: string; positions: readonly number[] },
): string[] {
  const seen = frames.map(({ position }) => position);
  const due = positions.filter((position) => position >= (seen[0] ?? 0));
  const faults: string[] = [];
  if (seen.slice(1).join() !== due.filter((position) => position > (seen[0] ?? 0)).join())
    faults.push(`a client of sync ${syncId} saw ${seen.join()} of ${due.join()}`);
  const last = frames.at(-1);
  if (last?.status !== 'complete' || last.progress !== 100)
    faults.push(`sync ${syncId} ended ${last?.status} at ${last?.progress} %: ${last?.message}`);
  return faults;
}

const positionsSchema = z.array(z.object({ position: z.coerce.number() }));

async function positionsOf({ database }: Product, syncId: string): Promise<number[]> {
  const text = 'select position from log.event where stream_id = $1 order by position';
  const { rows } = await database.query(text, [streams.sync(syncId)]);
  return positionsSchema.parse(rows).map(({ position }) => position);
}
