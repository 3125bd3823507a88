import { parseArgs } from 'node:util';
import { streams } from '@recoup/contracts';
import { eventOf, fromCommand } from '@recoup/domain';
import { openEventStore, type EventStore } from '@recoup/event-store';
import { AppError, messageOf, systemClock } from '@recoup/kernel';
import { openPool } from '@recoup/service-kit';
import { pino } from 'pino';
import { openDecidedClaims } from './adapters/decided-claims.js';
import { LEAST_OUTCOMES } from './domain/recalibration/recalibrate.js';
import { claimModel } from './domain/score/model.js';
import { NO_DATABASE } from './no-database.js';
import { decidedClaims, readOwn } from './own-calibration.js';

const USAGE = `usage: npm run events -- calibration --tenant TENANT [--off]

Shows whether outcomes of a seller's own claims may move their scores, what they move, and what was ever said of it.

  --off   takes it back: the seller's claims are scored as everybody's are, until the seller turns it on again. A detection
          of the running service follows at once and rescores what is open.

It is the database of a running \`npm start\`, or the one that DATABASE_URL names with the working role of detection.
`;

/** 0: done; 2: it could not be tried. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      tenant: { type: 'string' },
      off: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.tenant) {
    process.stderr.write(values.help ? USAGE : `name the seller by --tenant\n\n${USAGE}`);
    return values.help ? 0 : 2;
  }
  const url = process.env['DATABASE_URL'];
  if (url) return calibration(url, { tenantId: values.tenant, off: values.off });
  process.stderr.write(NO_DATABASE);
  return 2;
}

async function calibration(
  url: string,
  { tenantId, off }: { readonly tenantId: string; readonly off: boolean },
): Promise<number> {
  const log = pino({ level: process.env['LOG_LEVEL'] ?? 'error' }, pino.destination(2));
  const pool = openPool({ url, name: 'calibration', log });
  const deps = { store: openEventStore(pool), decidedClaims: openDecidedClaims(pool) };
  try {
    if (off) await turnOff(deps.store, tenantId);
    process.stdout.write(await told(deps, tenantId));
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

async function told(deps: Parameters<typeof decidedClaims>[0], tenantId: string): Promise<string> {
  const [{ isOn, current, calibrated }, claims] = await Promise.all([
    readOwn(deps, tenantId),
    decidedClaims(deps, tenantId),
  ]);
  const moves = current ? `slope ${current.slope}, shift ${current.shift}` : 'nothing';
  const history = calibrated.map(
    ({ occurredAt, data: { modelVersion, slope, shift, reason } }) =>
      `  ${occurredAt}  ${modelVersion}  slope ${slope}, shift ${shift}  ${reason}\n`,
  );
  return [
    `Learning from own outcomes: ${isOn ? 'on' : 'off'}\n`,
    `Decided claims: ${claims.length} (at least ${LEAST_OUTCOMES} are needed)\n`,
    `Moved of ${claimModel.version}: ${moves}\n`,
    ...history,
  ].join('');
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  // An option that does not exist, or a database that is away: whoever called needs the words, not the stack.
  if (!(error instanceof AppError || error instanceof TypeError)) throw error;
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
