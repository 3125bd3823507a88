import { AppError, codeOf, messageOf } from '@recoup/kernel';
import { buildConnector, Client } from 'undici';
import { publicConnector, type ResolveAll } from './public-address.js';

/** Whoever receives a call can see that a program made it, and which. */
export const USER_AGENT = 'Recoup/0.1 (automated claim filing; Language=TypeScript; Platform=Node)';

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The last moment at which the call may begin, on the clock of `performance.now`. */
  readonly beginBy: number;
}

export type Exchange =
  | { readonly left: true; readonly status: number; readonly text: string }
  /** `left` false: not one byte of the request went out. */
  | { readonly left: boolean; readonly status: null; readonly reason: string };

export interface OutboundOptions {
  /** Milliseconds after which an exchange is given up. */
  readonly timeoutMs: number;
  /** Only addresses of the open internet are called. */
  readonly publicOnly: boolean;
  /** How names are resolved; by the system where left out. */
  readonly resolveAll?: ResolveAll;
}

/** Calls to the world outside. Never throws, follows no redirect, reads no more than is needed, repeats nothing. */
export interface Outbound {
  exchange(url: string, outgoing: Outgoing): Promise<Exchange>;
}

/** More than any answer we understand; what is longer is cut. */
const LONGEST_ANSWER = 64 * 1024;

/** The call would have begun after its leave had run out. */
class TooLate extends AppError {
  readonly code = 'LEAVE_RAN_OUT';
}

export function openOutbound({ timeoutMs, publicOnly, resolveAll }: OutboundOptions): Outbound {
  const connect = publicOnly
    ? publicConnector(timeoutMs, resolveAll)
    : buildConnector({ timeout: timeoutMs });
  return {
    async exchange(url, { beginBy, body = null, method, headers }) {
      const { origin, pathname, search } = new URL(url);
      const begun = { left: false };
      // A connection for each call: what a desk says after its answer must not pass for the answer to the next call.
      const client = new Client(origin, { connect: inTime(connect, { begun, beginBy }) });
      try {
        const answer = await client.request({
          ...{ method, body, path: `${pathname}${search}` },
          headers: { ...headers, 'user-agent': USER_AGENT, accept: 'application/json' },
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { left: true, status: answer.statusCode, text: await textOf(answer.body) };
      } catch (error) {
        return { ...begun, status: null, reason: codeOf(error) ?? messageOf(error) };
      } finally {
        await client.destroy();
      }
    },
  };
}

/** Looks at the clock once more when the connection stands: the request is written right after that, or never. */
function inTime(
  connect: buildConnector.connector,
  { begun, beginBy }: { readonly begun: { left: boolean }; readonly beginBy: number },
): buildConnector.connector {
  return (options, done) => {
    connect(options, (...connected) => {
      const [error, socket] = connected;
      if (error) return done(error, null);
      if (performance.now() > beginBy) {
        socket.destroy();
        return done(new TooLate('leave to call ran out'), null);
      }
      begun.left = true;
      done(null, socket);
    });
  };
}

async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LONGEST_ANSWER) break;
  }
  return Buffer.concat(chunks).subarray(0, LONGEST_ANSWER).toString('utf8');
}
