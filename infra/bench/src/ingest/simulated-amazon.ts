import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, spawnService } from '@recoup/testkit';
import type { BenchServers } from '../workload.js';

const SCRIPT = fileURLToPath(new URL('../../../sandbox/dist/main.js', import.meta.url));

export const CLIENT = { LWA_CLIENT_ID: 'bench', LWA_CLIENT_SECRET: 'bench-secret' } as const;

/** So many times Amazon's rates that no limit is met: what is measured is the work, not the waiting. */
export const NO_LIMITS = 1_000_000;

export const SELLER = 'A2HARBORPINE01';

export interface SimulatedSeller {
  readonly orders: number;
  /** How many times Amazon's rates. */
  readonly rateScale: number;
}

/** The simulated Amazon with a seller of so many orders, whose world is made before anything is timed. Answers its origin. */
export async function startAmazon(
  bench: BenchServers,
  { orders, rateScale }: SimulatedSeller,
): Promise<string> {
  const stateDir = await mkdtemp(join(tmpdir(), 'recoup-bench-amazon-'));
  const service = await spawnService({
    script: SCRIPT,
    env: {
      ...CLIENT,
      SANDBOX_STATE_DIR: stateDir,
      SANDBOX_ORDERS: String(orders),
      SPAPI_RATE_SCALE: String(rateScale),
      NODE_OPTIONS: '--max-old-space-size=4096',
    },
  });
  bench.onEnd(async () => {
    await service.stop();
    await rm(stateDir, { recursive: true, force: true });
  });
  const origin = (): string | undefined => /http:\/\/[^\s"]+/.exec(service.output)?.[0];
  await eventually(() => origin() !== undefined, { timeoutMs: 30_000 });
  const url = origin() ?? '';
  await fetch(`${url}/sandbox/sellers/${SELLER}/truth`).then((answer) => answer.text());
  return url;
}

export async function refreshTokenOf(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/sandbox/sellers/${SELLER}/refresh-token`);
  return ((await answer.json()) as { refreshToken: string }).refreshToken;
}
