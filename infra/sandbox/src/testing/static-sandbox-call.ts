import { request } from 'node:http';
import type { StaticCase } from '../static-sandbox/static-cases.js';
import { US_SELLER, type Rig } from './rig.js';

const HOST = 'sandbox.sellingpartnerapi-eu.amazon.com';

export interface StaticReply {
  readonly status: number;
  readonly rateLimit: string | undefined;
  /** Undefined for an answer without a body. */
  readonly body: unknown;
}

/** What a client of Amazon's static sandbox gets for exactly the request that a case is about. */
export async function callStatic(rig: Rig, one: StaticCase): Promise<StaticReply> {
  // A second of the rig's time: the static sandbox allows five calls in one, whatever the operation.
  rig.advance(1_000);
  const body = one.expected.find((each) => each.in === 'body')?.value;
  const headers = {
    host: HOST,
    'user-agent': 'Rig/1.0 (Language=TypeScript)',
    'x-amz-access-token': await rig.accessToken(US_SELLER),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  return new Promise((resolve, reject) => {
    // Not fetch: it sends the host of the address, whatever it is told.
    const sent = request(
      new URL(pathOf(one), rig.origin),
      { method: one.method, headers },
      (reply) => {
        let text = '';
        reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
        reply.on('end', () => {
          resolve({
            status: reply.statusCode ?? 0,
            rateLimit: reply.headers['x-amzn-ratelimit-limit']?.toString(),
            body: text === '' ? undefined : JSON.parse(text),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function pathOf({ path, expected }: StaticCase): string {
  const listed = (place: string) => expected.filter((one) => one.in === place);
  // A path needs something where a case asks for nothing.
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encoded(listed('path').find((one) => one.name === name)?.value ?? 'unlisted'),
  );
  const query = listed('query').map(({ name, value }) => `${name}=${encoded(value)}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

function encoded(value: unknown): string {
  return [value]
    .flat()
    .map((part) => encodeURIComponent(String(part)))
    .join(',');
}
