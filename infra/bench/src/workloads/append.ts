import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { newId } from '@recoup/kernel';
import { callInParallel } from '../callers.js';
import { castore } from '../contestants/castore.js';
import { emmett, emmettEvents } from '../contestants/emmett.js';
import { messageDb } from '../contestants/message-db.js';
import { rawInsert } from '../contestants/raw-insert.js';
import { recoupLog } from '../contestants/recoup.js';
import { newEvents } from '../payload.js';
import type { WorkloadFile } from '../workload.js';

interface Case {
  readonly callers: number;
  readonly eventsPerCall: number;
  readonly tenants: number;
  readonly limit: string;
}

const CASES: readonly Case[] = [
  {
    callers: 1,
    eventsPerCall: 1,
    tenants: 1,
    limit:
      'one commit after the other: a flush to disk, a round trip, and the fixed cost of a call',
  },
  {
    callers: 32,
    eventsPerCall: 1,
    tenants: 1,
    limit:
      'one call in flight: the callers return together, so the database waits while Node encodes, and Node while it commits',
  },
  {
    callers: 32,
    eventsPerCall: 1,
    tenants: 16,
    limit:
      'as above; calls carry all shards, so distinct tenants cost only the partitions that a call touches',
  },
  {
    callers: 512,
    eventsPerCall: 1,
    tenants: 1,
    limit: 'two calls in flight; the processor time of Postgres per event',
  },
  {
    callers: 8,
    eventsPerCall: 100,
    tenants: 1,
    limit: 'two calls in flight; the processor time of Postgres per event',
  },
];

/** Appends to new streams, beside three event stores on Postgres and beside a plain table. */
export const append: WorkloadFile = async (bench) => {
  const ours = await recoupLog(bench);
  const theirs = await emmett(bench);
  const aggregates = await castore(bench);
  const messages = await messageDb(bench);
  const raw = await rawInsert(bench);
  return CASES.map(({ limit, tenants, ...load }) => ({
    name: `append-${load.callers}x${load.eventsPerCall}${tenants > 1 ? '-distinct-tenants' : ''}`,
    title: `${load.eventsPerCall} event(s) per call, ${load.callers} caller(s), ${tenants} tenant(s), new streams`,
    limit,
    contestants: [
      {
        name: 'recoup',
        setup: ours.setup,
        run: (seconds) =>
          callInParallel({ ...load, seconds }, async (caller) => {
            const outcome = await ours.store.append({
              tenantId: `tenant-${caller % tenants}`,
              streamId: `connection-${newId()}`,
              expected: 'absent',
              events: newEvents(load.eventsPerCall),
            });
            if (!outcome.ok) throw new Error(`a new stream was refused: ${outcome.reason}`);
          }),
      },
      {
        name: 'Emmett 0.42',
        setup: theirs.setup,
        run: (seconds) =>
          callInParallel({ ...load, seconds }, async () => {
            await theirs.store.appendToStream(
              `connection-${newId()}`,
              emmettEvents(load.eventsPerCall),
              {
                expectedStreamVersion: STREAM_DOES_NOT_EXIST,
              },
            );
          }),
      },
      {
        name: 'message-db 1.3',
        setup: messages.setup,
        run: (seconds) =>
          callInParallel({ ...load, seconds }, () =>
            messages.append(`connection-${newId()}`, load.eventsPerCall),
          ),
      },
      {
        name: 'castore 2.4',
        setup: aggregates.setup,
        run: (seconds) =>
          callInParallel({ ...load, seconds }, () =>
            aggregates.append(newId(), load.eventsPerCall),
          ),
      },
      {
        name: 'raw unnest (limit)',
        setup: raw.setup,
        run: (seconds) =>
          callInParallel({ ...load, seconds }, () =>
            raw.insert(`connection-${newId()}`, newEvents(load.eventsPerCall)),
          ),
      },
    ],
  }));
};
