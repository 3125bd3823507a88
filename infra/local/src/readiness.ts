import { openSync, closeSync, fstatSync, readSync } from 'node:fs';
import { AppError, sleep } from '@recoup/kernel';

export class NotReady extends AppError {
  readonly code = 'NOT_READY';
}

export interface WaitForService {
  readonly name: string;
  /** Answers 200 when the service is ready. */
  readonly url: string;
  readonly logFile: string;
  readonly timeoutMs: number;
  /** How often it has ended so far. */
  readonly deaths: () => number;
  readonly signal: AbortSignal;
}

/** One that ended this often before it was ready has a reason to, such as a bad setting: waiting longer tells nothing. */
const HOPELESS_DEATHS = 3;

/** Waits until a service is ready. Throws NotReady with the end of its log: that is where the reason stands. */
export async function serviceReady(service: WaitForService): Promise<void> {
  const { name, url, logFile, timeoutMs, deaths, signal } = service;
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && deaths() < HOPELESS_DEATHS && !signal.aborted) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // not listening yet
    }
    await sleep(100, signal);
  }
  if (!signal.aborted)
    throw new NotReady(`${name} does not come up. The end of its log:\n${tail(logFile)}`);
}

function tail(file: string): string {
  try {
    const handle = openSync(file, 'r');
    const { size } = fstatSync(handle);
    const buffer = Buffer.alloc(Math.min(size, 2000));
    readSync(handle, buffer, 0, buffer.length, size - buffer.length);
    closeSync(handle);
    return buffer.toString();
  } catch {
    return '(no log)';
  }
}
