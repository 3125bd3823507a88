import {
  Browser,
  connectSeller,
  followSync,
  startSync,
  type Followed,
  type Frame,
} from '../../product/index.js';
import { eventually } from '@recoup/testkit';
import type { ClusteredProduct } from './clustered-product.js';

/** A seller in a first sync, watched by several clients at once. */
export interface WatchedSeller {
  readonly sellerId: string;
  readonly browser: Browser;
  readonly syncId: string;
  /** What the first client has seen so far. */
  readonly frames: readonly Frame[];
  /** When each frame came to any client that stays, in milliseconds of `performance.now()`. */
  readonly heardAt: readonly number[];
  /** Resolves for all clients when they were told that it is over. */
  readonly followed: Promise<readonly Followed[]>;
}

/** The front door deals connections out in turn: with so many clients both gateways serve some of them. */
const CLIENTS = 4;

/** The last of them hangs up after so many frames: it resumes from many places, at either gateway. */
const RESTLESS_FRAMES = 4;

/** What a seller does who meets an error: tries again. */
const PATIENCE = { timeoutMs: 120_000, everyMs: 250 };

/** Connects a seller as a new user, starts, and watches. */
export async function watchSeller(
  product: Pick<ClusteredProduct, 'origin'>,
  sellerId: string,
): Promise<WatchedSeller> {
  const browser = new Browser(product.origin);
  await eventually(() => connectSeller(browser, sellerId).then(() => true), PATIENCE);
  const syncId = await eventually(() => startSync(browser), PATIENCE);
  const frames: Frame[] = [];
  const heardAt: number[] = [];
  const followed = Promise.all(
    Array.from({ length: CLIENTS }, (_, nth) =>
      followSync(browser, syncId, {
        onFrame(frame) {
          if (nth === 0) frames.push(frame);
          if (nth < CLIENTS - 1) heardAt.push(performance.now());
        },
        ...(nth === CLIENTS - 1 && { hangUpAfter: RESTLESS_FRAMES }),
      }),
    ),
  );
  followed.catch(() => undefined); // whoever awaits it hears of it; until then it must not end the process
  return { sellerId, browser, syncId, frames, heardAt, followed };
}
