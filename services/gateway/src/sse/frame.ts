import { formatEventId, type EventId } from './event-id.js';

/** What is told at one place of the log. It is encoded once, when first sent, however many clients get it. */
export class Frame {
  readonly position: number;
  /** Nothing comes after it. */
  readonly last: boolean;
  readonly #id: EventId;
  readonly #body: object;
  #json: string | null = null;
  #bytes: Buffer | null = null;

  constructor(
    { shard, position }: EventId,
    body: object,
    { last = false }: { last?: boolean } = {},
  ) {
    this.#id = { shard, position };
    this.#body = body;
    this.position = position;
    this.last = last;
  }

  /** The body alone, as a WebSocket carries it. */
  get json(): string {
    return (this.#json ??= JSON.stringify(this.#body));
  }

  /** As a server-sent event: unnamed, since clients hear only those without a name. JSON holds no line break. */
  get bytes(): Buffer {
    return (this.#bytes ??= Buffer.from(`id: ${formatEventId(this.#id)}\ndata: ${this.json}\n\n`));
  }
}
