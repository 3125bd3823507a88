import type { CallOptions, Reply, Rig } from '../rig.js';

/** Calls of one operation, every answer of which is held against Amazon's model of it. */
export interface Conversation {
  readonly rig: Rig;
  /** Calls the operation; the rig's time goes on by five seconds before, so that limits refill and reports get done. */
  ask(path: string, options?: CallOptions): Promise<Reply>;
  /** The same at once. */
  askNow(path: string, options?: CallOptions): Promise<Reply>;
}

/** Talks to one operation as widely as it can be talked to: its parameters, its pages, its refusals. */
export type Talk = (conversation: Conversation) => Promise<void>;

interface Paging {
  /** The parameter that takes the token. */
  readonly parameter: string;
  readonly tokenOf: (body: unknown) => string | undefined;
  /** Pages in all, at most. */
  readonly most: number;
}

/** Asks page after page and answers how many there were. */
export async function askPages(
  { ask }: Conversation,
  path: string,
  { parameter, tokenOf, most }: Paging,
): Promise<number> {
  let token: string | undefined;
  let count = 0;
  do {
    const page = token === undefined ? '' : `&${parameter}=${encodeURIComponent(token)}`;
    const reply: Reply = await ask(path + page);
    count += 1;
    token = tokenOf(reply.json);
  } while (token !== undefined && count < most);
  return count;
}
