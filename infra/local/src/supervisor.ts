import type { ChildProcess } from 'node:child_process';
import { backoffMs, sleep } from '@recoup/kernel';
import { startChild, type ChildSpec } from './child.js';
import { identify, type ProcessIdentity } from './process-identity.js';
import { stopProcess } from './stop-process.js';

/** A child that ran at least this long died of something new: its restarts begin from the shortest pause. */
const STABLE_MS = 10_000;

export interface SupervisorOptions {
  readonly logFolder: string;
  /** Told of every start and end, for the guardian and for the screen. */
  readonly onStart: (spec: ChildSpec, identity: ProcessIdentity) => void;
  readonly onDeath: (spec: ChildSpec, how: string) => void;
}

interface Kept {
  readonly spec: ChildSpec;
  identity: ProcessIdentity | null;
}

/** Keeps children running: one that dies is started again, the first time at once, then with growing pauses. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #kept: Kept[] = [];
  readonly #stopping = new AbortController();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  keep(spec: ChildSpec): void {
    const kept: Kept = { spec, identity: null };
    this.#kept.push(kept);
    this.#start(kept, 0);
  }

  /** Stops all children, the last started first, so that services never see their servers go. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const { spec, identity } of [...this.#kept].reverse()) {
      if (identity)
        await stopProcess(identity, { signal: spec.stopSignal ?? 'SIGTERM', graceMs: 12_000 });
    }
  }

  #start(kept: Kept, failures: number): void {
    const startedAt = Date.now();
    const child = startChild(kept.spec, this.#options.logFolder);
    if (child.pid !== undefined) {
      kept.identity = identify(child.pid);
      this.#options.onStart(kept.spec, kept.identity);
    }
    void ended(child).then(async (how) => {
      if (this.#stopping.signal.aborted) return;
      const next = Date.now() - startedAt > STABLE_MS ? 0 : failures;
      this.#options.onDeath(kept.spec, how);
      if (next > 0)
        await sleep(backoffMs(next, { baseMs: 250, capMs: 10_000 }), this.#stopping.signal);
      if (!this.#stopping.signal.aborted) this.#start(kept, next + 1);
    });
  }
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
