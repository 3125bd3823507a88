import { z } from 'zod';
import type { CasePacket } from '../domain/case-packet.js';
import { openOutbound, type Exchange } from './outbound.js';

/** One request to open a case, the same at every try. */
export interface CaseOrder {
  readonly idempotencyKey: string;
  /** When it was asked for. */
  readonly requestedAt: Date;
  readonly packet: CasePacket;
}

/**
 * What came of asking the desk to open a case. `refused` and `not_now` are certain to have changed nothing, and only the
 * first is an answer to the claim itself; after `unknown` the case may exist. `handed_over`: a person's desk has it, and
 * tells the number of its case later. `left`: whether anything went out.
 */
export type SubmitAnswer =
  | { readonly outcome: 'filed'; readonly caseId: string }
  | { readonly outcome: 'handed_over' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'not_now'; readonly reason: string; readonly left: boolean }
  | { readonly outcome: 'unknown'; readonly reason: string };

export type LookUpAnswer =
  | { readonly outcome: 'found'; readonly caseId: string }
  | { readonly outcome: 'not_known' }
  | { readonly outcome: 'no_answer'; readonly reason: string; readonly left: boolean };

/** The desk that takes cases. Calls begin by a moment on the clock of `performance.now`, or not at all. */
export interface CaseDesk {
  /** Opens a case, one per key however often it is asked. Never throws, never repeats by itself. */
  submit(order: CaseOrder, beginBy: number): Promise<SubmitAnswer>;
  /**
   * The case of a key, if the desk has one. Never throws. Null for a desk that cannot be asked: there sending the same
   * order again is the look-up, since the desk takes each key once.
   */
  readonly lookUp: ((idempotencyKey: string, beginBy: number) => Promise<LookUpAnswer>) | null;
}

export interface CaseDeskOptions {
  readonly url: string;
  /** Milliseconds after which an exchange is given up. */
  readonly timeoutMs: number;
}

const openedSchema = z.object({ caseId: z.string().min(1) });
const listSchema = z.object({
  cases: z.array(openedSchema.extend({ idempotencyKey: z.string().optional() })),
});

/** A case desk over HTTP: `POST <url>/cases` with an `Idempotency-Key`, `GET <url>/cases?idempotencyKey=`. */
export function openCaseDesk({ url, timeoutMs }: CaseDeskOptions): CaseDesk {
  const cases = `${url.replace(/\/+$/, '')}/cases`;
  const outbound = openOutbound({ timeoutMs, publicOnly: false });
  return {
    async submit({ idempotencyKey, packet }, beginBy) {
      const exchanged = await outbound.exchange(cases, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(packet),
        beginBy,
      });
      return submitAnswer(exchanged, (text, status) => {
        const known = status === 200 || status === 201;
        const opened = openedSchema.safeParse(parsed(text));
        return known && opened.success
          ? { outcome: 'filed', caseId: opened.data.caseId }
          : { outcome: 'unknown', reason: `${said(exchanged)}, without a case id` };
      });
    },
    async lookUp(idempotencyKey, beginBy) {
      const byKey = `${cases}?${new URLSearchParams({ idempotencyKey }).toString()}`;
      const exchanged = await outbound.exchange(byKey, { method: 'GET', beginBy });
      const { left } = exchanged;
      const listed =
        exchanged.status === 200 ? listSchema.safeParse(parsed(exchanged.text)) : undefined;
      if (!listed?.success) return { outcome: 'no_answer', reason: said(exchanged), left };
      // A desk that ignored the filter must not lend this claim the case of another.
      const found = listed.data.cases.find(
        (one) => (one.idempotencyKey ?? idempotencyKey) === idempotencyKey,
      );
      return found ? { outcome: 'found', caseId: found.caseId } : { outcome: 'not_known' };
    },
  };
}

/** These say that nothing was taken in and that asking later is right. */
const NOT_NOW: ReadonlySet<number> = new Set([425, 429]);
/** A request that timed out at the desk, and a key that it holds with another content: a case may exist. */
const MAY_EXIST: ReadonlySet<number> = new Set([408, 409]);

/** What an exchange says of a case; `taken` reads the body of an answer that says yes. */
export function submitAnswer(
  exchanged: Exchange,
  taken: (text: string, status: number) => SubmitAnswer,
): SubmitAnswer {
  const reason = said(exchanged);
  const { status, left } = exchanged;
  if (status === null) return left ? { outcome: 'unknown', reason } : notNow(reason, left);
  if (status >= 200 && status < 300) return taken(exchanged.text, status);
  if (NOT_NOW.has(status)) return notNow(reason, left);
  const refused = status >= 400 && status < 500 && !MAY_EXIST.has(status);
  return { outcome: refused ? 'refused' : 'unknown', reason };
}

function notNow(reason: string, left: boolean): SubmitAnswer {
  return { outcome: 'not_now', reason, left };
}

/** The JSON in a text; null where there is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Enough of an answer to understand it, not enough to flood the log. */
const SAID_AT_MOST = 300;

function said(exchanged: Exchange): string {
  if (exchanged.status === null) return exchanged.reason;
  const body = exchanged.text.trim().slice(0, SAID_AT_MOST);
  const answered = `the desk answered ${exchanged.status}`;
  return body === '' ? answered : `${answered}: ${body}`;
}
