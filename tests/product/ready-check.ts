import { natsReady } from '@recoup/local';
import { eventually } from '@recoup/testkit';
import type { ProcessName, Product } from './product.js';
import { flagOf, runningProcess } from './read-run.js';

/** How long a killed process may take to answer again, on a machine that is busy with other things, in milliseconds. */
const READY_MS = 60_000;

export interface ReadyCheck {
  readonly stateDir: string;
  readonly sandboxOrigin: string;
  /** The operations port of each service. */
  readonly operationsPorts: ReadonlyMap<string, number>;
  readonly database: Product['database'];
}

/** Waits until a process answers as what it is, and is not the one numbered `after`. */
export async function waitUntilReady(
  check: ReadyCheck,
  name: ProcessName,
  after: number | undefined,
): Promise<void> {
  await eventually(
    async () => {
      const before = runningProcess(check.stateDir, name);
      if (before.pid === after) return false;
      await answers(check, name);
      return runningProcess(check.stateDir, name).pid === before.pid;
    },
    { timeoutMs: READY_MS },
  );
}

async function answers(check: ReadyCheck, name: ProcessName): Promise<void> {
  const { stateDir, sandboxOrigin, operationsPorts } = check;
  switch (name) {
    case 'postgres':
      await check.database.query('select 1');
      return;
    case 'nats-server':
      await natsReady(`nats://127.0.0.1:${flagOf(runningProcess(stateDir, name), '--port')}`);
      return;
    case 'sandbox':
      return succeeds(`${sandboxOrigin}/health`);
    default:
      return succeeds(`http://127.0.0.1:${operationsPorts.get(name)}/readyz`);
  }
}

async function succeeds(url: string): Promise<void> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
}
