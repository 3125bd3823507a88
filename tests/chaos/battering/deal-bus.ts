import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openBus } from '@recoup/bus';
import { sleep } from '@recoup/kernel';
import type { Arena } from './arena.js';
import type { Blow } from './blow.js';

/**
 * Deletes what JetStream has stored: with the server down, or under a server that runs on with open files and is killed a
 * little later. Answers when the server came back, by the performance clock.
 */
export async function wipe(
  { nats, places }: Arena,
  { killedAfterMs }: Blow & { kind: 'wipe' },
): Promise<number> {
  if (killedAfterMs === null) await nats.process.kill();
  empty(places.natsStore);
  if (killedAfterMs !== null) {
    await sleep(killedAfterMs);
    await nats.process.kill();
    empty(places.natsStore); // what it wrote while it ran on
  }
  const at = performance.now();
  await nats.process.restart();
  return at;
}

/**
 * Leaves the bus no room for a while. A nats-server that met the end of its disk gives JetStream up until it is started
 * anew, as an operator does who has made room. Answers when there was room again, by the performance clock.
 */
export async function fillDisk(
  { nats, disk }: Arena,
  { forMs }: Blow & { kind: 'disk full' },
): Promise<number> {
  disk?.fill();
  await sleep(forMs);
  disk?.empty();
  const at = performance.now();
  if (!(await storesAgain(nats.port))) await nats.process.restart();
  return at;
}

async function storesAgain(port: number): Promise<boolean> {
  await using bus = await openBus({ url: `nats://127.0.0.1:${port}`, name: 'battering-disk' });
  return await bus.tailOf(0).then(
    () => true,
    () => false,
  );
}

/** The folder itself stays: it may be where a file system is mounted. */
function empty(folder: string): void {
  for (const name of readdirSync(folder))
    rmSync(join(folder, name), { recursive: true, force: true });
}
