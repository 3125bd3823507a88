import { counter, histogram, inSpan, SpanKind, stopwatch } from '@recoup/service-kit';
import { operations, type OperationName } from './operations.js';
import { send, type ApiAnswer, type ApiCall, type SendOptions } from './send.js';

const names = Object.keys(operations) as OperationName[];

const duration = histogram({
  name: 'recoup_spapi_call_duration_seconds',
  help: 'Calls of the SP-API by operation and HTTP status; `none` where no answer came.',
  labels: ['operation', 'status'],
});
const throttled = counter(
  {
    name: 'recoup_spapi_throttled_total',
    help: 'Calls that Amazon refused for the rate (429): each shows that a bucket of ours was wrong.',
    labels: ['operation'],
  },
  names.map((operation) => ({ operation })),
);

const TOO_MANY = 429;

/** One exchange with Amazon as `send` makes it, timed and traced. Neither the address nor the token is in what is told. */
export async function measuredSend(call: ApiCall, options: SendOptions): Promise<ApiAnswer> {
  const { operation } = call;
  const { method, path } = operations[operation];
  const took = stopwatch();
  let status = 'none';
  try {
    const attributes = {
      'http.request.method': method,
      'url.template': path,
      'server.address': new URL(options.origin).hostname,
    };
    return await inSpan(
      `spapi ${operation}`,
      { kind: SpanKind.CLIENT, attributes },
      async (span) => {
        const answer = await send(call, options);
        status = String(answer.status);
        span.set({ 'http.response.status_code': answer.status });
        if (answer.status === TOO_MANY) throttled.inc({ operation });
        return answer;
      },
    );
  } finally {
    duration.observe({ operation, status }, took());
  }
}
