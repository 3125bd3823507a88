import { openEventStore } from '@recoup/event-store';
import { messageOf } from '@recoup/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openArena, type Arena } from './battering/arena.js';
import { lineOf, openBatterReport } from './battering/batter-report.js';
import { kindOf, type BatterRound } from './battering/blow.js';
import { planBattering } from './battering/plan-battering.js';
import { openBooks } from './battering/books.js';
import { runRound, type Battering } from './battering/run-round.js';
import { openSellers } from './battering/sellers.js';
import { settings } from './chaos-settings.js';
import { keepLogs } from './keep-logs.js';

const { CHAOS_SEED: seed, CHAOS_BATTER_ROUNDS: count, CHAOS_BATTER_ONLY: only } = settings;
const rounds = planBattering(seed, count).filter(({ blow }) => kindOf(blow).match(only));
const SELLERS_AT_FIRST = 3;
/** After so many rounds everything is compared from the beginning. */
const WHOLE_EVERY = 25;
const HOURS_MS = 3 * 3_600_000;

const report = openBatterReport();
let arena: Arena;
let battering: Battering;

beforeAll(async () => {
  arena = await openArena();
  const store = openEventStore(arena.product.database);
  const books = await openBooks(arena, store);
  const sellers = openSellers(arena.product);
  battering = { arena, store, sellers, books, usual: [] };
  for (let nth = 0; nth < SELLERS_AT_FIRST; nth += 1) {
    await sellers.connect();
    await (await sellers.syncNewest()).faults();
  }
});

afterAll(async () => {
  const { books, sellers } = battering;
  const { first, again, late, fromLog } = books.wire;
  process.stdout.write(
    `\n${report.text()}\n\n${books.events} events of ${sellers.count} sellers; over the wire ${first} for the first time ` +
      `(${late} after a later one), ${again} again; ${fromLog} read from the log. Seed ${seed}.\n`,
  );
  await books[Symbol.asyncDispose]();
  await arena[Symbol.asyncDispose]();
});

/** Answers what is wrong, with what is needed to see it again. Throws where the product did not come to rest. */
async function runOne(round: BatterRound): Promise<readonly string[]> {
  const told = `round ${round.nth} of seed ${seed}: ${JSON.stringify(round)}`;
  try {
    const outcome = await runRound(battering, round);
    report.add(round, outcome);
    process.stderr.write(`${round.nth}/${count} ${lineOf(round, outcome)}\n`);
    const faults = [...outcome.faults];
    if (round.nth % WHOLE_EVERY === 0) faults.push(...(await battering.books.compare()));
    if (faults.length === 0) return [];
    return [`${told}\n${faults.join('\n')}\nLogs: ${keepLogs(arena.places, logsOf(round))}`];
  } catch (error) {
    const kept = keepLogs(arena.places, logsOf(round));
    throw new Error(`${told}\n${messageOf(error)}\nLogs: ${kept}`, { cause: error });
  }
}

function logsOf({ nth }: BatterRound): string {
  return `battering-${seed}-${nth}`;
}

describe(`given one product whose sellers sync and file, when it is hit ${rounds.length} times`, () => {
  it(
    'then after each time nothing is lost, doubled or out of order, and all clients hear everything',
    async () => {
      const faults: string[] = [];
      for (const round of rounds) faults.push(...(await runOne(round)));
      expect(faults).toEqual([]);
      expect(await battering.books.compare()).toEqual([]);
    },
    HOURS_MS,
  );
});
