import { startServer } from '../child.js';
import { openAudience } from '../sse/audience.js';
import { FRAME } from '../sse/progress-events.js';
import type { BenchServers, Contestant, Workload, WorkloadFile } from '../workload.js';

const CLIENTS = 2000;

const SIDES = {
  recoup: 'Channel, Frame and response stream of the gateway: places, resuming, slow readers',
  'better-sse': 'a channel per topic, broadcast',
  raw: 'res.write of one buffer to all (limit)',
} as const;

/** What writes frames, by itself: the same server and the same bodies from memory on all sides. */
export const sseEngine: WorkloadFile = async (bench) => [
  await workload(bench, 1),
  await workload(bench, 100),
];

async function workload(bench: BenchServers, topics: number): Promise<Workload> {
  const contestants: Contestant[] = [];
  for (const [how, setup] of Object.entries(SIDES)) {
    contestants.push(await contestant(bench, { how, setup, topics }));
  }
  const each = (CLIENTS / topics).toLocaleString('en-US');
  return {
    name: `sse-engine-${topics}x${CLIENTS / topics}`,
    title: `frames of ${JSON.stringify(FRAME).length} bytes of JSON at ${CLIENTS} clients in another process; ${topics} topic(s) with ${each} clients each, one frame per topic and round, up to 4 rounds under way`,
    limit: 'a write per client and frame: the kernel, and what node:http adds to it',
    contestants,
  };
}

async function contestant(
  bench: BenchServers,
  { how, setup, topics }: { how: string; setup: string; topics: number },
): Promise<Contestant> {
  const { server, origin } = await startServer(bench, 'sse/engine-server', [how]);
  let clients = 0;
  let spent = 0;
  server.on('message', (told: { clients?: number; spent?: number }) => {
    clients = told.clients ?? clients;
    spent = told.spent ?? spent;
  });
  const streams = Array.from({ length: topics }, (_, n) => ({
    url: `${origin}/${n}`,
    cookie: '',
  }));
  const audience = await openAudience(bench, {
    opening: { streams, each: CLIENTS / topics },
    isOpen: () => clients === CLIENTS,
  });
  const tell = (): Promise<void> => {
    server.send(FRAME);
    return Promise.resolve();
  };
  return {
    name: how,
    setup,
    async run(seconds) {
      const before = spent;
      const rate = await audience.measure(seconds, tell);
      const each = (spent - before) / rate.frames;
      return { ...rate, note: `${each.toFixed(1)} µs of its processor time per frame` };
    },
  };
}
