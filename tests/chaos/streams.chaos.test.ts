import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Seller } from '../../services/gateway/src/testing/seller.js';
import { sessionToken } from '../../services/gateway/src/testing/session-token.js';
import { settings } from './chaos-settings.js';
import { startLoneGateway, type LoneGateway } from './lone-gateway.js';
import { seeded } from './seeded.js';
import { openStreamClient, type StreamClient } from './stream-client.js';

const USERS = 50;
/** As many as a user may have. */
const STREAMS_EACH = 20;
const DROPPED = 200;
const STEPS = 40;

let gateway: LoneGateway;
beforeAll(async () => {
  gateway = await startLoneGateway();
});
afterAll(() => gateway[Symbol.asyncDispose]());

interface Watched {
  readonly seller: Seller;
  readonly syncId: string;
  readonly clients: readonly StreamClient[];
}

/** Frames, by their number, after which each of the clients is cut off; most are not. */
function planCuts(): readonly number[][] {
  const random = seeded(settings.CHAOS_SEED);
  const cuts = Array.from({ length: USERS * STREAMS_EACH }, (): number[] => []);
  for (const client of random.shuffle(cuts.map((_, n) => n)).slice(0, DROPPED)) {
    const times = Math.round(random.between(1, 4));
    for (let n = 0; n < times; n += 1) cuts[client]?.push(Math.round(random.between(1, STEPS)));
  }
  return cuts;
}

async function watch(user: number, cuts: readonly number[][]): Promise<Watched> {
  const tenantId = `user-${user}`;
  const seller = new Seller(gateway.store, tenantId);
  const syncId = await seller.request();
  const url = `${gateway.origin}/api/sse/sync-progress/${syncId}`;
  const cookie = `session_token=${await sessionToken({ sub: tenantId })}`;
  const clients = cuts
    .slice(user * STREAMS_EACH, (user + 1) * STREAMS_EACH)
    .map((cutAfter) => openStreamClient({ url, cookie, cutAfter }));
  return { seller, syncId, clients };
}

async function run({ seller, syncId, clients }: Watched): Promise<void> {
  for (let step = 1; step <= STEPS; step += 1) {
    await seller.progress(syncId, Math.floor((2500 / (STEPS + 1)) * step));
  }
  await seller.complete(syncId);
  await Promise.all(clients.map(({ over }) => over));
}

it('given 1,000 streams of 50 syncs, when 200 are cut off at random, then each client gets every frame once, in order', async () => {
  const began = performance.now();
  const cuts = planCuts();
  const all = await Promise.all(Array.from({ length: USERS }, (_, user) => watch(user, cuts)));
  const open = (): boolean =>
    all.every(({ clients }) => clients.every(({ ids }) => ids.length > 0));
  await eventually(open, { timeoutMs: 120_000 });
  await Promise.all(all.map(run));
  let frames = 0;
  let drops = 0;
  for (const { seller, syncId, clients } of all) {
    const events = await seller.events(syncId);
    const ids = events.map(({ shard, position }) => `${shard}-${position}`);
    for (const client of clients) {
      expect(client.ids).toEqual(ids.slice(ids.indexOf(client.ids[0] ?? '')));
      expect(client.progress).toEqual([...client.progress].sort((a, b) => a - b));
      expect(client.progress.at(-1)).toBe(100);
      frames += client.ids.length;
      drops += client.drops;
    }
  }
  const clients = all.flatMap((watched) => watched.clients);
  expect(clients.filter((client) => client.drops > 0)).toHaveLength(DROPPED);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `\n${USERS * STREAMS_EACH} streams of ${USERS} users, ${frames} frames, ${drops} cuts of ${DROPPED} clients, ` +
      `${seconds} s, seed ${settings.CHAOS_SEED}\n`,
  );
});
