import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, type Clock } from '@recoup/kernel';
import { z } from 'zod';

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

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** Written beside and renamed: a crash leaves the whole file or none. */
async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(`${path}.new`, 'w', 0o600);
  await file.writeFile(text);
  await file.sync();
  await file.close();
  await rename(`${path}.new`, path);
}
