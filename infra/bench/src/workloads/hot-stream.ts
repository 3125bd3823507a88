import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { newId } from '@recoup/kernel';
import { callInParallel } from '../callers.js';
import { emmett, emmettEvents } from '../contestants/emmett.js';
import { recoupLog } from '../contestants/recoup.js';
import { newEvents } from '../payload.js';
import type { Rate, WorkloadFile } from '../workload.js';

const CALLERS = 32;

/** Appends one event expecting `version`; answers the version after it, or null for a conflict. */
type TryAppend = (stream: string, version: number) => Promise<number | null>;

/** All callers know the newest version that any of them has seen, and try until they are through. */
async function compete(seconds: number, tryAppend: TryAppend): Promise<Rate> {
  const stream = `connection-${newId()}`;
  let newest = 0;
  let tries = 0;
  let done = 0;
  const rate = await callInParallel({ callers: CALLERS, eventsPerCall: 1, seconds }, async () => {
    for (;;) {
      tries += 1;
      const version = await tryAppend(stream, newest);
      if (version === null) continue;
      newest = Math.max(newest, version);
      done += 1;
      return;
    }
  });
  return { ...rate, note: `${(tries / done).toFixed(1)} tries per append` };
}

/** One stream that everybody writes to, each expecting the version it knows. */
export const hotStream: WorkloadFile = async (bench) => {
  const ours = await recoupLog(bench);
  const theirs = await emmett(bench);
  return [
    {
      name: 'hot-stream',
      title: `1 event per call, ${CALLERS} callers on one stream, retrying on conflict`,
      limit:
        'one winner per version: a commit for each round of tries, whose losers share the winner’s call',
      contestants: [
        {
          name: 'recoup',
          setup: ours.setup,
          run: (seconds) =>
            compete(seconds, async (streamId, expected) => {
              const request = { tenantId: 'tenant-0', streamId, expected, events: newEvents(1) };
              const outcome = await ours.store.append(request);
              return outcome.ok ? outcome.version : null;
            }),
        },
        {
          name: 'Emmett 0.42',
          setup: theirs.setup,
          run: (seconds) =>
            compete(seconds, async (stream, version) => {
              const expected = version === 0 ? STREAM_DOES_NOT_EXIST : BigInt(version);
              try {
                const { nextExpectedStreamVersion } = await theirs.store.appendToStream(
                  stream,
                  emmettEvents(1),
                  {
                    expectedStreamVersion: expected,
                  },
                );
                return Number(nextExpectedStreamVersion);
              } catch (error) {
                if (isConflict(error)) return null;
                throw error;
              }
            }),
        },
      ],
    },
  ];
};

/** By its code: the store throws a copy of the class that `emmett` exports. */
function isConflict(error: unknown): boolean {
  return error instanceof Error && 'errorCode' in error && error.errorCode === 412;
}
