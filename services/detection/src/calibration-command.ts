import { streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { systemClock } from '@recoup/kernel';
import { databaseUrl, openPool, runCommand } from '@recoup/service-kit';
import { pino } from 'pino';
import { z } from 'zod';
import { openDecidedClaims } from './adapters/decided-claims.js';
import { LEAST_OUTCOMES } from './domain/recalibration/recalibrate.js';
import { claimModel } from './domain/score/model.js';
import { decidedClaims, readOwn } from './own-calibration.js';

const USAGE = `usage: npm run events -- calibration --tenant TENANT [--off] [--json]

Shows whether outcomes of a seller's own claims may move their scores, what they move, and what was ever said of it.

  --off   takes it back: the seller's claims are scored as everybody's are, until the seller turns it on again. A detection
          of the running service follows at once and rescores what is open.
  --json  a line of JSON

It is the database of a running \`npm start\`, or the one that DATABASE_URL names with the working role of detection.
`;

const argumentsSchema = z.object({
  tenant: z.string({ error: 'name the seller by --tenant' }).min(1),
  off: z.boolean().default(false),
  json: z.boolean().default(false),
  words: z.array(z.string()).max(0, 'calibration takes options only'),
});

async function calibration({
  tenant,
  off,
  json,
}: z.infer<typeof argumentsSchema>): Promise<number> {
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'error' }, pino.destination(2));
  const pool = openPool({
    url: databaseUrl(process.env, 'DATABASE_URL'),
    name: 'calibration',
    log,
  });
  const deps = { store: openEventStore(pool), decidedClaims: openDecidedClaims(pool) };
  try {
    if (off) await turnOff(deps.store, tenant);
    const found = await lookedUp(deps, tenant);
    process.stdout.write(json ? `${JSON.stringify({ tenant, ...found })}\n` : textOf(found));
    return 0;
  } finally {
    await pool.end();
  }
}

async function turnOff(store: EventStore, tenantId: string): Promise<void> {
  if (!(await readOwn({ store }, tenantId)).isOn) return;
  const cause = fromCommand('operator:command', systemClock.now());
  const events = [eventOf('claim.settings_changed', { learnFromOutcomes: false }, { cause })];
  const streamId = streams.settings(tenantId);
  await store.append({ tenantId, streamId, expected: 'any', events });
}

/** What is known of a seller's own calibration, as a machine may read it. */
interface Found {
  readonly on: boolean;
  readonly decidedClaims: number;
  readonly leastClaims: number;
  readonly model: string;
  readonly moved: { readonly slope: number; readonly shift: number } | null;
  readonly history: readonly {
    readonly at: string;
    readonly model: string;
    readonly slope: number;
    readonly shift: number;
    readonly reason: string;
  }[];
}

async function lookedUp(
  deps: Parameters<typeof decidedClaims>[0],
  tenantId: string,
): Promise<Found> {
  const [{ isOn, current, calibrated }, claims] = await Promise.all([
    readOwn(deps, tenantId),
    decidedClaims(deps, tenantId),
  ]);
  return {
    on: isOn,
    decidedClaims: claims.length,
    leastClaims: LEAST_OUTCOMES,
    model: claimModel.version,
    moved: current && { slope: current.slope, shift: current.shift },
    history: calibrated.map(({ occurredAt, data: { modelVersion, slope, shift, reason } }) => ({
      ...{ at: occurredAt, model: modelVersion, slope, shift, reason },
    })),
  };
}

function textOf({ on, decidedClaims, leastClaims, model, moved, history }: Found): string {
  const moves = moved ? `slope ${moved.slope}, shift ${moved.shift}` : 'nothing';
  return [
    `Learning from own outcomes: ${on ? 'on' : 'off'}\n`,
    `Decided claims: ${decidedClaims} (at least ${leastClaims} are needed)\n`,
    `Moved of ${model}: ${moves}\n`,
    ...history.map(
      (was) => `  ${was.at}  ${was.model}  slope ${was.slope}, shift ${was.shift}  ${was.reason}\n`,
    ),
  ].join('');
}

await runCommand({
  usage: USAGE,
  options: { tenant: { type: 'string' }, off: { type: 'boolean' }, json: { type: 'boolean' } },
  schema: argumentsSchema,
  run: calibration,
});
