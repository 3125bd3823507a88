import {
  connectSeller,
  followSync,
  signIn,
  startSync,
  type Browser,
  type Followed,
  type Frame,
  type Product,
} from '../product/index.js';
import { SELLER } from './chaos-settings.js';

/** A seller in the middle of a first sync, watched by two clients. */
export interface SellerSession {
  readonly browser: Browser;
  readonly syncId: string;
  /** What was seen so far by the client that never hangs up by itself. */
  readonly frames: readonly Frame[];
  /** Resolves for both clients when the server has told them that it is over. */
  readonly followed: Promise<{ readonly steady: Followed; readonly restless: Followed }>;
}

/**
 * The restless client hangs up after so many frames, and reconnects with the last id it has: it resumes from every place
 * there is, and stands at the door whenever something dies.
 */
const RESTLESS_FRAMES = 1;

/** Signs in, connects, starts, and watches. */
export async function openSession(product: Product): Promise<SellerSession> {
  const browser = await signIn(product);
  await connectSeller(browser, SELLER);
  const syncId = await startSync(browser);
  const frames: Frame[] = [];
  const followed = Promise.all([
    followSync(browser, syncId, { onFrame: (frame) => frames.push(frame) }),
    followSync(browser, syncId, { hangUpAfter: RESTLESS_FRAMES }),
  ]).then(([steady, restless]) => ({ steady, restless }));
  followed.catch(() => undefined); // whoever awaits it hears of it; until then it must not end the process
  return { browser, syncId, frames, followed };
}
