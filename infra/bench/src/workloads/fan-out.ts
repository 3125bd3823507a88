import { openAudience } from '../sse/audience.js';
import { bothSides, CLIENTS_EACH } from '../sse/sides.js';
import type { WorkloadFile } from '../workload.js';

const SYNCS = 100;
const CLIENTS = SYNCS * CLIENTS_EACH;

/** From an append, through Postgres, to 2,000 clients: the gateway beside a server that only reads the log and writes. */
export const fanOut: WorkloadFile = async (bench) => [
  {
    name: 'sse-fan-out',
    title: `frames at ${CLIENTS} clients in another process: ${SYNCS} syncs with ${CLIENTS_EACH} clients each, an event appended to each per round, up to 4 rounds under way`,
    limit:
      'the appends, read again, and a write per client; the gateway also folds, and tells nobody before its projector has the read models show it',
    contestants: await bothSides(bench, SYNCS, async ({ streams, tell }) => {
      const audience = await openAudience(bench, {
        opening: { streams, each: CLIENTS_EACH },
        isOpen: (frames) => frames >= CLIENTS, // each is told something at once
      });
      return (seconds) => audience.measure(seconds, tell);
    }),
  },
];
