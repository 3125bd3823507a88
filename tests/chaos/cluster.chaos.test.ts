import { cpus, loadavg } from 'node:os';
import { eventually } from '@recoup/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFaults, waitForClaims, waitUntilSettled } from '../product/index.js';
import { askAllTheTime, type Answers } from './cluster/answers.js';
import { expectBooks } from './cluster/books.js';
import { startClusteredProduct, type ClusteredProduct } from './cluster/clustered-product.js';
import { watchSeller, type WatchedSeller } from './cluster/watched-seller.js';

/** Orders of each seller: a sync that lasts long enough to be caught in the middle, on a machine that does much else. */
const ORDERS = 300;
/** Sellers who are in the middle of it when the blow falls: that many, so that each instance has some of them. */
const SELLERS = 3;
/** How far their syncs are then, in per cent. */
const STRUCK_AT = 30;
/** What says that a service is at work, for those that work after a sync. */
const AT_WORK: Readonly<Record<string, string>> = {
  detection: 'claim.detection_started',
  evidence: 'claim.submission_requested',
};
const LONG = { timeoutMs: 240_000, everyMs: 20 };

const SERVERS = ['nats-1', 'nats-2', 'nats-3'];
const SERVICES = ['gateway', 'ingestion', 'detection', 'evidence'];
const VICTIMS = [...SERVERS, ...SERVICES.flatMap((name) => [`${name} 1`, `${name} 2`])];

interface Line extends Answers {
  readonly what: string;
  /** From the blow to the end of everything, the longest silence of the streams in it, the way back of the victim: s. */
  readonly end: number;
  readonly silence: number;
  readonly back: number | null;
}

let product: ClusteredProduct;
const lines: Line[] = [];
let sellers = 0;

beforeAll(async () => {
  product = await startClusteredProduct(ORDERS);
}, 400_000);

afterAll(async () => {
  process.stdout.write(`${table()}\n`);
  await product?.[Symbol.asyncDispose]();
}, 120_000);

const nextSeller = (): Promise<WatchedSeller> =>
  watchSeller(product, `A0CLUSTER${String((sellers += 1)).padStart(4, '0')}`);

const seconds = (from: number): number => (performance.now() - from) / 1000;

/** The longest time in which no client of a seller heard anything, from a moment on. */
function longestSilence({ heardAt }: WatchedSeller, from: number): number {
  const later = [from, ...heardAt.filter((at) => at > from)];
  return Math.max(0, ...later.slice(1).map((at, nth) => at - (later[nth] ?? at))) / 1000;
}

/** What is killed, and how it comes back. */
function victim(name: string): { kill(): Promise<void>; restart(): Promise<void> } {
  const found = [...product.nats.nodes, ...product.instances].find((one) => one.name === name);
  if (!found) throw new Error(`nothing is called ${name}`);
  return found;
}

/** Resolves when the blow is due: in the middle of a sync, or when there is work for what is to be killed. */
async function untilStruck(what: string, { frames, syncId }: WatchedSeller): Promise<void> {
  const type = AT_WORK[what.split(' ')[0] ?? ''];
  await eventually(async () => {
    if (type === undefined) return (frames.at(-1)?.progress ?? 0) >= STRUCK_AT;
    const text = `select from log.event where type = $1
      and tenant_id = (select tenant_id from log.stream where stream_id = $2) limit 1`;
    return ((await product.database.query(text, [type, `sync-${syncId}`])).rowCount ?? 0) > 0;
  }, LONG);
}

/** Some sellers are in the middle of it when `strike` happens, another connects and starts right after it. */
async function round(what: string, strike: () => Promise<void>): Promise<Omit<Line, 'back'>> {
  const before = await Promise.all(Array.from({ length: SELLERS }, nextSeller));
  const [first] = before;
  if (!first) throw new Error('nobody syncs');
  await untilStruck(what, first);
  const stop = askAllTheTime(first.browser);
  const struckAt = performance.now();
  await strike();
  const all = [...before, await nextSeller()];
  for (const { followed } of all) await followed;
  for (const { browser, syncId } of all) await waitForClaims(browser, syncId, LONG.timeoutMs);
  await waitUntilSettled(product, LONG.timeoutMs);
  const end = seconds(struckAt);
  const answers = await stop();
  for (const seller of all) await expectBooks(product, seller);
  expect(await logFaults(product)).toEqual([]);
  const silence = Math.max(...before.map((seller) => longestSilence(seller, struckAt)));
  return { what, ...answers, end, silence };
}

describe('given three nats-servers and two instances of every service', () => {
  it('when nothing is killed, then sellers sync, claims are filed, and both gateways stream', async () => {
    lines.push({ ...(await round('nothing', () => Promise.resolve())), back: null });
    expect(product.front.given.every((connections) => connections > 0)).toBe(true);
  }, 600_000);

  it.each(VICTIMS)(
    'when %s is killed and stays away, then nothing stops',
    async (name) => {
      const { kill, restart } = victim(name);
      const line = await round(name, kill);
      const from = performance.now();
      await restart();
      await product.nats.complete();
      lines.push({ ...line, back: seconds(from) });
    },
    600_000,
  );
});

function table(): string {
  const rows = lines.map(({ what, end, silence, back, asked, refused, longestOutage }) =>
    [
      ...[end, silence, longestOutage].map((value) => value.toFixed(1).padStart(9)),
      `${refused}/${asked}`.padStart(9),
      (back?.toFixed(1) ?? '-').padStart(9),
      ` ${what}`,
    ].join(' '),
  );
  const head = '  end (s) quiet (s) no answer   refused  back (s)  killed';
  const load = `${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`;
  return ['', head, ...rows, load].join('\n');
}
