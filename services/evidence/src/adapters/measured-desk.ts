import { histogram, inSpan, SpanKind, stopwatch } from '@recoup/service-kit';
import type { CaseDesk, LookUpAnswer, SubmitAnswer } from './case-desk.js';
import type { FilingChannel } from './tables.js';

const duration = histogram({
  name: 'recoup_filing_call_duration_seconds',
  help: 'Calls to the case desk by channel, kind (submit, look_up) and outcome: filed, handed_over, refused, not_now, unknown; found, not_known, no_answer.',
  labels: ['channel', 'kind', 'outcome'],
});

/** A desk whose calls are counted, timed and traced. Neither the packet nor an answer's words are in what is told. */
export function measuredDesk(desk: CaseDesk, channel: FilingChannel): CaseDesk {
  const measured = async <A extends SubmitAnswer | LookUpAnswer>(
    kind: 'submit' | 'look_up',
    call: () => Promise<A>,
  ): Promise<A> => {
    const took = stopwatch();
    const attributes = { 'recoup.filing.channel': channel };
    return inSpan(`desk ${kind}`, { kind: SpanKind.CLIENT, attributes }, async (span) => {
      const answer = await call();
      span.set({ 'recoup.filing.outcome': answer.outcome });
      duration.observe({ channel, kind, outcome: answer.outcome }, took());
      return answer;
    });
  };
  const { lookUp } = desk;
  return {
    submit: (order, beginBy) => measured('submit', () => desk.submit(order, beginBy)),
    lookUp: lookUp && ((key, beginBy) => measured('look_up', () => lookUp(key, beginBy))),
  };
}
