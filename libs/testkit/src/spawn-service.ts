import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { identify, stopProcess } from '@recoup/local';
import { guardChild } from './crash-guard.js';

export interface SpawnServiceOptions {
  /** The script that Node runs. */
  readonly script: string;
  /** Its whole environment, beside PATH and HOME. */
  readonly env: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly cwd?: string;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process of its own, as in production: what a test kills is really gone. */
export interface SpawnedService extends AsyncDisposable {
  readonly pid: number;
  readonly exit: Promise<Exit>;
  /** All that it has written so far, to both streams. */
  readonly output: string;
  /** SIGKILL; returns when it is gone. */
  kill9(): Promise<Exit>;
  /** SIGTERM, and SIGKILL when that does not help; returns when it is gone. */
  stop(): Promise<Exit>;
}

/** A service stops within 10 seconds of its own; then it counts as hanging. */
const STOP_GRACE_MS = 12_000;

/** Starts a service. Rejects when the operating system cannot start it. */
export async function spawnService({
  script,
  env,
  args = [],
  cwd,
}: SpawnServiceOptions): Promise<SpawnedService> {
  const { PATH = '', HOME = '/' } = process.env;
  const child = spawn(process.execPath, [script, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, TZ: 'UTC', ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = new Promise<Exit>((resolve) => {
    // `close`, not `exit`: only then all output has been read.
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  await once(child, 'spawn');
  const pid = child.pid as number;
  const identity = identify(pid);
  const unguard = guardChild({ ...identity, name: script, stopSignal: 'SIGTERM' });
  void exit.then(unguard);
  const end = async (signal: NodeJS.Signals): Promise<Exit> => {
    const reaped = child.exitCode !== null || child.signalCode !== null;
    if (!reaped) await stopProcess(identity, { signal, graceMs: STOP_GRACE_MS });
    return exit;
  };
  return {
    pid,
    exit,
    get output() {
      return output;
    },
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM');
    },
  };
}
