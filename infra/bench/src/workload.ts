/** One side of a workload: the product, a peer, or a limit. */
export interface Contestant {
  readonly name: string;
  /** What it runs with: pools, batch sizes. Printed, so that a reader can judge whether it was given a fair chance. */
  readonly setup: string;
  /** Works for about `seconds` (or once over a fixed amount) and answers what it did per second. */
  run(seconds: number): Promise<Rate>;
}

export interface Rate {
  /** Events per second; where the workload's unit is milliseconds, how long it took. */
  readonly figure: number;
  /** Latency of one call in milliseconds, where calls are what is measured. */
  readonly p50?: number;
  readonly p99?: number;
  /** Anything else worth a column, such as wasted tries. */
  readonly note?: string;
}

export interface Workload {
  readonly name: string;
  readonly title: string;
  /** What bounds the first contestant, and how that is known. */
  readonly limit: string;
  /** What is counted: events per second unless it says otherwise. Of milliseconds the fewer are the better. */
  readonly unit?: 'ms';
  /** How often each side runs, where once takes so long that the usual number would be too much; it is then not warmed up. */
  readonly repetitions?: number;
  /** The first is the product; each ratio says how many times faster it is than another. */
  readonly contestants: readonly Contestant[];
}

/** Builds its workloads on servers that are there already. What it opens it hands to `onEnd`. */
export type WorkloadFile = (bench: BenchServers) => Promise<readonly Workload[]>;

export interface BenchServers {
  /** A migrated database of its own, as the role of a service. */
  database(): Promise<{ readonly adminUrl: string; readonly urlOf: (role: string) => string }>;
  /** An empty database on the same server. */
  emptyDatabase(): Promise<string>;
  onEnd(close: () => Promise<unknown>): void;
}
