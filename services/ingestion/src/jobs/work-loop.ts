import { messageOf, sleep } from '@recoup/kernel';
import type { Pool } from 'pg';

import type { Log } from '../log.js';
import type { Job } from './job.js';
import { takeJob } from './lease.js';
import { openTurns, type Turns } from './turns.js';

/** How often an idle process looks for a job: what a newly started sync may wait, in milliseconds. */
const LOOK_MS = 200;
const LOOK_AGAIN_AFTER_FAILURE_MS = 1000;

export interface WorkLoop {
  readonly pool: Pool;
  readonly log: Log;
  readonly owner: string;
  readonly leaseSeconds: number;
  /** Jobs at the same time. */
  readonly workers: number;
  /** So long a job is worked on while others wait. */
  readonly turnSeconds: number;
  readonly signal: AbortSignal;
  /** Does a job to its end, or gives it back, soon after its turn aborts; throws for nothing. */
  readonly work: (job: Job, turn: AbortSignal) => Promise<void>;
}

/**
 * Takes jobs as long as the signal lets it, several at once; ends when the jobs taken have ended too. When all workers
 * are busy and others wait, jobs that have had their turn make room.
 */
export async function runWorkLoop(loop: WorkLoop): Promise<void> {
  const busy = new Set<Promise<void>>();
  const turns = openTurns(loop);
  while (!loop.signal.aborted) {
    if (busy.size >= loop.workers) {
      await Promise.race([...busy, sleep(LOOK_MS, loop.signal)]);
      if (busy.size >= loop.workers) await makeRoom(loop, turns);
      continue;
    }
    const job = await look(loop);
    if (!job) continue;
    const turn = turns.begin();
    const working: Promise<void> = loop.work(job, turn.signal).finally(() => {
      turn.end();
      busy.delete(working);
    });
    busy.add(working);
  }
  await Promise.all(busy);
}

async function makeRoom({ log, signal }: WorkLoop, turns: Turns): Promise<void> {
  try {
    await turns.makeRoom();
  } catch (error) {
    log.warn(`could not look whether others wait: ${messageOf(error)}`);
    await sleep(LOOK_AGAIN_AFTER_FAILURE_MS, signal);
  }
}

/** A job, or null after the pause that follows when there is none. */
async function look({ pool, owner, leaseSeconds, log, signal }: WorkLoop): Promise<Job | null> {
  try {
    const job = await takeJob(pool, owner, leaseSeconds);
    if (!job) await sleep(LOOK_MS, signal);
    return job;
  } catch (error) {
    log.warn(`could not look for a job: ${messageOf(error)}`);
    await sleep(LOOK_AGAIN_AFTER_FAILURE_MS, signal);
    return null;
  }
}
