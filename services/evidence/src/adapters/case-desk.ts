import { codeOf, messageOf } from '@recoup/kernel';
import { z } from 'zod';
import type { CasePacket } from '../domain/case-packet.js';

/**
 * What came of asking the desk to open a case. `refused` and `not_now` are certain to have changed nothing, and only the
 * first is an answer to the claim itself; after `unknown` the case may exist.
 */
export type SubmitAnswer =
  | { readonly outcome: 'filed'; readonly caseId: string }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'not_now'; readonly reason: string }
  | { readonly outcome: 'unknown'; readonly reason: string };

export type LookUpAnswer =
  | { readonly outcome: 'found'; readonly caseId: string }
  | { readonly outcome: 'not_known' }
  | { readonly outcome: 'no_answer'; readonly reason: string };

/** The desk that takes cases for Amazon. */
export interface CaseDesk {
  /** Opens a case, one per key however often it is asked. Never throws, never repeats by itself. */
  submit(idempotencyKey: string, packet: CasePacket): Promise<SubmitAnswer>;
  /** The case of a key, if the desk has one. Never throws. */
  lookUp(idempotencyKey: string): Promise<LookUpAnswer>;
}

export interface CaseDeskOptions {
  readonly url: string;
  /** Milliseconds after which an exchange is given up. */
  readonly timeoutMs: number;
}

/** Whoever receives a call can see that a program made it, and which. */
export const USER_AGENT = 'Recoup/0.1 (automated claim filing; Language=TypeScript; Platform=Node)';

const openedSchema = z.object({ caseId: z.string().min(1) });
const listSchema = z.object({
  cases: z.array(openedSchema.extend({ idempotencyKey: z.string().optional() })),
});

/** A case desk over HTTP: `POST <url>/cases` with an `Idempotency-Key`, `GET <url>/cases?idempotencyKey=`. */
export function openCaseDesk({ url, timeoutMs }: CaseDeskOptions): CaseDesk {
  const cases = `${url.replace(/\/+$/, '')}/cases`;
  return {
    async submit(idempotencyKey, packet) {
      try {
        const { status, text } = await exchange(cases, timeoutMs, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
          body: JSON.stringify(packet),
        });
        return submitAnswer(status, text);
      } catch (error) {
        const reason = whyFailed(error);
        return { outcome: neverLeft(error) ? 'not_now' : 'unknown', reason };
      }
    },
    async lookUp(idempotencyKey) {
      const byKey = `${cases}?${new URLSearchParams({ idempotencyKey }).toString()}`;
      try {
        const { status, text } = await exchange(byKey, timeoutMs, { method: 'GET' });
        if (status !== 200) return { outcome: 'no_answer', reason: said(status, text) };
        const { cases: listed } = listSchema.parse(JSON.parse(text));
        // A desk that ignored the filter must not lend this claim the case of another.
        const found = listed.find(
          (one) => (one.idempotencyKey ?? idempotencyKey) === idempotencyKey,
        );
        return found ? { outcome: 'found', caseId: found.caseId } : { outcome: 'not_known' };
      } catch (error) {
        return { outcome: 'no_answer', reason: whyFailed(error) };
      }
    },
  };
}

async function exchange(
  url: string,
  timeoutMs: number,
  request: { method: string; headers?: Readonly<Record<string, string>>; body?: string },
): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    ...request,
    headers: { ...request.headers, 'user-agent': USER_AGENT, accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  return { status: response.status, text: await response.text() };
}

/** These say that nothing was taken in and that asking later is right. */
const NOT_NOW: ReadonlySet<number> = new Set([425, 429]);
/** A request that timed out at the desk, and a key that it holds with another content: a case may exist. */
const MAY_EXIST: ReadonlySet<number> = new Set([408, 409]);

function submitAnswer(status: number, text: string): SubmitAnswer {
  const reason = said(status, text);
  if (status === 200 || status === 201) {
    const opened = openedSchema.safeParse(parsed(text));
    return opened.success
      ? { outcome: 'filed', caseId: opened.data.caseId }
      : { outcome: 'unknown', reason: `${reason}, without a case id` };
  }
  if (NOT_NOW.has(status)) return { outcome: 'not_now', reason };
  const refused = status >= 400 && status < 500 && !MAY_EXIST.has(status);
  return { outcome: refused ? 'refused' : 'unknown', reason };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Enough of an answer to understand it, not enough to flood the log. */
const SAID_AT_MOST = 300;

function said(status: number, text: string): string {
  const body = text.trim().slice(0, SAID_AT_MOST);
  return body === '' ? `the desk answered ${status}` : `the desk answered ${status}: ${body}`;
}

/** No connection came about, so nothing was sent. */
const NEVER_LEFT: ReadonlySet<string | undefined> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function neverLeft(error: unknown): boolean {
  return error instanceof Error && NEVER_LEFT.has(codeOf(error.cause));
}

/** fetch says only that it failed; why is in the cause. */
function whyFailed(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return codeOf(cause) ?? messageOf(cause);
}
