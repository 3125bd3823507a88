/** Pause between the heartbeats of one stream, in milliseconds: proxies close what is silent for 30 s and more. */
const PERIOD_MS = 15_000;

/** Streams beat in turns, so that ten thousand do not all write in the same moment. */
const TURNS = 15;

interface Beating {
  beat(): void;
}

/** One timer for the heartbeats of all streams of the process, each of which beats once a period. */
export class Heartbeat {
  readonly #turns = Array.from({ length: TURNS }, () => new Set<Beating>());
  readonly #timer: NodeJS.Timeout;
  #now = 0;
  #next = 0;

  constructor(periodMs = PERIOD_MS) {
    this.#timer = setInterval(() => this.#turn(), Math.max(1, periodMs / TURNS));
    this.#timer.unref();
  }

  /** Answers how to take it out again. */
  add(stream: Beating): () => void {
    const turn = this.#turns[this.#next++ % TURNS];
    turn?.add(stream);
    return () => turn?.delete(stream);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    for (const stream of this.#turns[this.#now++ % TURNS] ?? []) stream.beat();
  }
}
