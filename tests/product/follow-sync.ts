import { AppError, sleep } from '@recoup/kernel';
import { z } from 'zod';
import type { Browser } from './browser.js';
import { connectOnce } from './event-source.js';
import { syncBodySchema, type SyncBody } from './syncs.js';

/** One frame of a sync's progress. */
export interface Frame extends SyncBody {
  /** `<shard>-<position>` of the log. */
  readonly id: string;
  readonly position: number;
  /** A snapshot instead of the change that followed the last one. */
  readonly reset: boolean;
}

export interface FollowOptions {
  readonly onFrame?: (frame: Frame) => void;
  /** Hangs up after so many frames of a connection, and connects again. */
  readonly hangUpAfter?: number;
  /** How long the whole may take, in milliseconds. */
  readonly timeoutMs?: number;
}

/** What one client saw of a sync from its first frame to the end. */
export interface Followed {
  readonly frames: readonly Frame[];
  /** How often it connected. */
  readonly connections: number;
}

/** The frames broke what the contract says of them, or their end never came. */
export class BadFrames extends AppError {
  readonly code = 'BAD_FRAMES';
}

/** A client reconnects after this long, in milliseconds: often enough to meet a server that is just coming up. */
const RECONNECT_MS = 200;

/**
 * Follows a sync as an event source does, with its last id at every reconnect, until the server says that there is no
 * more. Throws BadFrames when a frame comes twice or out of order, a reconnect is answered by a snapshot instead of what
 * it missed, progress falls, anything follows the terminal frame, or the end does not come in time.
 */
export async function followSync(
  browser: Browser,
  syncId: string,
  { onFrame, hangUpAfter = Infinity, timeoutMs = 300_000 }: FollowOptions = {},
): Promise<Followed> {
  const frames: Frame[] = [];
  const signal = AbortSignal.timeout(timeoutMs);
  for (let connections = 1; !signal.aborted; connections += 1) {
    let seen = 0;
    const end = await connectOnce(browser, `/api/sse/sync-progress/${syncId}`, {
      lastEventId: frames.at(-1)?.id,
      signal,
      onMessage: ({ id, event, data }) => {
        if (event !== undefined) throw new BadFrames(`a frame is named ${event}: nobody hears it`);
        const frame = frameOf(id, data);
        checkNext(frames, frame);
        frames.push(frame);
        onFrame?.(frame);
        return ++seen < hangUpAfter;
      },
    });
    if (end === 'over') {
      if (frames.at(-1)?.status === 'in_progress')
        throw new BadFrames('it was over before its end');
      return { frames, connections };
    }
    await sleep(RECONNECT_MS, signal);
  }
  throw new BadFrames(`no end after ${timeoutMs} ms; last: ${JSON.stringify(frames.at(-1))}`);
}

const bodySchema = syncBodySchema.extend({ reset: z.boolean().default(false) });

function frameOf(id: string | undefined, data: string): Frame {
  const position = /^\d{1,2}-(\d+)$/.exec(id ?? '')?.[1];
  if (id === undefined || position === undefined) throw new BadFrames(`a frame has the id ${id}`);
  return { ...bodySchema.parse(JSON.parse(data)), id, position: Number(position) };
}

/** Throws BadFrames when a frame may not follow those before it. */
function checkNext(frames: readonly Frame[], frame: Frame): void {
  const last = frames.at(-1);
  if (!last) return;
  const problem =
    (last.status !== 'in_progress' && 'comes after the end') ||
    (frame.reset && 'is a snapshot in the middle') ||
    (frame.position <= last.position && 'comes twice or out of order') ||
    (frame.progress < last.progress && 'falls back');
  if (problem) {
    throw new BadFrames(
      `a frame ${problem}: ${JSON.stringify(frame)} after ${JSON.stringify(last)}`,
    );
  }
}
