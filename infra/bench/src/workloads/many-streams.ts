import { readFile } from 'node:fs/promises';
import { openAudience } from '../sse/audience.js';
import { bothSides, CLIENTS_EACH } from '../sse/sides.js';
import type { WorkloadFile } from '../workload.js';

const SYNCS = 500;
const CLIENTS = SYNCS * CLIENTS_EACH;

/** All the streams that one gateway is to hold: what they cost, and how soon everybody is told. Needs 10,000 descriptors. */
export const manyStreams: WorkloadFile = async (bench) => [
  {
    name: 'many-streams',
    title: `${CLIENTS.toLocaleString('en-US')} event streams of one process: ${SYNCS} syncs with ${CLIENTS_EACH} clients each; an event appended to every sync at once, p50 and p99 from the call of the appends to the clients' frames`,
    limit: '500 appends, read again, and a write per client; the readers share the cores',
    repetitions: 5,
    contestants: await bothSides(bench, SYNCS, async ({ pid, streams, tell }) => {
      const before = await memoryOf(pid);
      const audience = await openAudience(bench, {
        opening: { streams, each: CLIENTS_EACH },
        isOpen: (frames) => frames >= CLIENTS, // each is told something at once
      });
      return async () => {
        const { p50, p99 } = await audience.spread(tell);
        const each = ((await memoryOf(pid)) - before) / CLIENTS;
        const note = `${each.toFixed(1)} KB of resident memory a stream, ${before / 1000} MB without any`;
        return { figure: CLIENTS / (p99 / 1000), p50, p99, note };
      };
    }),
  },
];

/** What a process holds in memory now, in KB. */
async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN);
}
