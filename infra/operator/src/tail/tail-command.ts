import type { RecordedEvent } from '@recoup/contracts';
import { followShard, listenToLog } from '@recoup/event-store';
import { Output, type Command } from '@recoup/service-kit';
import { eventLine } from '../event-text.js';
import { openLogForReading, type OpenLog } from '../open-log.js';
import { headsOf, startPlaces, type StartPlaces } from './start-places.js';
import { tailSchema, typesAsked, type TailOptions } from './tail-options.js';

const USAGE = `usage: npm run events -- tail [--tenant TENANT] [--type TYPE] [--from WHERE] [--no-follow] [--json]

Prints events as they are written, until Ctrl-C. The events of a seller come in order; those of different sellers as they are read.

  --tenant TENANT  only a seller's
  --type TYPE      only those of a type: claim.detected, several with commas between, or all of a family: 'claim.*'
  --from WHERE     now (what comes; so it is without the option), start, a time (2026-03-01T12:00:00Z, and up to a minute before), or
                   with --tenant a position
  --no-follow      ends with what is there
  --json           one line of JSON an event, as the log has it

Only reads. What is sealed in an event stays sealed.
It is the database of a running \`npm start\`, or the one that DATABASE_URL names with the working role of a service.
`;

const PAGE = 500;

export const tailCommand: Command<typeof tailSchema> = {
  usage: USAGE,
  options: {
    tenant: { type: 'string' },
    type: { type: 'string', multiple: true },
    from: { type: 'string' },
    'no-follow': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  schema: tailSchema,
  async run(given, signal) {
    await using log = openLogForReading();
    const places = await startPlaces(log.pool, { from: given.from, tenant: given.tenant });
    const print = printer(given);
    if (given['no-follow']) await printWhatIsThere(log, places, { print, signal });
    else await printWhatComes(log, places, { print, signal });
    return 0;
  },
};

type Print = (event: RecordedEvent) => Promise<void>;

/** Prints the events that were asked for, and passes over the others. */
function printer({ tenant, type, json }: TailOptions): Print {
  const output = new Output();
  const asked = typesAsked(type);
  const width = (): number | null => (process.stdout.isTTY ? process.stdout.columns : null);
  return async (event) => {
    if ((tenant !== undefined && event.tenantId !== tenant) || !asked(event.type)) return;
    await output.line(json ? event : eventLine(event, width()));
  };
}

interface Printing {
  readonly print: Print;
  readonly signal: AbortSignal;
}

async function printWhatIsThere(
  { pool, store }: OpenLog,
  places: StartPlaces,
  { print, signal }: Printing,
): Promise<void> {
  const heads = await headsOf(pool);
  for (const [shard, place] of places) {
    const head = heads.get(shard) ?? 0;
    for (let after = place; after < head && !signal.aborted;) {
      const events = await store.readShard(shard, after, Math.min(PAGE, head - after));
      await printAll(events, { print, signal });
      after = events.at(-1)?.position ?? head;
    }
  }
}

async function printWhatComes(
  { url, store }: OpenLog,
  places: StartPlaces,
  { print, signal }: Printing,
): Promise<void> {
  await using notifications = listenToLog({
    connectionString: url,
    application_name: 'recoup-operator',
  });
  // One shard that cannot be read ends all: what is printed would no longer be all that comes.
  const failed = new AbortController();
  const until = AbortSignal.any([signal, failed.signal]);
  const follow = async (shard: number, after: number): Promise<void> => {
    for await (const events of followShard(store, notifications, { shard, after, signal: until })) {
      await printAll(events, { print, signal: until });
    }
  };
  await Promise.all(
    [...places].map(([shard, after]) =>
      follow(shard, after).catch((error: unknown) => {
        failed.abort();
        throw error;
      }),
    ),
  );
}

async function printAll(
  events: readonly RecordedEvent[],
  { print, signal }: Printing,
): Promise<void> {
  for (const event of events) {
    if (signal.aborted) return;
    await print(event);
  }
}
