import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { freePort } from '@recoup/local';
import { eventually, natsServer, spawnService } from '@recoup/testkit';
import type { BenchServers } from '../workload.js';

const SECRET = 'a secret of the bench, long enough to be one';
const GATEWAY = new URL('../../../../services/gateway/dist/main.js', import.meta.url);

/** Limits are per user and address, and here one address asks for all. */
const UNLIMITED = { RATE_LIMIT_USER: '0', RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_PUBLIC: '0' };

/** The gateway as it runs, on a database of the bench. Answers where it listens, and the number of its process. */
export async function startGateway(
  bench: BenchServers,
  urlOf: (role: string) => string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly origin: string; readonly pid: number }> {
  const nats = await natsServer();
  const port = await freePort();
  const service = await spawnService({
    script: fileURLToPath(GATEWAY),
    env: {
      DATABASE_URL: urlOf('recoup_gateway_follow'),
      DATABASE_TENANT_URL: urlOf('recoup_gateway_tenant'),
      NATS_URL: nats.url,
      SESSION_JWT_SECRET: SECRET,
      GATEWAY_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      LOG_LEVEL: 'warn',
      ...UNLIMITED,
      ...more,
    },
  });
  bench.onEnd(async () => {
    await service.stop();
    await nats[Symbol.asyncDispose]();
  });
  const origin = `http://127.0.0.1:${port}`;
  const isUp = async (): Promise<boolean> =>
    fetch(`${origin}/api/services/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(isUp, { timeoutMs: 60_000 });
  return { origin, pid: service.pid };
}

/** The cookie of a session as the gateway signs them (HS256). */
export function cookieOf(sub: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 86_400;
  const signed = `${part({ alg: 'HS256' })}.${part({ sub, exp })}`;
  return `session_token=${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}
