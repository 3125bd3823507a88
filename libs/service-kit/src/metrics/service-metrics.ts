import { messageOf } from '@recoup/kernel';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { counter, processRegistry, type Instrument, type Labels } from './instruments.js';

/** One series of a gauge as it stands now. */
export interface Sample<L extends string> {
  readonly labels: Labels<L>;
  readonly value: number;
}

/** How long a scrape waits for one gauge, in milliseconds: a database that hangs must not hide what else is known. */
const PATIENCE_MS = 2000;

const failures = counter({
  name: 'recoup_metric_failures_total',
  help: 'Gauges that could not be read for a scrape, by metric. They are absent from it.',
  labels: ['metric'],
});

/** What `/metrics` of a service shows: the counters of the process, and gauges that are read when somebody asks. */
export class ServiceMetrics {
  readonly #gauges = new Registry();
  readonly #onError: (reason: string) => void;

  constructor(onError: (reason: string) => void) {
    this.#onError = onError;
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** Adds what Node tells of its process: processor, memory, file handles, event loop, garbage collection. */
  addProcess(): void {
    collectDefaultMetrics({ register: this.#gauges });
  }

  /**
   * Adds a gauge that `read` answers at each scrape. A gauge that cannot be read has no series in that scrape, which is
   * counted; the others are shown all the same. What costs a query goes through `everySome`.
   */
  gauge<L extends string>(
    { name, help, labels = [] }: Instrument<L>,
    read: () => Promise<readonly Sample<L>[]> | readonly Sample<L>[],
  ): void {
    const onError = this.#onError;
    failures.inc({ metric: name }, 0);
    new Gauge<L>({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#gauges],
      async collect() {
        try {
          const samples = await inTime(read());
          clear(this, labels);
          for (const { labels: series, value } of samples) this.set(series, value);
        } catch (error) {
          clear(this, labels);
          failures.inc({ metric: name });
          onError(`${name}: ${messageOf(error)}`);
        }
      },
    });
  }

  /** The text that Prometheus reads. */
  async text(): Promise<string> {
    // The gauges first: one that fails is counted in the same scrape.
    const gauges = await this.#gauges.metrics();
    return `${gauges}\n${await processRegistry.metrics()}`;
  }
}

/** Without labels a reset would show 0, which is not the same as nothing. */
function clear(gauge: Gauge, labels: readonly string[]): void {
  gauge.reset();
  if (labels.length === 0) gauge.remove();
}

async function inTime<T>(work: Promise<T> | T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Answers what `read` answered, and asks it again when that is older than `ms`; callers of the same moment share one
 * question. A failure is not kept.
 */
export function everySome<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { readonly until: number; readonly answer: Promise<T> } | null = null;
  return () => {
    if (kept && performance.now() < kept.until) return kept.answer;
    const answer = read();
    const now = { until: performance.now() + ms, answer };
    kept = now;
    answer.catch(() => {
      if (kept === now) kept = null;
    });
    return answer;
  };
}
