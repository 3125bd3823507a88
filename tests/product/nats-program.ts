import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findNatsServer } from '@recoup/local';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let program: Promise<string> | undefined;

/** A nats-server for all starts of a run: one that has to be fetched is fetched once per checkout, not once per state. */
export function natsProgram(): Promise<string> {
  program ??= findNatsServer({
    cacheFolder: join(process.env['RECOUP_STATE_DIR'] || join(ROOT, '.recoup'), 'cache'),
    environment: process.env,
    say: (text) => process.stderr.write(`${text}\n`),
  });
  return program;
}
