import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { newId, newName, sleep } from '@recoup/kernel';
import { eventually, natsServer, spawnService, type SpawnedService } from '@recoup/testkit';
import { Client } from 'pg';
import type { Rate } from '../workload.js';

const DETECTION = fileURLToPath(
  new URL('../../../../services/detection/dist/main.js', import.meta.url),
);

/** What the service is given for its objects, however many orders there are. */
export const HEAP_MB = 192;

const SOURCES = [
  ...[
    'orders',
    'inventory',
    'transactions',
    'ledger',
    'reimbursements',
    'ledgerSummary',
    'returns',
  ],
  ...['replacements', 'removalOrders', 'removalShipments', 'inboundShipments', 'storageFees'],
  ...['agedStorageFees', 'feePreview', 'feeEstimates'],
];
const WHOLE = { state: 'complete', from: '2025-11-20', to: '2026-11-20' } as const;

export interface SellerOf {
  readonly adminUrl: string;
  readonly url: string;
  readonly tenantId: string;
  readonly orders: number;
}

/** The detection service as a process; answers what runs one detection of a seller from the job to its end. */
export function detections(seller: SellerOf): () => Promise<Rate> {
  return async () => {
    const nats = await natsServer();
    const service = await start(seller.url, nats.url);
    const client = new Client({ connectionString: seller.adminUrl });
    await client.connect();
    try {
      const startedAt = performance.now();
      const claims = await runOne(client, seller.tenantId);
      const seconds = (performance.now() - startedAt) / 1000;
      const note = `${claims} claims in ${seconds.toFixed(1)} s, at most ${await peakOf(service)} MB`;
      return { figure: seller.orders / seconds, note };
    } finally {
      await client.end();
      await service.stop();
      await nats[Symbol.asyncDispose]();
    }
  };
}

async function start(databaseUrl: string, natsUrl: string): Promise<SpawnedService> {
  const service = await spawnService({
    script: DETECTION,
    env: {
      DATABASE_URL: databaseUrl,
      NATS_URL: natsUrl,
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
    },
  });
  await eventually(() => service.output.includes('"msg":"ready"'), { timeoutMs: 60_000 });
  return service;
}

/** Queues a detection and waits for its end; answers how many claims it holds to be open. */
async function runOne(client: Client, tenantId: string): Promise<number> {
  const detectionId = newName('detection');
  await client.query(
    `insert into detection.job (detection_id, tenant_id, sync_id, trigger, facts_as_of, as_of, coverage, cause)
     values ($1, $2, null, 'manual', 1, '2026-11-21T12:00:00Z', $3, $4)`,
    [
      detectionId,
      tenantId,
      JSON.stringify(Object.fromEntries(SOURCES.map((source) => [source, WHOLE]))),
      JSON.stringify({ eventId: newId(), position: 0, correlationId: 'bench', traceparent: null }),
    ],
  );
  for (;;) {
    const { rows } = await client.query<{ state: string }>(
      'select state from detection.job where detection_id = $1',
      [detectionId],
    );
    const state = rows[0]?.state;
    if (state === 'done') break;
    if (state === 'failed') throw new Error('the detection failed');
    await sleep(20);
  }
  const { rows } = await client.query<{ open: number }>(
    `select count(*)::int as open from detection.known_claim where tenant_id = $1 and state = 'open'`,
    [tenantId],
  );
  return rows[0]?.open ?? 0;
}

/** The most memory that the process ever held, in MB. */
async function peakOf({ pid }: SpawnedService): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024);
}
