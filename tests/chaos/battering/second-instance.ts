import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@recoup/local';
import { eventually, spawnService } from '@recoup/testkit';
import { ROOT } from '../../product/nats-program.js';
import type { Arena } from './arena.js';
import type { ServiceName } from './blow.js';

/** The settings of a service that runs, as its process was given them. */
export function settingsOf(
  { product }: Pick<Arena, 'product'>,
  name: ServiceName,
): NodeJS.Dict<string> {
  const text = readFileSync(`/proc/${product.pidOf(name)}/environ`, 'utf8');
  return Object.fromEntries(
    text
      .split('\0')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

/** Starts one more instance of a service, beside the one that the launcher runs; resolves when it is ready. */
export async function startSecond(arena: Arena, name: ServiceName): Promise<AsyncDisposable> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(settingsOf(arena, name))) {
    if (value !== undefined) env[key] = value;
  }
  env['OPS_PORT'] = '0';
  if (name === 'gateway') env['GATEWAY_PORT'] = String(await freePort());
  const script = join(ROOT, `services/${name}/dist/main.js`);
  const second = await spawnService({ script, env });
  await eventually(() => second.output.includes('"msg":"ready"'), { timeoutMs: 60_000 });
  return second;
}
