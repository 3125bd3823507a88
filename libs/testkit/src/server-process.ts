import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, messageOf, sleep } from '@recoup/kernel';
import { identify, startChild, stopProcess, type ChildSpec } from '@recoup/local';
import { guardChild } from './crash-guard.js';

export class ServerDidNotStart extends AppError {
  readonly code = 'SERVER_DID_NOT_START';
}

export interface ServerProcessOptions {
  readonly child: ChildSpec;
  readonly logFolder: string;
  /** Resolves when the server answers; gives up when the signal aborts. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
}

/** A server that a test may kill and bring back on the same port and data. */
export interface ServerProcess extends AsyncDisposable {
  /** SIGKILL, as by the kernel's memory killer; returns when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, stopping it first when it runs; returns when it answers. */
  restart(): Promise<void>;
}

/** A killed Postgres leaves backends for a moment, and they keep the next one from starting. */
const ATTEMPTS = 40;
const PAUSE_MS = 250;

const STOP_GRACE_MS = 10_000;

interface Started {
  readonly ended: Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** Starts a server and waits until it answers. Throws ServerDidNotStart with the end of its log. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  let current: Started | null = await startUntilReady(options);
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    const stopping = current;
    current = null;
    await stopping?.stop(signal);
  };
  const gently = (): Promise<void> => stop(options.child.stopSignal ?? 'SIGTERM');
  return {
    kill: () => stop('SIGKILL'),
    async restart() {
      await gently();
      current = await startUntilReady(options);
    },
    [Symbol.asyncDispose]: gently,
  };
}

async function startUntilReady(options: ServerProcessOptions): Promise<Started> {
  let failure: unknown;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const started = startOnce(options);
    const waiting = new AbortController();
    const outcome = await Promise.race([
      started.ended.then(() => 'ended' as const),
      options.ready(waiting.signal).then(
        () => 'ready' as const,
        (error: unknown) => ({ error }),
      ),
    ]);
    waiting.abort();
    if (outcome === 'ready') return started;
    await started.stop('SIGKILL');
    if (outcome !== 'ended') {
      failure = outcome.error;
      break;
    }
    await sleep(PAUSE_MS);
  }
  const { name } = options.child;
  const reason = failure === undefined ? 'it ended again and again' : messageOf(failure);
  throw new ServerDidNotStart(
    `${name}: ${reason}\n${logTail(join(options.logFolder, `${name}.log`))}`,
  );
}

function startOnce({ child, logFolder }: ServerProcessOptions): Started {
  const started = startChild(child, logFolder);
  const ended = new Promise<void>((resolve) => {
    started.once('exit', () => resolve());
    started.once('error', () => resolve());
  });
  if (started.pid === undefined) return { ended, stop: () => ended };
  return { ended, stop: stopper(started, started.pid, child) };
}

function stopper(started: ChildProcess, pid: number, child: ChildSpec): Started['stop'] {
  const identity = identify(pid);
  const unguard = guardChild({
    ...identity,
    name: child.name,
    stopSignal: child.stopSignal ?? 'SIGTERM',
  });
  return async (signal) => {
    // A child that has been reaped may have given its number to another process.
    const reaped = started.exitCode !== null || started.signalCode !== null;
    if (!reaped) await stopProcess(identity, { signal, graceMs: STOP_GRACE_MS });
    unguard();
  };
}

function logTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-2000);
  } catch {
    return '(no log)';
  }
}
