import type { Pool } from 'pg';

/** A process that the launcher keeps running. */
export type ProcessName =
  'postgres' | 'nats-server' | 'sandbox' | 'gateway' | 'ingestion' | 'detection' | 'evidence';

/** The whole product, running as a newcomer starts it. */
export interface Product extends AsyncDisposable {
  /** Where the gateway is, such as `http://localhost:34567`. */
  readonly origin: string;
  /** Where the simulated Amazon is. */
  readonly sandboxOrigin: string;
  /** Of each service, where it tells operators how it is. */
  readonly operationsPorts: ReadonlyMap<string, number>;
  /** The single-use sign-in link of this start. */
  readonly link: string;
  readonly stateDir: string;
  /** The database as its owner sees it: past every role and policy. Broken connections are replaced. */
  readonly database: Pool;
  /** All that the launcher has said so far. */
  readonly output: string;
  /** The number of a process that runs now. */
  pidOf(name: ProcessName): number;
  /** SIGKILL to one process, and to nothing else. Answers its number when it is gone. */
  kill(name: ProcessName): Promise<number>;
  /** Stops the launcher in its tracks, so that what dies stays down, until the answered function lets it go on. */
  holdRestarts(): () => void;
  /** Waits until a process answers; with `after`, one that is not the process of that number. */
  ready(name: ProcessName, after?: number): Promise<void>;
  /** SIGKILL to the launcher. What it ran is stopped by its guardian. */
  killLauncher(): Promise<void>;
  /** SIGTERM to the launcher; returns when everything has ended. The state folder stays. */
  stop(): Promise<void>;
  /** Stops, and forgets the state folder. */
  [Symbol.asyncDispose](): Promise<void>;
}
