import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@recoup/kernel';
import { z } from 'zod';
import { readIfThere, writeWhole } from './state-file.js';

const kept = z.object({
  anchorDay: z.iso.date(),
  key: z.string().regex(/^[0-9a-f]{64}$/),
});

export interface State {
  /** The day the world ends on: that of the first start. */
  readonly anchorDay: string;
  /** What tokens and page tokens are sealed with. */
  readonly key: Buffer;
}

/** Reads what outlives the process, or makes it at the first start. */
export async function openState(directory: string, clock: Clock): Promise<State> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, 'world.json');
  const text = await readIfThere(path);
  if (text !== undefined) {
    const { anchorDay, key } = kept.parse(JSON.parse(text));
    return { anchorDay, key: Buffer.from(key, 'hex') };
  }
  const key = randomBytes(32);
  const anchorDay = clock.now().toISOString().slice(0, 10);
  await writeWhole(path, JSON.stringify({ anchorDay, key: key.toString('hex') }));
  return { anchorDay, key };
}
