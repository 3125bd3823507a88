import autocannon from 'autocannon';
import { openEventStore } from '@recoup/event-store';
import { sleep } from '@recoup/kernel';
import { Pool } from 'pg';
import { startServer } from '../child.js';
import { cookieOf, startGateway } from '../sse/gateway-process.js';
import { appendNext } from '../sse/watched-syncs.js';
import type { Contestant, WorkloadFile } from '../workload.js';

const CONNECTIONS = 32;
const ONE_IN_TEN = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' };
const SYNC = { tenantId: 'user-0', syncId: 'sync_0' };

/** The status of a sync, as clients poll it: the gateway beside a bare server that reads the same row by the same index. */
export const status: WorkloadFile = async (bench) => {
  const { urlOf } = await bench.database();
  const { origin } = await startGateway(bench, urlOf);
  const pool = new Pool({ connectionString: urlOf('recoup_ingestion_follow'), max: 1 });
  await appendNext(openEventStore(pool), SYNC, 0);
  await appendNext(openEventStore(pool), SYNC, 1);
  await pool.end();
  const bare = await startServer(bench, 'http/status-server', [
    urlOf('recoup_gateway_follow'),
    SYNC.tenantId,
  ]);
  const { origin: OTEL_EXPORTER_OTLP_ENDPOINT } = await startServer(bench, 'http/span-server', []);
  const traced = (sampler: Readonly<Record<string, string>>) =>
    startGateway(bench, urlOf, { OTEL_EXPORTER_OTLP_ENDPOINT, ...sampler });
  const all = await traced({ OTEL_TRACES_SAMPLER: 'always_on' });
  const some = await traced(ONE_IN_TEN);
  const path = `/api/sync/status/${SYNC.syncId}`;
  return [
    {
      name: 'status',
      title: `GET of the status of a sync, ${CONNECTIONS} connections, requests in place of events`,
      limit:
        'a round trip to Postgres and a request of fastify; the gateway also knows the session, looks into the log for what the read model does not show yet, and checks its answer',
      contestants: [
        contestant('recoup', {
          setup:
            'the gateway as a process, with the session cookie; its rate limits are off; pool of 12',
          url: `${origin}${path}`,
        }),
        contestant('recoup, one in ten traced', {
          setup:
            'the same, and spans of every tenth request are exported to a process that forgets them',
          url: `${some.origin}${path}`,
        }),
        contestant('recoup, all traced', {
          setup: 'the same, of every request',
          url: `${all.origin}${path}`,
        }),
        contestant('bare fastify', {
          setup: 'one select of that document by its key, no session; pool of 12 (limit)',
          url: `${bare.origin}/${SYNC.syncId}`,
        }),
      ],
    },
  ];
};

function contestant(name: string, { setup, url }: { setup: string; url: string }): Contestant {
  const options = { url, connections: CONNECTIONS, headers: { cookie: cookieOf(SYNC.tenantId) } };
  return {
    name,
    setup,
    async run(seconds) {
      const run = autocannon({ ...options, duration: seconds });
      const result = await run;
      await sleep(100); // its connections close
      if (result.non2xx > 0 || result.errors > 0 || result['2xx'] === 0)
        throw new Error(`${name}: ${result.non2xx} refused, ${result.errors} errors`);
      const { p50, p99 } = result.latency;
      return { figure: result['2xx'] / result.duration, p50, p99 };
    },
  };
}
