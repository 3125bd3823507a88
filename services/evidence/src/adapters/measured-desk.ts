import { counter, histogram, inSpan, SpanKind, stopwatch } from '@recoup/service-kit';
import type { CaseDesk, LookUpAnswer, SubmitAnswer } from './case-desk.js';
import type { FilingChannel } from './tables.js';

const duration = histogram({
  name: 'recoup_filing_call_duration_seconds',
  help: 'Calls to the case desk by kind: submit, look_up.',
  labels: ['kind'],
});
const calls = counter({
  name: 'recoup_filing_calls_total',
  help: 'Calls to the case desk by channel, kind (submit, look_up) and outcome: filed, handed_over, refused, not_now, unknown; found, not_known, no_answer.',
  labels: ['channel', 'kind', 'outcome'],
});

const OUTCOMES = {
  submit: ['filed', 'handed_over', 'refused', 'not_now', 'unknown'],
  look_up: ['found', 'not_known', 'no_answer'],
} as const satisfies Record<string, readonly (SubmitAnswer | LookUpAnswer)['outcome'][]>;

/** Shown from the start, so that the first refusal is a rise. */
function beginAtZero(channel: FilingChannel): void {
  for (const [kind, outcomes] of Object.entries(OUTCOMES)) {
    for (const outcome of outcomes) calls.inc({ channel, kind, outcome }, 0);
  }
}

/** A desk whose calls are counted, timed and traced. Neither the packet nor an answer's words are in what is told. */
export function measuredDesk(desk: CaseDesk, channel: FilingChannel): CaseDesk {
  beginAtZero(channel);
  const measured = async <A extends SubmitAnswer | LookUpAnswer>(
    kind: 'submit' | 'look_up',
    call: () => Promise<A>,
  ): Promise<A> => {
    const took = stopwatch();
    const attributes = { 'recoup.filing.channel': channel };
    return inSpan(`desk ${kind}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const answer = await call();
      span.set({ 'recoup.filing.outcome': answer.outcome });
      duration.observe({ kind }, took());
      calls.inc({ channel, kind, outcome: answer.outcome });
      return answer;
    });
  };
  const { lookUp } = desk;
  return {
    submit: (order, beginBy) => measured('submit', () => desk.submit(order, beginBy)),
    lookUp: lookUp && ((key, beginBy) => measured('look_up', () => lookUp(key, beginBy))),
  };
}
